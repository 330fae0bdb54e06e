//! What a client says, and how it arrives.

use socket2::Socket;
use std::io::{self, ErrorKind, Read as _};
use std::time::Duration;

/// How much of a message is kept at most, in bytes.
pub const MAX_KEPT_LEN: usize = 1024;

/// A message: its beginning, and how long it was.
#[derive(Clone, Default)]
pub struct Message {
    pub kept: Vec<u8>,
    pub length: u64,
}

impl Message {
    /// What was kept, as text: what is not UTF-8 is U+FFFD, and a character that the limit cut in two is left out.
    pub fn text(&self) -> String {
        let mut text = String::from_utf8_lossy(&self.kept).into_owned();
        let cut = self.length > self.kept.len() as u64 && text.ends_with(char::REPLACEMENT_CHARACTER);
        if cut {
            text.pop();
        }
        text
    }

    /// The next bytes of it have arrived.
    pub fn add(&mut self, bytes: &[u8]) {
        let room = MAX_KEPT_LEN - self.kept.len();
        self.kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.length += bytes.len() as u64;
    }
}

/// Calls `recv` and waits for `limit` at most, a millisecond at least: none would mean to wait for ever. `None`: nothing has
/// arrived yet.
pub fn receive(socket: &mut Socket, buffer: &mut [u8], limit: Duration) -> io::Result<Option<usize>> {
    // A connection that the client has reset refuses the time-out on some systems; `recv` then tells why, without waiting.
    let _ = socket.set_read_timeout(Some(limit.max(Duration::from_millis(1))));
    match socket.read(buffer) {
        // The time is up, or a signal came between.
        Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) => Ok(None),
        received => received.map(Some),
    }
}
