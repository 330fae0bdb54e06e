//! The lesson's tables in a text file, as students write them: one row a line, pipes or wide gaps between the cells.
//!
//! ```text
//! Exercise 1, by Ana
//!
//! | Machine | Interface | Date       | Place | IP          |
//! |---------|-----------|------------|-------|-------------|
//! | mobile  | Wifi      | 2024-03-01 | home  | 10.1.128.39 |
//! ```
//!
//! The file belongs to the student. A [`Table`] owns its header, the line of dashes and its rows. Every other line stays as
//! it is, byte for byte. Its own lines change only when a cell does; then all of them are aligned anew, with pipes.
//!
//! It reads rows with or without outer pipes, too short or too long, without a line of dashes, columns in another order, further
//! columns, and the columns' names in Spanish. `\|` is a pipe inside a cell (GitHub Flavored Markdown, section 4.10). A pipe may be
//! drawn (`│`) or of full width (`｜`), the lines may end with CR alone, and all of it may be quoted (`> | mobile |`): what is
//! before the header's pipe stays before each line. The table ends at the first line without a pipe, but for one that looks like
//! a row of the following kind and has rows below it.
//!
//! Without pipes a tab, or two spaces and more, divide the cells:
//!
//! ```text
//! Machine       Interface   Date         Place   IP
//! mobile        Wifi                     home    10.1.128.39
//! Lab computer  Wire        2024-03-01   lab     10.1.3.17
//! ```
//!
//! A row with as many cells as the header is read in this order. Where cells are empty, all others have to begin exactly below
//! their header, with tab stops of 8 columns, and must not run below the next one. Where each line has as many tabs as the header,
//! and not all rows can be read like that, each tab divides two cells, as in what is copied from a spreadsheet. A row that could
//! be meant in another way as well is not read, and its line stays. The table ends at an empty line, or at text without gaps that
//! stands below no header. If a row of such a table may have pipes between its cells, none of it is read.
//!
//! Comma-separated values (RFC 4180) may have semicolons as well. More cells than the header has are more times.
//!
//! A [`Table`] has the rows of the first table that are certain. [`read`] and [`update`] refuse a file that may have others: a
//! row that is not clear, one that stands apart, a second table. [`every_line`] has all of them, to look at and not to change.

pub mod atomic_write;
mod course;
mod dashes;
mod doubt;
mod every_line;
mod file;
mod header_words;
mod layout;
mod lines;
pub mod lock;
mod parse;
mod pipes;
mod prefix;
mod render;
mod same;
mod separated;
mod whitespace_columns;

pub use course::find_course_file;
pub use every_line::{Line, every_line};
pub use file::{content, read, update};
pub use same::is_same;

use crate::text;
use lines::{line_break, without_break};
use parse::{Found, Place};
use prefix::Prefix;
use std::ops::Range;

/// U+FEFF in UTF-8, with which some editors begin a file.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A table, and the file around it.
///
/// ```
/// use common::table::Table;
///
/// let file = b"My IPs:\nname | IP\nmobile | ?\n";
/// let mut table = Table::parse(file, &["Name", "IP"]).unwrap();
/// assert_eq!(table.cell(0, 0), "mobile");
///
/// table.set(0, 1, "10.1.128.39");
/// assert_eq!(
///     String::from_utf8(table.to_bytes()).unwrap(),
///     "My IPs:\n\
///      | name   | IP          |\n\
///      |--------|-------------|\n\
///      | mobile | 10.1.128.39 |\n"
/// );
/// ```
#[derive(Clone, Debug)]
pub struct Table {
    columns: &'static [&'static str],
    /// Where in the header each of `columns` stands.
    places: Vec<Option<usize>>,
    header: Vec<String>,
    prefix: Prefix,
    rows: Vec<Row>,
    /// The file as it was read.
    file: Vec<u8>,
    /// Which bytes of it are the table: from its header to its last row. None of a table that is in no file yet.
    lines: Range<usize>,
    changed: bool,
}

#[derive(Clone, Debug)]
struct Row {
    /// Foreign lines between the row before and this one: a note, a frame drawn as `+---+`, a row that could not be read.
    above: Vec<u8>,
    cells: Vec<String>,
    /// Its line in the file, counted from 1; none for one that was added.
    line: Option<usize>,
}

impl Table {
    /// A table without rows, for a file that does not exist yet.
    #[must_use]
    pub fn new(columns: &'static [&'static str]) -> Self {
        Self::below(&[], columns)
    }

    /// The first table of the file that has these columns; none if there is none.
    ///
    /// A cell of a header is a column if its first word is the column's first word, whatever the case: `IP address` is the
    /// column `IP`. Of three columns or more one may be missing; it reads as empty until it is set. A header without pipes
    /// needs three of the columns, for two words far apart may be anything.
    ///
    /// ```
    /// use common::table::Table;
    ///
    /// let file = b"Machine  IP address  Date\nmobile               1 March\n";
    /// let table = Table::parse(file, &["Machine", "IP", "Date"]).unwrap();
    /// assert_eq!((table.cell(0, 1), table.cell(0, 2)), ("", "1 March"));
    /// ```
    #[must_use]
    pub fn parse(file: &[u8], columns: &'static [&'static str]) -> Option<Self> {
        let Found { header, rows, range: lines, .. } = parse::next_table(file, Place::start_of(file), columns)?;
        let parse::Header { cells: header, places, prefix, .. } = header;
        Some(Self { columns, places, header, prefix, rows, file: file.to_vec(), lines, changed: false })
    }

    /// How many rows it has.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// The text of a cell, `column` being an index into the columns that were asked for. Empty where there is none.
    ///
    /// It is what the file says: use [`text::escape_line`] to show it.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let place = self.places.get(column).copied().flatten();
        let cells = self.rows.get(row).map_or(&[][..], |row| &row.cells);
        place.and_then(|place| cells.get(place)).map_or("", String::as_str)
    }

    /// Sets the text of a cell. Line breaks and tabs in it become spaces, other characters that cannot be seen become visible
    /// escapes. Nothing happens where there is no such row or column.
    pub fn set(&mut self, row: usize, column: usize, text: &str) {
        let line = text.replace("\r\n", " ").replace(['\r', '\n', '\t'], " ");
        let text = text::escape_line(line.as_bytes()).trim().to_string();
        if row >= self.rows.len() || column >= self.columns.len() || self.cell(row, column) == text {
            return;
        }
        let place = self.place(column);
        let cells = &mut self.rows[row].cells;
        cells.resize(cells.len().max(place + 1), String::new());
        cells[place] = text;
        self.changed = true;
    }

    /// Adds a row below the last one, the cells in the order of the columns that were asked for.
    pub fn add(&mut self, cells: &[&str]) {
        self.rows.push(Row { above: Vec::new(), cells: vec![String::new(); self.header.len()], line: None });
        self.changed = true;
        for (column, text) in cells.iter().enumerate() {
            self.set(self.rows.len() - 1, column, text);
        }
    }

    /// The whole file: the table, and what stands before and after it. A table that has changed has pipes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        if !self.changed && !self.lines.is_empty() {
            return self.file.clone();
        }
        let mut file = self.file[..self.lines.start].to_vec();
        render::table(self, &mut file);
        file.extend_from_slice(&self.file[self.lines.end..]);
        file
    }

    /// A table without rows below all that the file holds, an empty line between them.
    fn below(file: &[u8], columns: &'static [&'static str]) -> Self {
        let text = file.strip_prefix(BYTE_ORDER_MARK).unwrap_or(file);
        let last = lines::lines(text).last();
        let missing_breaks = match last {
            Some(line) if !lines::has_break(line) => 2,
            Some(line) if !without_break(line).is_empty() => 1,
            _ => 0,
        };
        let mut file = file.to_vec();
        file.extend(line_break(text, text).unwrap_or("\n").repeat(missing_breaks).bytes());
        let header = columns.iter().map(ToString::to_string).collect();
        let places = (0..columns.len()).map(Some).collect();
        let lines = file.len()..file.len();
        let prefix = Prefix::default();
        Self { columns, places, header, prefix, rows: Vec::new(), file, lines, changed: false }
    }

    /// Where the column stands; one that is missing is added as the last of the header. What rows have behind the header's
    /// end moves on.
    fn place(&mut self, column: usize) -> usize {
        if let Some(place) = self.places[column] {
            return place;
        }
        let place = self.header.len();
        self.header.push(self.columns[column].to_string());
        for row in &mut self.rows {
            row.cells.insert(place.min(row.cells.len()), String::new());
        }
        self.places[column] = Some(place);
        place
    }
}
