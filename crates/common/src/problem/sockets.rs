//! One constructor for each step with a socket: the system's error, told in the lesson's words.
//!
//! Which error each call can give: socket(7), tcp(7), connect(2), bind(2), getaddrinfo(3). They are told apart by
//! [`io::ErrorKind`], which is the same on every system, never by a number.

use super::Problem;
use dns_lookup::{LookupError, LookupErrorKind};
use std::io::{self, ErrorKind};
use std::net::SocketAddr;

/// The cause of a time-out. The system's own text for it, "Resource temporarily unavailable", leads a beginner astray.
const TIMED_OUT: &str = "nothing moved in the time that was given (time-out)";

impl Problem {
    /// `Socket::new` failed.
    #[must_use]
    pub fn creating(cause: &io::Error) -> Self {
        Self::new(
            "the socket could not be created",
            cause,
            "close some programs if too many files are open; try an IPv4 address if IPv6 is switched off here",
        )
    }

    /// `connect` failed.
    ///
    /// ```
    /// use common::Problem;
    /// use std::io::{Error, ErrorKind};
    ///
    /// let server = "192.168.1.36:8080".parse().unwrap();
    /// let problem = Problem::connecting(server, &Error::from(ErrorKind::ConnectionRefused));
    /// assert!(problem.to_string().starts_with("error: nobody is listening at 192.168.1.36, port 8080\n"));
    /// ```
    #[must_use]
    pub fn connecting(server: SocketAddr, cause: &io::Error) -> Self {
        let place = place(server);
        match cause.kind() {
            // Most systems take it for this computer; who types it has copied it from a server's screen.
            ErrorKind::ConnectionRefused if server.ip().is_unspecified() => Self::new(
                format_args!("nobody is listening at {place}"),
                cause,
                format_args!("{} is no computer's address: use one of the server's own", server.ip()),
            ),
            ErrorKind::ConnectionRefused => Self::new(
                format_args!("nobody is listening at {place}"),
                cause,
                "start the server there, or check the IP and the port",
            ),
            ErrorKind::TimedOut => Self::new(
                format_args!("{place} did not answer in time"),
                cause,
                "check the IP; if it is right, that computer is off, on another network, or behind a firewall",
            ),
            ErrorKind::HostUnreachable => Self::new(
                format_args!("{place} cannot be reached"),
                cause,
                "check the IP: no computer here has it, or that computer is off, or its firewall refuses you",
            ),
            ErrorKind::NetworkUnreachable => Self::new(
                format_args!("there is no route to {place}"),
                cause,
                "check that this computer is connected to the network, and that the IP is one computer's",
            ),
            ErrorKind::PermissionDenied => Self::new(
                format_args!("this computer does not allow a connection to {place}"),
                cause,
                "check the IP, and ask whether a firewall on this computer forbids it",
            ),
            ErrorKind::ConnectionReset => Self::new(
                format_args!("{place} broke off the connection at once"),
                cause,
                "try again; if it happens again, look at the server's screen",
            ),
            _ => Self::new(format_args!("no connection to {place}"), cause, "check the IP and the port"),
        }
    }

    /// `send` failed, or `shutdown` after it.
    #[must_use]
    pub fn sending(server: SocketAddr, cause: &io::Error) -> Self {
        let place = place(server);
        match cause.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Self::new(
                format_args!("{place} is not reading the message"),
                TIMED_OUT,
                "is that the right server? it may be busy: try again and wait longer",
            ),
            _ => Self::new(
                format_args!("the connection to {place} was lost before the message was sent"),
                cause,
                "send it again; if it happens again, look at the other side's screen",
            ),
        }
    }

    /// `recv` failed.
    #[must_use]
    pub fn receiving(server: SocketAddr, cause: &io::Error) -> Self {
        let place = place(server);
        match cause.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Self::new(
                format_args!("{place} did not answer in time"),
                TIMED_OUT,
                "is that the right server? it may be busy: try again and wait longer",
            ),
            _ => Self::new(
                format_args!("the connection to {place} was lost before the answer was whole"),
                cause,
                "try again; if it happens again, look at the other side's screen",
            ),
        }
    }

    /// `recv` waited in vain for the rest of an answer.
    #[must_use]
    pub fn unfinished(server: SocketAddr) -> Self {
        Self::new(
            format_args!("{} did not finish its answer: it keeps the connection open", place(server)),
            TIMED_OUT,
            "what has come is above; wait longer if there must be more",
        )
    }

    /// `bind` or `listen` failed. For an address that is not this computer's the third line lists its own.
    #[cfg(feature = "interfaces")]
    #[must_use]
    pub fn binding(address: SocketAddr, cause: &io::Error) -> Self {
        let (ip, port) = (address.ip(), address.port());
        match cause.kind() {
            ErrorKind::AddrInUse => Self::new(
                format_args!("port {port} of {ip} is in use: another program listens there"),
                cause,
                format_args!(
                    "stop that program (Ctrl-C in its window; after Ctrl-Z first fg), or take another port, {}",
                    another(port)
                ),
            ),
            ErrorKind::PermissionDenied if port < 1024 => Self::new(
                format_args!("port {port} is for the system: ports below 1024 need permission"),
                cause,
                "take a port from 1024 to 65535, for example 8080",
            ),
            // Windows says so of a port that the system has reserved, or that another program holds for itself alone.
            ErrorKind::PermissionDenied => Self::new(
                format_args!("port {port} is reserved by the system, or held by another program"),
                cause,
                format_args!("take another port, {}", another(port)),
            ),
            ErrorKind::AddrNotAvailable => Self::new(
                format_args!("{ip} is not an address of this computer"),
                cause,
                format_args!("use one of its own: {}", crate::interfaces::spoken_list()),
            ),
            _ => Self::new(
                format_args!("the server cannot listen at {}", place(address)),
                cause,
                "check the IP and the port, or use 127.0.0.1 and 8080",
            ),
        }
    }

    /// `accept` failed.
    #[must_use]
    pub fn accepting(cause: &io::Error) -> Self {
        Self::new(
            "no connection could be accepted",
            cause,
            "close some programs if too many files are open, and try again",
        )
    }

    /// No address was found for `name`. Told apart: a name that nobody knows, and name servers that do not answer.
    #[must_use]
    pub fn resolving(name: &str, cause: LookupError) -> Self {
        let kind = cause.kind();
        let cause = io::Error::from(cause);
        match kind {
            LookupErrorKind::NoName | LookupErrorKind::NoData => Self::new(
                format_args!("no computer is known by the name {name}"),
                cause,
                "check how the name is written, or use the IP",
            ),
            LookupErrorKind::Again | LookupErrorKind::Fail => Self::new(
                format_args!("the name servers do not answer, so the IP of {name} is not known"),
                cause,
                "check that this computer is connected to the network, or use the IP",
            ),
            _ => Self::new(
                format_args!("the name {name} could not be looked up"),
                cause,
                "use the IP instead of the name",
            ),
        }
    }
}

/// `192.168.1.36, port 8080`, as the lesson says it.
fn place(address: SocketAddr) -> String {
    format!("{}, port {}", address.ip(), address.port())
}

/// A port to try instead: the next one, if it needs no permission.
#[cfg(feature = "interfaces")]
fn another(port: u16) -> u16 {
    if (1024..u16::MAX).contains(&port) { port + 1 } else { 8080 }
}
