//! Closing a connection in such a way that what was sent arrives.

use socket2::Socket;
use std::io::{self, ErrorKind, Read as _};
use std::net::Shutdown;
use std::time::{Duration, Instant};

/// How long the other side is waited for.
const DRAIN_TIMEOUT: Duration = Duration::from_millis(500);

/// Closes a connection gracefully: says that nothing more will be sent, reads what the other side still sends, and closes.
///
/// A socket that is closed while bytes are unread, or still on their way here, resets the connection (RFC 1122, section
/// 4.2.2.13), and a reset throws away what has not arrived yet: the end of a long message, or the whole answer. So this reads to
/// the other side's end, or for half a second where it keeps its side open, as a netcat does.
///
/// ```
/// use common::close_gracefully;
/// use std::net::{TcpListener, TcpStream};
///
/// let listener = TcpListener::bind("127.0.0.1:0")?;
/// let client = TcpStream::connect(listener.local_addr()?)?;
/// drop(listener.accept()?);
/// close_gracefully(client.into())?;
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
///
/// If the other side broke off the connection without a word: then nobody knows whether it has read everything. An answer that
/// arrives before a reset says that it has read what it wanted.
pub fn close_gracefully(mut socket: Socket) -> io::Result<()> {
    let start = Instant::now();
    let mut buffer = [0; 2048];
    let mut is_answered = false;
    // It fails where the connection is lost already: then the first `read` says so.
    let _ = socket.shutdown(Shutdown::Write);
    loop {
        let left = DRAIN_TIMEOUT.saturating_sub(start.elapsed());
        // socket2 rounds a time-out of less than that to zero, which means for ever.
        if left < Duration::from_millis(1) || socket.set_read_timeout(Some(left)).is_err() {
            return Ok(());
        }
        match socket.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(_) => is_answered = true,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) if is_closed_by_peer(&e) && !is_answered => return Err(e),
            Err(_) => return Ok(()),
        }
    }
}

/// Whether the error says that the other side has closed the connection. Windows calls some resets an abort.
fn is_closed_by_peer(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe)
}
