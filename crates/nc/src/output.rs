//! Standard output: the bytes as they are, or safe text where it is a terminal.

use common::terminal::{self, Wrap};
use common::text::{LineBreaks, SafeText};
use std::io::{self, IsTerminal as _, Write as _};

/// Where the other side's bytes go.
pub struct Output {
    /// On a terminal: who is at the other end chooses every byte.
    safe: Option<(SafeText, Wrap)>,
}

impl Output {
    /// Standard output.
    pub fn new() -> Self {
        let safe = || (SafeText::new(LineBreaks::Kept), Wrap::default());
        Self { safe: io::stdout().is_terminal().then(safe) }
    }

    /// Shows the next bytes, at once: the line that they belong to may be a question that is to be answered.
    pub fn show(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some((text, wrap)) = &mut self.safe else { return write(bytes) };
        let mut shown = String::new();
        text.push(bytes, &mut shown);
        write(wrap.wrap(&shown, terminal::stdout_width()).as_bytes())
    }

    /// Shows half a character that waits for its rest in vain.
    pub fn finish(&mut self) -> io::Result<()> {
        let Some((text, wrap)) = &mut self.safe else { return Ok(()) };
        let mut shown = String::new();
        text.finish(&mut shown);
        write(wrap.wrap(&shown, terminal::stdout_width()).as_bytes())
    }
}

fn write(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}
