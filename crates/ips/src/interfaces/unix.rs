//! Linux, macOS and the BSDs.
//!
//! On Linux a name may have any bytes, and `pnet_datalink` 0.35 makes a `String` of them without asking whether they are UTF-8.
//! So nothing but the bytes of a name is looked at here, which is no matter of UTF-8; whoever adds to this file keeps to that.
//! nix's `getifaddrs` does ask, but what is not UTF-8 it replaces by U+FFFD: two such interfaces could not be told apart any
//! more, and the system's folder of them would not be found.

use super::{Address, Interface, Kind};
use common::text;
use pnet_datalink::NetworkInterface;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

/// Where Linux describes each interface in a folder of its own: sysfs(5).
const SYSFS: &str = "/sys/class/net";

/// All interfaces.
pub fn interfaces() -> Vec<Interface> {
    // BEGIN SOLUTION
    without_aliases(pnet_datalink::interfaces()).iter().map(|found| interface(found, Path::new(SYSFS))).collect()
    // STUB: // Ask the system: pnet_datalink::interfaces gives a list of NetworkInterface. Fold the aliases in it: without_aliases.
    // STUB: // Then make an Interface of each: interface(found, Path::new(SYSFS)).
    // STUB: let _not_used_yet = (without_aliases, interface, Address::new, Path::new(SYSFS));
    // STUB: Vec::new()
    // END SOLUTION
}

fn interface(found: &NetworkInterface, sysfs: &Path) -> Interface {
    Interface {
        name: text::escape_line(found.name.as_bytes()),
        kind: Kind::of(OsStr::from_bytes(found.name.as_bytes()), found.is_loopback(), sysfs),
        // BEGIN SOLUTION
        up: found.is_up(),
        running: found.is_running(),
        // A tunnel has no hardware, and its address reads as zeros.
        mac: found.mac.filter(|mac| found.is_loopback() || mac.octets() != [0; 6]).map(|mac| mac.to_string()),
        addresses: found.ips.iter().map(|network| Address::new(network.ip(), network.prefix())).collect(),
        // STUB: // Is it switched on? Is its cable in? (found has methods for both.) Its hardware address found.mac, as text. Its
        // STUB: // addresses: Address::new makes one of the ip() and the prefix() of each of found.ips.
        // STUB: up: false,
        // STUB: running: false,
        // STUB: mac: None,
        // STUB: addresses: Vec::new(),
        // END SOLUTION
    }
}

/// Puts the addresses of an alias to those of its interface. `eth0:1` is only a label on an address of eth0, a way to have
/// several from the time when an interface could have but one.
fn without_aliases(found: Vec<NetworkInterface>) -> Vec<NetworkInterface> {
    let mut interfaces: Vec<NetworkInterface> = Vec::new();
    for one in found {
        match place_of_its_interface(&one, &interfaces) {
            Some(place) => interfaces[place].ips.extend(one.ips),
            None => interfaces.push(one),
        }
    }
    interfaces
}

/// A label begins with the name of its interface. By most labels the system knows the interface's number; by others none.
fn place_of_its_interface(one: &NetworkInterface, interfaces: &[NetworkInterface]) -> Option<usize> {
    if one.index != 0 {
        return interfaces.iter().position(|interface| interface.index == one.index);
    }
    let begins_it = |place: &usize| one.name.as_bytes().starts_with(interfaces[*place].name.as_bytes());
    (0..interfaces.len()).filter(begins_it).max_by_key(|place| interfaces[*place].name.len())
}

#[cfg(test)]
mod tests {
    use super::without_aliases;
    use pnet_datalink::NetworkInterface;

    // BEGIN SOLUTION
    use super::interface;
    use pnet_datalink::MacAddr;
    use std::path::Path;
    // END SOLUTION

    fn found(name: &str, index: u32, ips: &[&str]) -> NetworkInterface {
        let ips = ips.iter().map(|ip| ip.parse().unwrap()).collect();
        NetworkInterface { name: name.to_string(), description: String::new(), index, mac: None, ips, flags: 0 }
    }

    #[test]
    fn aliases_are_folded_into_their_interface_and_nothing_else_is() {
        let folded = without_aliases(vec![
            found("eth0", 2, &["10.0.0.1/24"]),
            found("eth01", 3, &["10.0.1.1/24"]),
            found("eth0:1", 0, &["10.0.2.1/24"]),
            found("eth01:x", 3, &["10.0.3.1/24"]),
            found("tun0", 0, &[]),
            found("tun1", 0, &[]),
        ]);
        let shown: Vec<_> = folded.iter().map(|one| (one.name.as_str(), one.ips.len())).collect();
        assert_eq!(shown, [("eth0", 2), ("eth01", 2), ("tun0", 0), ("tun1", 0)]);
    }

    // BEGIN SOLUTION
    #[test]
    fn a_name_cannot_do_anything_to_a_screen_and_no_hardware_is_no_mac() {
        let mut hostile = found("e\x1b[2J", 1, &[]);
        hostile.mac = Some(MacAddr::zero());
        let interface = interface(&hostile, Path::new("/nowhere"));
        assert_eq!((interface.name.as_str(), interface.mac), (r"e\x1b[2J", None));
    }
    // END SOLUTION
}
