//! The socket that sends echo requests and receives what comes of them.
//!
//! There are two kinds. A **datagram** socket for ICMP needs no privilege where the system allows it; the kernel chooses
//! the identifier and hands over only the replies to it (icmp(7), `ping_group_range`). A **raw** socket needs a privilege
//! and sees every ICMP message of this computer. [`EchoSocket::open`] tries the first, then the second.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod portable;

use crate::icmp::Version;
use crate::icmp_error::IcmpError;
use common::Problem;
#[cfg(target_os = "linux")]
pub use linux::EchoSocket;
#[cfg(not(target_os = "linux"))]
pub use portable::EchoSocket;
use socket2::{Domain, Protocol, Socket, Type};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

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
    /// Who sent it.
    pub from: SocketAddr,
    /// The time to live that was left (IPv6: the hop limit), where the system tells it.
    pub ttl: Option<u8>,
    /// The sequence number of the request that it answers.
    pub sequence: u16,
    /// What it carries.
    pub payload: Vec<u8>,
    /// Whether its checksum is right.
    pub intact: bool,
    /// When it reached this computer, as far as the kernel's stamp tells.
    pub at: Instant,
    /// When the program read it.
    pub noticed: Instant,
}

/// What a router, the destination, or this computer itself says instead of a reply.
#[derive(Debug)]
pub struct NetworkError {
    /// Who says so.
    pub from: SocketAddr,
    /// The sequence number of the request that it quotes.
    pub sequence: u16,
    /// What it says.
    pub icmp: IcmpError,
}

/// What is the same on every system.
impl EchoSocket {
    /// Whom it is connected to.
    pub fn destination(&self) -> SocketAddr {
        self.destination
    }

    /// Begins with a new socket: the old one sends from the address that this computer had when it was connected.
    ///
    /// # Errors
    ///
    /// As [`EchoSocket::open`]. Then the old one stays.
    pub fn reopen(&mut self) -> Result<(), Problem> {
        *self = Self::open(self.destination)?;
        Ok(())
    }

    /// The socket, to wait for it.
    pub fn socket(&self) -> &Socket {
        &self.socket
    }
}

/// The version of IP of an address.
pub fn version_of(destination: SocketAddr) -> Version {
    if destination.is_ipv4() { Version::V4 } else { Version::V6 }
}

/// A number that nobody can guess: std seeds its hash tables with one.
pub fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// A socket that never waits, connected to `destination`: datagram where that is allowed, else raw; and which of them.
///
/// Connected, so that the kernel chooses the route once, and a raw socket gets only what this destination sends.
fn open(destination: SocketAddr) -> Result<(Socket, Type), Problem> {
    refuse_groups(destination.ip())?;
    let (domain, protocol) = match destination {
        SocketAddr::V4(_) => (Domain::IPV4, Protocol::ICMPV4),
        SocketAddr::V6(_) => (Domain::IPV6, Protocol::ICMPV6),
    };
    let (socket, kind) = create(domain, protocol)?;
    // As much as an ordinary user may have. Into a raw socket come other programs' packets as well, and when it is full, the
    // next one is lost. Less will do, so a refusal is no problem.
    let _ = socket.set_recv_buffer_size(RECV_BUFFER_SIZE);
    socket.set_nonblocking(true).map_err(Problem::creating)?;
    socket.connect(&destination.into()).map_err(|e| no_way_to(destination.ip(), e))?;
    Ok((socket, kind))
}

/// A socket of the first kind that is allowed here.
fn create(domain: Domain, protocol: Protocol) -> Result<(Socket, Type), Problem> {
    // A system that has no datagram sockets for ICMP says so in its own way, so any error leads to the second kind.
    if let Ok(socket) = Socket::new(domain, Type::DGRAM, Some(protocol)) {
        return Ok((socket, Type::DGRAM));
    }
    Socket::new(domain, Type::RAW, Some(protocol)).map(|socket| (socket, Type::RAW)).map_err(not_allowed)
}

/// Asks whether this user may ping at all.
///
/// # Errors
///
/// A [`Problem`] if not, which says what to ask for.
pub fn may_ping() -> Result<(), Problem> {
    create(Domain::IPV4, Protocol::ICMPV4).or_else(|_| create(Domain::IPV6, Protocol::ICMPV6)).map(drop)
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

/// An address of many computers: each of them would answer, and a class of students would flood the network.
fn refuse_groups(ip: IpAddr) -> Result<(), Problem> {
    let group = match ip {
        IpAddr::V4(v4) if v4.is_broadcast() => "the address of all computers of this network (broadcast)",
        _ if ip.is_multicast() => "the address of a group of computers (multicast)",
        _ => return Ok(()),
    };
    Err(Problem::new(format_args!("{ip} is not one computer"), format!("it is {group}"), ONE_COMPUTER))
}

const ONE_COMPUTER: &str = "use the address of one computer";

fn not_allowed(cause: io::Error) -> Problem {
    match cause.kind() {
        ErrorKind::PermissionDenied => Problem::new("this computer does not allow you to ping", cause, ways_out()),
        _ => Problem::creating(cause),
    }
}

/// What to ask the administrator for.
fn ways_out() -> String {
    if !cfg!(target_os = "linux") {
        return "run it as administrator (Windows) or with sudo, or use the system's own ping".to_string();
    }
    let program = std::env::current_exe().map_or_else(|_| "ex2-ping".to_string(), |path| path.display().to_string());
    format!(
        "ask for one of two things: sudo sysctl net.ipv4.ping_group_range='0 2147483647' (for everybody), \
         or sudo setcap cap_net_raw+ep {program} (for this program)"
    )
}

fn no_way_to(ip: IpAddr, cause: io::Error) -> Problem {
    match cause.kind() {
        ErrorKind::PermissionDenied => Problem::new(
            format_args!("{ip} cannot be pinged"),
            format!("{cause}; it is the address of all computers of a network (broadcast), or a firewall forbids it"),
            ONE_COMPUTER,
        ),
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::AddrNotAvailable => Problem::new(
            format_args!("there is no route to {ip}"),
            cause,
            "check that this computer is connected to the network, and that the IP is one computer's",
        ),
        _ => Problem::new(format_args!("{ip} cannot be pinged"), cause, "check the IP"),
    }
}
