//! What the system says of this computer's interfaces, asked in another way than the program asks.

use std::collections::BTreeMap;
use std::net::IpAddr;

/// An interface, as the system describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interface {
    pub is_up: bool,
    pub is_running: bool,
    pub is_loopback: bool,
    /// As `3c:58:c2:9f:11:7e`, where it has one.
    pub mac: Option<String>,
    pub addresses: Vec<IpAddr>,
}

/// The interfaces by their names.
pub type Interfaces = BTreeMap<String, Interface>;

/// Those that were the same before and after something was done. An interface may go or get an address at any moment, and
/// nobody is to blame for what changed meanwhile.
pub fn unchanged<T>(doing: impl FnOnce() -> T) -> (T, Interfaces) {
    let before = now();
    let result = doing();
    let after = now();
    (result, before.into_iter().filter(|(name, interface)| after.get(name) == Some(interface)).collect())
}

/// The interfaces of now: getifaddrs(3). One with an unusual name is left out, since it can be shown in many ways.
#[cfg(unix)]
pub fn now() -> Interfaces {
    use nix::ifaddrs::getifaddrs;
    use nix::net::if_::InterfaceFlags;

    let mut interfaces = Interfaces::new();
    for entry in getifaddrs().expect("the system's list of interfaces") {
        // The label of an alias, eth0:1, belongs to eth0.
        let name = entry.interface_name.split(':').next().unwrap_or_default();
        if name.is_empty() || !name.chars().all(|character| character.is_ascii_graphic()) {
            continue;
        }
        let interface = interfaces.entry(name.to_string()).or_default();
        interface.is_up = entry.flags.contains(InterfaceFlags::IFF_UP);
        interface.is_running = entry.flags.contains(InterfaceFlags::IFF_RUNNING);
        interface.is_loopback = entry.flags.contains(InterfaceFlags::IFF_LOOPBACK);
        let Some(address) = entry.address else { continue };
        let v4 = address.as_sockaddr_in().map(|v4| IpAddr::V4(v4.ip()));
        let v6 = address.as_sockaddr_in6().map(|v6| IpAddr::V6(v6.ip()));
        interface.addresses.extend(v4.or(v6));
        if let Some(mac) = address.as_link_addr().and_then(mac) {
            interface.mac = Some(mac.map(|byte| format!("{byte:02x}")).join(":"));
        }
    }
    interfaces
}

/// A hardware address of six bytes. A tunnel's has four, which are an IPv4 address, and nix gives two more that mean nothing.
#[cfg(unix)]
fn mac(address: &nix::sys::socket::LinkAddr) -> Option<[u8; 6]> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let length = address.halen();
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let length = address.alen();
    address.addr().filter(|mac| length == mac.len() && *mac != [0; 6])
}

/// The interfaces of now. There the program itself has no other way either.
#[cfg(windows)]
pub fn now() -> Interfaces {
    let mut interfaces = Interfaces::new();
    for found in if_addrs::get_if_addrs().expect("the system's list of interfaces") {
        let interface = interfaces.entry(found.name.clone()).or_default();
        interface.is_up = found.is_oper_up();
        interface.is_running = interface.is_up;
        interface.is_loopback = found.is_loopback();
        interface.addresses.push(found.ip());
    }
    interfaces
}
