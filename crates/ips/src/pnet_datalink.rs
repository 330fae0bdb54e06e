//! What the crate `pnet_datalink` gives on other systems, as far as it is needed. On Windows that links WinPcap's Packet.lib, which
//! no classroom computer has. Windows says neither the MAC, by this way, nor what has no address.

use if_addrs::IfAddr;
use std::net::IpAddr;

pub struct NetworkInterface {
    pub index: u32,
    pub name: String,
    pub mac: Option<String>,
    pub ips: Vec<IpNetwork>,
    is_up: bool,
}

pub struct IpNetwork(IfAddr);

impl NetworkInterface {
    pub fn is_loopback(&self) -> bool {
        self.ips.iter().any(|network| network.0.is_loopback())
    }

    pub fn is_up(&self) -> bool {
        self.is_up
    }

    pub fn is_running(&self) -> bool {
        self.is_up
    }
}

impl IpNetwork {
    pub fn ip(&self) -> IpAddr {
        self.0.ip()
    }

    pub fn prefix(&self) -> u8 {
        match &self.0 {
            IfAddr::V4(v4) => v4.prefixlen,
            IfAddr::V6(v6) => v6.prefixlen,
        }
    }
}

/// The interfaces that have an address.
pub fn interfaces() -> Vec<NetworkInterface> {
    let mut interfaces: Vec<NetworkInterface> = Vec::new();
    for found in if_addrs::get_if_addrs().unwrap_or_default() {
        let (name, index, is_up) = (found.name.clone(), found.index.unwrap_or_default(), found.is_oper_up());
        let network = IpNetwork(found.addr);
        match interfaces.iter_mut().find(|known| known.name == name) {
            Some(known) => {
                // Windows numbers an interface for IPv4 and for IPv6, alike or for one of them only.
                known.index = known.index.max(index);
                known.ips.push(network);
            }
            None => interfaces.push(NetworkInterface { index, name, mac: None, ips: vec![network], is_up }),
        }
    }
    interfaces
}
