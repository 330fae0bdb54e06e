//! Lines that do not reach the edge of a terminal.
//!
//! A terminal goes on at the beginning of the next row where a line is too long for it. A sender that knows how wide it is could pad
//! a message with spaces so that its rest begins there and looks like a line of the program's own. So what may come from the
//! network is broken before the edge, and goes on behind [`CONTINUATION`], as all its other lines do.

use crate::Problem;
use crate::text::CONTINUATION;
use std::env;
use std::fmt::Display;
use std::io::{self, Write as _};
use unicode_width::UnicodeWidthChar as _;

/// Prints a line on standard output, and fails where that cannot be written, where `println!` would panic.
///
/// What came over the network has to be made safe before, with [`text::escape_multiline`](crate::text::escape_multiline).
///
/// ```
/// use common::say;
///
/// say("Waiting for connections")?;
/// say(format!("CONNECTION: {}", 1))?;
/// # Ok::<(), common::Problem>(())
/// ```
///
/// # Errors
///
/// [`Problem::output`].
pub fn say(line: impl Display) -> Result<(), Problem> {
    let line = wrapped(&line.to_string(), stdout_width());
    writeln!(io::stdout(), "{line}").map_err(Problem::output)
}

/// How many columns of the terminal at standard output may be used; none where it is a file or a pipe.
#[must_use]
pub fn stdout_width() -> Option<usize> {
    usable(terminal_size::terminal_size_of(io::stdout()))
}

/// How many columns of the terminal at standard error may be used; none where it is a file or a pipe.
#[must_use]
pub fn stderr_width() -> Option<usize> {
    usable(terminal_size::terminal_size_of(io::stderr()))
}

/// Whether the terminal only goes on writing, and knows no place on the screen to come back to: `TERM=dumb`, or no TERM where systems
/// have one. See terminfo(5).
#[must_use]
pub fn is_dumb() -> bool {
    env::var_os("TERM").map_or(cfg!(unix), |term| term == "dumb")
}

/// Whether the terminal has letters beyond ASCII, as far as the locale says: locale(7). A console of Windows takes UTF-16, whatever that
/// says.
#[must_use]
pub fn is_utf8() -> bool {
    // The first of these that is not empty counts.
    let mut locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| env::var(name).ok());
    let locale = locale.find(|value| !value.is_empty()).unwrap_or_default().to_lowercase();
    cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8")
}

/// One column less than there are: terminals differ in what they do after a character in the last one.
fn usable(size: Option<(terminal_size::Width, terminal_size::Height)>) -> Option<usize> {
    size.map(|(terminal_size::Width(columns), _)| usize::from(columns).saturating_sub(1))
}

/// Breaks safe text before the edge of a terminal, piece by piece as it comes.
///
/// ```
/// use common::terminal::Wrap;
///
/// let mut wrap = Wrap::default();
/// assert_eq!(wrap.wrap("hi      CONNECTION: 2", Some(10)), "hi      CO\n  | NNECTI\n  | ON: 2");
/// assert_eq!(wrap.wrap(" and so on", None), " and so on");
/// ```
#[derive(Debug, Default)]
pub struct Wrap {
    /// The column where the next character will stand.
    column: usize,
}

impl Wrap {
    /// The next piece of the text, with a line break before each character that would stand behind column `width`.
    pub fn wrap(&mut self, text: &str, width: Option<usize>) -> String {
        let mut wrapped = String::with_capacity(text.len());
        for character in text.chars() {
            let columns = character.width().unwrap_or(0);
            if width.is_some_and(|width| self.column + columns > width) {
                wrapped.push('\n');
                wrapped.push_str(CONTINUATION);
                self.column = CONTINUATION.len();
            }
            wrapped.push(character);
            self.column = if character == '\n' { 0 } else { self.column + columns };
        }
        wrapped
    }
}

/// A whole text that begins at the left edge, see [`Wrap`].
///
/// ```
/// assert_eq!(common::terminal::wrapped("one\n  | two", Some(4)), "one\n  | \n  | t\n  | w\n  | o");
/// ```
#[must_use]
pub fn wrapped(text: &str, width: Option<usize>) -> String {
    Wrap::default().wrap(text, width)
}
