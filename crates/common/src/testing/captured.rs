//! What a program writes to standard output or standard error, kept as it comes.

use super::watch::Watch;
use std::io::{self, Read};
use std::thread;

/// How much is kept of one stream. More is read, so that the program never waits, and thrown away.
const MAX_CAPTURED_LEN: usize = 8 * 1024 * 1024;

/// The beginning of a stream, up to now.
pub struct Captured {
    /// The bytes, at most 8 MiB.
    pub bytes: Vec<u8>,
    /// Whether every writer has closed the stream, or there never was one.
    pub ended: bool,
}

/// A stream that nobody captures.
impl Default for Captured {
    fn default() -> Self {
        Self { bytes: Vec::new(), ended: true }
    }
}

impl Captured {
    /// Something if no more can come.
    pub fn is_whole(&self) -> Option<()> {
        self.ended.then_some(())
    }

    /// The bytes as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// Reads `stream` to its end on a thread of its own.
pub fn capture(mut stream: impl Read + Send + 'static) -> io::Result<Watch<Captured>> {
    let captured = Watch::<Captured>::default();
    captured.change(|captured| captured.ended = false);
    let kept = captured.clone();
    thread::Builder::new().name("capture".to_string()).spawn(move || {
        let mut buffer = vec![0; 64 * 1024];
        let mut room = MAX_CAPTURED_LEN;
        while let Ok(length @ 1..) = stream.read(&mut buffer) {
            let length = length.min(room);
            room -= length;
            // Those that wait look at all of it at each change: so a program that prints without end must not make it grow without end.
            if length > 0 {
                kept.change(|captured| captured.bytes.extend_from_slice(&buffer[..length]));
            }
        }
        kept.change(|captured| captured.ended = true);
    })?;
    Ok(captured)
}
