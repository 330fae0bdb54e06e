//! One constructor for each step with a socket: the system's error, told in the lesson's words.
//!
//! Which error each call can give: socket(7), tcp(7), connect(2), bind(2), getaddrinfo(3). They are told apart by
//! [`io::ErrorKind`], which is the same on every system, never by a number.

use super::Problem;
use crate::text;
use dns_lookup::{LookupError, LookupErrorKind};
use std::io::{self, ErrorKind};
use std::net::SocketAddr;

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
            ErrorKind::ConnectionRefused => Self::new(
                format_args!("nobody is listening at {place}"),
                cause,
                "start the server there, or check the IP and the port",
            ),
            ErrorKind::TimedOut => Self::new(
                format_args!("no answer from {place}: the time is up"),
                cause,
                "check the IP; if it is right, that computer is off, on another network, or behind a firewall",
            ),
            ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => Self::new(
                format_args!("there is no route to {place}"),
                cause,
                "check the IP, and that both computers are connected to the same network",
            ),
            ErrorKind::PermissionDenied => Self::new(
                format_args!("this computer does not allow a connection to {place}"),
                cause,
                "check that the IP is one computer's, not a broadcast address, and ask about the firewall",
            ),
            ErrorKind::ConnectionReset => Self::new(
                format_args!("{place} broke the connection off at once"),
                cause,
                "try again; if it stays, look at the server's screen",
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
                format_args!("{place} does not take the message: the time is up"),
                cause,
                "does that server read what is sent to it? give it longer with --timeout SECONDS",
            ),
            _ => Self::new(
                format_args!("the connection to {place} was lost before the message was sent"),
                cause,
                "look at the server's screen, and send it again",
            ),
        }
    }

    /// `recv` failed.
    #[must_use]
    pub fn receiving(server: SocketAddr, cause: &io::Error) -> Self {
        let place = place(server);
        match cause.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Self::new(
                format_args!("{place} is silent: the time is up"),
                cause,
                "does that server answer at all? give it longer with --timeout SECONDS",
            ),
            _ => Self::new(
                format_args!("the connection to {place} was lost before the answer was whole"),
                cause,
                "look at the server's screen, and try again",
            ),
        }
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
                format_args!("stop that program (Ctrl-C in its window), or take another port, {}", another(port)),
            ),
            ErrorKind::PermissionDenied if port < 1024 => Self::new(
                format_args!("port {port} is for the system: ports below 1024 need permission"),
                cause,
                "take a port from 1024 to 65535, for example 8080",
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
    text::one_line(format!("{}, port {}", address.ip(), address.port()).as_bytes())
}

/// A port to try instead: the next one, if it needs no permission.
#[cfg(feature = "interfaces")]
fn another(port: u16) -> u16 {
    if (1024..u16::MAX).contains(&port) { port + 1 } else { 8080 }
}
