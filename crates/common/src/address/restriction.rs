//! What keeps an own IPv6 address from being used: RFC 4862, sections 5.4 and 5.5.4.

use std::fmt;
use std::fs;
use std::net::{IpAddr, Ipv6Addr};

/// Why an address that an interface has is not to be handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restriction {
    /// The system still asks whether another computer has it.
    Tentative,
    /// Another computer has it.
    Duplicate,
    /// Its time is over: it ends with the connections that use it.
    Deprecated,
}

impl Restriction {
    /// The reason, to stand behind the address and "is not to be used".
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Tentative => "the system still asks whether another computer has it",
            Self::Duplicate => "another computer of the network has the same address",
            Self::Deprecated => "its time is over: the network gives out others now",
        }
    }
}

impl fmt::Display for Restriction {
    /// In the words of `ip addr`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tentative => "tentative",
            Self::Duplicate => "dadfailed",
            Self::Deprecated => "deprecated",
        })
    }
}

/// Those of this computer's IPv6 addresses that are restricted.
#[derive(Debug, Default)]
pub struct Restrictions(Vec<(Ipv6Addr, u32, Restriction)>);

impl Restrictions {
    /// What the system says now. Linux alone says it in this way; the list of addresses that Windows gives has only those that may be used.
    ///
    /// ```
    /// let none = common::address::Restrictions::now().of("::1".parse().unwrap(), None);
    /// assert_eq!(none, None);
    /// ```
    #[must_use]
    pub fn now() -> Self {
        // An interface's name may have any bytes.
        Self::of_table(&String::from_utf8_lossy(&fs::read("/proc/net/if_inet6").unwrap_or_default()))
    }

    /// Why `ip` is not to be used, at the interface of this number or, without one, at any.
    #[must_use]
    pub fn of(&self, ip: IpAddr, interface: Option<u32>) -> Option<Restriction> {
        let is_meant = |(known, index, _): &&(Ipv6Addr, u32, Restriction)| {
            IpAddr::from(*known) == ip && interface.is_none_or(|interface| interface == *index)
        };
        self.0.iter().find(is_meant).map(|(_, _, restriction)| *restriction)
    }

    /// A line is the address, then in hexadecimal the interface's number, the length of the prefix, the scope and the flags: proc(5).
    fn of_table(table: &str) -> Self {
        let row = |line: &str| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [address, index, _, _, flags, ..] = words[..] else { return None };
            let address = Ipv6Addr::from(u128::from_str_radix(address, 16).ok()?);
            let restriction = restriction(u32::from_str_radix(flags, 16).ok()?)?;
            Some((address, u32::from_str_radix(index, 16).ok()?, restriction))
        };
        Self(table.lines().filter_map(row).collect())
    }
}

/// The flags of `linux/if_addr.h`. An optimistic address is tentative, and used all the same: RFC 4429.
fn restriction(flags: u32) -> Option<Restriction> {
    const OPTIMISTIC: u32 = 0x04;
    const DADFAILED: u32 = 0x08;
    const DEPRECATED: u32 = 0x20;
    const TENTATIVE: u32 = 0x40;
    let has = |flag| flags & flag != 0;
    match () {
        () if has(DADFAILED) => Some(Restriction::Duplicate),
        () if has(TENTATIVE) && !has(OPTIMISTIC) => Some(Restriction::Tentative),
        () if has(DEPRECATED) => Some(Restriction::Deprecated),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Restriction, Restrictions};

    #[test]
    fn the_flags_of_the_systems_table_are_read() {
        let table = Restrictions::of_table(
            "fd000007000000000000000000000001 02 40 00 c8       va\n\
             fd000007000000000000000000000002 02 40 00 c0       va\n\
             fd000007000000000000000000000003 0b 40 00 a0  日本0\n\
             fd000007000000000000000000000004 02 40 00 44       va\n\
             00000000000000000000000000000001 01 80 10 80       lo\n\
             a line of another kind\n",
        );
        let of = |last: &str, index| table.of(format!("fd00:7::{last}").parse().unwrap(), index);
        assert_eq!(of("1", Some(2)), Some(Restriction::Duplicate));
        assert_eq!(of("1", None), Some(Restriction::Duplicate));
        assert_eq!(of("1", Some(3)), None, "the same address at another interface");
        assert_eq!(of("2", Some(2)), Some(Restriction::Tentative));
        assert_eq!(of("3", Some(11)), Some(Restriction::Deprecated));
        assert_eq!(of("4", Some(2)), None);
        assert_eq!(table.of("::1".parse().unwrap(), Some(1)), None);
    }
}
