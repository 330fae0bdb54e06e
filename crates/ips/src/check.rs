//! Which addresses cannot be a machine's.

use crate::interfaces::Interface;
use common::Problem;
use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Refuses an IP that cannot be the one of a machine on a network, with the reason. Says so if it is allowed but strange.
///
/// The length of its network's prefix decides what the network's own address is. Where nobody gives it, that of an own
/// interface in the same network does; else it is not known, and a last number of 0 or 255 is too likely a mistake.
pub fn machine(ip: IpAddr, prefix: Option<u8>, own: &[Interface]) -> Result<(), Problem> {
    let networks = own.iter().flat_map(|interface| &interface.addresses).filter(|address| address.prefix > 0);
    let neighbour = networks.filter(|address| address.is_with(ip)).max_by_key(|address| address.prefix);
    let prefix = prefix.or(neighbour.map(|address| address.prefix));
    let reason = match ip {
        IpAddr::V4(v4) => of_v4(v4).or_else(|| in_its_network(v4, prefix)),
        IpAddr::V6(v6) => of_v6(v6, prefix),
    };
    if let Some((cause, next)) = reason {
        return Err(Problem::new(format_args!("{ip} cannot be the IP of a machine"), cause, next));
    }
    if let Some(note) = strange(ip) {
        let _ = writeln!(io::stderr(), "note: {note}");
    }
    Ok(())
}

/// Why not, and what to do.
type Reason = (String, String);

const LOOK_AGAIN: &str = "look it up again on that machine, in its network settings";

/// What no machine of any network has: RFC 6890.
fn of_v4(ip: Ipv4Addr) -> Option<Reason> {
    let is_netmask = ip.to_bits().leading_ones() + ip.to_bits().trailing_zeros() == u32::BITS;
    let cause = match ip.octets() {
        [0, ..] => "an address that begins with 0 means this network, or none yet",
        [127, ..] => "it is loopback: by it every machine means itself",
        [224..=239, ..] => "it is a multicast address, which means a group of machines",
        [255, 255, 255, 255] => "it is the broadcast address, which means all machines",
        [255, ..] if is_netmask => "it is a netmask: it tells which part of an IP names the network",
        [240..=255, ..] => "the addresses from 240 on are reserved",
        _ => return None,
    };
    Some((cause.to_string(), LOOK_AGAIN.to_string()))
}

/// The first address of a network is its own, the last one is for broadcasts. A network of two machines has neither: RFC 3021.
fn in_its_network(ip: Ipv4Addr, prefix: Option<u8>) -> Option<Reason> {
    const OWN: &str = "the network's own address";
    const BROADCAST: &str = "the network's broadcast address";
    let Some(prefix) = prefix else {
        let last = ip.octets()[3];
        let what = if last == 0 { OWN } else { BROADCAST };
        return matches!(last, 0 | 255).then(|| {
            let next = format!("if it is right, write it with the length of its network's prefix: {ip}/16");
            (format!("one that ends in {last} is most often {what}"), next)
        });
    };
    let mask = u32::MAX.checked_shr(u32::from(prefix)).unwrap_or(0);
    let what = match ip.to_bits() & mask {
        _ if prefix >= 31 => return None,
        0 => OWN,
        machine if machine == mask => BROADCAST,
        _ => return None,
    };
    Some((format!("where the length of the prefix is {prefix}, it is {what}"), LOOK_AGAIN.to_string()))
}

/// RFC 4291, sections 2.5.2, 2.5.3, 2.5.5.2, 2.6.1 and 2.7; RFC 6164 for networks of two machines.
fn of_v6(ip: Ipv6Addr, prefix: Option<u8>) -> Option<Reason> {
    if let Some(v4) = ip.to_ipv4_mapped() {
        return Some(("it is an IPv4 address in the form of an IPv6 address".to_string(), format!("write {v4}")));
    }
    let prefix = prefix.unwrap_or(128);
    let machine = ip.to_bits() & u128::MAX.checked_shr(u32::from(prefix)).unwrap_or(0);
    let cause = match () {
        () if ip.is_unspecified() => "it means no address yet",
        () if ip.is_loopback() => "it is loopback: by it every machine means itself",
        () if ip.is_multicast() => "it is a multicast address, which means a group of machines",
        () if prefix < 127 && machine == 0 => "it is the network's own address, which means any router of the network",
        () => return None,
    };
    Some((cause.to_string(), LOOK_AGAIN.to_string()))
}

/// What a machine can have, though it is of little use.
fn strange(ip: IpAddr) -> Option<&'static str> {
    match ip {
        IpAddr::V4(v4) if v4.is_link_local() => {
            Some("an IP that begins with 169.254 is made up by the machine itself: no DHCP server answered it")
        }
        IpAddr::V6(v6) if v6.is_unicast_link_local() => Some(
            "an address that begins with fe80: is for the same cable or wifi only; who uses it adds % and the own interface",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::machine;
    use crate::interfaces::{Address, Interface, Kind};

    /// A computer whose only interface is in 10.7.0.0/22.
    fn own() -> Interface {
        let addresses = vec![Address::new([10, 7, 1, 1].into(), 22)];
        Interface { name: "eth0".to_string(), kind: Kind::Wire, up: true, running: true, mac: None, addresses }
    }

    #[track_caller]
    fn check(ip: &str, prefix: Option<u8>, expected: Option<&str>) {
        let problem = machine(ip.parse().unwrap(), prefix, &[own()]).err().map(|problem| problem.to_string());
        match (&problem, expected) {
            (None, None) => {}
            (Some(problem), Some(expected)) if problem.contains(expected) => {}
            _ => panic!("{ip} {prefix:?}: {problem:?}"),
        }
    }

    #[test]
    fn addresses_that_cannot_be_a_machines_are_refused_with_the_reason() {
        for (ip, cause) in [
            ("127.0.0.1", "loopback"),
            ("127.255.0.9", "loopback"),
            ("0.0.0.0", "begins with 0"),
            ("255.255.255.0", "netmask"),
            ("255.255.255.252", "netmask"),
            ("255.0.0.0", "netmask"),
            ("255.0.255.0", "reserved"),
            ("240.0.0.1", "reserved"),
            ("255.255.255.255", "all machines"),
            ("224.0.0.251", "multicast"),
            ("10.1.3.0", "ends in 0 is most often the network's own address"),
            ("10.1.3.255", "write it with the length of its network's prefix: 10.1.3.255/16"),
            ("::", "no address yet"),
            ("::1", "loopback"),
            ("ff02::1", "multicast"),
            ("::ffff:10.0.0.1", "write 10.0.0.1"),
        ] {
            check(ip, None, Some(cause));
        }
        for ip in ["10.1.128.39", "192.168.1.1", "169.254.3.4", "fe80::1", "2001:db8::", "8.8.8.8"] {
            check(ip, None, None);
        }
    }

    #[test]
    fn with_a_prefix_it_is_checked_exactly() {
        for (ip, prefix, cause) in [
            ("10.1.3.255", 16, None),
            ("10.1.3.0", 16, None),
            ("10.1.0.0", 16, Some("prefix is 16, it is the network's own")),
            ("10.1.255.255", 16, Some("broadcast")),
            ("10.1.3.63", 26, Some("broadcast")),
            ("10.1.3.255", 24, Some("broadcast")),
            ("10.1.3.255", 31, None),
            ("10.1.3.0", 32, None),
            ("127.0.0.1", 8, Some("loopback")),
            ("2001:db8::", 64, Some("network's own")),
            ("2001:db8::1", 64, None),
            ("2001:db8::", 128, None),
        ] {
            check(ip, Some(prefix), cause);
        }
    }

    #[test]
    fn the_prefix_of_an_own_network_is_known() {
        check("10.7.1.255", None, None);
        check("10.7.2.0", None, None);
        check("10.7.3.255", None, Some("prefix is 22, it is the network's broadcast"));
        check("10.7.0.0", None, Some("prefix is 22, it is the network's own"));
        check("10.7.4.0", None, Some("most often"));
    }
}
