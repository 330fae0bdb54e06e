//! Systems other than Linux: what socket2 gives. No time stamps by the kernel, and network errors only as lost replies.

use super::{Arrival, MAX_PACKET_LEN, Reply, open, random, version_of};
use crate::icmp::{self, PAYLOAD_LEN, Version};
use common::Problem;
use socket2::Socket;
use std::io::{self, ErrorKind, Read as _};
use std::net::SocketAddr;
use std::time::Instant;

/// A socket for echo requests to one destination. It never waits.
pub struct EchoSocket {
    pub(super) socket: Socket,
    pub(super) destination: SocketAddr,
    version: Version,
    identifier: u16,
    packet: Vec<u8>,
}

impl EchoSocket {
    /// A socket connected to `destination`, whose port does not matter.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if this user may not ping, if there is no route, or if the address is not one computer's.
    pub fn open(destination: SocketAddr) -> Result<Self, Problem> {
        let (socket, _) = open(destination)?;
        let version = version_of(destination);
        Ok(Self { socket, destination, version, identifier: (random() >> 48) as u16, packet: vec![0; MAX_PACKET_LEN] })
    }

    /// Sends a request, and says when.
    ///
    /// # Errors
    ///
    /// The system's, if the request did not leave this computer.
    pub fn send(&mut self, sequence: u16, payload: &[u8; PAYLOAD_LEN]) -> io::Result<Instant> {
        let message = icmp::echo_request(self.version, self.identifier, sequence, payload);
        let now = Instant::now();
        self.socket.send(&message).map(|_| now)
    }

    /// The next thing that has arrived, if there is any.
    ///
    /// # Errors
    ///
    /// None here: only Linux tells errors of the socket from those of the network.
    #[allow(clippy::unnecessary_wraps, reason = "the same function on Linux can fail")]
    pub fn receive(&mut self) -> io::Result<Option<Arrival>> {
        let length = match self.socket.read(&mut self.packet) {
            Ok(length) => length,
            Err(e) if e.kind() == ErrorKind::WouldBlock => return Ok(None),
            // Windows tells of network errors and of packets that are too long in this way; neither is an answer.
            Err(_) => return Ok(Some(Arrival::Foreign)),
        };
        let at = Instant::now();
        // Raw sockets give the IP header with IPv4, and on macOS datagram sockets do so too.
        let packet = &self.packet[..length];
        let with_header = if self.version == Version::V4 { icmp::behind_ip_header(packet) } else { None };
        let (ttl, message) = with_header.map_or((None, packet), |(ttl, message)| (Some(ttl), message));
        let Some(echo) = icmp::echo_reply(self.version, message).filter(|echo| echo.identifier == self.identifier)
        else {
            return Ok(Some(Arrival::Foreign));
        };
        let (sequence, payload, intact) = (echo.sequence, echo.payload.to_vec(), echo.intact);
        Ok(Some(Arrival::Reply(Reply { from: self.destination, ttl, sequence, payload, intact, at, noticed: at })))
    }
}
