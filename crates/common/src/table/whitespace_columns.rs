//! Rows without pipes: cells with a tab or several spaces between them.

use super::{dashes, lines};
use unicode_width::UnicodeWidthStr as _;

/// How far apart tab stops are, on a terminal and in most editors.
const TAB_WIDTH: usize = 8;

/// One cell of a line, and the columns of a screen that it takes: from `start` to before `end`.
pub struct Piece<'a> {
    pub text: &'a str,
    start: usize,
    end: usize,
}

/// The cells of a line. One space divides nothing: it may be inside a cell.
pub fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut rest, mut column) = (line, 0);
    loop {
        let cell = rest.trim_start_matches([' ', '\t']);
        for character in rest[..rest.len() - cell.len()].chars() {
            column += if character == '\t' { TAB_WIDTH - column % TAB_WIDTH } else { 1 };
        }
        if cell.is_empty() {
            return pieces;
        }
        let length = [cell.find('\t'), cell.find("  ")].into_iter().flatten().min().unwrap_or(cell.len());
        let text = cell[..length].trim_end_matches(' ');
        let start = column;
        column += text.width();
        rest = &cell[text.len()..];
        // Other spaces than these two are no part of a cell, and are no cell either.
        if !text.trim().is_empty() {
            pieces.push(Piece { text: text.trim(), start, end: column });
        }
    }
}

/// Whether a line may be a row of such a table: a tab or two spaces are in it.
pub fn has_gap(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    line.contains(&b'\t') || line.windows(2).any(|two| two == b"  ")
}

/// The columns of a table without pipes, where its header shows them.
pub struct Columns {
    starts: Vec<usize>,
    /// Whether each single tab may divide two cells, as in what a spreadsheet writes: then two tabs are an empty cell between
    /// them, and not one wide gap.
    each_tab_divides: bool,
}

impl Columns {
    /// The columns below a header's line and its pieces; `block` is the header and the lines below it.
    pub fn new(header: &str, pieces: &[Piece], block: &[u8]) -> Self {
        let mut rows = lines(block)
            .take_while(|line| !line.contains(&b'|') && !line.trim_ascii().is_empty())
            .filter(|line| !dashes::is_rule(line));
        Self {
            starts: pieces.iter().map(|piece| piece.start).collect(),
            each_tab_divides: header.split('\t').map(str::trim).eq(pieces.iter().map(|piece| piece.text))
                && rows.all(|row| row.split(|&byte| byte == b'\t').count() == pieces.len()),
        }
    }

    /// The cells of a row; none if they could be meant in two ways.
    ///
    /// As many as the header has are in its order, wherever they stand. Of fewer, each has to begin exactly below a cell of
    /// the header, and to end before the next one. Whatever speaks for another order leaves the row unread.
    pub fn cells(&self, row: &str) -> Option<Vec<String>> {
        let pieces = pieces(row);
        let in_order: Vec<usize> = (0..pieces.len()).collect();
        let below = self.places_below_header(&pieces);
        let places = if pieces.len() == self.starts.len() {
            // A cell with a gap in it, and another that is empty: together they are as many as the header's. That all stand
            // below its first cell says nothing, for there every line begins.
            let is_aligned = |below: &Vec<usize>| below.iter().any(|place| *place > 0);
            below.filter(is_aligned).is_none_or(|below| below == in_order).then_some(in_order)?
        } else {
            below.filter(|below| below.windows(2).all(|two| two[0] < two[1]))?
        };
        let mut cells = vec![String::new(); self.starts.len()];
        for (piece, place) in pieces.iter().zip(places) {
            cells[place] = piece.text.to_string();
        }
        let agrees = !self.each_tab_divides || row.split('\t').map(str::trim).eq(cells.iter().map(String::as_str));
        agrees.then_some(cells)
    }

    /// Below which cell of the header each piece stands, if what stands there begins where that begins, and runs below no other.
    fn places_below_header(&self, pieces: &[Piece]) -> Option<Vec<usize>> {
        let mut places = Vec::new();
        for piece in pieces {
            let place = self.starts.partition_point(|start| *start <= piece.start).checked_sub(1)?;
            let begins = piece.start == self.starts[place] || places.last() == Some(&place);
            let fits = self.starts.get(place + 1).is_none_or(|next| piece.end < *next);
            if !begins || !fits {
                return None;
            }
            places.push(place);
        }
        Some(places)
    }
}
