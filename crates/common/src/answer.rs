//! The server's answer, shown as it comes.

use crate::Problem;
use crate::closing::is_closed_by_peer;
use crate::terminal::{self, Wrap};
use crate::text::{LineBreaks, SafeText};
use std::io::{self, ErrorKind, Write};
use std::net::SocketAddr;

/// Shows an answer piece by piece, under the lesson's heading.
///
/// ```
/// use common::Answer;
///
/// let mut screen = Vec::new();
/// let mut answer = Answer::new("127.0.0.1:8080".parse().unwrap(), &mut screen);
/// answer.take(Ok(b"Hello\x1b"));
/// answer.take(Ok(b""));
/// assert!(answer.has_ended() && answer.end().is_ok());
/// assert_eq!(screen, b"MESSAGE FROM THE SERVER:\n\nHello\\x1b\n");
/// ```
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
    pub fn new(server: SocketAddr, output: W) -> Self {
        Self { server, output, text: SafeText::new(LineBreaks::Continued), wrap: Wrap::default(), length: 0, end: None }
    }

    /// Takes what `recv` gave: the next bytes, or none at the end, or an error, which is told by [`Answer::end`].
    pub fn take(&mut self, received: io::Result<&[u8]>) {
        match received {
            Ok([]) => self.finish(Ok(())),
            Ok(bytes) => self.show(bytes),
            // A signal came in between, as when the program goes on after Ctrl-Z.
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            // The server closed with some of our bytes unread: what it said before that has arrived all the same.
            Err(e) if is_closed_by_peer(&e) && !self.is_empty() => self.finish(Ok(())),
            Err(e) if self.is_empty() => self.end = Some(Err(Problem::receiving(self.server, &e))),
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                self.finish(Err(Problem::unfinished(self.server)));
            }
            Err(e) => self.finish(Err(Problem::receiving(self.server, &e))),
        }
    }

    /// Whether nothing more will come, or be shown.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.end.is_some()
    }

    /// Whether nothing has come.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// How it ended.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if the answer did not arrive, or not to its end, or could not be shown.
    pub fn end(self) -> Result<(), Problem> {
        self.end.unwrap_or(Ok(()))
    }

    fn show(&mut self, bytes: &[u8]) {
        let mut shown = self.heading();
        self.length += bytes.len() as u64;
        self.text.push(bytes, &mut shown);
        self.print(&shown);
    }

    /// Ends the last line. An answer of no bytes has its heading as well.
    fn finish(&mut self, end: Result<(), Problem>) {
        self.end = Some(end);
        let mut shown = self.heading();
        self.text.finish(&mut shown);
        shown.push('\n');
        self.print(&shown);
    }

    /// What stands before the first bytes, and before no others.
    fn heading(&self) -> String {
        let heading = if self.is_empty() { "MESSAGE FROM THE SERVER:\n\n" } else { "" };
        heading.to_string()
    }

    /// Flushes as well: whoever looks at the screen sees what has arrived, though no line is complete.
    fn print(&mut self, shown: &str) {
        let shown = self.wrap.wrap(shown, terminal::stdout_width());
        if let Err(e) = self.output.write_all(shown.as_bytes()).and_then(|()| self.output.flush()) {
            self.end = Some(Err(Problem::output(&e)));
        }
    }
}
