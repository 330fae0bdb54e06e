//! The lines of a table, and the hosts that each of them names.

use super::patterns::Hosts;
use common::table::{self, Line};
use std::ops::Deref;

/// A line as the reader of `common` reads it.
pub struct TableLine {
    line: Line,
    /// The cell of the last column, which may be empty. None where it is not certain which cell that is.
    pub value: Option<String>,
    /// The hosts that it names.
    pub hosts: Hosts,
}

impl TableLine {
    /// Whether it has more than one cell, as a row has and a sentence has not.
    pub fn has_cells(&self) -> bool {
        self.cells.len() > 1
    }
}

impl Deref for TableLine {
    type Target = Line;

    fn deref(&self) -> &Line {
        &self.line
    }
}

/// Every line with a letter or a digit in it, in the order of the file.
pub fn lines(file: &[u8], columns: &[&str]) -> Vec<TableLine> {
    let lines = table::every_line(file, columns).into_iter();
    lines
        .map(|line| {
            let value = line.cell(columns.len() - 1).map(str::to_string);
            TableLine { value, hosts: Hosts::of(&line.text), line }
        })
        .collect()
}
