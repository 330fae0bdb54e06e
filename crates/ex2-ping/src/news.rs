//! What a run of ping has to tell, and who listens.

use crate::echo::NetworkError;
use crate::event::Event;
use common::Problem;
use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// Something to tell.
#[derive(Debug)]
pub enum News {
    /// A reply came.
    Reply {
        /// From whom.
        from: SocketAddr,
        /// To which probe, on the wire.
        sequence: u16,
        /// The time to live that was left, where it is known.
        ttl: Option<u8>,
        /// How many bytes of ICMP it has.
        bytes: usize,
        /// The round trip.
        time: Duration,
        /// Whether another reply to the same probe came before.
        is_duplicate: bool,
    },
    /// A reply came whose bytes have suffered on the way. It answers nothing: a reply returns the data of its
    /// request as it was (RFC 792).
    Corrupted {
        /// From whom.
        from: SocketAddr,
        /// To which probe, on the wire.
        sequence: u16,
        /// The time to live that was left, where it is known.
        ttl: Option<u8>,
        /// How many bytes of ICMP it has.
        bytes: usize,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The network says that a probe cannot arrive.
    Refused(NetworkError),
    /// The system did not send a probe.
    NotSent {
        /// Which one.
        sequence: u16,
        /// Why.
        cause: io::Error,
    },
}

impl News {
    /// Whose packet it was, if it was one.
    pub fn sender(&self) -> Option<SocketAddr> {
        match self {
            Self::Reply { from, .. } | Self::Corrupted { from, .. } => Some(*from),
            Self::Refused(error) => Some(error.from),
            Self::NotSent { .. } => None,
        }
    }
}

/// Who is told.
pub trait Listener {
    /// Takes the news.
    fn on_news(&mut self, news: News) -> Result<(), Problem>;

    /// What the listener itself waits for, and how long at most. [`Listener::go_on`] is called after that.
    fn waits_for(&self) -> Option<(&Event, Instant)> {
        None
    }

    /// Does what had to wait.
    fn go_on(&mut self) -> Result<(), Problem> {
        Ok(())
    }
}
