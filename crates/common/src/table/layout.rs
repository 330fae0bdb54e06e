//! How the cells of a table are divided, as its header shows it.

use super::pipes::{self, Frame};
use super::separated::Separated;
use super::whitespace_columns::{self, Columns};

/// A header without pipes has at least so many of the columns: `Name:  Ana   Time:  10:00` is none.
const MIN_COLUMNS_WITHOUT_PIPES: usize = 3;

#[derive(Clone, Debug)]
pub enum Layout {
    Pipes(Frame),
    Separated(Separated),
    Whitespace(Columns),
}

impl Layout {
    /// That of a line, and its cells, if they are a header: `places` says where the wanted columns stand. `below` are the lines
    /// below it.
    pub fn of_header<'a>(
        text: &str,
        below: impl Iterator<Item = &'a str>,
        places: impl Fn(&[String]) -> Option<Vec<Option<usize>>>,
        is_list: impl Fn(&str) -> bool,
    ) -> Option<(Self, Vec<String>, Vec<Option<usize>>)> {
        if pipes::bar(text).is_some() {
            let (frame, cells) = Frame::of_header(text);
            let places = places(&cells)?;
            return Some((Self::Pipes(frame), cells, places));
        }
        let places = |cells: &[String]| {
            places(cells).filter(|places| places.iter().flatten().count() >= MIN_COLUMNS_WITHOUT_PIPES)
        };
        for separator in [';', ','] {
            let separated = text.contains(separator).then(|| Separated::of_header(text, separator, &is_list)).flatten();
            if let Some((layout, cells)) = separated {
                if let Some(places) = places(&cells) {
                    return Some((Self::Separated(layout), cells, places));
                }
            }
        }
        let pieces = whitespace_columns::pieces(text);
        let cells: Vec<String> = pieces.iter().map(|piece| piece.text.to_string()).collect();
        let places = places(&cells)?;
        Some((Self::Whitespace(Columns::new(text, &pieces, below)), cells, places))
    }

    /// The cells of a line that has as many as the header, as a row has that stands apart from the others.
    pub fn whole_row(&self, text: &str) -> Option<Vec<String>> {
        match self {
            Self::Pipes(frame) => frame.whole_row(text),
            Self::Separated(separated) => separated.cells(text).filter(|_| separated.divides(text)),
            Self::Whitespace(columns) => columns.cells(text).filter(|_| columns.is_whole(text)),
        }
    }

    /// Whether a row of it is told from any other line by the pipe at its beginning.
    pub fn has_opening_pipe(&self) -> bool {
        matches!(self, Self::Pipes(frame) if frame.opens())
    }
}
