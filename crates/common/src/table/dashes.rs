//! Lines of dashes: below a header, and in drawn frames.

use super::pipes;

/// Whether the line below a header is one of dashes, with pipes or plus signs: `|---|:---:|`, `--- | ---`, `+---+---+`, or drawn:
/// `├───┼───┤`.
pub fn is_separator(text: &str) -> bool {
    text.contains(is_cross)
        && text.contains(is_dash)
        && text.chars().all(|character| is_cross(character) || is_dash(character) || ": \t".contains(character))
}

/// Pipes, and all of the box drawing characters (U+2500 to U+257F) that are not horizontal.
fn is_cross(character: char) -> bool {
    pipes::BARS.contains(&character) || matches!(character, '+' | '\u{250c}'..='\u{254b}' | '\u{2552}'..='\u{2570}')
}

fn is_dash(character: char) -> bool {
    matches!(character, '-' | '=' | '─' | '━' | '═')
}

/// Whether it is one without them, as below a header without pipes: `------`, `===  ===`. Fewer than three may be cells.
pub fn is_rule(text: &str) -> bool {
    text.chars().filter(|character| is_dash(*character)).count() >= 3
        && text.chars().all(|character| is_dash(character) || character.is_whitespace())
}

/// Whether a line further below is part of a drawn frame: dashes without a space. Rows have spaces when we write them, so
/// that no row of ours is ever taken for one.
pub fn is_frame(text: &str) -> bool {
    is_separator(text.trim()) && !text.trim().contains([' ', '\t'])
}

/// The colons at both ends of each cell of a separator, which align a column in Markdown: `(true, true)` for `:---:`.
pub fn colons(separator: &str) -> Vec<(bool, bool)> {
    let inner = separator.trim().trim_start_matches(['|', '+']).trim_end_matches(['|', '+']);
    inner.split(['|', '+']).map(str::trim).map(|cell| (cell.starts_with(':'), cell.ends_with(':'))).collect()
}
