//! ICMP messages: which ones there are, their checksum, and reading what arrives (RFC 792 for IPv4, RFC 4443 for IPv6).
//!
//! An echo request, and the reply to it, look so:
//!
//! ```text
//!  byte 0            1            2            3
//! +------------+------------+-------------------------+
//! |    type    |  code: 0   |        checksum         |
//! +------------+------------+-------------------------+
//!  byte 4            5            6            7
//! +-------------------------+-------------------------+
//! |       identifier        |     sequence number     |
//! +-------------------------+-------------------------+
//!  byte 8 and all that follow
//! +---------------------------------------------------+
//! |       payload: comes back as it was sent          …
//! ```
//!
//! What arrives is anybody's: every length is checked before it is believed.

use crate::echo_numbers;
use std::net::{IpAddr, SocketAddr};

/// The bytes before the payload.
pub const HEADER_LEN: usize = 8;

/// The bytes of the payload, as ping's own default: with its header a request has 64.
pub const PAYLOAD_LEN: usize = 56;

/// A request, and a reply that answers it.
pub type Message = [u8; HEADER_LEN + PAYLOAD_LEN];

/// The version of IP that carries a message: the types differ, and who computes the checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// ICMP, RFC 792.
    V4,
    /// `ICMPv6`, RFC 4443. Its checksum covers the addresses as well, so the kernel computes and checks it.
    V6,
}

impl Version {
    pub fn of(address: SocketAddr) -> Self {
        if address.is_ipv4() { Self::V4 } else { Self::V6 }
    }

    /// The type of an echo request.
    pub fn request_type(self) -> u8 {
        if self == Self::V4 { 8 } else { 128 }
    }

    fn reply_type(self) -> u8 {
        if self == Self::V4 { 0 } else { 129 }
    }
}

/// An echo message, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Echo<'a> {
    /// Whose it is: each ping of a computer has another one.
    pub identifier: u16,
    /// Which one it is.
    pub sequence: u16,
    /// What the request carries, and its reply too.
    pub payload: &'a [u8],
    /// Whether the checksum is right; with IPv6 the kernel has seen to that.
    pub intact: bool,
}

/// Reads an echo reply. None for any other message, and for what is too short to be one.
pub fn echo_reply(version: Version, message: &[u8]) -> Option<Echo<'_>> {
    let intact = version == Version::V6 || checksum(message) == 0;
    echo(version.reply_type(), intact, message)
}

/// Reads the echo request that an error message quotes, of which at least the header is there (RFC 792: 64 bits).
pub fn quoted_request(version: Version, quoted: &[u8]) -> Option<Echo<'_>> {
    echo(version.request_type(), true, quoted)
}

fn echo(expected_type: u8, intact: bool, message: &[u8]) -> Option<Echo<'_>> {
    let (header, payload) = message.split_first_chunk()?;
    // The second byte is the code, and an echo has only this one.
    if header[..2] != [expected_type, 0] {
        return None;
    }
    let (identifier, sequence) = echo_numbers(*header);
    Some(Echo { identifier, sequence, payload, intact })
}

/// Reads the IPv4 packet that an error message quotes, of an echo request: whom it was for, and the request.
pub fn quoted_packet(quoted: &[u8]) -> Option<(IpAddr, Echo<'_>)> {
    let (_, message) = behind_ip_header(quoted)?;
    // The last four bytes of the header without options (RFC 791, section 3.1).
    let destination: [u8; 4] = quoted.get(16..20)?.try_into().ok()?;
    Some((IpAddr::from(destination), quoted_request(Version::V4, message)?))
}

/// What a raw IPv4 socket receives begins with the IP header (raw(7)): its TTL, and the message behind it.
pub fn behind_ip_header(packet: &[u8]) -> Option<(u8, &[u8])> {
    let first = *packet.first()?;
    // The lower half of the first byte is the header's length in words of 4 bytes, at least 5 (RFC 791, section 3.1).
    let length = usize::from(first & 0x0f) * 4;
    if first >> 4 != 4 || length < 20 {
        return None;
    }
    let (header, message) = packet.split_at_checked(length)?;
    Some((header[8], message))
}

/// The Internet checksum (RFC 1071) of a message whose own checksum is 0 as yet; and 0 for a message with the right one in it.
pub fn checksum(bytes: &[u8]) -> u16 {
    let mut sum = 0_u32;
    for pair in bytes.chunks(2) {
        // An odd last byte counts as if a 0 followed.
        let word = u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or(0)]);
        sum += u32::from(word);
        // What overflows 16 bits is added at the lower end: one's complement addition.
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !((sum & 0xffff) as u16)
}
