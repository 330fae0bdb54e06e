//! The lines of a table, as a student may have written it: what the careful reader of `common` reads, and all others too.

use super::patterns::Hosts;
use common::table::{self, Table};
use std::collections::BTreeMap;
use std::mem;

/// First words of what columns are called, in the other language of the course.
const SPANISH: &[&str] = &["máquina", "maquina", "interfaz", "fecha", "lugar", "destino", "nombre", "tiempo"];

pub struct TableLine {
    /// Counted from 1.
    pub number: usize,
    pub text: String,
    /// Its cells that are not empty, in whatever order.
    pub cells: Vec<String>,
    /// The cell of the last column, which may be empty. None where it is not certain which cell that is.
    pub value: Option<String>,
    /// The hosts that it names.
    pub hosts: Hosts,
}

impl TableLine {
    fn new(number: usize, text: &str, value: Option<&str>) -> Self {
        let value = value.map(str::to_string);
        Self { number, text: text.to_string(), cells: table::cells(text), value, hosts: Hosts::of(text) }
    }

    /// Whether it has more than one cell, as a row has and a sentence has not.
    pub fn has_cells(&self) -> bool {
        self.cells.len() > 1
    }
}

/// Every line with a letter or a digit in it, in the order of the file.
///
/// A student may also write one value a line, `IP: 10.1.128.39`: such lines are one row until a column comes again.
pub fn lines(file: &[u8], columns: &'static [&'static str]) -> Vec<TableLine> {
    let mut text = String::from_utf8_lossy(file).into_owned();
    if !text.contains('\n') {
        text = text.replace('\r', "\n");
    }
    let last = columns.len() - 1;
    let table = Table::parse(text.as_bytes(), columns);
    let in_table: BTreeMap<usize, Option<&str>> = table
        .iter()
        .flat_map(|table| (0..table.row_count()).map(move |row| (table, row)))
        .filter_map(|(table, row)| Some((table.line(row)?, table.certain_cell(row, last))))
        .collect();
    let mut lines = Vec::new();
    let mut record: Vec<Pair> = Vec::new();
    for (number, text) in (1..).zip(text.lines()).filter(|(_, text)| text.contains(char::is_alphanumeric)) {
        let in_table = in_table.get(&number);
        let pair = Pair::of(number, text, columns).filter(|_| in_table.is_none());
        if pair.as_ref().is_none_or(|pair| record.iter().any(|other| other.column == pair.column)) {
            lines.extend(joined(&mem::take(&mut record), columns[last]));
        }
        match pair {
            Some(pair) => record.push(pair),
            None => lines.push(TableLine::new(number, text, in_table.copied().flatten())),
        }
    }
    lines.extend(joined(&record, columns[last]));
    lines
}

/// A line with a column and its value, as in `Place: home`.
struct Pair<'a> {
    line: usize,
    /// The first word before the colon, in small letters.
    column: String,
    value: &'a str,
    text: &'a str,
}

impl<'a> Pair<'a> {
    fn of(line: usize, text: &'a str, columns: &[&str]) -> Option<Self> {
        let (column, value) = text.split_once(':')?;
        let column = column.trim().to_lowercase();
        let is_name = column.chars().all(|character| character.is_alphabetic() || character == ' ');
        let first = column.split(' ').next().filter(|_| is_name)?;
        let is_own = |column: &&str| column.to_lowercase().split(' ').next() == Some(first);
        columns.iter().chain(SPANISH).any(is_own).then_some(())?;
        Some(Self { line, column: first.to_string(), value: value.trim(), text: text.trim_start() })
    }
}

/// The row that they are. A single one is a line like any other.
fn joined(record: &[Pair], column: &str) -> Option<TableLine> {
    let in_column = record.iter().find(|pair| pair.column == column.to_lowercase()).filter(|_| record.len() > 1);
    let texts: Vec<&str> = record.iter().map(|pair| pair.text).collect();
    let first = record.first()?;
    Some(TableLine::new(first.line, &texts.join(" | "), in_column.map(|pair| pair.value)))
}
