//! Rows of text as columns for a terminal.

use unicode_width::UnicodeWidthStr as _;

/// What stands between two columns.
const GAP: &str = "  ";

/// One line a row, each column as wide as its widest cell, without spaces at a line's end.
///
/// Width is counted in the cells of a terminal, of which a Chinese character takes two (Unicode Standard Annex 11). What is
/// in a cell has to be safe to show: see [`text::escape_line`](crate::text::escape_line).
///
/// ```
/// let lines = common::columns::align(&[["NAME", "KIND", "STATE"], ["家", "Wifi", "up"], ["eth0", "Wire", ""]]);
/// assert_eq!(lines, ["NAME  KIND  STATE", "家    Wifi  up", "eth0  Wire"]);
/// ```
#[must_use]
pub fn align<Cell: AsRef<str>>(rows: &[impl AsRef<[Cell]>]) -> Vec<String> {
    let mut widths = Vec::new();
    for row in rows.iter().map(AsRef::as_ref) {
        widths.resize(row.len().max(widths.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.as_ref().width().max(*width);
        }
    }
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows.iter().map(AsRef::as_ref) {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            let cell = cell.as_ref();
            line += cell;
            line += &" ".repeat(width - cell.width());
            line += GAP;
        }
        lines.push(line.trim_end().to_string());
    }
    lines
}
