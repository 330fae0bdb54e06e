//! All lines of a file, as somebody reads them who wants to know what a student meant: rows of its tables, rows that stand apart,
//! and all others.

use super::header_words::{first_word, names_column};
use super::lines::{lines, without_break};
use super::parse::{Found, Header, Place, next_table};
use super::{pipes, separated, whitespace_columns};
use std::collections::BTreeMap;
use std::{mem, str};

/// A line of a file with one of the lesson's tables.
#[derive(Debug)]
pub struct Line {
    /// Counted from 1.
    pub number: usize,
    /// What it says. It is a stranger's: use [`text::escape_line`](crate::text::escape_line) to show it.
    pub text: String,
    /// Its cells that are not empty, in whatever order.
    pub cells: Vec<String>,
    /// Whether it stands among the rows of a table, and is neither its header nor a part of its frame.
    pub is_in_table: bool,
    /// Its cells in the order of the columns that were asked for, each only where it is certain that it stands in this column.
    row: Vec<Option<String>>,
}

impl Line {
    /// The cell of a column, which may be empty. None where it is not certain which cell that is.
    #[must_use]
    pub fn cell(&self, column: usize) -> Option<&str> {
        self.row.get(column)?.as_deref()
    }

    fn new(number: usize, text: &str, row: Option<Row>) -> Self {
        let is_in_table = row.is_some();
        let row = row.unwrap_or_default();
        // In its own table it is known what divides them.
        let cells = if row.cells.is_empty() { cells(text) } else { row.cells };
        let cells = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        Self { number, text: text.to_string(), cells, is_in_table, row: row.certain }
    }
}

/// What is known of a line in a table.
#[derive(Default)]
struct Row {
    /// In the order of the header; none if they could not be told.
    cells: Vec<String>,
    certain: Vec<Option<String>>,
}

impl Row {
    /// Where it has fewer cells than the header, one may have been left out before any of them.
    fn of(cells: Vec<String>, header: &Header) -> Self {
        let is_whole = cells.len() >= header.cells.len();
        let cell = |place: &Option<usize>| place.filter(|_| is_whole).and_then(|place| cells.get(place).cloned());
        Self { certain: header.places.iter().map(cell).collect(), cells }
    }
}

/// Every line with a letter or a digit in it, in the order of the file. What is no UTF-8 is read as U+FFFD.
///
/// It has the tables that [`Table::parse`](super::Table::parse) reads, and those behind them. A student may also write one value
/// a line, `IP: 10.1.128.39`: such lines are one row until a column comes again.
///
/// ```
/// use common::table::every_line;
///
/// let file = b"by Ana\nName | IP\nmobile | 10.1.128.39\n\nlaptop | 10.1.3.17\n";
/// let lines = every_line(file, &["Name", "IP"]);
/// let ips: Vec<_> = lines.iter().map(|line| (line.number, line.cell(1))).collect();
/// assert_eq!(ips, [(1, None), (2, None), (3, Some("10.1.128.39")), (5, Some("10.1.3.17"))]);
/// ```
#[must_use]
pub fn every_line(file: &[u8], columns: &[&str]) -> Vec<Line> {
    let text = String::from_utf8_lossy(file);
    let file = text.as_bytes();
    let mut rows = rows(file, columns);
    let start = Place::start_of(file).bytes;
    let mut all = Vec::new();
    let mut record: Vec<Pair> = Vec::new();
    for (number, line) in (1..).zip(lines(&file[start..])) {
        // The lines of a text are text.
        let text = str::from_utf8(without_break(line)).unwrap_or_default();
        if !text.contains(char::is_alphanumeric) {
            continue;
        }
        let row = rows.remove(&number);
        let pair = Pair::of(number, text, columns).filter(|_| row.is_none());
        if pair.as_ref().is_none_or(|pair| record.iter().any(|other| other.column == pair.column)) {
            all.extend(joined(&mem::take(&mut record), columns));
        }
        match pair {
            Some(pair) => record.push(pair),
            None => all.push(Line::new(number, text, row)),
        }
    }
    all.extend(joined(&record, columns));
    all
}

/// The rows of all tables, by the numbers of their lines.
fn rows(file: &[u8], columns: &[&str]) -> BTreeMap<usize, Row> {
    let mut rows = BTreeMap::new();
    let mut place = Place::start_of(file);
    while let Some(Found { header, rows: own, end, unread, .. }) = next_table(file, place, columns) {
        rows.extend(unread.into_iter().map(|(number, _)| (number, Row::default())));
        for row in own.into_iter().filter(|row| !header.is_repeated(&row.cells, columns)) {
            rows.extend(row.line.map(|number| (number, Row::of(row.cells, &header))));
        }
        place = end;
        for (number, cells) in apart(file, &mut place, &header, columns) {
            rows.insert(number, Row::of(cells, &header));
        }
    }
    rows
}

/// The rows of a table that stand apart behind it, up to the next header: their lines and cells.
pub fn apart(file: &[u8], place: &mut Place, header: &Header, columns: &[&str]) -> Vec<(usize, Vec<String>)> {
    let mut rows = Vec::new();
    let mut is_next = true;
    while let Some(line) = lines(&file[place.bytes..]).next() {
        if Header::parse(&file[place.bytes..], columns).is_some() {
            break;
        }
        let text = String::from_utf8_lossy(without_break(line));
        let row = header.row_apart(&text, is_next);
        is_next &= row.is_some() || !text.contains(char::is_alphanumeric);
        *place = place.behind(line);
        rows.extend(row.map(|cells| (place.lines, cells)));
    }
    rows
}

/// The cells of a line by itself, whatever stands above it: what is between its pipes; without pipes, between its tabs or wide
/// gaps, or between semicolons. Empty ones are left out.
pub fn cells(line: &str) -> Vec<String> {
    let mut cells = match pipes::bar(line) {
        Some(bar) => pipes::pieces(line, bar),
        None => whitespace_columns::pieces(line).into_iter().map(|piece| piece.text.to_string()).collect(),
    };
    if cells.len() == 1 {
        cells = separated::cells(line, ';').unwrap_or(cells);
    }
    cells.retain(|cell| !cell.is_empty());
    cells
}

/// A line with a column and its value, as in `Place: home`.
pub struct Pair<'a> {
    line: usize,
    /// The first word before the colon, in small letters.
    pub column: String,
    value: &'a str,
    text: &'a str,
}

impl<'a> Pair<'a> {
    pub fn of(line: usize, text: &'a str, columns: &[&str]) -> Option<Self> {
        let (column, value) = text.split_once(':')?;
        let is_name = column.chars().all(|character| character.is_alphabetic() || character.is_whitespace());
        let column = Some(first_word(column)).filter(|_| is_name)?;
        let is_own = columns.iter().any(|own| names_column(&column, own));
        is_own.then(|| Self { line, column, value: value.trim(), text: text.trim_start() })
    }
}

/// The row that they are. A single one is a line like any other.
fn joined(record: &[Pair], columns: &[&str]) -> Option<Line> {
    let texts: Vec<&str> = record.iter().map(|pair| pair.text).collect();
    let cell = |column: &&str| {
        let pair = record.iter().find(|pair| names_column(&pair.column, column));
        pair.map(|pair| pair.value.to_string())
    };
    let certain = || Row { cells: Vec::new(), certain: columns.iter().map(cell).collect() };
    Some(Line::new(record.first()?.line, &texts.join(" | "), (record.len() > 1).then(certain)))
}
