//! Linux: time stamps by the kernel, the TTL, and network errors from the error queue (socket(7), ip(7), ipv6(7), icmp(7)).

use super::{Arrival, MAX_PACKET_LEN, NetworkError, Reply, has_no_room, open, random, version_of};
use crate::icmp::{self, PAYLOAD_LEN, Version};
use crate::icmp_error::IcmpError;
use common::Problem;
use nix::errno::Errno;
use nix::libc;
use nix::sys::socket::sockopt::{Ipv4RecvErr, Ipv4RecvTtl, Ipv6RecvErr, Ipv6RecvHopLimit, ReceiveTimestampns};
use nix::sys::socket::{
    ControlMessageOwned, MsgFlags, RecvMsg, SockaddrIn, SockaddrIn6, SockaddrStorage, recvmsg, setsockopt,
};
use nix::sys::time::TimeSpec;
use socket2::{Socket, Type};
use std::collections::VecDeque;
use std::io::{self, ErrorKind, IoSliceMut};
use std::net::SocketAddr;
use std::os::fd::AsRawFd as _;
use std::time::{Duration, Instant, SystemTime};

/// How many network errors may stand in the way of one request before it counts as not sent.
const MAX_SEND_ERRORS: usize = 8;

/// A socket for echo requests to one destination. It never waits.
pub struct EchoSocket {
    pub(super) socket: Socket,
    pub(super) destination: SocketAddr,
    version: Version,
    /// Of raw sockets: whose replies to take. A datagram socket gets no others.
    identifier: Option<u16>,
    packet: Vec<u8>,
    control: Vec<u8>,
    /// Errors that came while sending.
    errors: VecDeque<Arrival>,
}

impl EchoSocket {
    /// A socket connected to `destination`, whose port does not matter.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if this user may not ping, if there is no route, or if the address is not one computer's.
    pub fn open(destination: SocketAddr) -> Result<Self, Problem> {
        let (socket, kind) = open(destination)?;
        prepare(&socket, destination).map_err(|e| Problem::creating(e.into()))?;
        Ok(Self {
            socket,
            destination,
            version: version_of(destination),
            identifier: (kind == Type::RAW).then(|| (random() >> 48) as u16),
            packet: vec![0; MAX_PACKET_LEN],
            control: nix::cmsg_space!(TimeSpec, libc::c_int, (libc::sock_extended_err, libc::sockaddr_in6)),
            errors: VecDeque::new(),
        })
    }

    /// Sends a request, and says when.
    ///
    /// # Errors
    ///
    /// The system's, if the request did not leave this computer.
    pub fn send(&mut self, sequence: u16, payload: &[u8; PAYLOAD_LEN]) -> io::Result<Instant> {
        // On a datagram socket the kernel writes its own identifier.
        let message = icmp::echo_request(self.version, self.identifier.unwrap_or(0), sequence, payload);
        let mut tries = 0;
        loop {
            let now = Instant::now();
            match self.socket.send(&message) {
                Ok(_) => return Ok(now),
                // An error about an earlier request is told at the next call on the socket, whichever that is: this one was
                // not sent then. Once the error is taken from its queue the way is free.
                Err(e) if tries < MAX_SEND_ERRORS => match self.receive_error()? {
                    Some(error) => self.errors.push_back(error),
                    None if e.kind() == ErrorKind::Interrupted => {}
                    // It may have been taken from there a moment ago, when the socket had not yet heard of it.
                    None if tries == 0 && !has_no_room(&e) => {}
                    None => return Err(e),
                },
                Err(e) => return Err(e),
            }
            tries += 1;
        }
    }

    /// The next thing that has arrived, if there is any.
    ///
    /// # Errors
    ///
    /// The system's; none that is about one request.
    pub fn receive(&mut self) -> io::Result<Option<Arrival>> {
        if let Some(error) = self.errors.pop_front() {
            return Ok(Some(error));
        }
        match self.receive_message() {
            Ok(arrival) => Ok(Some(arrival)),
            Err(Errno::EAGAIN) => self.receive_error(),
            Err(Errno::EINTR) => Ok(Some(Arrival::Foreign)),
            // The error is about an earlier request: what it says stands in its queue, if nobody has taken it from there.
            Err(e) => match self.receive_error()? {
                Some(error) => Ok(Some(error)),
                None if is_about_the_network(e) => Ok(Some(Arrival::Foreign)),
                None => Err(e.into()),
            },
        }
    }

    /// The next message.
    fn receive_message(&mut self) -> Result<Arrival, Errno> {
        let mut buffers = [IoSliceMut::new(&mut self.packet)];
        let received = recvmsg::<SockaddrStorage>(
            self.socket.as_raw_fd(),
            &mut buffers,
            Some(&mut self.control),
            MsgFlags::MSG_DONTWAIT,
        )?;
        let (now, clock) = both_clocks();
        let length = received.bytes;
        let from = received.address.as_ref().and_then(address_of).unwrap_or(self.destination);
        let (mut ttl, at) =
            (ttl_of(&received), stamp_of(&received).map_or(now, |stamp| on_our_clock(now, clock, stamp)));

        let mut message = &self.packet[..length];
        if self.identifier.is_some() && self.version == Version::V4 {
            let Some((header_ttl, behind)) = icmp::behind_ip_header(message) else {
                return Ok(Arrival::Foreign);
            };
            ttl = ttl.or(Some(header_ttl));
            message = behind;
        }
        let Some(echo) = icmp::echo_reply(self.version, message).filter(|echo| self.is_mine(echo.identifier)) else {
            return Ok(Arrival::Foreign);
        };
        let (sequence, payload, intact) = (echo.sequence, echo.payload.to_vec(), echo.intact);
        Ok(Arrival::Reply(Reply { from, ttl, sequence, payload, intact, at, noticed: now }))
    }

    /// What stands next in the queue of errors.
    fn receive_error(&mut self) -> io::Result<Option<Arrival>> {
        let mut buffers = [IoSliceMut::new(&mut self.packet)];
        let received = recvmsg::<SockaddrStorage>(
            self.socket.as_raw_fd(),
            &mut buffers,
            Some(&mut self.control),
            MsgFlags::MSG_ERRQUEUE | MsgFlags::MSG_DONTWAIT,
        );
        let (length, error) = match received {
            Ok(received) => (received.bytes, icmp_error_of(&received)),
            Err(Errno::EAGAIN) => return Ok(None),
            Err(Errno::EINTR) => return Ok(Some(Arrival::Foreign)),
            Err(e) => return Err(e.into()),
        };
        let quoted = icmp::quoted_request(self.version, &self.packet[..length]);
        Ok(Some(match (error, quoted) {
            (Some((from, icmp)), Some(quoted)) if self.is_mine(quoted.identifier) => {
                Arrival::Error(NetworkError { from, sequence: quoted.sequence, icmp })
            }
            _ => Arrival::Foreign,
        }))
    }

    fn is_mine(&self, identifier: u16) -> bool {
        self.identifier.is_none_or(|own| own == identifier)
    }
}

/// Asks the kernel for what it tells beside the bytes.
fn prepare(socket: &Socket, destination: SocketAddr) -> Result<(), Errno> {
    setsockopt(socket, ReceiveTimestampns, &true)?;
    if destination.is_ipv4() {
        setsockopt(socket, Ipv4RecvErr, &true)?;
        setsockopt(socket, Ipv4RecvTtl, &true)
    } else {
        setsockopt(socket, Ipv6RecvErr, &true)?;
        setsockopt(socket, Ipv6RecvHopLimit, &true)
    }
}

/// Errors that a socket reports for the network, see the list in ip(7).
fn is_about_the_network(error: Errno) -> bool {
    matches!(
        error,
        Errno::ECONNREFUSED
            | Errno::EHOSTUNREACH
            | Errno::EHOSTDOWN
            | Errno::ENETUNREACH
            | Errno::ENETDOWN
            | Errno::ENOPROTOOPT
            | Errno::ENONET
            | Errno::EOPNOTSUPP
            | Errno::EPROTO
            | Errno::EMSGSIZE
            | Errno::EACCES
            | Errno::EREMOTEIO
    )
}

/// Both clocks at the same moment: one that never is set, and one that tells the time of day. If the program was put aside between
/// two readings, they are read again.
fn both_clocks() -> (Instant, SystemTime) {
    const MAX_READING_GAP: Duration = Duration::from_micros(20);
    let mut tries = 0;
    loop {
        let (before, clock, after) = (Instant::now(), SystemTime::now(), Instant::now());
        tries += 1;
        if after - before < MAX_READING_GAP || tries == 3 {
            return (after, clock);
        }
    }
}

/// How long a packet may have waited for the program, which was stopped by Ctrl-Z, say. Where the stamp is older than that, the
/// clock was set.
const MAX_STAMP_AGE: Duration = Duration::from_secs(3_000);

/// When a packet with the kernel's time stamp arrived, on the clock that is never set.
///
/// The stamp is of the clock that tells the time of day, which may be set at any moment. So only the age of the stamp is
/// read from that clock, at the same moment as the other one; setting it in these microseconds does no more harm than to
/// show the time at which the program looked.
fn on_our_clock(now: Instant, clock: SystemTime, stamp: SystemTime) -> Instant {
    let age = clock.duration_since(stamp).unwrap_or_default();
    now.checked_sub(age).filter(|_| age < MAX_STAMP_AGE).unwrap_or(now)
}

fn stamp_of<S>(received: &RecvMsg<'_, '_, S>) -> Option<SystemTime> {
    received.cmsgs().ok()?.find_map(|message| match message {
        ControlMessageOwned::ScmTimestampns(stamp) => SystemTime::UNIX_EPOCH.checked_add(Duration::from(stamp)),
        _ => None,
    })
}

fn ttl_of<S>(received: &RecvMsg<'_, '_, S>) -> Option<u8> {
    received.cmsgs().ok()?.find_map(|message| match message {
        ControlMessageOwned::Ipv4Ttl(ttl) | ControlMessageOwned::Ipv6HopLimit(ttl) => ttl.try_into().ok(),
        _ => None,
    })
}

/// Who complains, and about what: only what an ICMP message said, the kernel's own notes are left out.
fn icmp_error_of<S>(received: &RecvMsg<'_, '_, S>) -> Option<(SocketAddr, IcmpError)> {
    let (error, from) = received.cmsgs().ok()?.find_map(|message| match message {
        ControlMessageOwned::Ipv4RecvErr(error, from) => Some((error, SocketAddr::from(SockaddrIn::from(from?)))),
        ControlMessageOwned::Ipv6RecvErr(error, from) => Some((error, SocketAddr::from(SockaddrIn6::from(from?)))),
        _ => None,
    })?;
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

#[cfg(test)]
mod tests {
    use super::on_our_clock;
    use std::time::{Duration, Instant, SystemTime};

    /// What the program makes of a stamp that is so much older than the clock; negative: younger.
    fn age(seconds: f64) -> f64 {
        let (now, clock) = (Instant::now() + Duration::from_secs(10_000), SystemTime::now());
        let offset = Duration::from_secs_f64(seconds.abs());
        let stamp = if seconds < 0.0 { clock + offset } else { clock - offset };
        (now - on_our_clock(now, clock, stamp)).as_secs_f64()
    }

    #[test]
    fn a_stamp_is_as_old_on_one_clock_as_on_the_other() {
        assert!((age(0.003) - 0.003).abs() < 1e-6);
        assert!((age(1.5) - 1.5).abs() < 1e-6);
    }

    #[test]
    fn a_clock_that_was_set_in_between_does_no_harm() {
        assert!(age(-5.0).abs() < 1e-9, "set back: the stamp is from the future");
        assert!(age(3_600.0).abs() < 1e-9, "set forward: the stamp is an hour old");
    }
}
