//! The IP and PORT of the command line, and the addresses behind a name.

pub mod machine;
mod restriction;
mod source;
mod zone;

pub use restriction::{Restriction, Restrictions};
pub use source::default_sources;
pub(crate) use zone::lacks_zone;
pub use zone::{format_ip, format_pair, zone};

use crate::Problem;
use crate::problem::Operation;
use dns_lookup::{AddrInfoHints, LookupError, SockType, getaddrinfo};
use std::borrow::Cow;
use std::error::Error as _;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::time::Duration;

/// How long to try to connect where nobody says how long: a network of a classroom answers in milliseconds, and the system's
/// own patience is more than two minutes.
pub const TIME_TO_CONNECT: Duration = Duration::from_secs(10);

/// Checks an IP or a name on the command line, before anything is looked up: `127.0.0.1`, `::1`, `localhost`.
///
/// Made for clap's `value_parser`, which puts the argument's name in front of the message. What a beginner is likely to
/// write instead has a message of its own.
///
/// ```
/// use common::address::host;
///
/// assert_eq!(host("www.urjc.es"), Ok("www.urjc.es".to_string()));
/// assert_eq!(host("[::1]"), Ok("::1".to_string()));
/// assert!(host("192.168.1.300").unwrap_err().contains("from 0 to 255"));
/// ```
///
/// # Errors
///
/// What is allowed, as a text.
pub fn host(text: &str) -> Result<String, String> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    if let Ok(ip) = bare.parse::<IpAddr>() {
        return match ip {
            IpAddr::V6(ip) if ip.is_unicast_link_local() => {
                Err(format!("add the name of this computer's interface, for example {ip}%eth0"))
            }
            _ => Ok(bare.to_string()),
        };
    }
    if bare.is_empty() {
        return Err("write an IP, for example 127.0.0.1, or a name".to_string());
    }
    if bare.contains('/') {
        return Err("write only the IP or the name, without http:// and without any /".to_string());
    }
    if bare.contains(|character: char| character.is_whitespace() || !crate::text::is_safe(character)) {
        return Err("an IP or a name has no spaces in it, nor what cannot be seen".to_string());
    }
    if bare.contains(':') {
        return ipv6_with_zone(bare);
    }
    if ends_in_a_number(bare) {
        return Err("an IPv4 address has four numbers from 0 to 255 with dots between them, for example 192.168.1.36"
            .to_string());
    }
    Ok(bare.to_string())
}

/// Whether a text means an IPv4 address: no name's last part is a number (RFC 3696, section 2). Resolvers take shorter forms for one
/// as well, such as `127.1` and `0x7f.1` (`inet_aton(3)`), and a beginner who types them means something else.
fn ends_in_a_number(text: &str) -> bool {
    let last = text.trim_end_matches('.').rsplit(['.', ',']).next().unwrap_or_default();
    let hexadecimal = last.strip_prefix("0x").or(last.strip_prefix("0X"));
    hexadecimal.map_or(!last.is_empty() && last.chars().all(|next| next.is_ascii_digit()), |digits| {
        digits.chars().all(|next| next.is_ascii_hexdigit())
    })
}

/// Reads a port to connect to on the command line: 1 to 65535.
///
/// Made for clap's `value_parser`, as [`host`].
///
/// ```
/// assert_eq!(common::address::port("8080"), Ok(8080));
/// assert!(common::address::port("80800").is_err());
/// ```
///
/// # Errors
///
/// What is allowed, as a text.
pub fn port(text: &str) -> Result<u16, String> {
    match text.parse() {
        Ok(port @ 1..) => Ok(port),
        _ => Err("a port is a number from 1 to 65535, for example 8080".to_string()),
    }
}

/// Reads a port to listen at: as [`port`], or 0 for any that is free.
///
/// ```
/// assert_eq!(common::address::port_or_any("0"), Ok(0));
/// ```
///
/// # Errors
///
/// What is allowed, as a text.
pub fn port_or_any(text: &str) -> Result<u16, String> {
    if text == "0" { Ok(0) } else { port(text) }
}

/// `fe80::1%eth0`: an address that is valid on one interface only (RFC 4007, section 11).
fn ipv6_with_zone(text: &str) -> Result<String, String> {
    match text.split_once('%').map(|(address, zone)| (address.parse::<Ipv6Addr>(), zone)) {
        Some((Ok(ip), zone)) if zone::is_needed(ip) && !zone.is_empty() => Ok(text.to_string()),
        Some((Ok(ip), _)) if !zone::is_needed(ip) => {
            Err(format!("only an address that begins with fe80: has a % and an interface's name behind it: write {ip}"))
        }
        _ if text.matches(':').count() > 1 => {
            Err("that is no IPv6 address; two of them are ::1 and 2001:db8::1".to_string())
        }
        _ => Err("write only the IP here; a port is a word of its own, where there is one".to_string()),
    }
}

/// The address of `host`, an IP or a name: of a name's addresses the first IPv4 one, as in the lesson, else the first one.
///
/// ```
/// let server = common::address::resolve("127.0.0.1", 8080).unwrap();
/// assert_eq!(server, "127.0.0.1:8080".parse().unwrap());
/// ```
///
/// # Errors
///
/// [`Problem::resolving`] for a name without an address. A dead name server takes as long as the system's resolver gives
/// it, see resolv.conf(5): 10 s as a rule.
pub fn resolve(host: &str, port: u16) -> Result<SocketAddr, Problem> {
    if let Ok(ip) = host.parse::<IpAddr>() {
        return Ok(SocketAddr::new(ip, port));
    }
    let addresses = look_up(host).map_err(Problem::resolving(host))?;
    let mut address =
        *addresses.iter().find(|address| address.is_ipv4()).or(addresses.first()).ok_or_else(|| {
            Problem::new("the name has no address", "the name servers gave an empty list", "use the IP")
        })?;
    address.set_port(port);
    Ok(address)
}

/// A name as name servers know it: `xn--mnchen-3ya.test` for `münchen.test` (UTS #46), and what is in ASCII already as it is.
///
/// ```
/// use common::address::ascii_name;
///
/// assert_eq!(ascii_name("München.test"), "xn--mnchen-3ya.test");
/// assert_eq!(ascii_name("a_b"), "a_b");
/// ```
#[must_use]
pub fn ascii_name(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return name.into();
    }
    // What is no such name is looked up as it is, and nobody knows it.
    idna::domain_to_ascii(name).map_or(name.into(), Cow::from)
}

/// The addresses behind a name, in the order of RFC 6724.
fn look_up(name: &str) -> Result<Vec<SocketAddr>, LookupError> {
    let hints = AddrInfoHints { socktype: SockType::Stream.into(), ..AddrInfoHints::default() };
    // An address of a family that is neither IPv4 nor IPv6 is an error of its own: not for us.
    Ok(getaddrinfo(Some(&ascii_name(name)), None, Some(hints))?.flatten().map(|found| found.sockaddr).collect())
}

impl Problem {
    /// Where nobody listens at the address of `host`, also names the other addresses that this name has.
    pub fn with_other_addresses(host: &str) -> impl Fn(Self) -> Self {
        move |problem| {
            let (&Operation::Connect(tried), Err(_)) = (problem.operation(), host.parse::<IpAddr>()) else {
                return problem;
            };
            let kind = problem.source().and_then(|cause| cause.downcast_ref()).map(io::Error::kind);
            if kind != Some(ErrorKind::ConnectionRefused) {
                return problem;
            }
            let mut others: Vec<String> = Vec::new();
            for address in look_up(host).unwrap_or_default() {
                let ip = format_ip(address);
                if address.ip() != tried.ip() && !others.contains(&ip) && self::host(&ip).is_ok() {
                    others.push(ip);
                }
            }
            if others.is_empty() {
                return problem;
            }
            let next = format!("{}; or try another address of {host}: {}", problem.next(), others.join(", "));
            problem.with_next(next)
        }
    }
}
