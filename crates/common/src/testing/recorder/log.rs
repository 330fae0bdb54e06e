//! What a recorder has noted.

use socket2::Socket;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::{SocketAddr, SocketAddrV4};
use std::sync::Arc;

/// How many bytes are kept, of all connections together; the rest is read and counted.
const MAX_BYTES: usize = 4 * 1024 * 1024;
/// How many connections are kept; a flood of more is accepted and closed.
const MAX_CONNECTIONS: usize = 1024;

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It has not ended.
    Open,
    /// The other side said that it sends nothing more (FIN).
    Finished,
    /// The other side broke it off (RST).
    Reset,
    /// The recorder broke it off, see [`Reply::ThenReset`](super::Reply::ThenReset).
    ResetByUs,
    /// The recorder closed it without reading, see [`Reply::Close`](super::Reply::Close).
    ClosedByUs,
}

/// As a report tells it.
impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "not closed",
            Self::Finished => "closed (FIN)",
            Self::Reset => "broken off (a reset, RST)",
            Self::ResetByUs => "broken off by the peer",
            Self::ClosedByUs => "closed by the peer",
        })
    }
}

/// One connection, as far as it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// The other end.
    pub from: SocketAddr,
    /// Where it was to go, where all connections are redirected to the recorder.
    pub(in crate::testing) to: Option<SocketAddrV4>,
    /// The bytes that arrived, as far as they are kept: the first 4 MiB of all connections.
    pub bytes: Vec<u8>,
    /// How many bytes arrived.
    pub length: u64,
    /// How it ended.
    pub end: End,
}

impl Connection {
    /// The bytes without the line breaks at their end, if there are any: whether they belong there is a question of its own.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        let end = self.bytes.iter().rposition(|byte| !b"\r\n".contains(byte)).map_or(0, |last| last + 1);
        &self.bytes[..end]
    }
}

/// What the threads of a recorder share.
pub(super) struct Log {
    pub connections: Vec<Connection>,
    /// How many bytes more are kept.
    room: usize,
    /// The sockets of those that have not ended, by their place in `connections`.
    pub open: BTreeMap<usize, Arc<Socket>>,
    /// Where our own connections come from that are not to be noted, see `Recorder::catch_up`.
    pub markers: BTreeSet<SocketAddr>,
    /// Why connections could not be noted, if any could not.
    pub fault: Option<String>,
    pub closing: bool,
}

impl Log {
    pub fn new() -> Self {
        Self {
            connections: Vec::new(),
            room: MAX_BYTES,
            open: BTreeMap::new(),
            markers: BTreeSet::new(),
            fault: None,
            closing: false,
        }
    }

    /// Whether no more connections are kept.
    pub fn is_full(&self) -> bool {
        self.connections.len() >= MAX_CONNECTIONS
    }

    /// Notes a new connection: its place, or nothing where it is not to be kept.
    pub fn begin(&mut self, from: SocketAddr, to: Option<SocketAddrV4>, socket: &Arc<Socket>) -> Option<usize> {
        if self.closing || self.is_full() {
            return None;
        }
        let index = self.connections.len();
        self.connections.push(Connection { from, to, bytes: Vec::new(), length: 0, end: End::Open });
        self.open.insert(index, Arc::clone(socket));
        Some(index)
    }

    pub fn note(&mut self, index: usize, bytes: &[u8]) {
        let kept = bytes.len().min(self.room);
        self.room -= kept;
        let connection = &mut self.connections[index];
        connection.bytes.extend_from_slice(&bytes[..kept]);
        connection.length += bytes.len() as u64;
    }

    /// Notes how a connection ended.
    pub fn end(&mut self, index: usize, end: End) {
        self.connections[index].end = end;
    }
}
