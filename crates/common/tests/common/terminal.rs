//! No character of a text stands behind the edge, and no row begins but with ours.

use common::terminal::{Wrap, wrapped};
use common::text::CONTINUATION;
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr as _;

#[test]
fn wide_characters_are_counted_as_two_columns() {
    assert_eq!(wrapped("漢字漢字", Some(7)), "漢字漢\n  | 字");
    assert_eq!(wrapped("ñññ", Some(3)), "ñññ");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_row_is_wider_than_the_terminal_and_each_begins_with_the_mark(text in "[ -~ñ漢👩]{0,300}", width in 10..200_usize) {
        let rows = wrapped(&text, Some(width));
        for (number, row) in rows.split('\n').enumerate() {
            prop_assert!(row.width() <= width, "{row:?}");
            prop_assert!(number == 0 || row.starts_with(CONTINUATION), "{row:?}");
        }
        prop_assert_eq!(rows.replace(&format!("\n{CONTINUATION}"), ""), text);
    }

    #[test]
    fn cutting_changes_nothing(text in "[ -~ñ漢\n]{0,300}", cut in any::<prop::sample::Index>(), width in 10..200_usize) {
        let characters: Vec<char> = text.chars().collect();
        let (first, second) = characters.split_at(cut.index(characters.len() + 1));
        let mut wrap = Wrap::default();
        let mut piece = |piece: &[char]| wrap.wrap(&piece.iter().collect::<String>(), Some(width));
        prop_assert_eq!(piece(first) + &piece(second), wrapped(&text, Some(width)));
    }
}
