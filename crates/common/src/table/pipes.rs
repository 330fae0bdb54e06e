//! Rows with pipes: `| mobile | home |`, or `mobile | home` without a frame. `\|` is a pipe inside a cell.

/// The pipe, and what is drawn or typed in its place. A table is written with the first one.
pub const BARS: &[char] = &['|', '│', '┃', '║', '｜', '¦', '┆', '┊', '∣', '❘', '⎮', '⏐'];

/// With which of them a line divides its cells.
pub fn bar(text: &str) -> Option<char> {
    BARS.iter().copied().find(|bar| text.contains(*bar))
}

/// Where a header has pipes outside its first and last cell, and how many cells it has. From that follows which of a row's outer
/// pipes are a frame, and which have an empty cell beside them.
#[derive(Clone, Debug)]
pub struct Frame {
    bar: char,
    opens: bool,
    closes: bool,
    columns: usize,
}

impl Frame {
    /// The frame of a header, and the header's cells.
    pub fn of_header(text: &str) -> (Self, Vec<String>) {
        let bar = bar(text).unwrap_or('|');
        let pieces = pieces(text, bar);
        let is_empty = |piece: Option<&String>| piece.is_some_and(String::is_empty);
        let mut frame = Self { bar, opens: is_empty(pieces.first()), closes: is_empty(pieces.last()), columns: 0 };
        let cells = frame.cells(text);
        frame.columns = cells.len();
        (frame, cells)
    }

    /// The cells of a row. A pipe at an end of it is its frame if the header has one there, or if the row has more cells than
    /// the header for all that; otherwise the cell before or behind it is empty.
    pub fn cells(&self, text: &str) -> Vec<String> {
        let mut cells = pieces(text, self.bar);
        let is_empty = |cell: Option<&String>| cell.is_some_and(String::is_empty);
        // First the header's own frame, at both ends: what is beside it is an empty cell.
        let mut opens = self.opens && is_empty(cells.first());
        let closes = self.closes && is_empty(cells.last());
        opens |= cells.len() - usize::from(closes) > self.columns && is_empty(cells.first());
        cells.drain(..usize::from(opens));
        if is_empty(cells.last()) && (closes || cells.len() > self.columns) {
            cells.pop();
        }
        cells
    }

    pub fn divides(&self, text: &str) -> bool {
        text.contains(self.bar)
    }

    pub fn opens(&self) -> bool {
        self.opens
    }

    pub fn begins(&self, text: &str) -> bool {
        text.trim_start().starts_with(self.bar)
    }

    /// The cells of a line with as many as the header, and a pipe at its beginning if the header has one there.
    pub fn whole_row(&self, text: &str) -> Option<Vec<String>> {
        let is_like_header = self.divides(text) && (!self.opens || self.begins(text));
        is_like_header.then(|| self.cells(text)).filter(|cells| cells.len() == self.columns)
    }
}

/// What stands between the pipes of a line, without the spaces around it. One piece if there is no pipe.
pub fn pieces(text: &str, bar: char) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if characters.next_if_eq(&bar).is_some() => piece.push(bar),
            divider if divider == bar => pieces.push(std::mem::take(&mut piece).trim().to_string()),
            _ => piece.push(character),
        }
    }
    pieces.push(piece.trim().to_string());
    pieces
}

/// A cell as it is written: the opposite of [`pieces`].
pub fn escape(cell: &str) -> String {
    cell.replace('|', r"\|")
}
