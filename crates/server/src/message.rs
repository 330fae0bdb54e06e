//! What a client says.

use std::io::{self, ErrorKind};

/// How much of a message is kept, in bytes.
pub const KEPT: usize = 1024;

/// A message: its beginning, and how long it was.
#[derive(Clone, Default)]
pub struct Message {
    pub kept: Vec<u8>,
    pub length: u64,
}

impl Message {
    /// The next bytes of it have arrived.
    pub fn add(&mut self, bytes: &[u8]) {
        let room = KEPT - self.kept.len();
        self.kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.length += bytes.len() as u64;
    }
}

/// Whether an error of `recv` only says that nothing has arrived yet: the time was up, or a signal came between.
pub fn is_no_news(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted)
}
