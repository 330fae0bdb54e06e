//! Lines of dashes: below a header, and in drawn frames.

/// Whether the line below a header is one of dashes, with pipes or plus signs: `|---|:---:|`, `--- | ---`, `+---+---+`.
pub fn is_separator(text: &str) -> bool {
    text.contains(['|', '+'])
        && text.contains(['-', '='])
        && text.chars().all(|character| matches!(character, '|' | '+' | '-' | '=' | ':' | ' ' | '\t'))
}

/// Whether it is one without them, as below a header without pipes: `------`, `===  ===`. Fewer than three may be cells.
pub fn is_rule(line: &[u8]) -> bool {
    let is_dash = |byte: &&u8| matches!(byte, b'-' | b'=');
    line.iter().filter(is_dash).count() >= 3 && line.iter().all(|byte| is_dash(&byte) || b" \t\r\n".contains(byte))
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
