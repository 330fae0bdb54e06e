//! Who a client is.

use std::net::SocketAddr;
use std::time::Instant;

/// A client that has come.
#[derive(Clone, Copy)]
pub struct Client {
    /// Its number; 0 for one that is rejected.
    pub number: u64,
    pub from: SocketAddr,
    /// When it came.
    pub at: Instant,
}
