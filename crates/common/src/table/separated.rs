//! Rows of comma-separated values (RFC 4180), also with semicolons, as spreadsheets write them where the comma is decimal.

/// Where a header has separators, and how many cells.
#[derive(Clone, Debug)]
pub struct Separated {
    separator: char,
    columns: usize,
    /// Whether the last column is that of the times, of which a cell has several: `8.8.8.8,Google,4.31 ms,4.53 ms`.
    is_list: bool,
}

impl Separated {
    pub fn of_header(text: &str, separator: char, is_list: impl Fn(&str) -> bool) -> Option<(Self, Vec<String>)> {
        let cells = cells(text, separator)?;
        let layout = Self { separator, columns: cells.len(), is_list: cells.last().is_some_and(|last| is_list(last)) };
        Some((layout, cells))
    }

    pub fn divides(&self, text: &str) -> bool {
        text.contains(self.separator)
    }

    /// The cells of a row, as many as the header's; none if it has more or fewer.
    pub fn cells(&self, text: &str) -> Option<Vec<String>> {
        let mut cells = cells(text, self.separator)?;
        if cells.len() > self.columns && self.is_list {
            let times = cells.split_off(self.columns - 1);
            let is_empty = |character: char| character == ',' || character.is_whitespace();
            cells.push(times.join(", ").trim_matches(is_empty).to_string());
        }
        while cells.len() > self.columns && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        (cells.len() == self.columns).then_some(cells)
    }
}

/// What stands between the separators. None if a quotation mark is not closed: the cell goes on in the next line.
pub fn cells(text: &str, separator: char) -> Option<Vec<String>> {
    let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    for character in text.chars() {
        is_quoted ^= character == '"';
        if character == separator && !is_quoted {
            cells.push(unquoted(&std::mem::take(&mut cell)));
        } else {
            cell.push(character);
        }
    }
    cells.push(unquoted(&cell));
    (!is_quoted).then_some(cells)
}

/// A cell without the quotation marks around it, of which those inside are doubled.
pub fn unquoted(cell: &str) -> String {
    let cell = cell.trim();
    let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.map_or_else(|| cell.to_string(), |inner| inner.replace("\"\"", "\"").trim().to_string())
}
