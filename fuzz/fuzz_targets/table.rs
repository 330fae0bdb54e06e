//! Whatever a file holds: reading it never panics, writing it unchanged gives it back, and changing one cell changes no line
//! that is not the table's.

#![no_main]

use common::table::Table;
use libfuzzer_sys::fuzz_target;

const PING: &[&str] = &["Destination IP", "Name (if known)", "Time"];
const IPS: &[&str] = &["Machine", "Interface", "Date", "Place", "IP"];

fuzz_target!(|input: &[u8]| {
    // The first two bytes choose the cell to change, the text up to the first line break is what it is set to.
    let [row, column, rest @ ..] = input else { return };
    let end = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
    let text = String::from_utf8_lossy(&rest[..end]).into_owned();
    let file = rest.get(end + 1..).unwrap_or_default();
    for columns in [PING, IPS] {
        check(file, columns, usize::from(*row), usize::from(*column), &text);
    }
});

fn check(file: &[u8], columns: &'static [&'static str], row: usize, column: usize, text: &str) {
    let Some(mut table) = Table::parse(file, columns) else { return };
    assert_eq!(table.to_bytes(), file, "unchanged, it is the file");

    let before = cells(&table, columns);
    table.add(&["added"]);
    assert!(is_within(content(file), content(&table.to_bytes())), "something of the file is lost");
    let row = row % table.row_count();
    let column = column % columns.len();
    table.set(row, column, text);
    let after = cells(&table, columns);
    assert_eq!(after.len(), before.len() + 1);
    for (number, cells) in before.iter().enumerate() {
        for (place, cell) in cells.iter().enumerate() {
            assert!((number, place) == (row, column) || after[number][place] == *cell, "another cell has changed");
        }
    }

    let written = table.to_bytes();
    if has_pipes(file, columns) {
        assert_eq!(foreign(&written), foreign(file), "foreign lines");
    } else {
        assert!(is_within(foreign(&written), foreign(file)), "a foreign line has changed");
    }
    let mut again = Table::parse(&written, columns).expect("what was written is a table");
    assert_eq!(cells(&again, columns), after, "read again, it is the same");
    again.set(row, column, text);
    assert_eq!(again.to_bytes(), written, "set again, it is the same");

    // Aligned lines stay as they are when they are aligned once more. An empty cell's column may not be there.
    let cell = again.cell(row, column).to_string();
    if !cell.is_empty() {
        again.set(row, column, "another text");
        again.set(row, column, &cell);
        assert!(again.cell(row, column) != cell || again.to_bytes() == written, "aligned twice, it is the same");
    }
}

fn cells(table: &Table, columns: &[&str]) -> Vec<Vec<String>> {
    (0..table.row_count())
        .map(|row| (0..columns.len()).map(|place| table.cell(row, place).to_string()).collect())
        .collect()
}

/// Whether the table's rows have pipes already; else they get them.
fn has_pipes(file: &[u8], columns: &'static [&'static str]) -> bool {
    let mut lines = file.split_inclusive(is_break);
    lines.find(|line| Table::parse(line, columns).is_some()).is_some_and(|header| header.contains(&b'|'))
}

/// What divides cells: pipes, what looks like one, and Unicode's box drawing characters.
fn is_bar(character: char) -> bool {
    "|｜¦∣❘⎮⏐".contains(character) || ('\u{2500}'..'\u{2580}').contains(&character)
}

/// All characters but those that divide cells, which may be added and taken away.
fn content(file: &[u8]) -> Vec<char> {
    let divides =
        |character: char| character.is_whitespace() || is_bar(character) || "\\+-=:;,\">#/%".contains(character);
    String::from_utf8_lossy(file).chars().filter(|character| !divides(*character)).collect()
}

/// Whether all of `some` are in `all`, in the same order.
fn is_within<T: PartialEq>(some: Vec<T>, all: Vec<T>) -> bool {
    let mut all = all.iter();
    some.iter().all(|one| all.any(|other| one == other))
}

/// The lines without a pipe, but for lines of dashes, typed or drawn: one of those may be the table's. So are those that are no
/// UTF-8.
fn foreign(file: &[u8]) -> Vec<&[u8]> {
    let is_dash = |character: char| is_bar(character) || character.is_whitespace() || "+-=:>#/%".contains(character);
    let is_dashes = |line: &str| line.chars().all(is_dash);
    let is_foreign = |text: &str| !text.contains('|') && !is_dashes(text);
    file.split(is_break).filter(|line| std::str::from_utf8(line).map_or(true, is_foreign)).collect()
}

fn is_break(byte: &u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}
