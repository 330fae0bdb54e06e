//! What the network says instead of a reply, in ping's own words.

use crate::icmp::Version::{self, V4, V6};
use crate::icmp::{HEADER_LEN, checksum};
use std::fmt;
use std::net::Ipv4Addr;

/// An ICMP error: its type and code say what is wrong (RFC 792, RFC 1122, RFC 1812; RFC 4443 for IPv6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IcmpError {
    pub version: Version,
    /// The type, a word that Rust keeps for itself.
    pub kind: u8,
    pub code: u8,
    /// The rest of the header: an MTU, a pointer or an address, where the type has one.
    pub info: u32,
}

impl IcmpError {
    /// Whether the probe that it quotes will not be answered. A redirect only names a better way, and a source quench, which
    /// no host sends any more (RFC 6633), of a slower one.
    pub fn is_final(self) -> bool {
        self.version == V6 || !matches!(self.kind, 4 | 5)
    }

    /// The router that a redirect names.
    pub fn next_hop(self) -> Option<Ipv4Addr> {
        (self.version == V4 && self.kind == 5).then(|| Ipv4Addr::from(self.info))
    }
}

/// Reads a message that is no reply and refuses nothing, if it is one and intact, and gives what it quotes.
pub fn advice(version: Version, message: &[u8]) -> Option<(IcmpError, &[u8])> {
    let (&[kind, code, _, _, info @ ..], quoted) = message.split_first_chunk::<HEADER_LEN>()?;
    let icmp = IcmpError { version, kind, code, info: u32::from_be_bytes(info) };
    (!icmp.is_final() && checksum(message) == 0).then_some((icmp, quoted))
}

/// As ping prints it behind `icmp_seq=1`.
impl fmt::Display for IcmpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, info, .. } = self;
        let router = Ipv4Addr::from(*info);
        match (self.version, self.kind, code) {
            (V4, 3, 0) => write!(f, "Destination Net Unreachable"),
            (V4, 3, 1) => write!(f, "Destination Host Unreachable"),
            (V4, 3, 2) => write!(f, "Destination Protocol Unreachable"),
            (V4, 3, 3) => write!(f, "Destination Port Unreachable"),
            (V4, 3, 4) => write!(f, "Frag needed and DF set (mtu = {info})"),
            (V4, 3, 5) => write!(f, "Source Route Failed"),
            (V4, 3, 6) => write!(f, "Destination Net Unknown"),
            (V4, 3, 7) => write!(f, "Destination Host Unknown"),
            (V4, 3, 8) => write!(f, "Source Host Isolated"),
            (V4, 3, 9) => write!(f, "Destination Net Prohibited"),
            (V4, 3, 10) => write!(f, "Destination Host Prohibited"),
            (V4, 3, 11) => write!(f, "Destination Net Unreachable for Type of Service"),
            (V4, 3, 12) => write!(f, "Destination Host Unreachable for Type of Service"),
            (V4, 3, 13) => write!(f, "Packet filtered"),
            (V4, 3, 14) => write!(f, "Precedence Violation"),
            (V4, 3, 15) => write!(f, "Precedence Cutoff"),
            (V4, 3, _) => write!(f, "Dest Unreachable, Bad Code: {code}"),
            (V4, 4, _) => write!(f, "Source Quench"),
            (V4, 5, 0) => write!(f, "Redirect Network(New nexthop: {router})"),
            (V4, 5, 1) => write!(f, "Redirect Host(New nexthop: {router})"),
            (V4, 5, 2) => write!(f, "Redirect Type of Service and Network(New nexthop: {router})"),
            (V4, 5, 3) => write!(f, "Redirect Type of Service and Host(New nexthop: {router})"),
            (V4, 5, _) => write!(f, "Redirect, Bad Code: {code}(New nexthop: {router})"),
            (V4, 11, 0) => write!(f, "Time to live exceeded"),
            (V4, 11, 1) => write!(f, "Frag reassembly time exceeded"),
            (V4, 11, _) => write!(f, "Time exceeded, Bad Code: {code}"),
            (V4, 12, _) => write!(f, "Parameter problem: pointer = {info}"),
            (V4, kind, _) => write!(f, "Bad ICMP type: {kind}"),
            (V6, 1, 0) => write!(f, "Destination unreachable: No route"),
            (V6, 1, 1) => write!(f, "Destination unreachable: Administratively prohibited"),
            (V6, 1, 2) => write!(f, "Destination unreachable: Beyond scope of source address"),
            (V6, 1, 3) => write!(f, "Destination unreachable: Address unreachable"),
            (V6, 1, 4) => write!(f, "Destination unreachable: Port unreachable"),
            (V6, 1, 5) => write!(f, "Destination unreachable: Source address failed ingress/egress policy"),
            (V6, 1, 6) => write!(f, "Destination unreachable: Reject route to destination"),
            (V6, 1, _) => write!(f, "Destination unreachable: Unknown code {code}"),
            (V6, 2, 0) => write!(f, "Packet too big: mtu={info}"),
            (V6, 2, _) => write!(f, "Packet too big: mtu={info}, code={code}"),
            (V6, 3, 0) => write!(f, "Time exceeded: Hop limit"),
            (V6, 3, 1) => write!(f, "Time exceeded: Defragmentation failure"),
            (V6, 3, _) => write!(f, "Time exceeded: code {code}"),
            (V6, 4, 0) => write!(f, "Parameter problem: Wrong header field at {info}"),
            (V6, 4, 1) => write!(f, "Parameter problem: Unknown header at {info}"),
            (V6, 4, 2) => write!(f, "Parameter problem: Unknown option at {info}"),
            (V6, 4, _) => write!(f, "Parameter problem: code {code} at {info}"),
            (V6, kind, _) => write!(f, "unknown icmp type: {kind}"),
        }
    }
}
