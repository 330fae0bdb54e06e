//! Columns of a terminal.

use common::columns::align;

#[test]
fn a_column_is_as_wide_as_its_widest_cell() {
    let rows = [["a", "bb", "c"], ["aaa", "b", ""], ["", "", "cc"]];
    assert_eq!(align(&rows), ["a    bb  c", "aaa  b", "         cc"]);
}

#[test]
fn width_is_that_of_the_terminal() {
    // Two cells, one cell, and one with a combining accent.
    assert_eq!(align(&[["漢", "|"], ["ñ", "|"], ["e\u{301}", "|"]]), ["漢  |", "ñ   |", "e\u{301}   |"]);
}

#[test]
fn no_rows_are_no_lines() {
    let none: &[[&str; 2]] = &[];
    assert!(align(none).is_empty());
}
