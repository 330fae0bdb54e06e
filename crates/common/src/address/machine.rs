//! Which addresses cannot be a machine's.

use ipnet::{Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why an address cannot be a machine's, or most likely is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// What else it is.
    pub cause: String,
    /// What to do about it.
    pub next: String,
    /// Whether it is no machine's in any network. If not, the length of the network's prefix would have to be known.
    pub is_certain: bool,
}

impl Doubt {
    fn certain(cause: impl Into<String>) -> Self {
        let next = "look it up again on that machine, in its network settings";
        Self { cause: cause.into(), next: next.to_string(), is_certain: true }
    }
}

/// What speaks against `ip` as the address of a machine on a network.
///
/// The length of its network's prefix decides what the network's own address is. Where that is not known, a last number of 0 or
/// 255 is too likely a mistake.
///
/// ```
/// use common::address::machine::doubt;
///
/// let netmask = doubt("255.255.255.0".parse().unwrap(), None).unwrap();
/// assert_eq!((netmask.cause.starts_with("it is a netmask"), netmask.is_certain), (true, true));
/// assert!(!doubt("10.1.3.255".parse().unwrap(), None).unwrap().is_certain);
/// assert_eq!(doubt("10.1.3.255".parse().unwrap(), Some(16)), None);
/// assert_eq!(doubt("10.1.128.39".parse().unwrap(), None), None);
/// ```
#[must_use]
pub fn doubt(ip: IpAddr, prefix: Option<u8>) -> Option<Doubt> {
    match (ip, prefix) {
        (IpAddr::V4(v4), None) => doubt_v4(v4).or_else(|| doubt_last_number(v4)),
        (IpAddr::V4(v4), Some(prefix)) => doubt_v4(v4).or_else(|| doubt_in_network(v4, prefix)),
        (IpAddr::V6(v6), prefix) => doubt_v6(v6, prefix),
    }
}

/// What no machine of any network has: RFC 6890.
fn doubt_v4(ip: Ipv4Addr) -> Option<Doubt> {
    let is_netmask = ipnet::ip_mask_to_prefix(ip.into()).is_ok();
    let cause = match ip.octets() {
        [0, ..] => "an address that begins with 0 means this network, or none yet",
        [127, ..] => "it is loopback: by it every machine means itself",
        [224..=239, ..] => "it is a multicast address, which means a group of machines",
        [255, 255, 255, 255] => "it is the broadcast address, which means all machines",
        [255, ..] if is_netmask => "it is a netmask: it tells which part of an IP names the network",
        [240..=255, ..] => "the addresses from 240 on are reserved",
        _ => return None,
    };
    Some(Doubt::certain(cause))
}

const NETWORK_ADDRESS: &str = "the network's own address";
const BROADCAST_ADDRESS: &str = "the network's broadcast address";

/// The first address of a network is its own, the last one is for broadcasts. A network of two machines has neither: RFC 3021.
fn doubt_in_network(ip: Ipv4Addr, prefix: u8) -> Option<Doubt> {
    let network = Ipv4Net::new(ip, prefix).ok().filter(|_| prefix < 31)?;
    let what = if ip == network.network() { NETWORK_ADDRESS } else { BROADCAST_ADDRESS };
    let is_one = [network.network(), network.broadcast()].contains(&ip);
    is_one.then(|| Doubt::certain(format!("where the length of the prefix is {prefix}, it is {what}")))
}

/// What most often has such a last number, where the network is not known.
fn doubt_last_number(ip: Ipv4Addr) -> Option<Doubt> {
    let last = ip.octets()[3];
    let what = if last == 0 { NETWORK_ADDRESS } else { BROADCAST_ADDRESS };
    let next = format!("if it is right, write it with the length of its network's prefix: {ip}/16");
    let cause = format!("one that ends in {last} is most often {what}");
    [0, 255].contains(&last).then_some(Doubt { cause, next, is_certain: false })
}

/// RFC 4291, sections 2.5.2, 2.5.3, 2.5.5.2, 2.6.1 and 2.7; RFC 6164 for networks of two machines.
fn doubt_v6(ip: Ipv6Addr, prefix: Option<u8>) -> Option<Doubt> {
    if let Some(v4) = ip.to_ipv4_mapped() {
        let doubt = Doubt::certain("it is an IPv4 address in the form of an IPv6 address");
        return Some(Doubt { next: format!("write {v4}"), ..doubt });
    }
    let network = prefix.filter(|prefix| *prefix < 127).and_then(|prefix| Ipv6Net::new(ip, prefix).ok());
    let cause = if ip.is_unspecified() {
        "it means no address yet"
    } else if ip.is_loopback() {
        "it is loopback: by it every machine means itself"
    } else if ip.is_multicast() {
        "it is a multicast address, which means a group of machines"
    } else if network.is_some_and(|network| network.network() == ip) {
        "it is the network's own address, which means any router of the network"
    } else {
        return None;
    };
    Some(Doubt::certain(cause))
}

/// What to know about an address that a machine can have, though it is of little use.
///
/// ```
/// use common::address::machine::strange;
///
/// assert!(strange("169.254.3.4".parse().unwrap()).unwrap().contains("no DHCP server"));
/// assert!(strange("10.0.2.15".parse().unwrap()).unwrap().contains("VirtualBox"));
/// assert_eq!(strange("10.1.128.39".parse().unwrap()), None);
/// ```
#[must_use]
pub fn strange(ip: IpAddr) -> Option<&'static str> {
    match ip {
        IpAddr::V4(v4) => strange_v4(v4),
        IpAddr::V6(v6) if v6.is_unicast_link_local() => Some(
            "an address that begins with fe80: is for the same cable or wifi only; who uses it adds % and the own interface",
        ),
        IpAddr::V6(_) => None,
    }
}

/// What programs give inside one computer unless they are told otherwise: the manuals of `VirtualBox` (sections 6.3 and 6.7), libvirt
/// (its network `default`) and Docker (its network `bridge`).
fn strange_v4(ip: Ipv4Addr) -> Option<&'static str> {
    match ip.octets() {
        [169, 254, ..] => {
            Some("an IP that begins with 169.254 is made up by the machine itself: no DHCP server answered it")
        }
        [192, 168, 56, _] | [10, 0, 2, 15] => Some(
            "it is most often an IP inside one computer, between it and a virtual machine of VirtualBox: no other computer reaches it",
        ),
        [192, 168, 122, _] => Some(
            "it is most often an IP inside one computer, between it and a virtual machine (libvirt): no other computer reaches it",
        ),
        [172, 17, 0, _] => Some(
            "it is most often an IP inside one computer, between it and a container of Docker: no other computer reaches it",
        ),
        _ => None,
    }
}
