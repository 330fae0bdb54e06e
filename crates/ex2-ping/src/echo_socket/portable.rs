//! Systems other than Linux: what socket2 gives. No time stamps by the kernel, and network errors only as lost replies.

use super::Packet;
use crate::icmp::Version;
use socket2::Socket;
use std::io::{self, ErrorKind, Read as _};
use std::net::SocketAddr;

/// There is nothing to ask for.
#[allow(clippy::unnecessary_wraps, reason = "the same function on Linux can fail")]
pub fn configure(_: &Socket, _: Version) -> io::Result<()> {
    Ok(())
}

/// The socket to connect: the same one, so that the system hands over nothing from other addresses.
pub fn socket_to_connect(socket: &Socket, _: SocketAddr) -> io::Result<Socket> {
    socket.try_clone()
}

/// Sends a message.
pub fn send(socket: &Socket, message: &[u8], destination: SocketAddr) -> io::Result<()> {
    let Err(cause) = socket.send(message) else { return Ok(()) };
    // Perhaps this computer has another address now: the next one is sent from that.
    let _ = socket.connect(&destination.into());
    Err(cause)
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

/// Nobody counts them.
pub fn count_replies(_: Version) -> Option<u64> {
    None
}

/// There is no queue of errors.
pub fn receive_error_packet(_: &Socket, _: &mut [u8]) -> io::Result<Packet> {
    Err(ErrorKind::WouldBlock.into())
}
