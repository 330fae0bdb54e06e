//! Systems other than Linux: what socket2 gives. No time stamps by the kernel, and network errors only as lost replies.

use super::Packet;
use crate::icmp::Version;
use socket2::Socket;
use std::io::{self, ErrorKind, Read as _};

/// There is nothing to ask for.
#[allow(clippy::unnecessary_wraps, reason = "the same function on Linux can fail")]
pub fn configure(_: &Socket, _: Version) -> io::Result<()> {
    Ok(())
}

/// Receives the next packet.
pub fn receive_packet(mut socket: &Socket, buffer: &mut [u8]) -> io::Result<Packet> {
    let length = match socket.read(buffer) {
        Err(e) if e.kind() == ErrorKind::WouldBlock => return Err(e),
        // Windows reports network errors and of packets that are too long in this way; neither is an answer.
        received => received.unwrap_or(0),
    };
    Ok(Packet { length, from: None, ttl: None, arrived: None, error: None })
}

/// There is no queue of errors.
pub fn receive_error_packet(_: &Socket, _: &mut [u8]) -> io::Result<Packet> {
    Err(ErrorKind::WouldBlock.into())
}
