//! Addresses as they are shown: each can be typed again, the zone of an IPv6 address included.

use crate::text;
use std::net::{Ipv6Addr, SocketAddr};

/// `NI_NUMERICHOST | NI_NUMERICSERV` of getnameinfo(3): no name is looked up. Linux numbers them in its own way.
const NUMERIC: i32 = if cfg!(any(target_os = "linux", target_os = "android")) { 1 | 2 } else { 2 | 8 };

/// The IP of an address as it can be typed again: one that is valid on one interface only has that interface behind it, its zone
/// (RFC 4007, section 11). An IPv4 client of an IPv6 server is shown as IPv4.
///
/// ```
/// use common::address::format_ip;
///
/// assert_eq!(format_ip("192.168.1.36:8080".parse().unwrap()), "192.168.1.36");
/// assert_eq!(format_ip("[2001:db8::1]:8080".parse().unwrap()), "2001:db8::1");
/// assert_eq!(format_ip("[::ffff:192.168.1.36]:8080".parse().unwrap()), "192.168.1.36");
/// // There is no interface of this number: else its name would be shown.
/// assert_eq!(format_ip("[fe80::1%4000000000]:8080".parse().unwrap()), "fe80::1%4000000000");
/// ```
#[must_use]
pub fn format_ip(address: SocketAddr) -> String {
    match address {
        SocketAddr::V6(v6) if v6.scope_id() != 0 && is_needed(*v6.ip()) => {
            let name = interface_name(address).unwrap_or_default();
            format!("{}%{}", v6.ip(), zone(&name, v6.scope_id()))
        }
        _ => address.ip().to_canonical().to_string(),
    }
}

/// An IP and its port, as programs write them: `192.168.1.36:8080`, `[fe80::1%eth0]:8080`.
///
/// ```
/// use common::address::format_pair;
///
/// assert_eq!(format_pair("192.168.1.36:8080".parse().unwrap()), "192.168.1.36:8080");
/// assert_eq!(format_pair("[2001:db8::1]:8080".parse().unwrap()), "[2001:db8::1]:8080");
/// ```
#[must_use]
pub fn format_pair(address: SocketAddr) -> String {
    let (ip, port) = (format_ip(address), address.port());
    if address.ip().to_canonical().is_ipv6() { format!("[{ip}]:{port}") } else { format!("{ip}:{port}") }
}

/// What stands behind the % of an address of the interface with this name and number: the name, or the number where the name is not
/// easily typed, and on Windows, whose commands take nothing else. No interface has the number 0.
///
/// ```
/// use common::address::zone;
///
/// assert_eq!(zone("a;b", 7), "7");
/// if cfg!(unix) {
///     assert_eq!(zone("eth0", 2), "eth0");
/// }
/// ```
#[must_use]
pub fn zone(name: &str, index: u32) -> String {
    let is_by_name = index == 0 || (cfg!(unix) && is_typed_easily(name));
    if is_by_name { name.to_string() } else { index.to_string() }
}

/// Whether an address means nothing without a zone: RFC 4007, section 6. `::1` is one interface's as well, and needs none.
pub fn is_needed(ip: Ipv6Addr) -> bool {
    // The second byte of a multicast address ends in its scope: 1 for an interface, 2 for a link (RFC 4291, section 2.7).
    ip.is_unicast_link_local()
        || matches!(ip.octets(), [0xff, flags_and_scope, ..] if [1, 2].contains(&(flags_and_scope & 0xf)))
}

/// Whether an address lacks the zone that it needs. No such address can be typed, but a name may have one.
pub(crate) fn lacks_zone(address: SocketAddr) -> bool {
    matches!(address, SocketAddr::V6(v6) if v6.scope_id() == 0 && is_needed(*v6.ip()))
}

/// The name of the interface in an address's zone.
fn interface_name(address: SocketAddr) -> Option<String> {
    let (shown, _) = dns_lookup::getnameinfo(&address, NUMERIC).ok()?;
    shown.split_once('%').map(|(_, name)| name.to_string())
}

/// Whether a name needs no quotes in a shell, and is shown as it is.
fn is_typed_easily(name: &str) -> bool {
    let is_easy = |next: char| next.is_alphanumeric() || "-_.:@+".contains(next);
    !name.is_empty() && !name.starts_with('-') && name.chars().all(|next| is_easy(next) && text::is_safe(next))
}

#[cfg(test)]
mod tests {
    use super::is_typed_easily;

    #[test]
    fn a_name_that_a_shell_or_a_screen_would_change_is_no_zone() {
        for name in ["eth0", "eth0.5", "br-0123", "日本0", "12"] {
            assert!(is_typed_easily(name), "{name}");
        }
        for name in ["", "a$b", "a;b", "a\u{202e}b", "\u{1b}[2J", "a*", "-x", "v\u{fffd}"] {
            assert!(!is_typed_easily(name), "{name:?}");
        }
    }
}
