//! Reading what a client still sends after it has been answered.
//!
//! Closing a socket with unread bytes sends a reset (RFC 1122, section 4.2.2.13), and a reset can overtake the answer:
//! without this, one of three clients that send 1 MB never sees it. But netcat may keep the connection open as long as its
//! user likes, so all of it is bounded.

use crate::limits::Limits;
use crate::message::{Message, receive};
use common::Ladder;
use socket2::Socket;
use std::fmt::Display;
use std::io::Write as _;
use std::net::Shutdown;
use std::time::{Duration, Instant};

/// A message is over when nothing has come for so long, even if the client keeps the connection open.
const PAUSE: Duration = Duration::from_millis(100);
/// The client is read from for so long at most since its last byte,
const SILENCE: Duration = Duration::from_secs(2);
/// for so long in all,
const TIME: Duration = Duration::from_secs(30);
/// and so far, in bytes.
const LENGTH: u64 = 256 * 1024 * 1024;
/// A client that is not served gets so much time to read why.
const TIME_TO_REFUSE: Duration = Duration::from_millis(200);

/// Reads to the end of what the client sends, or to the bounds. Whether it ended without a reset.
pub fn drain(
    socket: &mut Socket,
    limits: &Limits,
    message: &mut Message,
    ladder: &mut Ladder,
    said: impl FnOnce(&Message),
) -> bool {
    let mut said = Some(said);
    let mut buffer = [0; 16 * 1024];
    let before = message.length;
    let start = Instant::now();
    let mut last = start;
    let ending = loop {
        let silence = limits.patience().min(SILENCE);
        let left = silence.saturating_sub(last.elapsed()).min(TIME.saturating_sub(start.elapsed()));
        if left.is_zero() || message.length >= LENGTH {
            break Ending::Bounds;
        }
        match receive(socket, &mut buffer, if said.is_some() { left.min(PAUSE) } else { left }) {
            Ok(Some(0)) => break Ending::Finished,
            Ok(Some(length)) => {
                message.add(&buffer[..length]);
                last = Instant::now();
            }
            Ok(None) => {
                if let Some(said) = said.take() {
                    said(message);
                }
            }
            Err(_) => break Ending::Reset,
        }
    };
    if let Some(said) = said.take() {
        said(message);
    }
    if message.length > before {
        ladder.drained(message.length - before);
    }
    if ending == Ending::Finished {
        ladder.received(&[]);
    }
    ending != Ending::Reset
}

#[derive(PartialEq, Eq)]
enum Ending {
    Finished,
    Reset,
    Bounds,
}

/// Tells a client in one line why it is not served.
pub fn refuse(mut socket: Socket, why: &impl Display) {
    let start = Instant::now();
    let _ = socket.set_write_timeout(Some(TIME_TO_REFUSE));
    let _ = socket.write_all(format!("{why}\n").as_bytes());
    let _ = socket.shutdown(Shutdown::Write);
    let mut buffer = [0; 4096];
    loop {
        let left = TIME_TO_REFUSE.saturating_sub(start.elapsed());
        if left.is_zero() {
            return;
        }
        match receive(&mut socket, &mut buffer, left) {
            Ok(None | Some(1..)) => {}
            Ok(Some(0)) | Err(_) => return,
        }
    }
}
