//! Windows: it says neither the kind nor, by this way, the MAC.

use super::{Address, Interface, Kind};
use common::text;
use if_addrs::IfAddr;
use std::net::IpAddr;

/// All interfaces that have an address.
pub fn interfaces() -> Vec<Interface> {
    let mut interfaces: Vec<Interface> = Vec::new();
    for found in if_addrs::get_if_addrs().unwrap_or_default() {
        let name = text::one_line(found.name.as_bytes());
        let address = match &found.addr {
            IfAddr::V4(v4) => Address::new(IpAddr::V4(v4.ip), v4.prefixlen),
            IfAddr::V6(v6) => Address::new(IpAddr::V6(v6.ip), v6.prefixlen),
        };
        if let Some(known) = interfaces.iter_mut().find(|known| known.name == name) {
            known.addresses.push(address);
            continue;
        }
        let kind = if found.is_loopback() { Kind::Loopback } else { Kind::Unknown };
        let up = found.is_oper_up();
        interfaces.push(Interface { name, kind, up, running: up, mac: None, addresses: vec![address] });
    }
    interfaces
}
