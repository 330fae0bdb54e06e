//! The server's answer, shown as it comes.

use common::Problem;
use common::text::{LineBreaks, SafeText};
use std::io::Write;

/// Shows an answer piece by piece, under the lesson's heading.
pub struct Answer<W> {
    output: W,
    text: SafeText,
    length: u64,
}

impl<W: Write> Answer<W> {
    /// An answer to be shown on `output`.
    pub fn on(output: W) -> Self {
        Self { output, text: SafeText::new(LineBreaks::Continued), length: 0 }
    }

    /// Whether nothing has arrived.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Shows the next bytes.
    pub fn show(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let mut shown = self.heading();
        self.length += bytes.len() as u64;
        self.text.push(bytes, &mut shown);
        self.print(&shown)
    }

    /// The answer is whole: ends its last line. An answer of no bytes has its heading as well.
    pub fn finish(&mut self) -> Result<(), Problem> {
        let mut shown = self.heading();
        self.text.finish(&mut shown);
        shown.push('\n');
        self.print(&shown)
    }

    /// The answer was broken off: ends the line if one was begun.
    pub fn break_off(&mut self) -> Result<(), Problem> {
        if self.is_empty() { Ok(()) } else { self.finish() }
    }

    /// What stands before the first bytes, and before no others.
    fn heading(&self) -> String {
        let heading = if self.is_empty() { "MESSAGE FROM THE SERVER:\n\n" } else { "" };
        heading.to_string()
    }

    /// Flushes as well: whoever looks at the screen sees what has arrived, though no line is complete.
    fn print(&mut self, shown: &str) -> Result<(), Problem> {
        self.output.write_all(shown.as_bytes()).and_then(|()| self.output.flush()).map_err(|e| Problem::output(&e))
    }
}
