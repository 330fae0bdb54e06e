//! From a table to its lines, aligned.

use super::lines::{has_break, line_break, lines, without_break};
use super::{Table, dashes, pipes};
use std::str;
use unicode_width::UnicodeWidthStr as _;

/// Cells that are wider than this stick out: the others need not be as wide.
const WIDEST_ALIGNED: usize = 80;

/// How many bytes of spaces a table may have. A table with more is written without: a file cannot be made to grow without end.
const MAX_PADDING: usize = 512 * 1024;

/// Writes the header, the line of dashes and the rows, and the foreign lines among them where they were.
pub fn table(table: &Table, file: &mut Vec<u8>) {
    let old = &table.file[table.lines.clone()];
    let line_break = line_break(old, &table.file).or(line_break(&table.file, &table.file)).unwrap_or("\n");
    let widths = widths(table);
    let prefix = table.prefix.as_str().as_bytes();
    file.extend_from_slice(prefix);
    push_row(file, &table.header, &widths);
    file.extend_from_slice(line_break.as_bytes());
    file.extend_from_slice(prefix);
    push_separator(file, &colons(table, lines(old).nth(1).unwrap_or_default()), &widths);
    for row in &table.rows {
        file.extend_from_slice(line_break.as_bytes());
        file.extend_from_slice(&row.above);
        file.extend_from_slice(prefix);
        push_row(file, &row.cells, &widths);
    }
    // The last line of a file may have no end, and keeps none.
    if old.is_empty() || has_break(old) {
        file.extend_from_slice(line_break.as_bytes());
    }
}

/// How many columns of a screen each column of the table needs.
fn widths(table: &Table) -> Vec<usize> {
    let mut widths = vec![1; table.header.len()];
    for cells in table.rows.iter().map(|row| &row.cells).chain([&table.header]) {
        for (width, cell) in widths.iter_mut().zip(cells) {
            *width = (*width).max(pipes::escape(cell).width().min(WIDEST_ALIGNED));
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
        let cell = pipes::escape(cells.get(place).map_or("", String::as_str));
        let spaces = widths.get(place).unwrap_or(&0).saturating_sub(cell.width());
        file.extend_from_slice(format!(" {cell}{:spaces$} |", "").as_bytes());
    }
}

/// Which ends of the line of dashes have colons, which align the columns in Markdown: they stay as they were in the `old` one.
fn colons(table: &Table, old: &[u8]) -> Vec<(bool, bool)> {
    let old = str::from_utf8(without_break(old)).ok().and_then(|text| table.prefix.strip(text));
    old.filter(|text| dashes::is_separator(text)).map(dashes::colons).unwrap_or_default()
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
