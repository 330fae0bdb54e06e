//! The addresses of this computer.

use std::net::IpAddr;

/// The addresses by which other computers can reach this one, then its loopback addresses; IPv4 first.
///
/// Left out: interfaces that are down, and link-local IPv6 addresses (`fe80::…`), which mean nothing without the name of
/// the *other* computer's interface.
///
/// ```
/// assert!(common::interfaces::own_addresses().iter().any(|address| address.is_loopback()));
/// ```
#[must_use]
pub fn own_addresses() -> Vec<IpAddr> {
    let mut addresses = all_addresses();
    addresses.retain(|address| !matches!(address, IpAddr::V6(v6) if v6.is_unicast_link_local()));
    addresses.sort_by_key(|address| (address.is_loopback(), address.is_ipv6()));
    addresses.dedup();
    addresses
}

#[cfg(unix)]
fn all_addresses() -> Vec<IpAddr> {
    let mut addresses = Vec::new();
    for interface in pnet_datalink::interfaces() {
        if interface.is_up() {
            for network in interface.ips {
                addresses.push(network.ip());
            }
        }
    }
    addresses
}

#[cfg(windows)]
fn all_addresses() -> Vec<IpAddr> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    interfaces.iter().filter(|interface| interface.is_oper_up()).map(if_addrs::Interface::ip).collect()
}
