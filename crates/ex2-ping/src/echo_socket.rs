//! The socket that sends echo requests and receives what comes of them.
//!
//! There are two kinds. A **datagram** socket for ICMP needs no privilege where the system allows it; the kernel chooses
//! the identifier and hands over only the replies to it (icmp(7), `ping_group_range`). A **raw** socket needs a privilege
//! and sees every ICMP message of this computer. [`EchoSocket::open`] tries the first, then the second.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod portable;
mod problems;

use crate::icmp::{Echo, Version};
use crate::icmp_error::IcmpError;
use common::Problem;
use socket2::{Domain, Protocol, Socket, Type};
use std::collections::VecDeque;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// The largest packet that is looked at. An answer to this program is much smaller; of a larger packet the beginning shows
/// that it is none.
const MAX_PACKET_LEN: usize = 2048;

/// How much room is asked for what has arrived and is not read yet, in bytes.
const RECV_BUFFER_SIZE: usize = 1 << 20;

/// Something that the socket has received.
#[derive(Debug)]
pub enum Arrival {
    /// An echo reply with this program's identifier.
    Reply(Reply),
    /// A packet that is no answer to this program. Raw sockets get everybody's.
    Foreign,
    /// A network error that quotes a request of this program.
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "only Linux tells a socket of them"))]
    Error(NetworkError),
}

/// An echo reply.
#[derive(Debug)]
pub struct Reply {
    pub from: SocketAddr,
    /// The time to live that was left (IPv6: the hop limit), where the system tells it.
    pub ttl: Option<u8>,
    pub sequence: u16,
    pub payload: Vec<u8>,
    /// Whether its checksum is right.
    pub intact: bool,
    /// When it reached this computer, by the kernel's stamp where there is one.
    pub arrived: Instant,
    /// When the program read it.
    pub read: Instant,
}

/// What a router, the destination, or this computer itself says instead of a reply.
#[derive(Debug)]
pub struct NetworkError {
    pub from: SocketAddr,
    /// The sequence number of the request that it quotes.
    pub sequence: u16,
    pub icmp: IcmpError,
}

/// A socket for echo requests to one destination. What needs the system's own calls, [`EchoSocket::send`] and
/// [`EchoSocket::receive`], is in `linux.rs` and `portable.rs`; neither of them waits.
pub struct EchoSocket {
    socket: Socket,
    destination: SocketAddr,
    version: Version,
    /// Whose replies to take. The datagram sockets of Linux get no others.
    identifier: Option<u16>,
    buffer: Vec<u8>,
    /// Errors that came while sending.
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "only Linux tells a socket of them"))]
    errors: VecDeque<Arrival>,
}

impl EchoSocket {
    /// A socket connected to `destination`, whose port means nothing. Connected, so that the kernel chooses the route once, and a
    /// raw socket gets only what this destination sends.
    pub fn open(destination: SocketAddr) -> Result<Self, Problem> {
        problems::refuse_groups(destination.ip())?;
        let version = Version::of(destination);
        let (socket, kind) = create(version)?;
        // As much as an ordinary user may have. Into a raw socket come other programs' packets as well, and when it is full, the
        // next one is lost. Less will do, so a refusal is no problem.
        let _ = socket.set_recv_buffer_size(RECV_BUFFER_SIZE);
        socket.set_nonblocking(true).map_err(Problem::creating)?;
        #[cfg(target_os = "linux")]
        linux::ask_for_control_messages(&socket, version).map_err(|e| Problem::creating(e.into()))?;
        socket.connect(&destination.into()).map_err(problems::connecting(destination.ip()))?;
        let is_kernels = cfg!(target_os = "linux") && kind == Type::DGRAM;
        let identifier = if is_kernels { None } else { Some((random() >> 48) as u16) };
        let (buffer, errors) = (vec![0; MAX_PACKET_LEN], VecDeque::new());
        Ok(Self { socket, destination, version, identifier, buffer, errors })
    }

    /// Begins with a new socket: the old one sends from the address that this computer had when it was connected. If that
    /// fails, the old one stays.
    pub fn reopen(&mut self) -> Result<(), Problem> {
        *self = Self::open(self.destination)?;
        Ok(())
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
        // Rounded up to a millisecond, poll's unit, so that nobody runs in a circle for the last part of one.
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
