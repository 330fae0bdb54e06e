//! An echo request as it came, and the ICMP messages that answer it, byte by byte: RFC 792, RFC 4443.

use std::net::IpAddr;

/// The length of an ICMP header: type, code, checksum, and four bytes whose meaning depends on the type.
const HEADER: usize = 8;

/// An echo request.
#[derive(Clone, Debug)]
pub struct Request {
    /// 0 for the first one that came, whatever its sequence number.
    pub number: u64,
    /// Who sent it.
    pub from: IpAddr,
    /// Both numbers of its header.
    pub identifier: u16,
    pub sequence: u16,
    /// The whole ICMP message: header and data.
    pub message: Vec<u8>,
    /// With the IP header before it.
    pub packet: Vec<u8>,
}

impl Request {
    /// `None` for anything but an echo request. `packet` is what a raw socket gives: with an IP header in IPv4, without in IPv6.
    pub(super) fn parse(number: u64, packet: &[u8], from: IpAddr, to: IpAddr) -> Option<Self> {
        let (packet, header) = match to {
            IpAddr::V4(_) => (packet.to_vec(), usize::from(packet.first()? & 0x0f) * 4),
            IpAddr::V6(_) => (with_ipv6_header(packet, from, to)?, 40),
        };
        let message = packet.get(header..)?.to_vec();
        let kind = if to.is_ipv4() { 8 } else { 128 };
        if message.len() < HEADER || message[0] != kind {
            return None;
        }
        let word = |at: usize| u16::from_be_bytes([message[at], message[at + 1]]);
        Some(Self { number, from, identifier: word(4), sequence: word(6), message, packet })
    }

    /// The right answer: the same message with the type "echo reply".
    pub fn reply(&self) -> Vec<u8> {
        self.reply_with(|_| ())
    }

    /// The right answer with a change, and a checksum that is right for it.
    pub fn reply_with(&self, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
        let mut reply = self.message.clone();
        reply[0] = if self.from.is_ipv4() { 0 } else { 129 };
        change(&mut reply);
        sealed(reply)
    }

    /// An ICMP error that quotes the IP header and the first eight bytes of the request.
    pub fn error(&self, kind: u8, code: u8) -> Vec<u8> {
        let ip_header = self.packet.len() - self.message.len();
        error(kind, code, 0, &self.packet[..ip_header + HEADER])
    }
}

/// An ICMP error with `rest` in the last four bytes of its header (an MTU, say) and any bytes as its quote.
pub fn error(kind: u8, code: u8, rest: u32, quote: &[u8]) -> Vec<u8> {
    let mut message = vec![kind, code, 0, 0];
    message.extend(rest.to_be_bytes());
    message.extend(quote);
    sealed(message)
}

/// The message with the right checksum (RFC 1071) in its place. In IPv6 the kernel puts in one that covers the addresses.
pub fn sealed(mut message: Vec<u8>) -> Vec<u8> {
    if message.len() >= 4 {
        message[2..4].fill(0);
        let checksum = checksum(&message);
        message[2..4].copy_from_slice(&checksum.to_be_bytes());
    }
    message
}

/// The complement of the ones' complement sum of all 16-bit words, an odd last byte with a zero after it.
fn checksum(bytes: &[u8]) -> u16 {
    let mut sum: u32 =
        bytes.chunks(2).map(|pair| u32::from(pair[0]) << 8 | pair.get(1).map_or(0, |&byte| u32::from(byte))).sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !u16::try_from(sum).unwrap_or_default()
}

/// A raw socket gives no IPv6 header: this is what it was, as far as an error's receiver looks (RFC 8200, section 3).
fn with_ipv6_header(message: &[u8], from: IpAddr, to: IpAddr) -> Option<Vec<u8>> {
    let (IpAddr::V6(from), IpAddr::V6(to)) = (from, to) else { return None };
    let mut packet = vec![0x60, 0, 0, 0];
    packet.extend(u16::try_from(message.len()).ok()?.to_be_bytes());
    // Next header: ICMPv6. The hop limit is any.
    packet.extend([58, 64]);
    packet.extend(from.octets());
    packet.extend(to.octets());
    packet.extend(message);
    Some(packet)
}
