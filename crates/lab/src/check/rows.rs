//! The rows of a table, as a student may have written it: what the careful reader of `common` reads, and all other lines too.

use super::patterns::{self, Address};
use common::table::{self, Table};
use std::collections::BTreeMap;

/// How many lines are looked at, and how many bytes one of them may have: the lesson's tables have a dozen short ones. What is
/// longer was not written for the lesson, and would only take time.
const MAX_LINES: usize = 2_000;
const MAX_LINE_BYTES: usize = 4_096;

/// What columns are called, in the two languages of the course.
const KEYS: &[&str] = &[
    "machine",
    "interface",
    "date",
    "place",
    "ip",
    "destination",
    "name",
    "time",
    "device",
    "máquina",
    "maquina",
    "dispositivo",
    "interfaz",
    "fecha",
    "lugar",
    "destino",
    "nombre",
    "tiempo",
];

/// A line that may be a row.
#[derive(Debug)]
pub struct Row {
    /// Counted from 1.
    pub line: usize,
    /// All of it.
    pub text: String,
    /// Its cells that are not empty, in whatever order.
    pub cells: Vec<String>,
    /// The cell of the column that matters, which may be empty. None where it is not certain which cell that is.
    pub value: Option<String>,
    /// The addresses in it.
    pub addresses: Vec<Address>,
    /// All of it, with spaces for its addresses and for the names of hosts.
    pub without_hosts: String,
}

impl Row {
    fn loose(line: usize, text: &str) -> Self {
        let addresses = patterns::addresses(text);
        let without_hosts = patterns::without(text, &addresses);
        Self { line, text: text.to_string(), cells: table::cells(text), value: None, addresses, without_hosts }
    }

    /// Whether it has more than one cell, as a row has and a sentence has not.
    pub fn has_cells(&self) -> bool {
        self.cells.len() > 1
    }
}

/// Every line with a letter or a digit in it, in the order of the file. `column` is the index of the column that matters.
///
/// A student may also write one value a line, `IP: 10.1.128.39`: such lines are one row until a name comes again.
pub fn rows(file: &[u8], columns: &'static [&'static str], column: usize) -> Vec<Row> {
    let mut text = String::from_utf8_lossy(file).into_owned();
    if !text.contains('\n') {
        text = text.replace('\r', "\n");
    }
    let table = Table::parse(text.as_bytes(), columns);
    let in_table: BTreeMap<usize, Option<&str>> = table
        .iter()
        .flat_map(|table| (0..table.row_count()).map(move |row| (table, row)))
        .filter_map(|(table, row)| Some((table.line(row)?, table.certain_cell(row, column))))
        .collect();
    let mut rows = Vec::new();
    let mut record = Record::of(columns[column]);
    for (line, text) in (1..).zip(text.lines()).take(MAX_LINES) {
        if text.len() > MAX_LINE_BYTES || !text.contains(char::is_alphanumeric) {
            continue;
        }
        let in_table = in_table.get(&line);
        if let Some(key) = key(text).filter(|_| in_table.is_none()) {
            if record.keys.contains(&key) {
                rows.extend(record.end());
            }
            record.keys.push(key);
            record.lines.push((line, text.trim_start().to_string()));
        } else {
            rows.extend(record.end());
            rows.push(Row { value: in_table.and_then(|cell| cell.map(str::to_string)), ..Row::loose(line, text) });
        }
    }
    rows.extend(record.end());
    rows
}

/// Lines with one value each.
struct Record {
    /// The column that matters, in small letters.
    column: String,
    keys: Vec<String>,
    lines: Vec<(usize, String)>,
}

impl Record {
    fn of(column: &str) -> Self {
        Self { column: column.to_lowercase(), keys: Vec::new(), lines: Vec::new() }
    }

    /// The row that they are, and the next record begins. A single one is a line like any other.
    fn end(&mut self) -> Option<Row> {
        let keys = std::mem::take(&mut self.keys);
        let lines = std::mem::take(&mut self.lines);
        let texts: Vec<&str> = lines.iter().map(|(_, text)| text.as_str()).collect();
        let place = keys.iter().position(|key| *key == self.column).filter(|_| keys.len() > 1);
        let value = place.and_then(|place| texts[place].split_once(':')).map(|(_, value)| value.trim().to_string());
        lines.first().map(|(line, _)| Row { value, ..Row::loose(*line, &texts.join(" | ")) })
    }
}

/// The name of a column before a colon, as in `Place: home`.
fn key(line: &str) -> Option<String> {
    let key = line.split_once(':')?.0.trim().to_lowercase();
    let first = key.split(' ').next()?;
    let is_name = KEYS.contains(&first) && key.chars().all(|character| character.is_alphabetic() || character == ' ');
    is_name.then_some(key)
}

#[cfg(test)]
mod tests {
    use super::rows;

    const COLUMNS: &[&str] = &["Machine", "Place", "IP"];

    #[track_caller]
    fn check(file: &str, expected: &[(usize, &str, Option<&str>)]) {
        let rows = rows(file.as_bytes(), COLUMNS, 2);
        let found: Vec<_> = rows.iter().map(|row| (row.line, row.text.as_str(), row.value.as_deref())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_cell_is_certain_only_in_a_whole_row_of_the_table() {
        check(
            "Machine | Place | IP\n-----|----|---\nmobile | home | \n\nmobile | 10.1.1.1\n",
            &[(1, "Machine | Place | IP", None), (3, "mobile | home | ", Some("")), (5, "mobile | 10.1.1.1", None)],
        );
    }

    #[test]
    fn other_words_before_a_colon_are_no_columns() {
        check("Mobile: 10.1.1.1\nLaptop: 10.1.1.2\n", &[(1, "Mobile: 10.1.1.1", None), (2, "Laptop: 10.1.1.2", None)]);
    }

    #[test]
    fn one_value_a_line_is_a_row_too() {
        check(
            "ONE\nMachine: iphone\nIP: 10.1.1.1\n---\nMachine: pc\n\nIP: \n",
            &[
                (1, "ONE", None),
                (2, "Machine: iphone | IP: 10.1.1.1", Some("10.1.1.1")),
                (5, "Machine: pc | IP: ", Some("")),
            ],
        );
    }
}
