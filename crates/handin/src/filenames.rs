//! What students call their files and folders.

use super::deliverables::Deliverable;

const TEXT: &[&str] = &["txt", "text", "md", "markdown", "csv", "tsv"];
const PROGRAM: &[&str] = &[
    "py", "py3", "rs", "sh", "js", "mjs", "ts", "java", "c", "cc", "cpp", "go", "rb", "pl", "kt", "php", "cs", "swift",
    "lua",
];
const DOCUMENT: &[&str] =
    &["doc", "docx", "odt", "pdf", "rtf", "pages", "xls", "xlsx", "ods", "numbers", "png", "jpg", "jpeg", "html"];

/// What a file is by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, as a table is.
    Text,
    /// The source of a program.
    Program,
    /// No plain text.
    Document,
    /// No extension at all.
    Bare,
    /// A backup, a file of the editor's.
    Other,
}

impl Format {
    fn of(extension: &str) -> Self {
        let extension = extension.to_lowercase();
        let lists = [(TEXT, Self::Text), (PROGRAM, Self::Program), (DOCUMENT, Self::Document)];
        let known = lists.into_iter().find(|(list, _)| list.contains(&extension.as_str()));
        // That of `Ex.3` is none.
        let is_number = extension.chars().all(|c| c.is_ascii_digit() || c == ' ');
        known.map_or(if is_number { Self::Bare } else { Self::Other }, |(_, format)| format)
    }
}

/// A name of a file or a folder, taken apart.
#[derive(Debug)]
pub struct Filename {
    letters: String,
    first_word: String,
    /// What it is by its extension.
    pub format: Format,
}

impl Filename {
    /// That of a file.
    #[must_use]
    pub fn of_file(name: &str) -> Self {
        let (mut stem, mut format) = (name.trim(), Format::Bare);
        // Some editors add a second extension: IPs.txt.txt.
        while let Some((before, extension)) = stem.rsplit_once('.') {
            let found = Format::of(extension);
            if format == Format::Bare {
                format = found;
            }
            if matches!(found, Format::Bare | Format::Other) {
                break;
            }
            stem = before;
        }
        Self { format, ..Self::of_folder(stem) }
    }

    /// The name of a folder, which has no extension.
    #[must_use]
    pub fn of_folder(name: &str) -> Self {
        let first_word = name.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        Self { letters: letters(name), first_word: letters(first_word), format: Format::Bare }
    }

    /// Whether the deliverable goes by this name; the lower the number, the nearer.
    #[must_use]
    pub fn rank(&self, deliverable: &Deliverable) -> Option<usize> {
        // `S08_Ex3.py`
        let own = without_the_session(&self.letters).filter(|rest| !rest.is_empty()).unwrap_or(&self.letters);
        let exercise = deliverable.number.and_then(|number| numbered(own, &["exercise", "ejercicio", "ex"], number));
        let is_known = |name: &str| deliverable.known_as.contains(&name);
        match exercise {
            Some(rest) => Some(rest.len()),
            None if is_known(own) => Some(0),
            None if is_known(own.trim_end_matches(|c: char| c.is_ascii_digit())) => Some(100), // `client2`
            None if is_known(&self.first_word) => Some(200),                                   // `client_Ana`
            None => None,
        }
    }

    /// Whether a program begins here as a rule: `main.py`.
    #[must_use]
    pub fn is_main(&self) -> bool {
        self.letters == "main"
    }

    /// Whether it is what a student begins with, beside the program that is made of it.
    #[must_use]
    pub fn is_starter(&self) -> bool {
        self.letters == "starter"
    }

    /// Whether it is the session's folder: `session-08`, `Session 8`, `S08`, `session-08-client-server`.
    #[must_use]
    pub fn is_the_session(&self) -> bool {
        without_the_session(&self.letters).is_some()
    }
}

fn without_the_session(letters: &str) -> Option<&str> {
    numbered(letters, &["session", "sesión", "sesion", "s"], 8)
}

/// What follows one of the words and the number: `chat` in `ex03chat`, and nothing in `ex30`.
fn numbered<'a>(letters: &'a str, words: &[&str], number: u8) -> Option<&'a str> {
    let digits = words.iter().find_map(|word| letters.strip_prefix(word))?.trim_start_matches('0');
    let rest = digits.strip_prefix(&number.to_string())?;
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some(rest)
}

/// Letters and digits, small: students differ in the rest.
fn letters(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
