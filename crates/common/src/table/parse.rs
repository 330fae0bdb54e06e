//! From the bytes of a file to its table.

use super::gaps::{self, Columns};
use super::{Row, Table, line};

/// A header with more cells than this is not one of the lesson's. It bounds how much room the spaces between cells take.
const MAX_HEADER_CELLS: usize = 32;

/// A header without pipes has at least so many of the columns: `Name:  Ana   Time:  10:00` is none.
const MIN_COLUMNS_WITHOUT_PIPES: usize = 3;

/// The first table with these columns.
pub fn table(file: &[u8], columns: &'static [&'static str]) -> Option<Table> {
    let mut start = if file.starts_with(line::BYTE_ORDER_MARK) { line::BYTE_ORDER_MARK.len() } else { 0 };
    while let Some(text) = file[start..].split_inclusive(|&byte| byte == b'\n').next() {
        start += match Header::parse(text, &file[start..], columns).map(|header| rows(file, start, header, columns)) {
            None => text.len(),
            Some(Err(NoTable { length })) => length,
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
    Pipes {
        /// Whether the header begins with a pipe.
        opens: bool,
        /// Whether it ends with a pipe.
        closes: bool,
    },
    Gaps(Columns),
}

/// What a line below the header is.
enum Line {
    /// The header itself, or the line of dashes below it.
    Own,
    Row(Vec<String>),
    /// Not the table's own, and inside it.
    Foreign,
    /// The same if a row follows: the table ends with a row.
    ForeignBetweenRows,
    /// The first one that is not the table's.
    End,
    /// Perhaps a row of another table, for it has pipes and the header has none.
    Unclear,
}

/// Below a header there is no table in the end; another one may begin `length` bytes further.
struct NoTable {
    length: usize,
}

impl Header {
    /// `file` is the rest of the file, which begins with the line `text`.
    fn parse(text: &[u8], file: &[u8], columns: &[&str]) -> Option<Self> {
        let text = std::str::from_utf8(line::text(text)).ok()?;
        if !text.contains('|') {
            let pieces = gaps::pieces(text);
            let cells = pieces.iter().map(|piece| piece.text.to_string()).collect();
            let header = Self::with(cells, columns, || Layout::Gaps(Columns::new(text, &pieces, file)));
            let found = |header: &Self| header.places.iter().flatten().count();
            return header.filter(|header| found(header) >= MIN_COLUMNS_WITHOUT_PIPES);
        }
        let mut cells = line::pieces(text);
        let opens = cells[0].is_empty();
        let closes = cells[cells.len() - 1].is_empty();
        without_the_ends(&mut cells, opens, closes);
        Self::with(cells, columns, || Layout::Pipes { opens, closes })
    }

    fn with(cells: Vec<String>, columns: &[&str], layout: impl FnOnce() -> Layout) -> Option<Self> {
        if cells.len() > MAX_HEADER_CELLS {
            return None;
        }
        let words: Vec<String> = cells.iter().map(|cell| line::first_word(cell)).collect();
        let place = |column: &&str| words.iter().position(|word| *word == line::first_word(column));
        let places: Vec<_> = columns.iter().map(place).collect();
        let missing = places.iter().filter(|place| place.is_none()).count();
        // With what is added when it is set it has to be a header that is read again.
        let is_one = missing <= usize::from(columns.len() > 2) && cells.len() + missing <= MAX_HEADER_CELLS;
        is_one.then(|| Self { cells, places, layout: layout() })
    }

    /// A line below the header that is UTF-8. Both layouts have the same lines between rows, for a table without pipes is written
    /// with them.
    fn line(&self, text: &str) -> Line {
        if text.trim().is_empty() {
            return Line::End;
        }
        match &self.layout {
            Layout::Pipes { opens, closes } if text.contains('|') => {
                Line::Row(self.cells_of(line::pieces(text), *opens, *closes))
            }
            Layout::Gaps(_) if text.trim_start().starts_with('|') => Line::Unclear,
            Layout::Gaps(columns) if !gaps::is_rule(text.as_bytes()) => match columns.cells(text) {
                Some(cells) => Line::Row(cells),
                None if text.contains('|') => Line::Unclear,
                None => between_rows_or_end(text.as_bytes()),
            },
            _ => between_rows_or_end(text.as_bytes()),
        }
    }

    fn has_pipes(&self) -> bool {
        matches!(self.layout, Layout::Pipes { .. })
    }

    /// The cells of a row. A pipe at an end of it is its frame if the header has one there, or if the row has more pieces than
    /// the header has cells; otherwise the cell before or behind it is empty.
    fn cells_of(&self, mut pieces: Vec<String>, opens: bool, closes: bool) -> Vec<String> {
        let opens = pieces[0].is_empty() && (opens || pieces.len() > self.cells.len());
        let left = pieces.len() - usize::from(opens);
        let closes = pieces[pieces.len() - 1].is_empty() && (closes || left > self.cells.len());
        without_the_ends(&mut pieces, opens, closes);
        pieces
    }
}

/// A line without a pipe that is no row. One that looks like a row without pipes does not end the table.
fn between_rows_or_end(text: &[u8]) -> Line {
    if gaps::has_gap(text) || gaps::is_rule(text) { Line::ForeignBetweenRows } else { Line::End }
}

/// Takes away the pieces before the first pipe and behind the last, where these are a frame. They are two, for a line that is only
/// one piece has no pipe but escaped ones, and is not empty.
fn without_the_ends(pieces: &mut Vec<String>, opens: bool, closes: bool) {
    if closes {
        pieces.pop();
    }
    if opens {
        pieces.remove(0);
    }
}

/// Reads on below the header, which begins at `start`, to the first line that is not the table's.
fn rows(file: &[u8], start: usize, header: Header, columns: &'static [&'static str]) -> Result<Table, NoTable> {
    let mut table = Table::new(columns);
    let (mut end, mut here) = (start, start);
    let first_line = file[..start].split(|&byte| byte == b'\n').count();
    for (number, text) in file[start..].split_inclusive(|&byte| byte == b'\n').enumerate() {
        let line = match std::str::from_utf8(line::text(text)) {
            _ if number == 0 => {
                table.line_break = line::first_break(text);
                Line::Own
            }
            Ok(utf8) if number == 1 && line::is_separator(utf8) => {
                table.colons = line::colons(utf8);
                Line::Own
            }
            Ok(utf8) if number == 1 && gaps::is_rule(utf8.as_bytes()) => Line::Own,
            Ok(utf8) if line::is_frame(utf8) => Line::Foreign,
            Ok(utf8) => header.line(utf8),
            Err(_) if text.contains(&b'|') => Line::Foreign,
            Err(_) => between_rows_or_end(text),
        };
        // From `end` to here there are lines that are the table's if a row follows.
        match line {
            Line::Own => end = here + text.len(),
            Line::Foreign if end == here => {
                below(&mut table).extend_from_slice(text);
                end = here + text.len();
            }
            Line::Foreign | Line::ForeignBetweenRows => {}
            // One that begins with a pipe is surely a row: `echo hi | nc …` below a note is none.
            Line::Row(_) if end < here && header.has_pipes() && !text.trim_ascii_start().starts_with(b"|") => break,
            Line::Row(cells) => {
                below(&mut table).extend_from_slice(&file[end..here]);
                table.rows.push(Row { cells, below: Vec::new(), line: Some(first_line + number) });
                end = here + text.len();
            }
            Line::End => break,
            Line::Unclear => return Err(NoTable { length: here - start }),
        }
        here += text.len();
    }
    if !file[start..end].contains(&b'\n') {
        table.line_break = line::first_break(file);
    }
    table.ends_bare = !file[..end].ends_with(b"\n");
    table.header = header.cells;
    table.places = header.places;
    table.before = file[..start].to_vec();
    table.written = Some(file[start..end].to_vec());
    table.after = file[end..].to_vec();
    Ok(table)
}

/// Where a foreign line belongs that comes next.
fn below(table: &mut Table) -> &mut Vec<u8> {
    table.rows.last_mut().map_or(&mut table.below_header, |row| &mut row.below)
}
