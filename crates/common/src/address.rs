//! The IP and PORT of the command line, and the addresses behind a name.

pub mod machine;

use crate::Problem;
use dns_lookup::{AddrInfoHints, SockType, getaddrinfo};
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
        return ipv6_with_scope(bare);
    }
    if bare.contains(|character: char| character.is_ascii_digit())
        && bare.chars().all(|character| character.is_ascii_digit() || ".,".contains(character))
    {
        return Err("an IPv4 address has four numbers from 0 to 255 with dots between them, for example 192.168.1.36"
            .to_string());
    }
    Ok(bare.to_string())
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
fn ipv6_with_scope(text: &str) -> Result<String, String> {
    match text.split_once('%') {
        Some((address, scope)) if address.parse::<Ipv6Addr>().is_ok() && !scope.is_empty() => Ok(text.to_string()),
        _ if text.matches(':').count() > 1 => {
            Err("that is no IPv6 address; two of them are ::1 and 2001:db8::1".to_string())
        }
        _ => Err("write only the IP here; a port is a word of its own, where there is one".to_string()),
    }
}

/// All the addresses of `host`, an IP or a name, in the order in which to try them.
///
/// The system's order (RFC 6724) with the two families taking turns, as RFC 8305 says in section 4: where one of them leads
/// nowhere, the second try is already of the other.
///
/// ```
/// let addresses = common::address::resolve("127.0.0.1", 8080).unwrap();
/// assert_eq!(addresses, ["127.0.0.1:8080".parse().unwrap()]);
/// ```
///
/// # Errors
///
/// [`Problem::resolving`] for a name without an address. A dead name server takes as long as the system's resolver gives
/// it, see resolv.conf(5): 10 s as a rule.
pub fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>, Problem> {
    if let Ok(ip) = host.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(ip, port)]);
    }
    let hints = AddrInfoHints { socktype: SockType::Stream.into(), ..AddrInfoHints::default() };
    let mut addresses = Vec::new();
    for found in getaddrinfo(Some(host), None, Some(hints)).map_err(|e| Problem::resolving(host, e))? {
        // An address of a family that is neither IPv4 nor IPv6 is an error of its own: not for us.
        let Ok(found) = found else { continue };
        let mut address = found.sockaddr;
        address.set_port(port);
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    Ok(families_in_turn(&addresses))
}

fn families_in_turn(addresses: &[SocketAddr]) -> Vec<SocketAddr> {
    let Some(first) = addresses.first() else {
        return Vec::new();
    };
    let (preferred, other): (Vec<SocketAddr>, Vec<SocketAddr>) =
        addresses.iter().partition(|address| address.is_ipv6() == first.is_ipv6());
    let (mut preferred, mut other) = (preferred.into_iter(), other.into_iter());
    let mut in_turn = Vec::new();
    while in_turn.len() < addresses.len() {
        in_turn.extend(preferred.next());
        in_turn.extend(other.next());
    }
    in_turn
}

/// Makes the `attempt` with each address in turn until one works: the address, and what the attempt gave.
///
/// ```
/// use common::{Problem, address};
///
/// let addresses = ["192.0.2.1:80".parse().unwrap(), "127.0.0.1:80".parse().unwrap()];
/// let (found, answer) = address::first_that_works(&addresses, |address| match address.ip().is_loopback() {
///     true => Ok("here"),
///     false => Err(Problem::new("not this one", "it is far away", "try another")),
/// })
/// .unwrap();
/// assert_eq!((found.port(), answer), (80, "here"));
/// ```
///
/// # Errors
///
/// The problem with the first address, which is the one that the user means as a rule; it says that the others failed too.
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
    let others: Vec<String> = addresses.iter().skip(1).map(|address| address.ip().to_string()).collect();
    Err(first_problem.map_or_else(
        || Problem::new("the name has no address", "the name servers gave an empty list", "use the IP"),
        |problem| problem.also_failed(&others),
    ))
}

#[cfg(test)]
mod tests {
    use super::families_in_turn;
    use std::net::SocketAddr;

    fn addresses(ips: &[&str]) -> Vec<SocketAddr> {
        ips.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 80)).collect()
    }

    #[test]
    fn the_two_families_take_turns_and_no_address_is_lost() {
        let given = addresses(&["::1", "::2", "::3", "10.0.0.1", "10.0.0.2"]);
        let expected = addresses(&["::1", "10.0.0.1", "::2", "10.0.0.2", "::3"]);
        assert_eq!(families_in_turn(&given), expected);
        assert_eq!(families_in_turn(&[]), []);
    }
}
