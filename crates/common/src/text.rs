//! Text that came over the network, made safe to show.
//!
//! The other end chooses every byte. Printed raw, those bytes could move the cursor, clear the screen, turn
//! the reading direction round (CVE-2021-42574, "Trojan Source") or write lines that look like the program's own. So
//!
//! - a character that is not visible is shown as an escape: `\x1b`, `\r`, `\u{202e}`;
//! - so are combining marks, where more than four stand in a row;
//! - bytes that are not UTF-8 become U+FFFD, the replacement character, as the Unicode Standard recommends (section 3.9,
//!   "substitution of maximal subparts");
//! - the second and later lines of a message begin with [`CONTINUATION`], so that none can pass for a line of ours. On a
//!   terminal that needs [`terminal::Wrap`](crate::terminal::Wrap) as well.
//!
//! ```
//! assert_eq!(common::text::escape_line(b"HELLO\x1b[2J\n"), r"HELLO\x1b[2J\n");
//! ```

mod invisible;
mod quotes;

pub use quotes::quote_for_shell;

use invisible::is_invisible;
use std::fmt::Write as _;
use std::str;
use unicode_width::UnicodeWidthChar as _;

/// What the second and later lines of a message begin with.
pub const CONTINUATION: &str = "  | ";

/// How many combining marks in a row are shown. No script stacks more on a letter; hundreds of them run over other lines.
const MAX_COMBINING_MARKS: usize = 4;

/// How a line break inside a message is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineBreaks {
    /// As a new line that begins with [`CONTINUATION`]. One line break at the very end is not shown: it ends the line,
    /// as the one that netcat sends after each line typed.
    Continued,
    /// As `\n`, all on one line.
    Escaped,
    /// As they are: for a screen on which no line is the program's own, as that of a netcat.
    Kept,
}

/// Turns the bytes of one message into safe text, piece by piece as they arrive.
///
/// However the bytes are cut into pieces, the text is the same: a character cut in two waits for its second half. Not more
/// than three bytes ever wait, so memory stays bounded however long the message is.
///
/// ```
/// use common::text::{LineBreaks, SafeText};
///
/// let mut message = SafeText::new(LineBreaks::Continued);
/// let mut shown = String::new();
/// message.push(b"ma\xc3", &mut shown); // the first byte of an ñ
/// assert_eq!(shown, "ma");
/// message.push(b"\xb1ana\nCONNECTION: 99", &mut shown); // the second one
/// message.finish(&mut shown);
/// assert_eq!(shown, "mañana\n  | CONNECTION: 99");
/// ```
#[derive(Debug)]
pub struct SafeText {
    line_breaks: LineBreaks,
    /// The beginning of a character whose end has not arrived yet: at most three bytes.
    unfinished: Vec<u8>,
    /// Whether a line break was read that is shown only if more text follows it.
    line_break_held: bool,
    /// How many characters without a width of their own were shown in a row.
    marks: usize,
}

impl SafeText {
    /// The text of a new message.
    #[must_use]
    pub fn new(line_breaks: LineBreaks) -> Self {
        Self { line_breaks, unfinished: Vec::new(), line_break_held: false, marks: 0 }
    }

    /// Adds the safe form of `bytes` to `shown`: at most five bytes for each byte of the message.
    pub fn push(&mut self, bytes: &[u8], shown: &mut String) {
        let mut joined = std::mem::take(&mut self.unfinished);
        joined.extend_from_slice(bytes);

        let mut rest = joined.as_slice();
        loop {
            match str::from_utf8(rest) {
                Ok(valid) => return self.show(valid, shown),
                Err(error) => {
                    let (valid, invalid) = rest.split_at(error.valid_up_to());
                    self.show(str::from_utf8(valid).unwrap_or_default(), shown);
                    let Some(length) = error.error_len() else {
                        self.unfinished = invalid.to_vec();
                        return;
                    };
                    self.show("\u{FFFD}", shown);
                    rest = &invalid[length..];
                }
            }
        }
    }

    /// Ends the message: half a character that still waits becomes U+FFFD. The next `push` begins a new message.
    pub fn finish(&mut self, shown: &mut String) {
        if !std::mem::take(&mut self.unfinished).is_empty() {
            self.show("\u{FFFD}", shown);
        }
        self.line_break_held = false;
    }

    /// How many bytes wait for the rest of their character, 0 to 3.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.unfinished.len()
    }

    fn is_one_mark_too_many(&mut self, character: char) -> bool {
        self.marks = if character.width() == Some(0) { self.marks + 1 } else { 0 };
        self.marks > MAX_COMBINING_MARKS
    }

    fn show(&mut self, valid: &str, shown: &mut String) {
        for character in valid.chars() {
            if std::mem::take(&mut self.line_break_held) {
                shown.push('\n');
                shown.push_str(CONTINUATION);
            }
            match character {
                '\n' if self.line_breaks == LineBreaks::Continued => self.line_break_held = true,
                '\n' if self.line_breaks == LineBreaks::Kept => shown.push('\n'),
                _ if is_invisible(character) || self.is_one_mark_too_many(character) => escape(character, shown),
                _ => shown.push(character),
            }
        }
    }
}

/// A whole message on one line; line breaks are shown as `\n`.
///
/// ```
/// assert_eq!(common::text::escape_line("un café\r\n".as_bytes()), r"un café\r\n");
/// ```
#[must_use]
pub fn escape_line(bytes: &[u8]) -> String {
    whole(bytes, LineBreaks::Escaped)
}

/// A whole message; the second and later lines begin with [`CONTINUATION`].
///
/// ```
/// assert_eq!(common::text::escape_multiline(b"one\ntwo\n"), "one\n  | two");
/// ```
#[must_use]
pub fn escape_multiline(bytes: &[u8]) -> String {
    whole(bytes, LineBreaks::Continued)
}

/// The first bytes of a message of `total` bytes, of which only `kept` were kept, and how many are not shown.
///
/// ```
/// assert_eq!(common::text::escape_prefix(b"HELLO", 5), "HELLO");
/// assert_eq!(common::text::escape_prefix(b"HELLO", 5_000), "HELLO... (4995 more bytes not shown)");
/// ```
#[must_use]
pub fn escape_prefix(kept: &[u8], total: u64) -> String {
    let hidden = total.saturating_sub(kept.len() as u64);
    if hidden == 0 {
        return escape_multiline(kept);
    }
    let mut text = SafeText::new(LineBreaks::Continued);
    let mut shown = String::new();
    text.push(kept, &mut shown);
    let hidden = hidden + text.waiting() as u64;
    let bytes = if hidden == 1 { "byte" } else { "bytes" };
    let _ = write!(shown, "... ({hidden} more {bytes} not shown)");
    shown
}

/// Whether `character` may be shown as it is: false for control characters, for those that change the reading direction,
/// and for those that take no room.
///
/// ```
/// assert!(common::text::is_safe('ñ'));
/// assert!(!common::text::is_safe('\u{202e}'));
/// ```
#[must_use]
pub fn is_safe(character: char) -> bool {
    !is_invisible(character)
}

/// JSON text as it may be shown: what [`is_safe`] refuses becomes an escape of JSON's own, so that a program reads the same
/// values (RFC 8259, section 7). Line breaks stay. `text` has to be JSON, as `serde_json` writes it.
///
/// ```
/// let shown = common::text::escape_json("{\n  \"name\": \"a\u{202e}b\u{e0001}\"\n}");
/// assert_eq!(shown, "{\n  \"name\": \"a\\u202eb\\udb40\\udc01\"\n}");
/// ```
#[must_use]
pub fn escape_json(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => shown.push('\n'),
            // Inside a value they are escaped already; between values, where an escape has no place, any space does.
            '\t' | '\r' => shown.push(' '),
            _ if is_safe(character) => shown.push(character),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(shown, r"\u{unit:04x}");
                }
            }
        }
    }
    shown
}

fn whole(bytes: &[u8], line_breaks: LineBreaks) -> String {
    let mut text = SafeText::new(line_breaks);
    let mut shown = String::with_capacity(bytes.len());
    text.push(bytes, &mut shown);
    text.finish(&mut shown);
    shown
}

fn escape(character: char, shown: &mut String) {
    match character {
        '\t' => shown.push_str(r"\t"),
        '\n' => shown.push_str(r"\n"),
        '\r' => shown.push_str(r"\r"),
        '\0'..='\u{ff}' => {
            let _ = write!(shown, r"\x{:02x}", u32::from(character));
        }
        _ => {
            let _ = write!(shown, r"\u{{{:x}}}", u32::from(character));
        }
    }
}
