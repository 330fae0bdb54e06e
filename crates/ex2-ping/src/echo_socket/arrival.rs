//! What comes back: a reply, or an error of the network.

use crate::icmp_error::IcmpError;
use std::net::SocketAddr;
use std::time::Instant;

/// What the socket has received.
pub enum Arrival {
    Reply(Reply),
    /// A packet that is neither. Raw sockets get everybody's.
    Foreign,
    /// A network error that quotes a request of this program.
    Error(NetworkError),
}

/// An echo reply.
pub struct Reply {
    pub from: SocketAddr,
    /// Whether it comes from an address that was not pinged.
    pub is_stranger: bool,
    /// Whether it has the identifier of this socket. The datagram sockets of Linux get no other.
    pub is_mine: bool,
    /// The time to live that was left (IPv6: the hop limit), where the system tells it.
    pub ttl: Option<u8>,
    pub sequence: u16,
    /// The bytes of the message, header and payload.
    pub length: usize,
    /// The payload, as far as a request has one.
    pub payload: Vec<u8>,
    /// Whether its checksum is right.
    pub intact: bool,
    /// When it reached this computer, by the kernel's stamp where there is one.
    pub arrived: Instant,
    /// When the program read it.
    pub read: Instant,
}

/// What a router, the destination, or this computer itself says instead of a reply.
pub struct NetworkError {
    pub from: SocketAddr,
    /// The sequence number of the request that it quotes.
    pub sequence: u16,
    pub icmp: IcmpError,
}
