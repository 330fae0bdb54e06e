//! Which characters are never shown as they are.

/// Ranges of characters that a reader cannot see: Unicode's general categories Cc (control), Cf (format: among them all
/// that change the reading direction), Zl and Zp (line and paragraph separator), and what has the property
/// `Default_Ignorable_Code_Point` (takes no room). Sorted. The test `every_character_is_shown_or_escaped_as_unicode_says`
/// compares this table with Unicode's own data.
///
/// Left out are U+FE0E and U+FE0F, which choose between the plain and the coloured form of an emoji.
const INVISIBLE: &[(char, char)] = &[
    ('\0', '\u{1f}'),
    ('\u{7f}', '\u{9f}'),
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{600}', '\u{605}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{6dd}', '\u{6dd}'),
    ('\u{70f}', '\u{70f}'),
    ('\u{890}', '\u{891}'),
    ('\u{8e2}', '\u{8e2}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0d}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{110bd}', '\u{110bd}'),
    ('\u{110cd}', '\u{110cd}'),
    ('\u{13430}', '\u{1343f}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

pub(super) fn is_invisible(character: char) -> bool {
    let after = INVISIBLE.partition_point(|&(first, _)| first <= character);
    after > 0 && character <= INVISIBLE[after - 1].1
}
