//! Names and addresses, looked up on threads of their own: a dead name server costs seconds (resolv.conf(5)), and holds up
//! neither a probe nor Ctrl-C.

use crate::icmp::Version;
use crate::latch::Latch;
use common::{Problem, address};
use dns_lookup::{AddrFamily, AddrInfoHints, LookupErrorKind, SockType, getaddrinfo, lookup_addr};
use std::error::Error;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Instant;

/// Asks getaddrinfo(3) for the computer's own name: `www` may be an alias. The number is the same on every system.
const AI_CANONNAME: i32 = 2;

pub struct Destination {
    /// The name that ping shows: of IPv4 as the name servers write it, else as it was given.
    pub name: String,
    /// Its address; of several the one that the system prefers (RFC 6724). The port means nothing.
    pub address: SocketAddr,
    /// Whether it was given as an address.
    pub is_numeric: bool,
}

/// A lookup on a thread of its own. If this is dropped first, the thread goes on, and what it finds is lost.
pub struct Lookup<T>(Receiver<T>);

impl<T: Send + 'static> Lookup<T> {
    fn start(look_up: impl FnOnce() -> T + Send + 'static) -> Result<Self, Problem> {
        let (sender, receiver) = mpsc::channel();
        let thread = thread::Builder::new().name("lookup".to_string());
        thread.spawn(move || sender.send(look_up())).map_err(Problem::threads)?;
        Ok(Self(receiver))
    }

    /// Waits for what is found; none if Ctrl-C or the deadline came first.
    pub fn wait(&self, stop: &Latch, deadline: Option<Instant>) -> Option<T> {
        loop {
            let time = stop.time_to_wait(deadline);
            match self.0.recv_timeout(time) {
                Ok(found) => return Some(found),
                Err(RecvTimeoutError::Timeout) if !time.is_zero() => {}
                Err(_) => return None,
            }
        }
    }
}

/// Looks up the address of `host`, a name or an IP. None if Ctrl-C or the deadline came first.
pub fn destination(
    host: &str,
    version: Option<Version>,
    stop: &Latch,
    deadline: Option<Instant>,
) -> Result<Option<Destination>, Problem> {
    let host = host.to_string();
    Lookup::start(move || find(&host, version))?.wait(stop, deadline).transpose()
}

/// Starts to look up the name of a computer; none if it has none.
pub fn name(ip: IpAddr) -> Result<Lookup<Option<String>>, Problem> {
    // Without a name, getnameinfo(3) gives the address as text.
    Lookup::start(move || lookup_addr(&ip).ok().filter(|name| *name != ip.to_string()))
}

fn find(host: &str, version: Option<Version>) -> Result<Destination, Problem> {
    let is_numeric = host.split('%').next().is_some_and(|ip| ip.parse::<IpAddr>().is_ok());
    // Of a name only what is wanted is asked: a name server may be slow with the other. An address is no question.
    let family = match version.filter(|_| !is_numeric) {
        None => 0,
        Some(Version::V4) => AddrFamily::Inet.into(),
        Some(Version::V6) => AddrFamily::Inet6.into(),
    };
    // Of one kind of socket, else each address comes once for each kind.
    let socktype = SockType::DGram.into();
    let hints = AddrInfoHints { address: family, socktype, flags: AI_CANONNAME, ..AddrInfoHints::default() };
    let found =
        getaddrinfo(Some(&address::ascii_name(host)), None, Some(hints)).map_err(|e| match (e.kind(), version) {
            (LookupErrorKind::NoName | LookupErrorKind::NoData, Some(version)) => {
                no_address(host, version, io::Error::from(e))
            }
            _ => Problem::resolving(host)(e),
        })?;
    // An address of a family that is neither IPv4 nor IPv6 is an error of its own: not for us.
    let found: Vec<_> = found.flatten().collect();
    let canonical = found.first().and_then(|first| first.canonname.clone()).filter(|_| !is_numeric);
    // In its own letters.
    let canonical = canonical.filter(|name| *name != address::ascii_name(host));

    let mut addresses = found.iter().map(|info| info.sockaddr);
    let address = addresses.find(|&address| version.is_none_or(|version| version == Version::of(address)));
    let mut address =
        address.ok_or_else(|| no_address(host, version.unwrap_or(Version::V4), "it is one of the other version"))?;
    // 0.0.0.0 and :: are nobody's addresses: systems take them for this computer, and so it is called by its own.
    if address.ip().is_unspecified() {
        let localhost: (IpAddr, IpAddr) = (Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into());
        address.set_ip(if address.is_ipv4() { localhost.0 } else { localhost.1 });
    }
    // With IPv6 ping shows the name as it was given.
    let name = canonical.filter(|_| address.is_ipv4()).unwrap_or_else(|| host.to_string());
    Ok(Destination { name, address, is_numeric })
}

fn no_address(host: &str, version: Version, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Problem {
    let next = "check how it is written, or leave out -4 and -6";
    let version = if version == Version::V4 { "IPv4" } else { "IPv6" };
    Problem::new(format_args!("{host} has no {version} address"), cause, next)
}
