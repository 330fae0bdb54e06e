//! What the network says instead of a reply, in ping's own words.

use crate::icmp::Version;
use std::fmt;
use std::net::Ipv4Addr;

/// An ICMP error: its type and code say what is wrong (RFC 792, RFC 1122, RFC 1812; RFC 4443 for IPv6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IcmpError {
    /// Of which version type and code are.
    pub version: Version,
    /// The type.
    pub kind: u8,
    /// The code.
    pub code: u8,
    /// The rest of the header: an MTU, a pointer or an address, where the type has one.
    pub info: u32,
}

/// As ping prints it behind `icmp_seq=1`.
impl fmt::Display for IcmpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.version {
            Version::V4 => self.icmp(f),
            Version::V6 => self.icmpv6(f),
        }
    }
}

impl IcmpError {
    /// Whether the probe that it quotes will not be answered. A redirect only tells of a better way, and a source quench, which
    /// no host sends any more (RFC 6633), of a slower one.
    pub fn is_final(self) -> bool {
        self.version == Version::V6 || !matches!(self.kind, 4 | 5)
    }

    fn icmp(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (code, info) = (self.code, self.info);
        match (self.kind, code) {
            (3, 0) => write!(f, "Destination Net Unreachable"),
            (3, 1) => write!(f, "Destination Host Unreachable"),
            (3, 2) => write!(f, "Destination Protocol Unreachable"),
            (3, 3) => write!(f, "Destination Port Unreachable"),
            (3, 4) => write!(f, "Frag needed and DF set (mtu = {info})"),
            (3, 5) => write!(f, "Source Route Failed"),
            (3, 6) => write!(f, "Destination Net Unknown"),
            (3, 7) => write!(f, "Destination Host Unknown"),
            (3, 8) => write!(f, "Source Host Isolated"),
            (3, 9) => write!(f, "Destination Net Prohibited"),
            (3, 10) => write!(f, "Destination Host Prohibited"),
            (3, 11) => write!(f, "Destination Net Unreachable for Type of Service"),
            (3, 12) => write!(f, "Destination Host Unreachable for Type of Service"),
            (3, 13) => write!(f, "Packet filtered"),
            (3, 14) => write!(f, "Precedence Violation"),
            (3, 15) => write!(f, "Precedence Cutoff"),
            (3, _) => write!(f, "Dest Unreachable, Bad Code: {code}"),
            (4, _) => write!(f, "Source Quench"),
            (5, 0) => write!(f, "Redirect Network(New nexthop: {})", Ipv4Addr::from(info)),
            (5, 1) => write!(f, "Redirect Host(New nexthop: {})", Ipv4Addr::from(info)),
            (5, 2) => write!(f, "Redirect Type of Service and Network(New nexthop: {})", Ipv4Addr::from(info)),
            (5, 3) => write!(f, "Redirect Type of Service and Host(New nexthop: {})", Ipv4Addr::from(info)),
            (5, _) => write!(f, "Redirect, Bad Code: {code}(New nexthop: {})", Ipv4Addr::from(info)),
            (11, 0) => write!(f, "Time to live exceeded"),
            (11, 1) => write!(f, "Frag reassembly time exceeded"),
            (11, _) => write!(f, "Time exceeded, Bad Code: {code}"),
            (12, _) => write!(f, "Parameter problem: pointer = {info}"),
            (kind, _) => write!(f, "Bad ICMP type: {kind}"),
        }
    }

    fn icmpv6(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (code, info) = (self.code, self.info);
        match (self.kind, code) {
            (1, 0) => write!(f, "Destination unreachable: No route"),
            (1, 1) => write!(f, "Destination unreachable: Administratively prohibited"),
            (1, 2) => write!(f, "Destination unreachable: Beyond scope of source address"),
            (1, 3) => write!(f, "Destination unreachable: Address unreachable"),
            (1, 4) => write!(f, "Destination unreachable: Port unreachable"),
            (1, _) => write!(f, "Destination unreachable: Unknown code {code}"),
            (2, _) => write!(f, "Packet too big: mtu={info}"),
            (3, 0) => write!(f, "Time exceeded: Hop limit"),
            (3, 1) => write!(f, "Time exceeded: Defragmentation failure"),
            (3, _) => write!(f, "Time exceeded: code {code}"),
            (4, 0) => write!(f, "Parameter problem: Wrong header field at {info}"),
            (4, 1) => write!(f, "Parameter problem: Unknown header at {info}"),
            (4, 2) => write!(f, "Parameter problem: Unknown option at {info}"),
            (4, _) => write!(f, "Parameter problem: code {code} at {info}"),
            (kind, _) => write!(f, "unknown icmp type: {kind}"),
        }
    }
}
