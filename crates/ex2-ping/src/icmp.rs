//! The bytes of ICMP: echo request and echo reply (RFC 792 for IPv4, RFC 4443 for IPv6).
//!
//! ```text
//!  0                   1                   2                   3
//!  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//! +---------------+---------------+-------------------------------+
//! |     type      |     code      |           checksum            |
//! +---------------+---------------+-------------------------------+
//! |          identifier           |        sequence number        |
//! +-------------------------------+-------------------------------+
//! |            payload: comes back as it was sent                 …
//! ```
//!
//! What arrives is anybody's: every length is checked before it is believed.

/// The bytes before the payload.
pub const HEADER_LEN: usize = 8;

/// The bytes of the payload, as ping's own default: with its header a request has 64.
pub const PAYLOAD_LEN: usize = 56;

/// The sequence number on the wire of probe `number`: its lower 16 bits.
pub fn sequence_of(number: u64) -> u16 {
    (number & 0xffff) as u16
}

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
    fn request_type(self) -> u8 {
        match self {
            Self::V4 => 8,
            Self::V6 => 128,
        }
    }

    fn reply_type(self) -> u8 {
        match self {
            Self::V4 => 0,
            Self::V6 => 129,
        }
    }
}

/// The header of an echo message, and the payload behind it.
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

/// An echo request.
///
/// The checksum is right for IPv4. For IPv6 it stays 0, since the kernel writes it.
pub fn echo_request(version: Version, identifier: u16, sequence: u16, payload: &[u8; PAYLOAD_LEN]) -> Message {
    // BEGIN SOLUTION
    let mut message = [0; HEADER_LEN + PAYLOAD_LEN];
    message[0] = version.request_type();
    message[4..6].copy_from_slice(&identifier.to_be_bytes());
    message[6..8].copy_from_slice(&sequence.to_be_bytes());
    message[HEADER_LEN..].copy_from_slice(payload);
    if version == Version::V4 {
        let checksum = checksum(&message);
        message[2..4].copy_from_slice(&checksum.to_be_bytes());
    }
    message
    // STUB: // All of its 64 bytes are 0 as yet. Put in the type (version.request_type()), the identifier, the sequence number and
    // STUB: // the payload, each where the drawing at the top has it, with its higher byte first (to_be_bytes). The checksum comes
    // STUB: // last, since it is made of all the others; for IPv6 the kernel writes it.
    // STUB: let _not_used_yet = (version.request_type(), identifier, sequence, payload);
    // STUB: [0; HEADER_LEN + PAYLOAD_LEN]
    // END SOLUTION
}

/// Reads an echo reply. None for any other message, and for what is too short to be one.
pub fn echo_reply(version: Version, message: &[u8]) -> Option<Echo<'_>> {
    let intact = version == Version::V6 || checksum(message) == 0;
    echo(version.reply_type(), intact, message)
}

/// Reads the echo request that an error message quotes, of which at least the header is there (RFC 792: 64 bits).
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "only Linux tells a socket of errors"))]
pub fn quoted_request(version: Version, quoted: &[u8]) -> Option<Echo<'_>> {
    echo(version.request_type(), true, quoted)
}

fn echo(expected: u8, intact: bool, message: &[u8]) -> Option<Echo<'_>> {
    let (header, payload) = message.split_at_checked(HEADER_LEN)?;
    // The second byte is the code, and an echo has only this one.
    if header[..2] != [expected, 0] {
        return None;
    }
    let identifier = u16::from_be_bytes([header[4], header[5]]);
    let sequence = u16::from_be_bytes([header[6], header[7]]);
    Some(Echo { identifier, sequence, payload, intact })
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

/// The Internet checksum (RFC 1071): 0 for a message with the right checksum in it.
pub fn checksum(bytes: &[u8]) -> u16 {
    // BEGIN SOLUTION
    let mut sum = 0_u32;
    for pair in bytes.chunks(2) {
        // An odd last byte counts as if a 0 followed.
        let word = u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or(0)]);
        sum += u32::from(word);
        // What overflows 16 bits is added at the lower end: one's complement addition.
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !((sum & 0xffff) as u16)
    // STUB: // Add all words of 16 bits, the higher byte first; what overflows 16 bits is added at the lower end; the checksum is the
    // STUB: // complement of the sum. Take an odd last byte as if a 0 followed.
    // STUB: let _not_used_yet = bytes;
    // STUB: 0
    // END SOLUTION
}

// BEGIN SOLUTION
// STUB: /// Nothing is sent as long as there is nothing to send.
// STUB: pub fn is_written() -> Result<(), common::Problem> {
// STUB:     let request = echo_request(Version::V4, 1, 1, &[1; PAYLOAD_LEN]);
// STUB:     if request.iter().any(|&byte| byte != 0) {
// STUB:         return Ok(());
// STUB:     }
// STUB:     Err(common::Problem::new(
// STUB:         "the echo request is not written yet",
// STUB:         "all of its bytes are 0",
// STUB:         "open src/icmp.rs in the folder ex2-ping, and write it in the functions echo_request and checksum",
// STUB:     ))
// STUB: }
#[cfg(test)]
mod tests {
    use super::{PAYLOAD_LEN, Version, behind_ip_header, checksum, echo_reply, echo_request, quoted_request};
    use etherparse::{IcmpEchoHeader, Icmpv4Slice, Icmpv4Type, Icmpv6Slice, Icmpv6Type, PacketBuilder};
    use proptest::prelude::{any, proptest};

    proptest! {
        #[test]
        fn a_request_is_what_another_program_reads(
            identifier: u16,
            sequence: u16,
            payload in any::<[u8; PAYLOAD_LEN]>(),
        ) {
            let header = IcmpEchoHeader { id: identifier, seq: sequence };
            let message = echo_request(Version::V4, identifier, sequence, &payload);
            let slice = Icmpv4Slice::from_slice(&message).unwrap();
            assert_eq!(slice.icmp_type(), Icmpv4Type::EchoRequest(header));
            assert_eq!(slice.payload(), payload);
            assert_eq!(slice.checksum(), Icmpv4Type::EchoRequest(header).calc_checksum(&payload));

            let message = echo_request(Version::V6, identifier, sequence, &payload);
            let slice = Icmpv6Slice::from_slice(&message).unwrap();
            assert_eq!(slice.icmp_type(), Icmpv6Type::EchoRequest(header));
        }

        #[test]
        fn a_reply_of_another_program_is_read(identifier: u16, sequence: u16, payload in any::<Vec<u8>>(), flip in 0..8_usize) {
            let mut packet = Vec::new();
            let builder = PacketBuilder::ipv4([10, 0, 0, 1], [10, 0, 0, 2], 253).icmpv4_echo_reply(identifier, sequence);
            builder.write(&mut packet, &payload).unwrap();
            let (ttl, message) = behind_ip_header(&packet).unwrap();
            let echo = echo_reply(Version::V4, message).unwrap();
            assert_eq!((ttl, echo.identifier, echo.sequence), (253, identifier, sequence));
            assert_eq!((echo.payload, echo.intact), (payload.as_slice(), true));
            assert_eq!(quoted_request(Version::V4, message), None);

            let mut message = message.to_vec();
            message[flip] ^= 1;
            assert!(echo_reply(Version::V4, &message).is_none_or(|echo| !echo.intact));
        }

        #[test]
        fn anything_else_is_refused_without_a_panic(bytes in any::<Vec<u8>>()) {
            for version in [Version::V4, Version::V6] {
                let _ = (echo_reply(version, &bytes), quoted_request(version, &bytes));
            }
            if let Some((_, message)) = behind_ip_header(&bytes) {
                assert!(bytes.ends_with(message) && bytes.len() - message.len() >= 20);
            }
        }
    }

    #[test]
    fn the_checksum_is_that_of_rfc_1071() {
        // The example of its section 3: the sum is ddf2, and the checksum its complement.
        assert_eq!(checksum(&[0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]), !0xddf2);
        assert_eq!(checksum(&[0x01]), !0x0100);
        assert_eq!(checksum(&[]), 0xffff);
    }

    #[test]
    fn a_message_that_ends_in_its_header_is_none() {
        let message = echo_request(Version::V4, 1, 2, &[0; PAYLOAD_LEN]);
        assert_eq!(quoted_request(Version::V4, &message[..7]), None);
        assert_eq!(quoted_request(Version::V4, &message[..8]).map(|echo| echo.payload.len()), Some(0));
    }
}
// END SOLUTION
