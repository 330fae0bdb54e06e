//! From the bytes of a file to its table.

use super::pipes::Frame;
use super::whitespace_columns::{self, Columns};
use super::{BYTE_ORDER_MARK, Row, Table, dashes, lines, without_break};
use std::str;

/// A header with more cells than this is not one of the lesson's. It bounds what empty cells take, in memory and in the file.
const MAX_HEADER_CELLS: usize = 32;

/// A header without pipes has at least so many of the columns: `Name:  Ana   Time:  10:00` is none.
const MIN_COLUMNS_WITHOUT_PIPES: usize = 3;

/// The first table with these columns.
pub fn table(file: &[u8], columns: &'static [&'static str]) -> Option<Table> {
    let mut start = if file.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    while let Some(line) = lines(&file[start..]).next() {
        start += match Header::parse(line, &file[start..], columns).map(|header| header.table(file, start, columns)) {
            None => line.len(),
            Some(Err(length)) => length,
            Some(Ok(table)) => return Some(table),
        };
    }
    None
}

/// The line that names the columns.
struct Header {
    cells: Vec<String>,
    places: Vec<Option<usize>>,
    layout: Layout,
}

/// What is between the cells.
enum Layout {
    Pipes(Frame),
    Whitespace(Columns),
}

/// What a line below the header is.
enum Line {
    /// The header itself, or the line of dashes below it.
    Heading,
    Row(Vec<String>),
    /// Not the table's own, and inside it: part of a drawn frame, or a row that cannot be read.
    Inside,
    /// Inside it if a row follows, which has to begin with a pipe in a table with pipes.
    Between,
    /// The first line that is not the table's.
    End,
    /// Perhaps a row of another table, for it has pipes and the header has none.
    Unclear,
}

impl Header {
    /// `file` is the rest of the file, which begins with this line.
    fn parse(line: &[u8], file: &[u8], columns: &[&str]) -> Option<Self> {
        let text = str::from_utf8(without_break(line)).ok()?;
        if text.contains('|') {
            let (frame, cells) = Frame::of_header(text);
            let places = places(&cells, columns)?;
            return Some(Self { cells, places, layout: Layout::Pipes(frame) });
        }
        let pieces = whitespace_columns::pieces(text);
        let cells: Vec<String> = pieces.iter().map(|piece| piece.text.to_string()).collect();
        let places = places(&cells, columns)?;
        let is_one = places.iter().flatten().count() >= MIN_COLUMNS_WITHOUT_PIPES;
        is_one.then(|| Self { cells, places, layout: Layout::Whitespace(Columns::new(text, &pieces, file)) })
    }

    /// Reads on below the header, which begins at `start`, to the first line that is not the table's. An error if there is no table in
    /// the end: another one may begin so many bytes further.
    fn table(self, file: &[u8], start: usize, columns: &'static [&'static str]) -> Result<Table, usize> {
        let header_line = file[..start].split(|&byte| byte == b'\n').count();
        let mut rows: Vec<Row> = Vec::new();
        let has_pipes = matches!(self.layout, Layout::Pipes(_));
        let (mut here, mut end, mut is_after_text) = (start, start, false);
        for (number, line) in lines(&file[start..]).enumerate() {
            let next = here + line.len();
            match self.classify(number, line) {
                Line::Heading => end = next,
                // `echo hi | nc …` below a note is no row.
                Line::Row(_) if has_pipes && is_after_text && !line.trim_ascii_start().starts_with(b"|") => break,
                Line::Row(cells) => {
                    rows.push(Row { above: file[end..here].to_vec(), cells, line: Some(header_line + number) });
                    end = next;
                    is_after_text = false;
                }
                Line::Inside => {}
                Line::Between => is_after_text = true,
                Line::End => break,
                Line::Unclear => return Err(here - start),
            }
            here = next;
        }
        let Self { cells: header, places, .. } = self;
        Ok(Table { columns, places, header, rows, file: file.to_vec(), lines: start..end, changed: false })
    }

    /// Both layouts have the same lines between rows, for a table without pipes is written with them.
    fn classify(&self, number: usize, line: &[u8]) -> Line {
        let Ok(text) = str::from_utf8(without_break(line)) else {
            return if line.contains(&b'|') { Line::Inside } else { between_or_end(line) };
        };
        let has_pipe = text.contains('|');
        match &self.layout {
            _ if number == 0 => Line::Heading,
            _ if number == 1 && (dashes::is_separator(text) || dashes::is_rule(line)) => Line::Heading,
            _ if dashes::is_frame(text) => Line::Inside,
            _ if text.trim().is_empty() => Line::End,
            Layout::Pipes(frame) if has_pipe => Line::Row(frame.cells(text)),
            Layout::Whitespace(_) if text.trim_start().starts_with('|') => Line::Unclear,
            Layout::Whitespace(columns) if !dashes::is_rule(line) => match columns.cells(text) {
                Some(cells) => Line::Row(cells),
                None if has_pipe => Line::Unclear,
                None => between_or_end(line),
            },
            _ => between_or_end(line),
        }
    }
}

/// Where each of the columns stands in a header; none if these cells are no header.
fn places(cells: &[String], columns: &[&str]) -> Option<Vec<Option<usize>>> {
    let words: Vec<String> = cells.iter().map(|cell| first_word(cell)).collect();
    let place = |column: &&str| words.iter().position(|word| *word == first_word(column));
    let places: Vec<_> = columns.iter().map(place).collect();
    let missing = places.iter().filter(|place| place.is_none()).count();
    // With what is added when it is set it has to be a header that is read again.
    let is_header = missing <= usize::from(columns.len() > 2) && cells.len() + missing <= MAX_HEADER_CELLS;
    is_header.then_some(places)
}

/// The first word of a header's cell, in small letters: `time` for `Time (ms)`.
fn first_word(cell: &str) -> String {
    let is_in_word = |character: &char| character.is_alphanumeric();
    cell.chars().skip_while(|c| !is_in_word(c)).take_while(is_in_word).flat_map(char::to_lowercase).collect()
}

/// A line without a pipe that is no row. One that looks like a row without pipes does not end the table.
fn between_or_end(line: &[u8]) -> Line {
    if whitespace_columns::has_gap(line) || dashes::is_rule(line) { Line::Between } else { Line::End }
}
