//! Rows with pipes: `| mobile | home |`, or `mobile | home` without a frame. `\|` is a pipe inside a cell.

/// Where a header has pipes outside its first and last cell, and how many cells it has. From that follows which of a row's outer
/// pipes are a frame, and which have an empty cell beside them.
pub struct Frame {
    opens: bool,
    closes: bool,
    columns: usize,
}

impl Frame {
    /// The frame of a header, and the header's cells.
    pub fn of_header(text: &str) -> (Self, Vec<String>) {
        let pieces = pieces(text);
        let is_empty = |piece: Option<&String>| piece.is_some_and(String::is_empty);
        let mut frame = Self { opens: is_empty(pieces.first()), closes: is_empty(pieces.last()), columns: 0 };
        let cells = frame.cells(text);
        frame.columns = cells.len();
        (frame, cells)
    }

    /// The cells of a row. A pipe at an end of it is its frame if the header has one there, or if the row has more pieces than
    /// the header has cells; otherwise the cell before or behind it is empty.
    pub fn cells(&self, text: &str) -> Vec<String> {
        let mut cells = pieces(text);
        // A line of one piece has no pipe but escaped ones, and is not empty.
        if cells[0].is_empty() && (self.opens || cells.len() > self.columns) {
            cells.remove(0);
        }
        if cells.last().is_some_and(String::is_empty) && (self.closes || cells.len() > self.columns) {
            cells.pop();
        }
        cells
    }
}

/// What stands between the pipes of a line, without the spaces around it. One piece if there is no pipe.
pub fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if characters.next_if_eq(&'|').is_some() => piece.push('|'),
            '|' => pieces.push(std::mem::take(&mut piece).trim().to_string()),
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
