//! What a recorder says to those who connect: a friendly peer, or one that misbehaves.

use super::End;
use socket2::Socket;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::Shutdown;
use std::thread;
use std::time::Duration;

/// How long a patient peer waits for the next bytes: who is silent for so long is waiting for the answer.
const ANSWER_AFTER: Duration = Duration::from_millis(500);

/// What a recorder says to each connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Nothing; it closes when the other side has.
    Nothing,
    /// These bytes as soon as the first bytes are here; then it sends nothing more, and reads on to the end.
    AtOnce(Vec<u8>),
    /// These bytes as soon as the first bytes are here; then it reads on, and closes when the other side has.
    AndStay(Vec<u8>),
    /// These bytes when the other side sends nothing more.
    AtTheEnd(Vec<u8>),
    /// These bytes when the other side sends nothing more, or has been silent for half a second: right for those who close
    /// without waiting for an answer, as for those who wait for one before they close. Then it reads on to the end.
    Patiently(Vec<u8>),
    /// As [`Reply::Patiently`], but to those alone who have sent something: as servers do.
    PatientlyIfAsked(Vec<u8>),
    /// These bytes, each one on its own, as soon as the first bytes are here; else as [`Reply::AtOnce`].
    ByteByByte(Vec<u8>),
    /// These bytes again and again, as soon as the first bytes are here, until the other side is gone.
    WithoutEnd(Vec<u8>),
    /// These bytes as soon as the first bytes are here; then it closes with a reset (RST).
    ThenReset(Vec<u8>),
    /// These bytes as soon as the first bytes are here; then it reads no more, and stays.
    ThenUnread(Vec<u8>),
    /// Nothing, and it does not even read: its connections stay open until the recorder is dropped.
    Unread,
    /// It reads nothing, and closes at once with a reset (RST).
    Reset,
    /// It reads nothing, and closes at once. If bytes come after that, its system answers them with a reset.
    Close,
}

impl Reply {
    /// Talks with the other end, and hands over all bytes that arrive. How it ended; nothing where it stays open.
    pub(super) fn converse(&self, mut socket: &Socket, mut note: impl FnMut(&[u8])) -> Option<End> {
        match self {
            Self::Unread => return None,
            Self::Close => return Some(End::ClosedByUs),
            Self::Reset => return Some(reset(socket)),
            Self::Patiently(_) | Self::PatientlyIfAsked(_) => drop(socket.set_read_timeout(Some(ANSWER_AFTER))),
            _ => {}
        }
        let mut buffer = vec![0; 64 * 1024];
        let (mut is_asked, mut is_answered) = (matches!(self, Self::Patiently(_)), false);
        loop {
            match socket.read(&mut buffer) {
                Ok(0) => {
                    let (Self::AtTheEnd(answer) | Self::Patiently(answer) | Self::PatientlyIfAsked(answer)) = self
                    else {
                        return Some(End::Finished);
                    };
                    if !is_answered {
                        let _ = socket.write_all(answer);
                    }
                    return Some(End::Finished);
                }
                Ok(length) => {
                    is_asked = true;
                    note(&buffer[..length]);
                }
                Err(e) if e.kind() == ErrorKind::Interrupted => continue,
                Err(e) if is_silence(&e) => {
                    if let (Self::Patiently(answer) | Self::PatientlyIfAsked(answer), true, false) =
                        (self, is_asked, is_answered)
                    {
                        is_answered = true;
                        say(socket, answer);
                    }
                    continue;
                }
                Err(_) => return Some(End::Reset),
            }
            if is_answered {
                continue;
            }
            match self {
                Self::AtOnce(answer) => say(socket, answer),
                Self::ByteByByte(answer) => say_byte_by_byte(socket, answer),
                Self::AndStay(answer) => drop(socket.write_all(answer)),
                Self::WithoutEnd(answer) => {
                    while socket.write_all(answer).is_ok() {}
                    return Some(End::Reset);
                }
                Self::ThenUnread(answer) => {
                    let _ = socket.write_all(answer);
                    return None;
                }
                Self::ThenReset(answer) => {
                    let _ = socket.write_all(answer);
                    return Some(reset(socket));
                }
                _ => continue,
            }
            is_answered = true;
        }
    }
}

fn is_silence(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

/// An answer, and that nothing follows it. Who has gone in the meantime does not hear it.
fn say(mut socket: &Socket, answer: &[u8]) {
    let _ = socket.write_all(answer);
    let _ = socket.shutdown(Shutdown::Write);
}

/// Each byte is a packet of its own, and so far from the next that the other side reads them one by one.
fn say_byte_by_byte(mut socket: &Socket, answer: &[u8]) {
    let _ = socket.set_tcp_nodelay(true);
    for byte in answer {
        let _ = socket.write_all(&[*byte]);
        #[allow(clippy::disallowed_methods, reason = "a gap on the wire is what is wanted, not an event")]
        thread::sleep(Duration::from_millis(1));
    }
    let _ = socket.shutdown(Shutdown::Write);
}

/// Closing with a linger time of zero sends RST instead of FIN: socket(7), `SO_LINGER`.
fn reset(socket: &Socket) -> End {
    let _ = socket.set_linger(Some(Duration::ZERO));
    End::ResetByUs
}
