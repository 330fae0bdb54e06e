//! Rows without pipes: cells with a tab or several spaces between them.

use super::separated::unquoted;
use super::{dashes, pipes};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How far apart tab stops are, on a terminal and in most editors.
const TAB_WIDTH: usize = 8;

/// How many rows tell what a tab means: the lesson's tables have ten.
const ROWS_LOOKED_AT: usize = 100;

/// One cell of a line, and the columns of a screen that it takes: from `start` to before `end`.
#[derive(Debug)]
pub struct Piece<'a> {
    pub text: &'a str,
    start: usize,
    end: usize,
}

/// The cells of a line. One space divides nothing: it may be inside a cell. A space may be of any kind: what is copied from a page
/// has those that do not break (U+00A0).
pub fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece> = Vec::new();
    // Where in the line the last piece begins and the next word may, in bytes; and where on the screen.
    let (mut first, mut at, mut column) = (0, 0, 0);
    while let Some(length) = line[at..].find(|character: char| !character.is_whitespace()) {
        let gap = &line[at..at + length];
        let begin = gap.chars().fold(column, |column, space| match space {
            '\t' => column + TAB_WIDTH - column % TAB_WIDTH,
            _ => column + space.width().unwrap_or(1).max(1),
        });
        at += length;
        let word = line[at..].split(char::is_whitespace).next().unwrap_or_default();
        let (start, end) = (at, at + word.len());
        let is_wide = gap.contains('\t') || begin > column + 1;
        column = begin + word.width();
        at = end;
        if let Some(last) = pieces.last_mut().filter(|_| !is_wide) {
            (last.text, last.end) = (&line[first..end], column);
        } else {
            first = start;
            pieces.push(Piece { text: word, start: begin, end: column });
        }
    }
    pieces
}

/// Whether a line may be a row of such a table: a tab or two spaces are in it.
pub fn has_gap(line: &str) -> bool {
    let line = line.trim_end();
    let mut characters = line.chars().zip(line.chars().skip(1));
    line.contains('\t') || characters.any(|(one, next)| one.is_whitespace() && next.is_whitespace())
}

/// The columns of a table without pipes, where its header shows them.
#[derive(Clone, Debug)]
pub struct Columns {
    starts: Vec<usize>,
    /// Whether each single tab may divide two cells, as in what a spreadsheet writes: then two tabs are an empty cell between
    /// them, and not one wide gap. An editor may have taken away those at the end of a line.
    each_tab_divides: bool,
    /// Whether each single tab certainly does: every row has as many, and in one with empty cells the others stand below no
    /// header, or a tab is behind them.
    is_sheet: bool,
}

impl Columns {
    /// The columns below a header's line and its pieces; `below` are the lines below it.
    pub fn new<'a>(header: &str, pieces: &[Piece], below: impl Iterator<Item = &'a str>) -> Self {
        let starts = pieces.iter().map(|piece| piece.start).collect();
        let mut columns = Self { starts, each_tab_divides: false, is_sheet: false };
        if !header.split('\t').map(str::trim).eq(pieces.iter().map(|piece| piece.text)) {
            return columns;
        }
        let is_empty = |row: &str| row.trim().is_empty() && !row.contains('\t');
        let is_row = |row: &&str| pipes::bar(row).is_none() && !is_empty(row);
        let (mut is_whole, mut is_read_by_eye) = (true, true);
        for row in below.take_while(is_row).take(ROWS_LOOKED_AT).filter(|row| !dashes::is_rule(row)) {
            let tabs = row.matches('\t').count();
            // In fewer than all of them wide gaps may divide cells as well.
            let is_cut = tabs + 1 < pieces.len();
            if tabs >= pieces.len() || (is_cut && row.contains("  ")) {
                return columns;
            }
            let cells = self::pieces(row);
            let is_clear = columns.places_below_header(&cells).is_some() && !row.ends_with('\t');
            is_read_by_eye &= cells.len() == pieces.len() || is_clear;
            is_whole &= !is_cut;
        }
        columns.each_tab_divides = true;
        columns.is_sheet = is_whole && !is_read_by_eye;
        columns
    }

    /// Whether a line has as many cells as the header.
    pub fn is_whole(&self, row: &str) -> bool {
        if self.is_sheet {
            row.split('\t').count() == self.starts.len()
        } else {
            pieces(row).len() == self.starts.len()
        }
    }

    /// The cells of a row; none if they could be meant in two ways.
    ///
    /// As many as the header has are in its order, wherever they stand. Of fewer, each has to begin exactly below a cell of
    /// the header, and to end before the next one. Whatever speaks for another order leaves the row unread.
    pub fn cells(&self, row: &str) -> Option<Vec<String>> {
        if self.is_sheet {
            let cells: Vec<String> = row.split('\t').map(unquoted).collect();
            return (cells.len() == self.starts.len()).then_some(cells);
        }
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
        let by_tabs = row.split('\t').map(str::trim).chain(std::iter::repeat("")).take(cells.len());
        let agrees = !self.each_tab_divides || by_tabs.eq(cells.iter().map(String::as_str));
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
