//! Reading what a client still sends after it has been answered.
//!
//! Closing a socket with unread bytes sends a reset (RFC 1122, section 4.2.2.13), and a reset can overtake the answer:
//! without this, a client that sends a megabyte may never see it. But netcat may keep the connection open as long as its
//! user likes, so all of it is bounded.

use crate::message::{BUFFER_LEN, Message, receive};
use crate::visit::Visit;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::{task, time};

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
/// How long a client that is not served has to read why.
const GOODBYE_TIMEOUT: Duration = Duration::from_millis(500);
/// How many of them have that time at once. The others are closed at once: a flood of them must not keep the descriptors from
/// those who can be served.
const MAX_LINGERING: usize = 32;

/// Reads to the end of what the client sends, or to the bounds, and shows the message when it is complete.
pub async fn drain(socket: &mut TcpStream, visit: &mut Visit) {
    let start = Instant::now();
    let mut last = start;
    loop {
        // Looked at anew each time: when the server fills up, those who have been answered make room first.
        let patience = visit.patience();
        let silence = patience.min(IDLE_TIMEOUT).saturating_sub(last.elapsed());
        let left = silence.min(patience.min(DRAIN_TIMEOUT).saturating_sub(start.elapsed()));
        if left.is_zero() || visit.message.length >= MAX_MESSAGE_LEN {
            break;
        }
        let wait = if visit.is_shown() { left } else { left.min(MESSAGE_END_PAUSE) };
        let received = time::timeout(wait, receive(socket, &mut visit.message)).await;
        match received {
            Ok(Ok(0) | Err(_)) => break,
            Ok(Ok(length)) => {
                last = Instant::now();
                // One that sends faster than it is read must not keep the others waiting.
                if length == BUFFER_LEN {
                    task::yield_now().await;
                }
            }
            Err(_elapsed) => visit.show(),
        }
        if start.elapsed() >= MAX_DISPLAY_DELAY {
            visit.show();
        }
    }
    visit.show();
}

/// Tells a client one thing before it is closed. It has time to read that only as long as not too many others have.
pub async fn say_goodbye(socket: &mut TcpStream, words: &[u8]) {
    static LINGERING: AtomicUsize = AtomicUsize::new(0);
    // A line fits into the socket of a client that has just come.
    let _ = socket.try_write(words);
    let _ = socket.shutdown().await;
    if LINGERING.fetch_add(1, Relaxed) < MAX_LINGERING {
        let mut unread = Message::default();
        let to_the_end = async { while let Ok(1..) = receive(socket, &mut unread).await {} };
        let _ = time::timeout(GOODBYE_TIMEOUT, to_the_end).await;
    }
    LINGERING.fetch_sub(1, Relaxed);
}
