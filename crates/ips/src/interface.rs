//! What is kept of an interface, and its addresses.

use crate::hardware;
use crate::kind::Kind;
use common::address::{self, Restriction, Restrictions};
use common::{Problem, text};
use ipnet::IpNet;
use serde::{Serialize, Serializer};
use std::io::{self, Write as _};
use std::net::IpAddr;

/// What the system says of the loopback interface, which has no hardware.
const NO_MAC: &str = "00:00:00:00:00:00";

/// A network interface: what a cable or an antenna belongs to, or what behaves as if there were one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Interface {
    /// The system's number for it.
    #[serde(skip)]
    pub index: u32,
    /// Its name, made safe to show. On Linux it may have any bytes, and `pnet_datalink` 0.35 makes a `String` of them without
    /// asking whether they are UTF-8: look at nothing but the bytes before.
    pub name: String,
    pub kind: Kind,
    /// Whether it is switched on.
    pub up: bool,
    /// Whether something answers at the other end of its cable, or the wifi is joined.
    pub running: bool,
    /// Its hardware address, which the loopback interface has only for form's sake, and others may not have.
    pub mac: Option<String>,
    pub addresses: Vec<Address>,
}

/// An IP of an interface, and how many of its first bits name the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Address {
    #[serde(rename = "address")]
    pub ip: IpAddr,
    #[serde(rename = "prefix_length")]
    pub prefix: u8,
    /// `inet` or `inet6`, as `ip` shows it.
    family: &'static str,
    /// From where it can be reached, in `ip`'s words: `host`, from this computer only; `link`, from the same cable or wifi only
    /// (RFC 3927; RFC 4291, section 2.5.6); `global`, from wherever a route leads there.
    pub scope: &'static str,
    /// What keeps it from being used, in `ip`'s words; nothing as a rule.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "in_words")]
    pub restriction: Option<Restriction>,
}

#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde's form")]
fn in_words<S: Serializer>(restriction: &Option<Restriction>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&restriction.map(|restriction| restriction.to_string()).unwrap_or_default())
}

impl Interface {
    /// Whether it can be used, in a word or two.
    pub fn state(&self) -> &'static str {
        match (self.up, self.running) {
            (false, _) => "down",
            (true, false) => "no link",
            (true, true) => "up",
        }
    }

    /// Those of its addresses that may be handed out.
    pub fn usable_addresses(&self) -> impl Iterator<Item = &Address> {
        self.addresses.iter().filter(|address| address.restriction.is_none())
    }

    /// The MAC, or `-` where there is no hardware.
    pub fn hardware_address(&self) -> &str {
        self.mac.as_deref().filter(|mac| *mac != NO_MAC).unwrap_or("-")
    }
}

impl Address {
    /// An address with the scope that it has by its first bits.
    pub fn new(ip: IpAddr, prefix: u8) -> Self {
        let (family, is_link) = match ip {
            IpAddr::V4(v4) => ("inet", v4.is_link_local()),
            IpAddr::V6(v6) => ("inet6", v6.is_unicast_link_local()),
        };
        let scope = match is_link {
            _ if ip.is_loopback() => "host",
            true => "link",
            false => "global",
        };
        Self { ip, prefix, family, scope, restriction: None }
    }

    pub fn is_global(&self) -> bool {
        self.scope == "global"
    }

    /// As it is written: a link-local IPv6 address with the interface that it belongs to, RFC 4007 section 11. Behind it what keeps it
    /// from being used.
    pub fn with_zone(&self, interface: &Interface) -> String {
        let is_zoned = self.ip.is_ipv6() && self.scope == "link";
        let zone =
            if is_zoned { "%".to_string() + &address::zone(&interface.name, interface.index) } else { String::new() };
        let mark = self.restriction.map_or(String::new(), |restriction| format!(" {restriction}"));
        format!("{}{zone}/{}{mark}", self.ip, self.prefix)
    }

    /// Whether `ip` is in the same network.
    pub fn is_with(&self, ip: IpAddr) -> bool {
        IpNet::new(self.ip, self.prefix).is_ok_and(|network| network.contains(&ip))
    }
}

/// Makes the same of what systems tell in different ways: the addresses of an alias go to its interface, IPv4 comes first, what has no
/// hardware has no MAC, and an address that is not to be used has the reason.
///
/// # Errors
///
/// A [`Problem`] if there is no interface at all.
pub fn normalize(interfaces: &mut Vec<Interface>) -> Result<(), Problem> {
    for mut interface in std::mem::take(interfaces) {
        if let Some(place) = place_of_its_interface(&interface, interfaces) {
            interfaces[place].addresses.append(&mut interface.addresses);
        } else {
            let is_mac = |mac: &String| {
                interface.kind == Kind::Loopback || (mac != NO_MAC && hardware::has_mac(&interface.name))
            };
            let mac = interface.mac.filter(is_mac);
            interfaces.push(Interface { mac, ..interface });
        }
    }
    let restrictions = Restrictions::now();
    for interface in interfaces.iter_mut() {
        interface.addresses.sort_by_key(|address| address.ip.is_ipv6());
        for address in &mut interface.addresses {
            address.restriction = restrictions.of(address.ip, Some(interface.index));
        }
    }
    if interfaces.is_empty() {
        return Err(Problem::new(
            "the interfaces of this computer are not known",
            "the system lists none",
            "try again; if it keeps happening, tell your teacher",
        ));
    }
    Ok(())
}

/// `eth0:1` is an alias, only a label on an address of eth0: a way to have several from the time when an interface could have but
/// one. A label begins with the name of its interface. By most labels the system knows the interface's number; by others none.
fn place_of_its_interface(alias: &Interface, interfaces: &[Interface]) -> Option<usize> {
    if alias.index != 0 {
        return interfaces.iter().position(|interface| interface.index == alias.index);
    }
    let begins_it = |place: &usize| alias.name.starts_with(&interfaces[*place].name);
    (0..interfaces.len()).filter(begins_it).max_by_key(|place| interfaces[*place].name.len())
}

/// Prints them as JSON: an array of objects.
pub fn print_json(interfaces: &[Interface]) -> Result<(), Problem> {
    let json = serde_json::to_string_pretty(interfaces).map_err(io::Error::from).map_err(Problem::output)?;
    writeln!(io::stdout(), "{}", text::escape_json(&json)).map_err(Problem::output)
}

#[cfg(test)]
mod tests {
    use super::{Interface, Kind, NO_MAC, normalize};

    #[test]
    fn no_hardware_is_no_mac() {
        let (name, mac) = ("sit0".to_string(), Some(NO_MAC.to_string()));
        let tunnel = Interface { index: 1, name, kind: Kind::Virtual, up: true, running: true, mac, addresses: vec![] };
        let interfaces = &mut vec![tunnel];
        normalize(interfaces).unwrap();
        assert_eq!(interfaces[0].mac, None);
    }
}
