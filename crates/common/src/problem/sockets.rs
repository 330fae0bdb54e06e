//! One constructor for each step with a socket: the system's error, put into the lesson's words.
//!
//! Which error each call can give: socket(7), tcp(7), connect(2), bind(2). They are told apart by
//! [`io::ErrorKind`], which is the same on every system, never by a number. All are used as [`Problem::connecting`] is.

use super::{Operation, Problem};
use crate::address::{self, format_ip};
#[cfg(feature = "interfaces")]
use crate::address::{Restriction, Restrictions};
use std::io::{self, ErrorKind};
use std::net::SocketAddr;

/// What to do about a rule of this computer's own: of its firewall, or a route of the kind `prohibit`. The server may well be right.
const FORBIDDEN_HERE: &str = "check the IP; if it is right, a rule on this computer forbids it (its firewall, or a route): ask who looks after it";

/// Linux has two limits, one for a program and one for all; no [`ErrorKind`] has a name for either. Windows has none for a program.
const TOO_MANY_FILES: &str = if cfg!(windows) {
    "if too many files are open, close other programs, and try again"
} else {
    "if too many files are open, allow the program more (ulimit -n 1024), or close other programs"
};

/// The cause of a time-out. The system's own text for it, "Resource temporarily unavailable", leads a beginner astray.
const TIMED_OUT: &str = "nothing moved in the time that was given (time-out)";

impl Problem {
    /// `Socket::new` failed.
    ///
    /// ```
    /// use common::Problem;
    /// use socket2::{Domain, Protocol, Socket, Type};
    ///
    /// let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP)).map_err(Problem::creating);
    /// assert!(socket.is_ok());
    /// ```
    #[must_use]
    pub fn creating(cause: io::Error) -> Self {
        let next = format!("{TOO_MANY_FILES}; if IPv6 is switched off here, use an IPv4 address");
        Self::of(Operation::Create, "the socket could not be created", cause, next)
    }

    /// An option of a socket could not be set: a time limit, say.
    #[must_use]
    pub fn configuring(cause: io::Error) -> Self {
        let next = "if the connection was lost in that moment, try again; else try another value";
        Self::of(Operation::Configure, "an option of the socket could not be set", cause, next)
    }

    /// `connect` failed.
    ///
    /// ```
    /// use common::Problem;
    /// use std::io::ErrorKind;
    ///
    /// let server = "192.168.1.36:8080".parse().unwrap();
    /// let problem = Problem::connecting(server)(ErrorKind::ConnectionRefused.into());
    /// assert_eq!(problem.error(), "nobody is listening at 192.168.1.36, port 8080");
    /// ```
    pub fn connecting(server: SocketAddr) -> impl Fn(io::Error) -> Self {
        move |cause| {
            let place = place(server);
            let (error, next) = match cause.kind() {
                // Most systems take it for this computer; who types it has copied it from a server's screen.
                ErrorKind::ConnectionRefused if server.ip().is_unspecified() => (
                    format!("nobody is listening at {place}"),
                    "that is no computer's address: use one of the server's own",
                ),
                ErrorKind::ConnectionRefused => {
                    (format!("nobody is listening at {place}"), "start the server there, or check the IP and the port")
                }
                ErrorKind::TimedOut => (
                    format!("{place} did not answer in time"),
                    "check the IP; if it is right, that computer is off, on another network, or behind a firewall",
                ),
                ErrorKind::HostUnreachable => (
                    format!("{place} cannot be reached"),
                    "check the IP: no computer here has it, or that computer is off, or its firewall refuses you",
                ),
                ErrorKind::NetworkUnreachable if server.is_ipv6() => (
                    format!("there is no route to {place}"),
                    "use the server's IPv4 address: many networks have no IPv6, or check that this one has it",
                ),
                ErrorKind::NetworkUnreachable => (
                    format!("there is no route to {place}"),
                    "check that this computer is connected to the network, and that the IP is one computer's",
                ),
                ErrorKind::AddrNotAvailable if server.is_ipv6() => (
                    format!("this computer has no address from which it could reach {place}"),
                    "use an IPv4 address: IPv6 is switched off here, or every port is taken for a minute",
                ),
                ErrorKind::AddrNotAvailable => (
                    format!("this computer has no free port from which it could reach {place}"),
                    "wait a minute: so long the system keeps the ports of connections that have just been closed",
                ),
                ErrorKind::PermissionDenied => {
                    (format!("this computer does not allow a connection to {place}"), FORBIDDEN_HERE)
                }
                ErrorKind::InvalidInput if address::lacks_zone(server) => (
                    format!("{place} is an address of more than one network"),
                    "write % and the name of this computer's interface behind the IP: fe80::1%eth0",
                ),
                // Linux says so where a route throws away what goes there (`blackhole`, ip-route(8)).
                ErrorKind::InvalidInput => (
                    format!("this computer sends nothing to {place}"),
                    "check the IP; if it is right, ask who looks after this computer: one of its routes forbids it",
                ),
                ErrorKind::ConnectionReset => (
                    format!("{place} broke off the connection at once"),
                    "try again; if it happens again, look at the server's screen",
                ),
                // `ErrorKind` has no name for it (EISCONN).
                _ if cause.to_string().contains("already connected") => (
                    format!("no connection to {place}"),
                    "a socket connects only once: create a new one for each connection, then connect it",
                ),
                _ => (format!("no connection to {place}"), "check the IP and the port"),
            };
            Self::of(Operation::Connect(server), error, cause, next)
        }
    }

    /// `send` failed.
    pub fn sending(server: SocketAddr) -> impl Fn(io::Error) -> Self {
        move |cause| {
            let (place, operation) = (place(server), Operation::Send(server));
            if is_timeout(&cause) {
                let next = "is that the right server? it may be busy: try again and wait longer";
                return Self::of(operation, format_args!("{place} is not reading the message"), TIMED_OUT, next);
            }
            let error = format!("the connection to {place} was lost before the message was sent");
            let next = match cause.kind() {
                ErrorKind::PermissionDenied => FORBIDDEN_HERE,
                // Linux says EPIPE of a socket that was never connected as well.
                ErrorKind::BrokenPipe | ErrorKind::NotConnected => {
                    "look at the other side's screen; in a program that you write: does connect come before send?"
                }
                _ => lost(&cause).unwrap_or("send it again; if it happens again, look at the other side's screen"),
            };
            Self::of(operation, error, cause, next)
        }
    }

    /// `recv` failed.
    pub fn receiving(server: SocketAddr) -> impl Fn(io::Error) -> Self {
        move |cause| {
            let (place, operation) = (place(server), Operation::Receive(server));
            if is_timeout(&cause) {
                let next = "is that the right server? it may be busy, or keep the connection open: wait longer";
                let error = format!("{place} did not finish its answer in time");
                return Self::of(operation, error, TIMED_OUT, next);
            }
            let error = format!("the connection to {place} was lost before the answer was whole");
            let next = lost(&cause).unwrap_or("try again; if it happens again, look at the other side's screen");
            Self::of(operation, error, cause, next)
        }
    }

    /// The connection was lost after everything was sent, and nobody knows whether the server has read it.
    pub fn closing(server: SocketAddr) -> impl Fn(io::Error) -> Self {
        move |cause| {
            let error = format!("the connection to {} was lost after the message was sent", place(server));
            let next = "it may have arrived: look at the other side's screen before you send it again";
            Self::of(Operation::Close(server), error, cause, next)
        }
    }

    /// A server could not receive from this client, answer it, or close the connection. Other clients are not affected.
    pub fn serving(client: SocketAddr) -> impl Fn(io::Error) -> Self {
        move |cause| {
            let (place, operation) = (place(client), Operation::Serve(client));
            let next = "nothing: the server goes on with the next client";
            if is_timeout(&cause) {
                return Self::of(operation, format_args!("the client {place} is silent"), TIMED_OUT, next);
            }
            Self::of(operation, format_args!("the client {place} broke off the connection"), cause, next)
        }
    }

    /// `bind` or `listen` failed. The first line is the lesson's own; for an address that is not this computer's the third one lists
    /// those that are.
    ///
    /// ```
    /// use common::Problem;
    /// use std::io::ErrorKind;
    ///
    /// let problem = Problem::binding("127.0.0.1:80".parse().unwrap())(ErrorKind::PermissionDenied.into());
    /// assert_eq!(problem.error(), "Problems using port 80. Do you have permission?");
    /// assert_eq!(problem.next(), "ports below 1024 are for the system: take one from 1024 to 65535, for example 8080");
    /// ```
    #[cfg(feature = "interfaces")]
    pub fn binding(address: SocketAddr) -> impl Fn(io::Error) -> Self {
        move |cause| {
            let (ip, port) = (format_ip(address), address.port());
            let another = if (1024..u16::MAX).contains(&port) { port + 1 } else { 8080 };
            let next = match cause.kind() {
                ErrorKind::AddrInUse => super::port_in_use::next(address, another),
                ErrorKind::PermissionDenied if port < 1024 => {
                    "ports below 1024 are for the system: take one from 1024 to 65535, for example 8080".to_string()
                }
                // Windows says so of a port that the system has reserved, or that another program holds for itself alone.
                ErrorKind::PermissionDenied => {
                    format!(
                        "the port is reserved by the system, or held by another program: take another one, {another}"
                    )
                }
                ErrorKind::AddrNotAvailable => {
                    let own = crate::interfaces::own_addresses();
                    let own: Vec<String> = own.iter().map(ToString::to_string).collect();
                    let own = own.join(", ");
                    let restriction = Restrictions::now().of(address.ip(), None).map(Restriction::reason);
                    let why = restriction.map_or("is not an address of this computer".to_string(), |reason| {
                        format!("is not to be used, since {reason}")
                    });
                    format!("{ip} {why}: use one of its own: {own}, or 0.0.0.0 for all of them")
                }
                _ => "check the IP and the port, or use 127.0.0.1 and 8080".to_string(),
            };
            let error = format!("Problems using port {port}. Do you have permission?");
            Self::of(Operation::Bind(address), error, cause, next)
        }
    }

    /// `accept` failed.
    ///
    /// ```
    /// use common::Problem;
    /// use std::io::ErrorKind;
    ///
    /// let problem = Problem::accepting(ErrorKind::InvalidInput.into());
    /// assert_eq!(problem.next(), "did the server listen before? call listen, then accept");
    /// ```
    #[must_use]
    pub fn accepting(cause: io::Error) -> Self {
        let next = match cause.kind() {
            ErrorKind::InvalidInput => "did the server listen before? call listen, then accept",
            _ => TOO_MANY_FILES,
        };
        Self::of(Operation::Accept, "no connection could be accepted", cause, next)
    }
}

/// Whether a time limit of the socket is over. Windows calls it [`ErrorKind::TimedOut`]; on other systems that is the end of the
/// system's own patience with a computer that no longer confirms anything (ETIMEDOUT, tcp(7)).
fn is_timeout(cause: &io::Error) -> bool {
    let is_own = cfg!(windows) || cause.raw_os_error().is_none();
    cause.kind() == ErrorKind::WouldBlock || (cause.kind() == ErrorKind::TimedOut && is_own)
}

/// What to do where not the other side but the network between has ended the connection.
fn lost(cause: &io::Error) -> Option<&'static str> {
    use ErrorKind::{HostUnreachable, NetworkDown, NetworkUnreachable, TimedOut};
    let is_network = [HostUnreachable, NetworkDown, NetworkUnreachable, TimedOut].contains(&cause.kind());
    is_network.then_some(
        "check the cable or the wifi, here and there: no word comes from that computer any more; then try again",
    )
}

/// `192.168.1.36, port 8080`, as the lesson says it.
fn place(address: SocketAddr) -> String {
    format!("{}, port {}", format_ip(address), address.port())
}
