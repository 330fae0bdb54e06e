//! What happens to a message when one side closes early.

use socket2::Socket;
use std::io::{self, ErrorKind, Read as _};
use std::net::Shutdown;
use std::time::{Duration, Instant};

/// How long a server that keeps its side open is waited for.
const DRAIN_TIMEOUT: Duration = Duration::from_millis(500);

/// Whether the error says that the server has closed the connection. Windows calls some resets an abort.
///
/// ```
/// use std::io::ErrorKind;
///
/// assert!(common::closing::is_closed_by_peer(&ErrorKind::ConnectionReset.into()));
/// assert!(!common::closing::is_closed_by_peer(&ErrorKind::TimedOut.into()));
/// ```
#[must_use]
pub fn is_closed_by_peer(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe)
}

/// Says that nothing more will be sent, and throws away what the server still says.
///
/// A client that closes while an answer is on its way resets the connection (RFC 1122, section 4.2.2.13), and a reset throws
/// away what has not left this computer: of a megabyte the server would get a part. Its answer ends with its end; a server
/// that keeps its side open, as a netcat does, sends nothing that could do harm after half a second.
///
/// # Errors
///
/// If the server broke off the connection without a word: then nobody knows whether it has read the message. An answer that
/// arrives before a reset says that it has read what it wanted.
pub fn shutdown_and_drain(socket: &mut Socket) -> io::Result<()> {
    let start = Instant::now();
    let mut buffer = [0; 2048];
    let mut answered = false;
    // It fails where the connection is lost already: then the first `read` says so.
    let _ = socket.shutdown(Shutdown::Write);
    loop {
        let left = DRAIN_TIMEOUT.saturating_sub(start.elapsed());
        // A time-out of less than that would be one of zero, which means for ever.
        if left < Duration::from_millis(1) {
            return Ok(());
        }
        socket.set_read_timeout(Some(left))?;
        match socket.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(_) => answered = true,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) if is_closed_by_peer(&e) && !answered => return Err(e),
            Err(_) => return Ok(()),
        }
    }
}
