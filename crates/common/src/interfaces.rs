//! The addresses of this computer.

use crate::address;
use crate::text;
use std::net::IpAddr;

/// How the names of those interfaces begin that lead to containers and virtual machines of this computer, in lower case: Docker,
/// libvirt, `VirtualBox`, `VMware`, LXC and its successors, Podman, Kubernetes, Hyper-V.
const BRIDGES: [&str; 14] = [
    "docker",
    "br-",
    "virbr",
    "vbox",
    "virtualbox",
    "vmnet",
    "vmware",
    "lxc",
    "lxd",
    "incus",
    "podman",
    "cni",
    "veth",
    "vethernet",
];

/// An address of this computer, and where it has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAddress {
    /// The address.
    pub ip: IpAddr,
    /// The name of its interface, made safe to show.
    pub interface: String,
}

/// The addresses by which other computers can reach this one, then its loopback addresses. Those of the default route's interface come
/// first, and those of bridges for containers and virtual machines last, to which no other computer has a way; of one interface the
/// IPv4 ones come first.
///
/// Left out: interfaces that are down or without a link; IPv6 addresses that are not to be used ([`Restrictions`](address::Restrictions)); and link-local
/// ones (`fe80::…`), which mean nothing without the name of the *other* computer's interface.
///
/// ```
/// for own in common::interfaces::addresses() {
///     println!("{} at {}", own.ip, own.interface);
/// }
/// ```
#[must_use]
pub fn addresses() -> Vec<OwnAddress> {
    let mut addresses = all_addresses();
    addresses.retain(|own| !matches!(own.ip, IpAddr::V6(v6) if v6.is_unicast_link_local()));
    order(&mut addresses, &address::default_sources());
    addresses
}

/// The IPs alone, each of them once, in the order of [`addresses`].
///
/// ```
/// assert!(common::interfaces::own_addresses().iter().any(|address| address.is_loopback()));
/// ```
#[must_use]
pub fn own_addresses() -> Vec<IpAddr> {
    let mut ips: Vec<IpAddr> = Vec::new();
    for OwnAddress { ip, .. } in addresses() {
        if !ips.contains(&ip) {
            ips.push(ip);
        }
    }
    ips
}

/// Puts those first that others are most likely to use; `defaults` are the addresses of the default routes.
fn order(addresses: &mut [OwnAddress], defaults: &[IpAddr]) {
    let is_default = |own: &OwnAddress| defaults.contains(&own.ip);
    let mut of_default: Vec<String> =
        addresses.iter().filter(|own| is_default(own)).map(|own| own.interface.clone()).collect();
    of_default.dedup();
    addresses.sort_by_key(|own| {
        let is_bridge = BRIDGES.iter().any(|start| own.interface.to_lowercase().starts_with(start));
        let leads_out = of_default.contains(&own.interface);
        (own.ip.is_loopback(), !leads_out, is_bridge, own.interface.clone(), own.ip.is_ipv6())
    });
}

#[cfg(unix)]
fn all_addresses() -> Vec<OwnAddress> {
    let restrictions = address::Restrictions::now();
    let mut addresses = Vec::new();
    for interface in pnet_datalink::interfaces() {
        if !interface.is_up() || !interface.is_running() {
            continue;
        }
        for network in interface.ips {
            if restrictions.of(network.ip(), Some(interface.index)).is_none() {
                let name = text::escape_line(interface.name.as_bytes());
                addresses.push(OwnAddress { ip: network.ip(), interface: name });
            }
        }
    }
    addresses
}

#[cfg(windows)]
fn all_addresses() -> Vec<OwnAddress> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default().into_iter();
    let to_own = |interface: if_addrs::Interface| OwnAddress {
        ip: interface.ip(),
        interface: text::escape_line(interface.name.as_bytes()),
    };
    interfaces.filter(if_addrs::Interface::is_oper_up).map(to_own).collect()
}

#[cfg(test)]
mod tests {
    use super::{OwnAddress, order};

    #[test]
    fn the_default_routes_interface_comes_first_and_bridges_and_loopback_last() {
        let names = [
            "lo 127.0.0.1",
            "docker0 172.17.0.1",
            "br-0123 172.18.0.1",
            "eth0 fd00::1",
            "eth0 10.0.0.1",
            "wlan0 10.1.0.1",
        ];
        let mut addresses: Vec<OwnAddress> = names
            .iter()
            .map(|text| text.split_once(' ').unwrap())
            .map(|(interface, ip)| OwnAddress { ip: ip.parse().unwrap(), interface: interface.to_string() })
            .collect();
        let ordered = |addresses: &[OwnAddress]| {
            addresses.iter().map(|own| format!("{} {}", own.interface, own.ip)).collect::<Vec<_>>()
        };
        order(&mut addresses, &["10.1.0.1".parse().unwrap()]);
        let expected = [
            "wlan0 10.1.0.1",
            "eth0 10.0.0.1",
            "eth0 fd00::1",
            "br-0123 172.18.0.1",
            "docker0 172.17.0.1",
            "lo 127.0.0.1",
        ];
        assert_eq!(ordered(&addresses), expected);

        // A server in a data centre may have nothing but a bridge.
        order(&mut addresses, &["172.18.0.1".parse().unwrap()]);
        assert_eq!(ordered(&addresses)[0], "br-0123 172.18.0.1");
    }
}
