//! The server's answer, shown as it comes.

use crate::closing::is_by_the_server;
use common::Problem;
use common::terminal::{self, Wrap};
use common::text::{LineBreaks, SafeText};
use std::io::{self, ErrorKind, Write};
use std::net::SocketAddr;

/// Shows an answer piece by piece, under the lesson's heading.
pub struct Answer<W> {
    server: SocketAddr,
    output: W,
    text: SafeText,
    wrap: Wrap,
    length: u64,
    /// How the answer ended: whole, or with a problem.
    end: Option<Result<(), Problem>>,
}

impl<W: Write> Answer<W> {
    /// The answer of `server`, to be shown on `output`.
    pub fn of(server: SocketAddr, output: W) -> Self {
        Self { server, output, text: SafeText::new(LineBreaks::Continued), wrap: Wrap::default(), length: 0, end: None }
    }

    /// Takes what `recv` gave: the next bytes, or none at the end, or an error.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if the answer cannot be shown. That it cannot be received is told by [`Answer::end`].
    pub fn take(&mut self, received: io::Result<&[u8]>) -> Result<(), Problem> {
        match received {
            Ok([]) => self.finish(Ok(())),
            Ok(bytes) => self.show(bytes),
            // A signal came in between, as when the program goes on after Ctrl-Z.
            Err(e) if e.kind() == ErrorKind::Interrupted => Ok(()),
            // The server closed with some of our bytes unread: what it said before that has arrived all the same.
            Err(e) if is_by_the_server(&e) && !self.is_empty() => self.finish(Ok(())),
            Err(e) if self.is_empty() => {
                self.end = Some(Err(Problem::receiving(self.server, &e)));
                Ok(())
            }
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                self.finish(Err(Problem::unfinished(self.server)))
            }
            Err(e) => self.finish(Err(Problem::receiving(self.server, &e))),
        }
    }

    /// Whether nothing more will come.
    pub fn has_ended(&self) -> bool {
        self.end.is_some()
    }

    /// Whether nothing has come.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// How it ended.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if the answer did not arrive, or not to its end.
    pub fn end(self) -> Result<(), Problem> {
        self.end.unwrap_or(Ok(()))
    }

    fn show(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let mut shown = self.heading();
        self.length += bytes.len() as u64;
        self.text.push(bytes, &mut shown);
        self.print(&shown)
    }

    /// Ends the last line. An answer of no bytes has its heading as well.
    fn finish(&mut self, end: Result<(), Problem>) -> Result<(), Problem> {
        self.end = Some(end);
        let mut shown = self.heading();
        self.text.finish(&mut shown);
        shown.push('\n');
        self.print(&shown)
    }

    /// What stands before the first bytes, and before no others.
    fn heading(&self) -> String {
        let heading = if self.is_empty() { "MESSAGE FROM THE SERVER:\n\n" } else { "" };
        heading.to_string()
    }

    /// Flushes as well: whoever looks at the screen sees what has arrived, though no line is complete.
    fn print(&mut self, shown: &str) -> Result<(), Problem> {
        let shown = self.wrap.wrap(shown, terminal::stdout_width());
        self.output.write_all(shown.as_bytes()).and_then(|()| self.output.flush()).map_err(|e| Problem::output(&e))
    }
}
