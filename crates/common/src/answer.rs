//! The server's answer, shown as it comes.

use crate::Problem;
use crate::terminal::{self, Wrap};
use crate::text::{LineBreaks, SafeText};
use std::io::{self, Write};

/// Shows an answer piece by piece, made safe, under the lesson's heading.
///
/// ```
/// use common::Answer;
///
/// let mut screen = Vec::new();
/// let mut answer = Answer::new(&mut screen);
/// answer.show(b"Hello\x1b")?;
/// answer.finish()?;
/// assert_eq!(screen, b"MESSAGE FROM THE SERVER:\n\nHello\\x1b\n");
/// # Ok::<(), common::Problem>(())
/// ```
pub struct Answer<W: Write> {
    output: W,
    text: SafeText,
    wrap: Wrap,
    is_empty: bool,
    is_finished: bool,
}

impl<W: Write> Answer<W> {
    /// An answer to be shown on `output`.
    pub fn new(output: W) -> Self {
        let text = SafeText::new(LineBreaks::Continued);
        Self { output, text, wrap: Wrap::default(), is_empty: true, is_finished: false }
    }

    /// Shows the next bytes. They are on the screen at once, though no line is complete.
    ///
    /// # Errors
    ///
    /// [`Problem::output`].
    pub fn show(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let heading = if self.is_empty { "MESSAGE FROM THE SERVER:\n\n" } else { "" };
        self.is_empty = false;
        let mut shown = heading.to_string();
        self.text.push(bytes, &mut shown);
        self.print(&shown)
    }

    /// Ends the last line. That an answer had no bytes is said on standard error.
    ///
    /// # Errors
    ///
    /// [`Problem::output`].
    pub fn finish(mut self) -> Result<(), Problem> {
        if self.is_empty {
            let _ = writeln!(io::stderr(), "note: the server closed the connection without an answer");
        }
        self.end_line()
    }

    fn end_line(&mut self) -> Result<(), Problem> {
        if self.is_empty || std::mem::replace(&mut self.is_finished, true) {
            return Ok(());
        }
        let mut shown = String::new();
        self.text.finish(&mut shown);
        shown.push('\n');
        self.print(&shown)
    }

    fn print(&mut self, shown: &str) -> Result<(), Problem> {
        let shown = self.wrap.wrap(shown, terminal::stdout_width());
        let printed = self.output.write_all(shown.as_bytes()).and_then(|()| self.output.flush());
        self.is_finished |= printed.is_err();
        printed.map_err(Problem::output)
    }
}

/// An answer that breaks off ends its line too, so that the error begins on a line of its own.
impl<W: Write> Drop for Answer<W> {
    fn drop(&mut self) {
        let _ = self.end_line();
    }
}
