//! The interfaces of this computer, as the system lists them: getifaddrs(3) by way of `pnet_datalink`; on Windows `if-addrs`.

mod kind;
#[cfg(unix)]
#[path = "interfaces/unix.rs"]
mod system;
#[cfg(windows)]
#[path = "interfaces/windows.rs"]
mod system;

pub use kind::Kind;

use common::Problem;
use serde::{Serialize, Serializer};
use std::net::IpAddr;

/// A network interface: what a cable or an antenna belongs to, or what behaves as if there were one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Interface {
    /// Its name, made safe to show.
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
    pub family: Family,
    pub scope: Scope,
}

/// The kind of an address, by the names that `ip` gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Family {
    #[serde(rename = "inet")]
    V4,
    #[serde(rename = "inet6")]
    V6,
}

/// From where an address can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// From wherever there is a route.
    Global,
    /// From the same cable or wifi only: RFC 3927, RFC 4291 section 2.5.6.
    Link,
    /// From this computer only.
    Host,
}

impl Address {
    /// An address with the scope that it has by its first bits.
    pub fn new(ip: IpAddr, prefix: u8) -> Self {
        let (family, is_link) = match ip {
            IpAddr::V4(v4) => (Family::V4, v4.is_link_local()),
            IpAddr::V6(v6) => (Family::V6, v6.is_unicast_link_local()),
        };
        let scope = if ip.is_loopback() {
            Scope::Host
        } else if is_link {
            Scope::Link
        } else {
            Scope::Global
        };
        Self { ip, prefix, family, scope }
    }

    /// As it is written: a link-local IPv6 address with the interface that it belongs to, RFC 4007 section 11.
    pub fn shown(&self, interface: &str) -> String {
        match self.family {
            Family::V6 if self.scope == Scope::Link => format!("{}%{interface}/{}", self.ip, self.prefix),
            _ => format!("{}/{}", self.ip, self.prefix),
        }
    }

    /// Whether `ip` is in the same network.
    pub fn is_with(&self, ip: IpAddr) -> bool {
        match (self.ip, ip) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let shift = 32 - u32::from(self.prefix.min(32));
                own.to_bits().checked_shr(shift) == other.to_bits().checked_shr(shift)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let shift = 128 - u32::from(self.prefix.min(128));
                own.to_bits().checked_shr(shift) == other.to_bits().checked_shr(shift)
            }
            _ => false,
        }
    }
}

impl Scope {
    /// Its name, as `ip` shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Link => "link",
            Self::Host => "host",
        }
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// All interfaces, in the system's order; the addresses of each IPv4 first.
pub fn all() -> Result<Vec<Interface>, Problem> {
    let mut interfaces = system::interfaces();
    for interface in &mut interfaces {
        // Systems differ in this, and tell those of an alias last.
        interface.addresses.sort_by_key(|address| address.ip.is_ipv6());
    }
    if interfaces.is_empty() {
        return Err(Problem::new(
            "the interfaces of this computer are not known",
            // BEGIN SOLUTION
            "the system lists none",
            "try again, and tell your teacher if it stays",
            // STUB: "asking the system for them is not written yet",
            // STUB: "open src/interfaces/unix.rs (on Windows windows.rs) in the folder ips, and write it in the function interfaces",
            // END SOLUTION
        ));
    }
    Ok(interfaces)
}
