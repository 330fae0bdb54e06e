//! Reading what a client still sends after it has been answered.
//!
//! Closing a socket with unread bytes sends a reset (RFC 1122, section 4.2.2.13), and a reset can overtake the answer:
//! without this, a client that sends a megabyte may never see it. But netcat may keep the connection open as long as its
//! user likes, so all of it is bounded.

use crate::message::{Message, receive};
use common::close_gracefully;
use socket2::Socket;
use std::fmt::Display;
use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

/// A message counts as complete when nothing has come for this time, even if the client keeps its side open. It is longer
/// than TCP takes to send a lost segment again (RFC 6298: 200 ms at least on common systems).
const MESSAGE_END_PAUSE: Duration = Duration::from_millis(300);
/// A message that never pauses is shown after this time, as far as it has come.
const MAX_DISPLAY_DELAY: Duration = Duration::from_secs(1);
/// How long a client may be silent after its answer before the server closes.
const IDLE_TIMEOUT: Duration = Duration::from_secs(2);
/// How long the rest of a message is read at most.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(30);
/// How many bytes of a message are read at most.
const MAX_MESSAGE_LEN: u64 = 256 * 1024 * 1024;
/// How long a client that is not served may keep the server from telling it why.
const REJECTION_TIMEOUT: Duration = Duration::from_millis(200);
/// How many of them have that time at once. The others are closed at once: a flood of them must not keep the threads from
/// those who can be served.
const MAX_LINGERING: usize = 8;

/// Reads to the end of what the client sends, or to the bounds. Whether it ended without a reset.
pub fn drain(
    socket: &mut Socket,
    patience: &impl Fn() -> Duration,
    message: &mut Message,
    said: impl FnOnce(&Message),
) -> bool {
    let mut said = Some(said);
    let mut buffer = [0; 16 * 1024];
    let start = Instant::now();
    let mut last = start;
    let ended_well = loop {
        // Looked at anew each time: when the server fills up, those who have been answered make room first.
        let patience = patience();
        let silence = patience.min(IDLE_TIMEOUT).saturating_sub(last.elapsed());
        let left = silence.min(patience.min(DRAIN_TIMEOUT).saturating_sub(start.elapsed()));
        if left.is_zero() || message.length >= MAX_MESSAGE_LEN {
            break true;
        }
        let received = receive(socket, &mut buffer, if said.is_some() { left.min(MESSAGE_END_PAUSE) } else { left });
        match received {
            Ok(Some(0)) => break true,
            Ok(Some(length)) => {
                message.add(&buffer[..length]);
                last = Instant::now();
            }
            Ok(None) => {}
            Err(_) => break false,
        }
        if matches!(received, Ok(None)) || start.elapsed() >= MAX_DISPLAY_DELAY {
            if let Some(said) = said.take() {
                said(message);
            }
        }
    };
    if let Some(said) = said.take() {
        said(message);
    }
    ended_well
}

/// Tells a client in one line why it is not served. It has time to read it only as long as not too many others have.
pub fn reject(mut socket: Socket, why: &impl Display) {
    static LINGERING: AtomicUsize = AtomicUsize::new(0);
    let _ = socket.set_write_timeout(Some(REJECTION_TIMEOUT));
    let _ = socket.write_all(format!("{why}\n").as_bytes());
    if LINGERING.fetch_add(1, SeqCst) < MAX_LINGERING {
        let _ = close_gracefully(socket);
    }
    LINGERING.fetch_sub(1, SeqCst);
}
