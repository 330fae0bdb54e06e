//! Linux: time stamps by the kernel, the TTL, and network errors from the error queue (socket(7), ip(7), ipv6(7), icmp(7)).

mod clock;

use super::{Arrival, EchoSocket, NetworkError, Reply, has_no_room};
use crate::echo_request;
use crate::icmp::{self, PAYLOAD_LEN, Version};
use crate::icmp_error::IcmpError;
use nix::errno::Errno;
use nix::libc::{self, sock_extended_err};
use nix::sys::socket::sockopt::{Ipv4RecvErr, Ipv4RecvTtl, Ipv6RecvErr, Ipv6RecvHopLimit, ReceiveTimestampns};
use nix::sys::socket::{ControlMessageOwned, MsgFlags, SockaddrIn, SockaddrIn6, SockaddrStorage, recvmsg, setsockopt};
use nix::sys::time::TimeSpec;
use socket2::Socket;
use std::io::{self, ErrorKind, IoSliceMut};
use std::net::SocketAddr;
use std::os::fd::AsRawFd as _;
use std::time::{Instant, SystemTime};

/// How many network errors may stand in the way of one call before it counts as failed.
const MAX_ERRORS: usize = 8;

impl EchoSocket {
    /// Sends a request, and says when. If it did not leave this computer: the system's error.
    pub fn send(&mut self, sequence: u16, payload: &[u8; PAYLOAD_LEN]) -> io::Result<Instant> {
        // On a datagram socket the kernel writes its own identifier.
        let message = echo_request(self.version, self.identifier.unwrap_or(0), sequence, payload);
        let mut tries = 0;
        loop {
            let now = Instant::now();
            let Err(e) = self.socket.send(&message) else { return Ok(now) };
            // An error about an earlier request is told at the next call on the socket, whichever that is: this one was not sent
            // then. Once the error is taken from its queue the way is free.
            match self.receive_error()? {
                _ if tries == MAX_ERRORS => return Err(e),
                Some(error) => self.errors.push_back(error),
                None if e.kind() == ErrorKind::Interrupted => {}
                // It may have been taken from there a moment ago, when the socket had not yet heard of it.
                None if tries == 0 && !has_no_room(&e) => {}
                None => return Err(e),
            }
            tries += 1;
        }
    }

    /// The next thing that has arrived, if there is any. An error is none that is about one request.
    pub fn receive(&mut self) -> io::Result<Option<Arrival>> {
        if let Some(error) = self.errors.pop_front() {
            return Ok(Some(error));
        }
        let mut tries = 0;
        loop {
            let e = match self.receive_message() {
                Ok(arrival) => return Ok(Some(arrival)),
                Err(Errno::EAGAIN) => return self.receive_error(),
                Err(e) => e,
            };
            // The error is about an earlier request. What it says stands in its queue; if `send` has taken it from there, the
            // next try is a right one.
            if let Some(error) = self.receive_error()? {
                return Ok(Some(error));
            }
            if tries == MAX_ERRORS {
                return Err(e.into());
            }
            tries += 1;
        }
    }

    /// The next message.
    fn receive_message(&mut self) -> Result<Arrival, Errno> {
        let packet = self.receive_packet(MsgFlags::empty())?;
        let (read, time_of_day) = clock::both_clocks();
        let arrived = packet.stamp.map_or(read, |stamp| clock::on_our_clock(read, time_of_day, stamp));

        let (mut ttl, mut message) = (packet.ttl, &self.buffer[..packet.length]);
        if self.identifier.is_some() && self.version == Version::V4 {
            let Some((header_ttl, behind)) = icmp::behind_ip_header(message) else { return Ok(Arrival::Foreign) };
            ttl = ttl.or(Some(header_ttl));
            message = behind;
        }
        let Some(echo) = icmp::echo_reply(self.version, message).filter(|echo| self.is_mine(echo)) else {
            return Ok(Arrival::Foreign);
        };
        let from = packet.from.unwrap_or(self.destination);
        let (sequence, payload, intact) = (echo.sequence, echo.payload.to_vec(), echo.intact);
        Ok(Arrival::Reply(Reply { from, ttl, sequence, payload, intact, arrived, read }))
    }

    /// What stands next in the queue of errors, with the request that it quotes.
    fn receive_error(&mut self) -> io::Result<Option<Arrival>> {
        let packet = match self.receive_packet(MsgFlags::MSG_ERRQUEUE) {
            Ok(packet) => packet,
            Err(Errno::EAGAIN) => return Ok(None),
            Err(Errno::EINTR) => return Ok(Some(Arrival::Foreign)),
            Err(e) => return Err(e.into()),
        };
        let quoted = icmp::quoted_request(self.version, &self.buffer[..packet.length]);
        Ok(Some(match (packet.error, quoted) {
            (Some((from, icmp)), Some(quoted)) if self.is_mine(&quoted) => {
                Arrival::Error(NetworkError { from, sequence: quoted.sequence, icmp })
            }
            _ => Arrival::Foreign,
        }))
    }

    /// Reads the next packet into the buffer, and its control messages: what the kernel says beside the bytes (cmsg(3)).
    fn receive_packet(&mut self, flags: MsgFlags) -> Result<Packet, Errno> {
        let mut buffers = [IoSliceMut::new(&mut self.buffer)];
        let flags = flags | MsgFlags::MSG_DONTWAIT;
        let mut control = nix::cmsg_space!(TimeSpec, libc::c_int, (sock_extended_err, libc::sockaddr_in6));
        let socket = self.socket.as_raw_fd();
        let received = recvmsg::<SockaddrStorage>(socket, &mut buffers, Some(&mut control), flags)?;
        let from = received.address.as_ref().and_then(address_of);
        let mut packet = Packet { length: received.bytes, from, ttl: None, stamp: None, error: None };
        for message in received.cmsgs().into_iter().flatten() {
            match message {
                ControlMessageOwned::ScmTimestampns(stamp) => {
                    packet.stamp = SystemTime::UNIX_EPOCH.checked_add(stamp.into());
                }
                ControlMessageOwned::Ipv4Ttl(ttl) | ControlMessageOwned::Ipv6HopLimit(ttl) => {
                    packet.ttl = ttl.try_into().ok();
                }
                ControlMessageOwned::Ipv4RecvErr(error, Some(from)) => {
                    packet.error = icmp_error(error, SockaddrIn::from(from).into());
                }
                ControlMessageOwned::Ipv6RecvErr(error, Some(from)) => {
                    packet.error = icmp_error(error, SockaddrIn6::from(from).into());
                }
                _ => {}
            }
        }
        Ok(packet)
    }
}

/// What was received, but for the bytes.
struct Packet {
    length: usize,
    from: Option<SocketAddr>,
    ttl: Option<u8>,
    stamp: Option<SystemTime>,
    error: Option<(SocketAddr, IcmpError)>,
}

/// Asks the kernel for what it can say beside the bytes.
pub fn ask_for_control_messages(socket: &Socket, version: Version) -> Result<(), Errno> {
    setsockopt(socket, ReceiveTimestampns, &true)?;
    if version == Version::V4 {
        setsockopt(socket, Ipv4RecvErr, &true)?;
        setsockopt(socket, Ipv4RecvTtl, &true)
    } else {
        setsockopt(socket, Ipv6RecvErr, &true)?;
        setsockopt(socket, Ipv6RecvHopLimit, &true)
    }
}

/// Who complains, and about what: only what an ICMP message said, the kernel's own notes are left out.
fn icmp_error(error: sock_extended_err, from: SocketAddr) -> Option<(SocketAddr, IcmpError)> {
    let version = match error.ee_origin {
        libc::SO_EE_ORIGIN_ICMP => Version::V4,
        libc::SO_EE_ORIGIN_ICMP6 => Version::V6,
        _ => return None,
    };
    Some((from, IcmpError { version, kind: error.ee_type, code: error.ee_code, info: error.ee_info }))
}

fn address_of(address: &SockaddrStorage) -> Option<SocketAddr> {
    let v4 = address.as_sockaddr_in().map(|v4| SocketAddr::V4((*v4).into()));
    v4.or_else(|| address.as_sockaddr_in6().map(|v6| SocketAddr::V6((*v6).into())))
}
