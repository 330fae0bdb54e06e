//! The socket that sends echo requests and receives what comes of them.
//!
//! There are two kinds. A **datagram** socket for ICMP needs no privilege where the system allows it; the kernel chooses
//! the identifier and hands over only the replies to it (icmp(7), `ping_group_range`). A **raw** socket needs a privilege
//! and sees every ICMP message of this computer. [`EchoSocket::open`] tries the first, then the second. What comes of a request
//! must not depend on the kind.

mod arrival;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(not(target_os = "linux"))]
mod portable;
#[cfg(not(target_os = "linux"))]
use portable as system;
mod problems;

pub use arrival::{Arrival, NetworkError, Reply};

use crate::echo_request;
use crate::icmp::{self, Echo, PAYLOAD_LEN, Version};
use crate::icmp_error::{self, IcmpError};
use common::Problem;
use socket2::{Domain, Protocol, Socket, Type};
use std::collections::VecDeque;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

/// The largest packet of IP: the length of a reply is told, however long it is.
const MAX_PACKET_LEN: usize = 65_535;

/// How often a call is tried if errors about earlier requests stand in its way.
const MAX_TRIES: usize = 8;

/// The size of the kernel's buffer for packets that are not read yet, in bytes.
const RECV_BUFFER_SIZE: usize = 1 << 20;

/// What was received into the buffer, and what the system says about it.
struct Packet {
    length: usize,
    from: Option<SocketAddr>,
    ttl: Option<u8>,
    /// The kernel's time stamp, on the clock that is never set.
    arrived: Option<Instant>,
    /// Of a packet that could not be delivered: what was sent back instead, and by whom.
    error: Option<(SocketAddr, IcmpError)>,
}

/// A socket for echo requests to one destination.
pub struct EchoSocket {
    socket: Socket,
    destination: SocketAddr,
    version: Version,
    /// Whose replies to take. The datagram sockets of Linux get no others.
    identifier: Option<u16>,
    buffer: Vec<u8>,
    /// Errors that came while sending.
    errors: VecDeque<Arrival>,
}

impl EchoSocket {
    /// A socket for requests to `destination`, if there is a way to it.
    pub fn open(destination: SocketAddr) -> Result<Self, Problem> {
        problems::refuse_groups(destination.ip())?;
        let version = Version::of(destination);
        let (socket, kind) = create(version)?;
        // A full buffer loses packets, and a raw socket gets other programs' packets as well. Less will do, so it may fail.
        let _ = socket.set_recv_buffer_size(RECV_BUFFER_SIZE);
        socket.set_nonblocking(true).map_err(Problem::creating)?;
        system::configure(&socket, version).map_err(Problem::creating)?;
        let connected = system::socket_to_connect(&socket, destination).map_err(Problem::creating)?;
        connected.connect(&destination.into()).map_err(problems::connecting(destination))?;
        let is_kernels = cfg!(target_os = "linux") && kind == Type::DGRAM;
        let identifier = if is_kernels { None } else { Some((random() >> 48) as u16) };
        let (buffer, errors) = (vec![0; MAX_PACKET_LEN], VecDeque::new());
        Ok(Self { socket, destination, version, identifier, buffer, errors })
    }

    /// Sends a request, and says when. If it did not leave this computer: the system's error.
    pub fn send(&mut self, sequence: u16, payload: &[u8; PAYLOAD_LEN]) -> io::Result<Instant> {
        // Where there is none the kernel writes its own identifier.
        let message = echo_request(self.version, self.identifier.unwrap_or(0), sequence, payload);
        let mut tries = 1..MAX_TRIES;
        loop {
            let now = Instant::now();
            let Err(e) = system::send(&self.socket, &message, self.destination) else { return Ok(now) };
            // The kernel reports an error about an earlier request at the next call, which then sends nothing. Once the error is
            // taken from its queue the way is free.
            let error = self.receive_error()?;
            self.errors.extend(error);
            if has_no_room(&e) || tries.next().is_none() {
                return Err(e);
            }
        }
    }

    /// The next thing that has arrived, if any. It does not wait.
    pub fn receive(&mut self) -> io::Result<Option<Arrival>> {
        if let Some(error) = self.errors.pop_front() {
            return Ok(Some(error));
        }
        let mut tries = 1..MAX_TRIES;
        loop {
            let e = match self.receive_message() {
                Ok(arrival) => return Ok(Some(arrival)),
                Err(e) if e.kind() == ErrorKind::WouldBlock => return self.receive_error(),
                Err(e) => e,
            };
            // The error is about an earlier request, and waits in its queue. If `send` has taken it from there, try again.
            if let Some(error) = self.receive_error()? {
                return Ok(Some(error));
            }
            if tries.next().is_none() {
                return Err(e);
            }
        }
    }

    fn receive_message(&mut self) -> io::Result<Arrival> {
        let packet = system::receive_packet(&self.socket, &mut self.buffer)?;
        let read = Instant::now();
        let (mut ttl, mut message) = (packet.ttl, &self.buffer[..packet.length]);
        // Raw sockets give the IP header with IPv4, and on macOS datagram sockets do so too.
        if let (Version::V4, Some((header_ttl, behind))) = (self.version, icmp::behind_ip_header(message)) {
            ttl = ttl.or(Some(header_ttl));
            message = behind;
        }
        let (from, length) = (packet.from.unwrap_or(self.destination), message.len());
        let Some(echo) = icmp::echo_reply(self.version, message) else {
            return Ok(self
                .advice(message)
                .map_or(Arrival::Foreign, |(sequence, icmp)| Arrival::Error(NetworkError { from, sequence, icmp })));
        };
        Ok(Arrival::Reply(Reply {
            from,
            is_stranger: self.is_stranger(from.ip()),
            is_mine: self.is_mine(&echo),
            ttl,
            sequence: echo.sequence,
            length,
            payload: echo.payload[..echo.payload.len().min(PAYLOAD_LEN)].to_vec(),
            intact: echo.intact,
            arrived: packet.arrived.unwrap_or(read),
            read,
        }))
    }

    /// Advice about a request of this socket. The kernel puts it into the queue of errors for datagram sockets only, and a raw one
    /// finds it among the packets.
    fn advice(&self, message: &[u8]) -> Option<(u16, IcmpError)> {
        let (icmp, quoted) = icmp_error::advice(self.version, message)?;
        let (destination, echo) = icmp::quoted_packet(quoted)?;
        (destination == self.destination.ip() && self.is_mine(&echo)).then_some((echo.sequence, icmp))
    }

    /// Whether an answer from `ip` is not the destination's. The address whose last 64 bits are 0 is that of any router of the
    /// network (RFC 4291, section 2.6.1), which answers from its own.
    fn is_stranger(&self, ip: IpAddr) -> bool {
        match self.destination.ip() {
            IpAddr::V6(pinged) if pinged.segments()[4..] == [0; 4] => false,
            pinged => pinged != ip,
        }
    }

    /// The next error from the queue, if any.
    fn receive_error(&mut self) -> io::Result<Option<Arrival>> {
        let packet = match system::receive_error_packet(&self.socket, &mut self.buffer) {
            Ok(packet) => packet,
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => return Ok(None),
            Err(e) => return Err(e),
        };
        let quoted = icmp::quoted_request(self.version, &self.buffer[..packet.length]);
        // Beside an error stands whom its request was for.
        let is_same = packet.from.is_some_and(|destination| destination.ip() == self.destination.ip());
        Ok(Some(match (packet.error, quoted) {
            (Some((from, icmp)), Some(quoted)) if is_same && self.is_mine(&quoted) => {
                Arrival::Error(NetworkError { from, sequence: quoted.sequence, icmp })
            }
            _ => Arrival::Foreign,
        }))
    }

    /// Waits until something has arrived, for so long at most. It may return early.
    #[cfg(unix)]
    pub fn wait(&self, time: Duration) -> io::Result<()> {
        use nix::errno::Errno;
        use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
        use std::os::fd::AsFd as _;

        if time.is_zero() {
            return Ok(());
        }
        // Rounded up to a millisecond, poll's unit: else the last part of one would be spent in a loop.
        let timeout = PollTimeout::try_from(time + Duration::from_nanos(999_999)).unwrap_or(PollTimeout::MAX);
        match poll(&mut [PollFd::new(self.socket.as_fd(), PollFlags::POLLIN)], timeout) {
            Ok(_) | Err(Errno::EINTR) => Ok(()),
            Err(e) => Err(e.into()),
        }
    }

    /// Waits a moment: socket2 has nothing that waits for a socket on this system.
    #[cfg(not(unix))]
    #[allow(clippy::unnecessary_wraps, clippy::unused_self, reason = "the same function on Unix needs both")]
    pub fn wait(&self, time: Duration) -> io::Result<()> {
        std::thread::park_timeout(time.min(Duration::from_millis(5)));
        Ok(())
    }

    /// How many echo replies this computer has got, whoever they were for; 0 where the system does not say.
    pub fn count_replies(&self) -> u64 {
        system::count_replies(self.version).unwrap_or(0)
    }

    fn is_mine(&self, echo: &Echo) -> bool {
        self.identifier.is_none_or(|own| own == echo.identifier)
    }
}

/// A socket of the first kind that is allowed here.
fn create(version: Version) -> Result<(Socket, Type), Problem> {
    let (domain, protocol) = match version {
        Version::V4 => (Domain::IPV4, Protocol::ICMPV4),
        Version::V6 => (Domain::IPV6, Protocol::ICMPV6),
    };
    // A system that has no datagram sockets for ICMP says so in its own way, so any error leads to the second kind.
    if let Ok(socket) = Socket::new(domain, Type::DGRAM, Some(protocol)) {
        return Ok((socket, Type::DGRAM));
    }
    let socket = Socket::new(domain, Type::RAW, Some(protocol)).map_err(problems::creating)?;
    Ok((socket, Type::RAW))
}

/// Fails if this user may not ping at all, and says what to ask for.
pub fn check_permission() -> Result<(), Problem> {
    create(Version::V4).or_else(|_| create(Version::V6)).map(drop)
}

/// A number that nobody can guess: std seeds its hash tables with one.
pub fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// Whether the system has no room for one packet more just now: it was not sent, and the next moment may do.
pub fn has_no_room(error: &io::Error) -> bool {
    // A full queue of the network card has no kind of its own in std.
    #[cfg(unix)]
    if error.raw_os_error() == Some(nix::libc::ENOBUFS) {
        return true;
    }
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::OutOfMemory)
}
