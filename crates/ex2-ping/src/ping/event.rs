//! What happens while a destination is pinged, and who observes it.

use crate::echo_socket::NetworkError;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

/// What has become of a probe. `sequence` is its number on the wire.
#[derive(Debug)]
pub enum PingEvent {
    /// A reply came.
    Reply {
        from: SocketAddr,
        sequence: u16,
        /// The time to live that was left, where it is known.
        ttl: Option<u8>,
        /// How many bytes of ICMP it has.
        bytes: usize,
        time: Duration,
        /// Whether another reply to the same probe came before.
        is_duplicate: bool,
    },
    /// A reply came whose bytes have suffered on the way. It answers nothing: a reply returns the data of its request as it was
    /// (RFC 792).
    Corrupted { from: SocketAddr, sequence: u16, ttl: Option<u8>, bytes: usize, what: &'static str },
    /// The network says that a probe cannot arrive.
    NetworkError(NetworkError),
    /// The system did not send a probe.
    NotSent { sequence: u16, cause: io::Error },
}

impl PingEvent {
    /// Who sent the packet, if it was one.
    pub fn sender(&self) -> Option<SocketAddr> {
        match self {
            Self::Reply { from, .. } | Self::Corrupted { from, .. } => Some(*from),
            Self::NetworkError(error) => Some(error.from),
            Self::NotSent { .. } => None,
        }
    }
}

/// Gets the events of a ping: the lines on the screen do, and a row of the table.
pub trait Observer {
    /// Takes an event. The next probe waits for that, so it must be quick.
    fn on_event(&mut self, event: PingEvent);
}
