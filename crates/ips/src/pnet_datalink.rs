//! What the crate `pnet_datalink` gives on other systems, as far as it is needed. On Windows that links `WinPcap`'s `Packet.lib`, which
//! no classroom computer has. Both crates that are asked here call `GetAdaptersAddresses`: one keeps what it says of an adapter, the
//! other what it says of an address.

use crate::kind::Kind;
use if_addrs::IfAddr;
use ipconfig::{Adapter, IfType, OperStatus};
use std::fmt;
use std::net::IpAddr;

pub struct NetworkInterface {
    pub index: u32,
    pub name: String,
    pub mac: Option<MacAddr>,
    pub ips: Vec<IpNetwork>,
    kind: IfType,
    status: OperStatus,
}

pub struct MacAddr([u8; 6]);

pub struct IpNetwork(IfAddr);

impl NetworkInterface {
    pub fn is_loopback(&self) -> bool {
        self.kind == IfType::SoftwareLoopback || self.ips.iter().any(|network| network.0.is_loopback())
    }

    /// Windows does not list what is switched off. A cable that is not plugged in is `down`, as in `Get-NetAdapter`.
    pub fn is_up(&self) -> bool {
        use OperStatus::{IfOperStatusDown, IfOperStatusLowerLayerDown, IfOperStatusNotPresent};
        ![IfOperStatusDown, IfOperStatusLowerLayerDown, IfOperStatusNotPresent].contains(&self.status)
    }

    pub fn is_running(&self) -> bool {
        self.status == OperStatus::IfOperStatusUp
    }
}

impl fmt::Display for MacAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.map(|byte| format!("{byte:02x}")).join(":"))
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

/// The interfaces, with the addresses that may be used.
pub fn interfaces() -> Vec<NetworkInterface> {
    let addresses = if_addrs::get_if_addrs().unwrap_or_default();
    let adapters = ipconfig::get_adapters().unwrap_or_default();
    adapters.iter().map(|adapter| interface(adapter, &addresses)).collect()
}

/// An adapter with those of the addresses that are its own.
fn interface(adapter: &Adapter, addresses: &[if_addrs::Interface]) -> NetworkInterface {
    let own = addresses.iter().filter(|address| address.adapter_name == adapter.adapter_name());
    NetworkInterface {
        // Windows numbers an interface for IPv4 and for IPv6, alike or for one of them only.
        index: own.clone().filter_map(|address| address.index).max().unwrap_or(adapter.ipv6_if_index()),
        name: adapter.friendly_name().to_string(),
        mac: adapter.physical_address().and_then(|bytes| bytes.try_into().ok()).map(MacAddr),
        ips: own.map(|address| IpNetwork(address.addr.clone())).collect(),
        kind: adapter.if_type(),
        status: adapter.oper_status(),
    }
}

/// The kind of the interface of this name, which is not loopback.
pub fn kind_of(name: &str) -> Kind {
    let adapters = ipconfig::get_adapters().unwrap_or_default();
    let found = adapters.iter().find(|adapter| adapter.friendly_name() == name);
    found.map_or(Kind::Unknown, |adapter| kind(adapter.if_type(), adapter.description()))
}

/// An adapter made by software says that it is Ethernet, and only its description says what it is.
fn kind(kind: IfType, description: &str) -> Kind {
    let says = |words: &[&str]| words.iter().any(|word| description.to_lowercase().contains(word));
    match kind {
        IfType::SoftwareLoopback => Kind::Loopback,
        IfType::Tunnel | IfType::Ppp => Kind::Virtual,
        _ if says(&["virtual", "tap-", "wintun", "wireguard", "vpn", "loopback"]) => Kind::Virtual,
        _ if says(&["bluetooth"]) => Kind::Unknown,
        IfType::Ieee80211 => Kind::Wifi,
        IfType::EthernetCsmacd => Kind::Wire,
        _ => Kind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::{IfType, Kind, kind};

    #[test]
    fn what_software_made_is_virtual_though_it_says_that_it_is_ethernet() {
        for (if_type, description, expected) in [
            (IfType::EthernetCsmacd, "Intel(R) Ethernet Connection (7) I219-V", Kind::Wire),
            (IfType::EthernetCsmacd, "Hyper-V Virtual Ethernet Adapter", Kind::Virtual),
            (IfType::EthernetCsmacd, "VirtualBox Host-Only Ethernet Adapter", Kind::Virtual),
            (IfType::EthernetCsmacd, "TAP-Windows Adapter V9", Kind::Virtual),
            (IfType::EthernetCsmacd, "Bluetooth Device (Personal Area Network)", Kind::Unknown),
            (IfType::Ieee80211, "Intel(R) Wi-Fi 6 AX201 160MHz", Kind::Wifi),
            (IfType::Ieee80211, "Microsoft Wi-Fi Direct Virtual Adapter", Kind::Virtual),
            (IfType::Tunnel, "Microsoft Teredo Tunneling Adapter", Kind::Virtual),
            (IfType::SoftwareLoopback, "Software Loopback Interface 1", Kind::Loopback),
            (IfType::Unsupported, "WireGuard Tunnel", Kind::Virtual),
            (IfType::Unsupported, "something new", Kind::Unknown),
        ] {
            assert_eq!(kind(if_type, description), expected, "{description}");
        }
    }
}
