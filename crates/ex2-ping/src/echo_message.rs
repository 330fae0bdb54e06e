//! The bytes of an echo request, and what stands in those of the reply. `icmp.rs` has a drawing of both.

use crate::icmp::{HEADER_LEN, Message, PAYLOAD_LEN, Version, checksum};

/// An echo request.
pub fn echo_request(version: Version, identifier: u16, sequence: u16, payload: &[u8; PAYLOAD_LEN]) -> Message {
    let mut message = [0; HEADER_LEN + PAYLOAD_LEN];
    message[0] = version.request_type();
    message[4..6].copy_from_slice(&identifier.to_be_bytes());
    message[6..8].copy_from_slice(&sequence.to_be_bytes());
    message[HEADER_LEN..].copy_from_slice(payload);
    // The checksum comes last, since it is made of all the others. That of IPv6 is written by the kernel.
    if version == Version::V4 {
        let checksum = checksum(&message);
        message[2..4].copy_from_slice(&checksum.to_be_bytes());
    }
    message
}

/// The identifier and the sequence number in the header of an echo request or reply.
pub fn echo_numbers(header: [u8; HEADER_LEN]) -> (u16, u16) {
    let identifier = u16::from_be_bytes([header[4], header[5]]);
    let sequence = u16::from_be_bytes([header[6], header[7]]);
    (identifier, sequence)
}
