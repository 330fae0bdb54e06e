//! What stands before each line of a table that is quoted: `> ` in Markdown and in a mail, `# ` or `// ` in a program.

/// The marks at the beginning of the header's line; empty for a table that is not quoted.
#[derive(Clone, Debug, Default)]
pub struct Prefix(String);

impl Prefix {
    /// That of a header. Other marks than `>` are a quotation only if the line below it has them too: `# | Machine` may be a
    /// column of numbers.
    pub fn of(header: &str, below: Option<&str>) -> Self {
        let prefix = Self(header[..header.len() - without_marks(header).len()].to_string());
        let marks: String = prefix.marks().collect();
        let is_quotation = marks.starts_with('>') || below.is_some_and(|below| prefix.strip(below).is_some());
        if marks.is_empty() || marks == "/" || !is_quotation { Self::default() } else { prefix }
    }

    /// A line without it; none if the line does not begin with it.
    pub fn strip<'a>(&self, line: &'a str) -> Option<&'a str> {
        if self.0.is_empty() {
            return Some(line);
        }
        let rest = self.marks().try_fold(line, |rest, mark| rest.trim_start().strip_prefix(mark))?;
        Some(rest.strip_prefix(' ').unwrap_or(rest))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn marks(&self) -> impl Iterator<Item = char> {
        self.0.chars().filter(|character| !character.is_whitespace())
    }
}

/// A tab behind the marks may divide cells, and is none of them.
fn without_marks(line: &str) -> &str {
    line.trim_start_matches([' ', '>', '#', '/', '%'])
}
