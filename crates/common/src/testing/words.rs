//! Plain words for a report.

use crate::text;

/// How many bytes of zero in a row are shown one by one.
const MAX_ZEROS: usize = 4;

/// A number and what it counts: `1 connection`, `0 bytes`.
///
/// ```
/// assert_eq!(common::testing::counted(1, "connection"), "1 connection");
/// assert_eq!(common::testing::counted(2, "connection"), "2 connections");
/// ```
#[must_use]
pub fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Bytes on one line, made safe to show. A buffer that is printed to its end has thousands of zeros, or `\x00` as often: they are
/// counted.
pub(super) fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace("\\x00", "\0");
    let is_same_kind = |one: &u8, next: &u8| (*one == 0) == (*next == 0);
    text.as_bytes()
        .chunk_by(is_same_kind)
        .map(|run| match run {
            [0, ..] if run.len() > MAX_ZEROS => format!("\\x00 ({} times)", run.len()),
            _ => text::escape_line(run),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_buffer_that_is_printed_to_its_end_is_short() {
        let buffer = [&b"HELLO"[..], &[0; 2043], b"!\x1b"].concat();
        assert_eq!(shown(&buffer), "HELLO\\x00 (2043 times)!\\x1b");
        assert_eq!(shown(b"C\0"), "C\\x00");
        // `text::escape_line` has been there before.
        assert_eq!(shown(&[&b"HELLO"[..], &b"\\x00".repeat(2043)].concat()), "HELLO\\x00 (2043 times)");
        assert_eq!(shown(b"C\\x00, \xff"), "C\\x00, \u{fffd}");
    }
}
