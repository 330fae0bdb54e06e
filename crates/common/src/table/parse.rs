//! From the bytes of a file to its tables.

use super::header_words::{first_word, names_column};
use super::layout::Layout;
use super::lines::{lines, without_break};
use super::prefix::Prefix;
use super::{BYTE_ORDER_MARK, Row, dashes, pipes, whitespace_columns};
use std::net::IpAddr;
use std::ops::Range;
use std::str;

/// A header with more cells than this is not one of the lesson's. It bounds what empty cells take, in memory and in the file.
const MAX_HEADER_CELLS: usize = 32;

/// A place in a file: how many bytes and how many lines are before it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    pub bytes: usize,
    pub lines: usize,
}

impl Place {
    /// The beginning of the text, behind the mark that some editors put there.
    pub fn start_of(file: &[u8]) -> Self {
        let bytes = if file.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        Self { bytes, lines: 0 }
    }

    pub fn behind(self, line: &[u8]) -> Self {
        Self { bytes: self.bytes + line.len(), lines: self.lines + 1 }
    }
}

/// A table as it stands in a file.
#[derive(Debug)]
pub struct Found {
    pub header: Header,
    pub rows: Vec<Row>,
    /// Which bytes of the file are the table's: from its header to its last row.
    pub range: Range<usize>,
    pub header_line: usize,
    /// Where reading ended: behind it is nothing of the table.
    pub end: Place,
    /// The lines inside it that look like rows and cannot be read, counted from 1, and why.
    pub unread: Vec<(usize, Unread)>,
}

/// Why a line that may be a row is not read as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Which cell stands in which column could be meant in two ways.
    Unclear,
    /// It is no UTF-8.
    Encoding,
    /// It is a header once more.
    Header,
    /// It is a row of its own, without a header directly above.
    Apart,
}

/// The first table with these columns, from a place on.
pub fn next_table(file: &[u8], mut place: Place, columns: &[&str]) -> Option<Found> {
    while let Some(line) = lines(&file[place.bytes..]).next() {
        place = match Header::parse(&file[place.bytes..], columns).map(|header| header.table(file, place, columns)) {
            None => place.behind(line),
            Some(Err(next)) => next,
            Some(Ok(table)) => return Some(table),
        };
    }
    None
}

/// The line that names the columns.
#[derive(Clone, Debug)]
pub struct Header {
    pub cells: Vec<String>,
    /// Where in it each of the wanted columns stands.
    pub places: Vec<Option<usize>>,
    pub layout: Layout,
    pub prefix: Prefix,
}

/// What a line below the header is.
enum Line {
    /// The header itself, or the line of dashes below it.
    Heading,
    Row(Vec<String>),
    /// Not the table's own, and inside it: part of a drawn frame, or a row that cannot be read.
    Inside(Option<Unread>),
    /// Inside it if a row follows, which has to begin with a pipe in a table with pipes.
    Between(Option<Unread>),
    /// The first line that is not the table's, though it may be a row that cannot be read.
    End(Option<Unread>),
    /// Perhaps a row of another table, for it has pipes and the header has none.
    OfAnother,
}

impl Header {
    /// The first line of `rest`, if it is a header.
    pub fn parse(rest: &[u8], columns: &[&str]) -> Option<Self> {
        let mut texts = lines(rest).map(|line| str::from_utf8(without_break(line)));
        let text = texts.next()?.ok()?;
        let below = texts.filter_map(Result::ok);
        let prefix = Prefix::of(text, lines(rest).nth(1).and_then(|line| str::from_utf8(without_break(line)).ok()));
        let below = below.map_while(|line| prefix.strip(line));
        let places = |cells: &[String]| places(cells, columns);
        let is_list = |cell: &str| names_column(&first_word(cell), "Time");
        let (layout, cells, places) = Layout::of_header(prefix.strip(text)?, below, places, is_list)?;
        Some(Self { cells, places, layout, prefix })
    }

    /// Reads on below the header to the first line that is not the table's. An error if there is no table in the end: another one
    /// may begin at that place.
    fn table(self, file: &[u8], start: Place, columns: &[&str]) -> Result<Found, Place> {
        let (mut rows, mut unread): (Vec<Row>, Vec<(usize, Unread)>) = (Vec::new(), Vec::new());
        let (mut here, mut end, mut is_after_text) = (start, start.bytes, false);
        for (number, line) in lines(&file[start.bytes..]).enumerate() {
            let next = here.behind(line);
            match self.classify(number, line, rows.is_empty()) {
                Line::Heading => end = next.bytes,
                // `echo hi | nc …` below a note is no row.
                Line::Row(_) if is_after_text && !self.may_follow_text(line) => {
                    // Where pipes are drawn, it has none when the table is written.
                    if line.contains(&b'|') || !whitespace_columns::has_gap(&String::from_utf8_lossy(line)) {
                        break;
                    }
                }
                Line::Row(cells) => {
                    unread.extend(self.doubt(&cells, columns).map(|why| (next.lines, why)));
                    rows.push(Row { above: file[end..here.bytes].to_vec(), cells, line: Some(next.lines) });
                    end = next.bytes;
                    is_after_text = false;
                }
                Line::Inside(why) => unread.extend(why.map(|why| (next.lines, why))),
                Line::Between(why) => {
                    unread.extend(why.map(|why| (next.lines, why)));
                    is_after_text = true;
                }
                Line::End(why) => {
                    unread.extend(why.map(|why| (next.lines, why)));
                    break;
                }
                Line::OfAnother => return Err(here),
            }
            here = next;
        }
        let header_line = start.lines + 1;
        Ok(Found { header: self, rows, range: start.bytes..end, header_line, end: here, unread })
    }

    /// All layouts have the same lines between rows, for each table is written with pipes.
    fn classify(&self, number: usize, line: &[u8], is_first: bool) -> Line {
        let Ok(text) = str::from_utf8(without_break(line)) else {
            let text = String::from_utf8_lossy(line);
            return match pipes::bar(&text) {
                Some(_) => Line::Inside(Some(Unread::Encoding)),
                None => between_or_end(&text, Unread::Encoding),
            };
        };
        let Some(text) = self.prefix.strip(text) else { return Line::End(None) };
        let has_pipe = pipes::bar(text).is_some();
        match &self.layout {
            _ if number == 0 => Line::Heading,
            _ if number == 1 && (dashes::is_separator(text) || dashes::is_rule(text)) => Line::Heading,
            _ if dashes::is_frame(text) => Line::Inside(None),
            _ if text.trim().is_empty() => Line::End(None),
            Layout::Pipes(frame)
                if frame.divides(text) && (frame.begins(text) || !text.trim_start().starts_with('|')) =>
            {
                Line::Row(frame.cells(text))
            }
            // Notes may have gaps; but rows without pipes below a header with them are no notes.
            Layout::Pipes(_) if !has_pipe => {
                let may_be_row = is_first && whitespace_columns::pieces(text).len() > 1;
                between_or_end(text, may_be_row.then_some(Unread::Unclear))
            }
            Layout::Separated(separated) if separated.divides(text) => match separated.cells(text) {
                Some(cells) => Line::Row(cells),
                None if text.contains('|') => Line::OfAnother,
                // As it is read when the table has pipes.
                None => match between_or_end(text, Unread::Unclear) {
                    Line::End(_) => Line::End(Some(Unread::Unclear)),
                    line => line,
                },
            },
            Layout::Whitespace(_) if pipes::bar(text).is_some_and(|bar| text.trim_start().starts_with(bar)) => {
                Line::OfAnother
            }
            // Below a header that is written with pipes it would be a row.
            Layout::Pipes(_) | Layout::Separated(_) if text.contains('|') => Line::OfAnother,
            Layout::Whitespace(columns) if !dashes::is_rule(text) => match columns.cells(text) {
                Some(cells) => Line::Row(cells),
                None if has_pipe => Line::OfAnother,
                None => between_or_end(text, Unread::Unclear),
            },
            _ => between_or_end(text, Unread::Unclear),
        }
    }

    /// Whether a row is the header once more.
    pub fn is_repeated(&self, cells: &[String], columns: &[&str]) -> bool {
        places(cells, columns).is_some_and(|places| places == self.places)
    }

    /// Whether a row with pipes begins with one.
    fn may_follow_text(&self, line: &[u8]) -> bool {
        let Layout::Pipes(frame) = &self.layout else { return true };
        str::from_utf8(line).ok().and_then(|text| self.prefix.strip(text)).is_some_and(|text| frame.begins(text))
    }

    /// What speaks against a row: it is the header once more, or has a cell too few, and an IP where the header has none.
    fn doubt(&self, cells: &[String], columns: &[&str]) -> Option<Unread> {
        if self.is_repeated(cells, columns) {
            return Some(Unread::Header);
        }
        let is_of_ips = |place| {
            let column = self.places.iter().position(|own| *own == Some(place));
            column.is_some_and(|column| columns[column].split(' ').any(|word| word == "IP"))
        };
        let is_misplaced = |(place, cell): (usize, &String)| is_ip(cell) && !is_of_ips(place);
        let is_short = cells.len() < self.cells.len();
        (is_short && cells.iter().enumerate().any(is_misplaced)).then_some(Unread::Unclear)
    }

    /// The cells of a line that stands apart, if it is a row of this table for all that; `is_next` if only empty lines are between.
    pub fn row_apart(&self, line: &str, is_next: bool) -> Option<Vec<String>> {
        let cells = self.prefix.strip(line).and_then(|text| self.layout.whole_row(text))?;
        let is_row = is_next || self.layout.has_opening_pipe() || cells.iter().any(|cell| is_ip(cell));
        (is_row && cells.iter().any(|cell| cell.contains(char::is_alphanumeric))).then_some(cells)
    }
}

/// Whether a cell is an IP, and nothing else.
pub fn is_ip(cell: &str) -> bool {
    cell.parse::<IpAddr>().is_ok()
}

/// Where each of the columns stands in a header; none if these cells are no header.
fn places(cells: &[String], columns: &[&str]) -> Option<Vec<Option<usize>>> {
    let may_be_missing = usize::from(columns.len() > 2);
    // Most lines are none.
    if cells.len() + may_be_missing < columns.len() {
        return None;
    }
    let words: Vec<String> = cells.iter().map(|cell| first_word(cell)).collect();
    let place = |column: &&str| {
        let own = first_word(column);
        let by_lesson = words.iter().position(|word| *word == own);
        by_lesson.or_else(|| words.iter().position(|word| names_column(word, column)))
    };
    let places: Vec<_> = columns.iter().map(place).collect();
    let missing = places.iter().filter(|place| place.is_none()).count();
    // With what is added when it is set it has to be a header that is read again.
    let is_header = missing <= may_be_missing && cells.len() + missing <= MAX_HEADER_CELLS;
    is_header.then_some(places)
}

/// A line without a pipe that is no row. One that looks like a row without pipes does not end the table.
fn between_or_end(text: &str, why: impl Into<Option<Unread>>) -> Line {
    if dashes::is_rule(text) {
        Line::Between(None)
    } else if whitespace_columns::has_gap(text) {
        Line::Between(why.into())
    } else {
        Line::End(None)
    }
}
