//! From a table to its lines, aligned.

use super::{Table, line};
use unicode_width::UnicodeWidthStr as _;

/// Cells that are wider than this stick out: the others need not be as wide.
const MAX_ALIGNED_WIDTH: usize = 80;

/// How many bytes of spaces a table may have. A table with more is written without: a file cannot be made to grow without end.
const MAX_PADDING: usize = 512 * 1024;

/// Writes the header, the line of dashes and the rows, and the foreign lines among them where they were.
pub fn lines(table: &Table, file: &mut Vec<u8>) {
    let widths = widths(table);
    push_row(file, &table.header, &widths);
    file.extend_from_slice(table.line_break.as_bytes());
    push_separator(file, &table.colons, &widths);
    file.extend_from_slice(table.line_break.as_bytes());
    file.extend_from_slice(&table.below_header);
    for row in &table.rows {
        push_row(file, &row.cells, &widths);
        file.extend_from_slice(table.line_break.as_bytes());
        file.extend_from_slice(&row.below);
    }
    let last_is_ours = table.rows.last().map_or(&table.below_header, |row| &row.below).is_empty();
    if table.ends_bare && last_is_ours {
        file.truncate(file.len() - table.line_break.len());
    }
}

/// How many columns of a screen each column of the table needs.
fn widths(table: &Table) -> Vec<usize> {
    let mut widths = vec![1; table.header.len()];
    for cells in table.rows.iter().map(|row| &row.cells).chain([&table.header]) {
        for (width, cell) in widths.iter_mut().zip(cells) {
            *width = (*width).max(line::escaped(cell).width().min(MAX_ALIGNED_WIDTH));
        }
    }
    if table.rows.len().saturating_mul(widths.iter().sum()) > MAX_PADDING {
        widths.fill(1);
    }
    widths
}

fn push_row(file: &mut Vec<u8>, cells: &[String], widths: &[usize]) {
    file.push(b'|');
    for place in 0..cells.len().max(widths.len()) {
        let cell = line::escaped(cells.get(place).map_or("", String::as_str));
        let spaces = widths.get(place).unwrap_or(&0).saturating_sub(cell.width());
        file.push(b' ');
        file.extend_from_slice(cell.as_bytes());
        file.extend(std::iter::repeat_n(b' ', spaces));
        file.extend_from_slice(b" |");
    }
}

fn push_separator(file: &mut Vec<u8>, colons: &[(bool, bool)], widths: &[usize]) {
    file.push(b'|');
    for (place, width) in widths.iter().enumerate() {
        let (left, right) = colons.get(place).copied().unwrap_or_default();
        let end = |colon| if colon { b':' } else { b'-' };
        file.push(end(left));
        file.extend(std::iter::repeat_n(b'-', *width));
        file.extend_from_slice(&[end(right), b'|']);
    }
}
