//! One client, from its first byte to the end.

use crate::drain::drain;
use crate::message::{MAX_KEPT_LEN, Message, receive};
use socket2::Socket;
use std::io::Write as _;
use std::net::Shutdown;
use std::time::{Duration, Instant};

/// What the server answers.
pub const GREETING: &[u8] = b"Hello from the teacher's server";

/// The longest time in which the answer must leave. It is short: only a client that is gone makes it wait at all.
const TIME_TO_SEND: Duration = Duration::from_secs(5);
/// How often patience is looked at anew while a client is silent: the server may have become full in between.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// How the conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The client was answered.
    Answered,
    /// The client said something and broke the connection off; the answer may not have reached it.
    Reset,
    /// The client broke the connection off before it said anything.
    ResetBeforeMessage,
    /// The client said nothing for as long as the server's patience lasted.
    Silent,
}

impl Outcome {
    /// In fixed words, for the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Reset => "reset",
            Self::ResetBeforeMessage => "reset before a message",
            Self::Silent => "silent",
        }
    }
}

/// Talks with a client: receives, answers, closes. `patience` tells how long it may be silent now; `said` is called once,
/// when the message is complete.
pub fn talk(mut socket: Socket, patience: &impl Fn() -> Duration, said: impl FnOnce(&Message)) -> (Message, Outcome) {
    let mut message = Message::default();

    // 5. Receive. The first bytes are enough: netcat does not tell the server when a message ends
    if let Err(outcome) = receive_first(&mut socket, patience, &mut message) {
        drop(socket);
        return (message, outcome);
    }

    // 6. Send the answer, and tell the client that nothing follows
    let _ = socket.set_write_timeout(Some(TIME_TO_SEND));
    let sent = socket.write_all(GREETING).and_then(|()| socket.shutdown(Shutdown::Write));

    // Before closing, read what the client still has to say: `drain.rs` tells why
    let ended_well = drain(&mut socket, patience, &mut message, said);

    // 7. Close
    drop(socket);
    let outcome = if sent.is_ok() && ended_well { Outcome::Answered } else { Outcome::Reset };
    (message, outcome)
}

/// Receives the first bytes, or the news that there will be none, which is a message of no bytes.
fn receive_first(socket: &mut Socket, patience: &impl Fn() -> Duration, message: &mut Message) -> Result<(), Outcome> {
    let start = Instant::now();
    let mut buffer = [0; MAX_KEPT_LEN];
    loop {
        let left = patience().saturating_sub(start.elapsed());
        if left.is_zero() {
            return Err(Outcome::Silent);
        }
        match receive(socket, &mut buffer, left.min(POLL_INTERVAL)) {
            Ok(Some(length)) => {
                message.add(&buffer[..length]);
                return Ok(());
            }
            Ok(None) => {}
            Err(_) => return Err(Outcome::ResetBeforeMessage),
        }
    }
}
