//! What happens while a destination is pinged, and who observes it.

use crate::echo_socket::{NetworkError, Reply};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

/// What has become of a probe.
pub enum PingEvent {
    /// A reply came, this time after its request.
    Reply { reply: Reply, time: Duration, is_duplicate: bool },
    /// A reply came that was damaged on the way. It does not count: a reply returns the data of its request (RFC 792).
    Corrupted { reply: Reply, what: &'static str },
    /// The network says that a probe cannot arrive.
    NetworkError(NetworkError),
    /// The system did not send a probe, which would have had this sequence number.
    NotSent { sequence: u16, cause: io::Error },
}

impl PingEvent {
    /// Who sent the packet, if it was one.
    pub fn sender(&self) -> Option<SocketAddr> {
        match self {
            Self::Reply { reply, .. } | Self::Corrupted { reply, .. } => Some(reply.from),
            Self::NetworkError(error) => Some(error.from),
            Self::NotSent { .. } => None,
        }
    }
}

/// Receives the events of a ping: to print them, or to fill in a row of the table.
pub trait Observer {
    /// Must be quick, because the next probe waits for it.
    fn on_event(&mut self, event: PingEvent);
}
