//! What happens while a destination is pinged, and who observes it.

use crate::echo_socket::{NetworkError, Reply};
use std::net::SocketAddr;
use std::time::Duration;
use std::{fmt, io};

/// What has become of a probe.
pub enum PingEvent {
    /// A reply came, this time after its request. `damage`: whether its payload came back as it was sent.
    Reply { reply: Reply, time: Duration, is_duplicate: bool, damage: Option<Damage> },
    /// A reply came whose checksum is wrong. It does not count.
    Corrupted { reply: Reply, time: Duration },
    /// A reply came that belongs to no request, and why; this is the first one.
    Stray { from: SocketAddr, why: &'static str },
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
            Self::Stray { from, .. } => Some(*from),
            Self::NetworkError(error) => Some(error.from),
            Self::NotSent { .. } => None,
        }
    }
}

/// What is wrong with the payload of a reply, which should be that of its request (RFC 792).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It is shorter.
    Truncated,
    /// The byte at this place is another one. It should be the number of its place.
    WrongByte(usize),
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => write!(f, "truncated"),
            Self::WrongByte(place) => write!(f, "wrong data byte #{place}"),
        }
    }
}

/// Receives the events of a ping: to print them, or to fill in a row of the table.
pub trait Observer {
    /// Must be quick, because the next probe waits for it.
    fn on_event(&mut self, event: PingEvent);
}
