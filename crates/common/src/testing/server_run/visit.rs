//! One client of a server under test: what it sends, and what it receives.

use crate::testing::patience::{FULL, Patience};
use crate::testing::{End, excerpt};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// How long the end of an answer is waited for after its beginning.
const REST_TIMEOUT: Duration = Duration::from_secs(2);

/// How long a client is silent before it says that it will send nothing more. Servers that wait for that are another test's
/// affair; and others end a conversation at once when they hear it.
pub const HALF_CLOSE_AFTER: Duration = Duration::from_millis(700);

/// How long an answer that comes in pieces may take after its beginning.
const MAX_ANSWER_TIME: Duration = Duration::from_secs(6);

/// How many bytes of an answer are read.
const MAX_ANSWER_LEN: usize = 1 << 20;

/// What a socket is given to wait even when the deadline has passed: to it no time at all means for ever.
const MIN_TIMEOUT: Duration = Duration::from_millis(1);

/// What a client received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The bytes that came.
    pub bytes: Vec<u8>,
    /// How the server ended the connection.
    pub end: End,
    /// How long the first bytes were waited for, or else the end.
    pub after: Duration,
}

impl Response {
    /// As a failure shows it.
    #[must_use]
    pub fn describe(&self) -> String {
        format!("{}; {}", excerpt(&self.bytes), self.end)
    }
}

/// Receives to the end, as long as that comes soon, and throws it away.
pub fn hear_out(mut stream: TcpStream) {
    let (begin, mut buffer) = (Instant::now(), [0; 2048]);
    while begin.elapsed() < REST_TIMEOUT {
        let _ = stream.set_read_timeout(Some(REST_TIMEOUT.saturating_sub(begin.elapsed()).max(MIN_TIMEOUT)));
        if matches!(stream.read(&mut buffer), Ok(0) | Err(_)) {
            return;
        }
    }
}

/// Sends, and receives to the end: the first bytes may take as long as a wait does, what follows them comes at once. After
/// `half_close_after` the client says that it will send nothing more.
pub fn visit(
    mut stream: TcpStream,
    message: &[u8],
    half_close_after: Option<Duration>,
    patience: &Patience,
) -> Response {
    let begin = Instant::now();
    let mut response = Response { bytes: Vec::new(), end: End::Open, after: Duration::ZERO };
    let mut half_close_after = half_close_after.map(|silence| silence.min(patience.limit(FULL) / 2));
    let _ = stream.set_write_timeout(Some(FULL));
    let _ = stream.write_all(message);
    let mut buffer = [0; 2048];
    while response.bytes.len() < MAX_ANSWER_LEN && begin.elapsed() < response.after + patience.limit(MAX_ANSWER_TIME) {
        let limit = if response.bytes.is_empty() { FULL } else { REST_TIMEOUT };
        let waiting = Instant::now();
        let received = patience.wait_at_most(limit, |left| {
            if half_close_after.take_if(|silence| waiting.elapsed() >= *silence).is_some() {
                let _ = stream.shutdown(Shutdown::Write);
            }
            let left = half_close_after.map_or(left, |silence| left.min(silence.saturating_sub(waiting.elapsed())));
            let _ = stream.set_read_timeout(Some(left.max(MIN_TIMEOUT)));
            match stream.read(&mut buffer) {
                Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) => {
                    None
                }
                received => Some(received),
            }
        });
        if response.bytes.is_empty() {
            response.after = begin.elapsed();
        }
        match received {
            None => return response,
            Some(Ok(0)) => return Response { end: End::Finished, ..response },
            Some(Ok(length)) => response.bytes.extend_from_slice(&buffer[..length]),
            Some(Err(_)) => return Response { end: End::Reset, ..response },
        }
    }
    patience.note_in_vain(begin.elapsed());
    response
}
