//! Systems other than Linux: what socket2 gives. No time stamps by the kernel, and network errors only as lost replies.

use super::{Arrival, EchoSocket, Reply};
use crate::echo_request;
use crate::icmp::{self, PAYLOAD_LEN, Version};
use std::io::{self, ErrorKind, Read as _};
use std::time::Instant;

impl EchoSocket {
    /// Sends a request, and says when. If it did not leave this computer: the system's error.
    pub fn send(&mut self, sequence: u16, payload: &[u8; PAYLOAD_LEN]) -> io::Result<Instant> {
        let message = echo_request(self.version, self.identifier.unwrap_or(0), sequence, payload);
        let now = Instant::now();
        self.socket.send(&message).map(|_| now)
    }

    /// The next thing that has arrived, if there is any.
    #[allow(clippy::unnecessary_wraps, reason = "the same function on Linux can fail")]
    pub fn receive(&mut self) -> io::Result<Option<Arrival>> {
        let length = match self.socket.read(&mut self.buffer) {
            Ok(length) => length,
            Err(e) if e.kind() == ErrorKind::WouldBlock => return Ok(None),
            // Windows tells of network errors and of packets that are too long in this way; neither is an answer.
            Err(_) => return Ok(Some(Arrival::Foreign)),
        };
        let arrived = Instant::now();
        // Raw sockets give the IP header with IPv4, and on macOS datagram sockets do so too.
        let packet = &self.buffer[..length];
        let with_header = if self.version == Version::V4 { icmp::behind_ip_header(packet) } else { None };
        let (ttl, message) = with_header.map_or((None, packet), |(ttl, message)| (Some(ttl), message));
        let Some(echo) = icmp::echo_reply(self.version, message).filter(|echo| self.is_mine(echo)) else {
            return Ok(Some(Arrival::Foreign));
        };
        let (from, sequence, payload) = (self.destination, echo.sequence, echo.payload.to_vec());
        Ok(Some(Arrival::Reply(Reply { from, ttl, sequence, payload, intact: echo.intact, arrived, read: arrived })))
    }
}
