//! Names and addresses, looked up on threads of their own: a dead name server costs seconds (resolv.conf(5)), and holds up
//! neither a probe nor Ctrl-C.

use crate::event::{self, Event};
use common::Problem;
use dns_lookup::{AddrFamily, AddrInfoHints, LookupErrorKind, SockType, getaddrinfo, lookup_addr};
use std::error::Error;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Instant;

/// Ask for the name that the computer itself goes by: `www` may be another name for it. The same number on every system that
/// has getaddrinfo (POSIX fixes only its name).
const AI_CANONNAME: i32 = 2;

/// Which versions of IP are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Both.
    Any,
    /// IPv4 only.
    V4,
    /// IPv6 only.
    V6,
}

impl Family {
    /// Its number for getaddrinfo(3): 0 is any.
    fn number(self) -> i32 {
        match self {
            Self::Any => 0,
            Self::V4 => AddrFamily::Inet.into(),
            Self::V6 => AddrFamily::Inet6.into(),
        }
    }

    fn has_none(self, destination: &str, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Problem {
        let wanted = if self == Self::V6 { "IPv6" } else { "IPv4" };
        Problem::new(
            format_args!("{destination} has no {wanted} address"),
            cause,
            "check how it is written, or leave out -4 and -6",
        )
    }

    fn has(self, address: SocketAddr) -> bool {
        match self {
            Self::Any => true,
            Self::V4 => address.is_ipv4(),
            Self::V6 => address.is_ipv6(),
        }
    }
}

/// Who is pinged.
#[derive(Clone, Debug)]
pub struct Destination {
    /// The name that it goes by: as the name servers write it, or the address as it was given.
    pub name: String,
    /// Its addresses, in the system's order (RFC 6724): at least one.
    pub addresses: Vec<SocketAddr>,
    /// Whether it was given as an address.
    pub is_numeric: bool,
}

/// A lookup that goes on by itself. Dropped before its end, it goes on all the same, and nobody hears of it.
pub struct Lookup<T> {
    done: Event,
    result: Receiver<T>,
}

impl<T: Send + 'static> Lookup<T> {
    fn start(name: &str, look_up: impl FnOnce() -> T + Send + 'static) -> Result<Self, Problem> {
        let (trigger, done) = Event::new()?;
        let (sender, result) = mpsc::sync_channel(1);
        thread::Builder::new()
            .name(name.to_string())
            .spawn(move || {
                let _ = sender.try_send(look_up());
                drop(trigger);
            })
            .map_err(Problem::threads)?;
        Ok(Self { done, result })
    }

    /// What happens when the lookup ends.
    pub fn done(&self) -> &Event {
        &self.done
    }

    /// What was found, once, after [`Lookup::done`].
    pub fn result(&self) -> Option<T> {
        self.result.try_recv().ok()
    }

    /// Waits for the result; none if Ctrl-C or the time `until` came first.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if the system cannot wait.
    pub fn wait(&self, stop: &Event, until: Option<Instant>) -> Result<Option<T>, Problem> {
        while !self.done.has_happened() && !stop.has_happened() && until.is_none_or(|until| Instant::now() < until) {
            event::wait(&[&self.done, stop], None, until)?;
        }
        Ok(self.result())
    }
}

/// Makes the `attempt` with each address in turn until one works. The problem is that with the first one.
pub fn first_that_works<T>(
    addresses: &[SocketAddr],
    mut attempt: impl FnMut(SocketAddr) -> Result<T, Problem>,
) -> Result<(SocketAddr, T), Problem> {
    let mut first_problem = None;
    for &address in addresses {
        match attempt(address) {
            Ok(done) => return Ok((address, done)),
            Err(problem) => first_problem = first_problem.or(Some(problem)),
        }
    }
    Err(first_problem.unwrap_or_else(|| Problem::new("the name has no address", "the list is empty", "use the IP")))
}

/// Looks up the addresses of `destination`, a name or an IP.
///
/// # Errors
///
/// A [`Problem`] if there can be no thread. What the lookup itself gives is in its result.
pub fn addresses(destination: &str, family: Family) -> Result<Lookup<Result<Destination, Problem>>, Problem> {
    let destination = destination.to_string();
    Lookup::start("lookup", move || find(&destination, family))
}

/// Looks up the name of a computer; none if it has none.
///
/// # Errors
///
/// A [`Problem`] if there can be no thread.
pub fn name(ip: IpAddr) -> Result<Lookup<Option<String>>, Problem> {
    // Without a name, getnameinfo(3) gives the address as text.
    let look_up = move || lookup_addr(&ip).ok().filter(|name| *name != ip.to_string());
    Lookup::start("reverse lookup", look_up)
}

fn find(destination: &str, family: Family) -> Result<Destination, Problem> {
    let is_numeric = destination.split('%').next().is_some_and(|ip| ip.parse::<IpAddr>().is_ok());
    // Of a name only what is wanted is asked: a name server may be slow with the other. An address is no question.
    let asked = if is_numeric { 0 } else { family.number() };
    let socktype = SockType::Stream.into();
    let hints = AddrInfoHints { socktype, address: asked, flags: AI_CANONNAME, ..AddrInfoHints::default() };
    let found = getaddrinfo(Some(destination), None, Some(hints)).map_err(|e| match e.kind() {
        LookupErrorKind::NoName | LookupErrorKind::NoData if family != Family::Any => {
            family.has_none(destination, io::Error::from(e))
        }
        _ => Problem::resolving(destination)(e),
    })?;
    // An address of a family that is neither IPv4 nor IPv6 is an error of its own: not for us.
    let found: Vec<_> = found.flatten().collect();
    let canonical = found.first().and_then(|first| first.canonname.clone()).filter(|_| !is_numeric);

    let mut addresses: Vec<SocketAddr> = found.iter().map(|info| this_computer_for_none(info.sockaddr)).collect();
    addresses.retain(|&address| family.has(address));
    addresses.dedup();
    if addresses.is_empty() {
        return Err(family.has_none(destination, "it is one of the other version"));
    }
    Ok(Destination { name: canonical.unwrap_or_else(|| destination.to_string()), addresses, is_numeric })
}

/// 0.0.0.0 and :: are nobody's addresses: systems take them for this computer, and so it is called by its own.
fn this_computer_for_none(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}
