//! Which addresses are refused for the table.

use crate::interfaces::Interface;
use common::Problem;
use common::address::machine;
use std::io::{self, Write as _};
use std::net::IpAddr;

/// Refuses an IP that cannot be the one of a machine on a network, with the reason. Says so if it is allowed but strange.
///
/// The length of its network's prefix decides what the network's own address is. Where nobody gives it, that of an own
/// interface in the same network does; else it is not known, and a last number of 0 or 255 is too likely a mistake.
pub fn for_table(ip: IpAddr, prefix: Option<u8>, own: &[Interface]) -> Result<(), Problem> {
    let networks = own.iter().flat_map(|interface| &interface.addresses).filter(|address| address.prefix > 0);
    let neighbour = networks.filter(|address| address.is_with(ip)).max_by_key(|address| address.prefix);
    let prefix = prefix.or(neighbour.map(|address| address.prefix));
    if let Some(doubt) = machine::doubt(ip, prefix) {
        return Err(Problem::new(format_args!("{ip} cannot be the IP of a machine"), doubt.cause, doubt.next));
    }
    if let Some(note) = machine::strange(ip) {
        let _ = writeln!(io::stderr(), "note: {note}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::for_table;
    use crate::interfaces::{Address, Interface, Kind};

    /// A computer whose only interface is in 10.7.0.0/22.
    fn own() -> Interface {
        let addresses = vec![Address::new([10, 7, 1, 1].into(), 22)];
        Interface { name: "eth0".to_string(), kind: Kind::Wire, up: true, running: true, mac: None, addresses }
    }

    #[track_caller]
    fn check(ip: &str, prefix: Option<u8>, expected: Option<&str>) {
        let problem = for_table(ip.parse().unwrap(), prefix, &[own()]).err().map(|problem| problem.to_string());
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
