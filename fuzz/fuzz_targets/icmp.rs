//! What arrives from the network is anybody's: it is read or refused, never believed.

#![no_main]

// The exercise is a program, no library, so its files are taken as they are.
#[path = "../../crates/ex2-ping/src/echo_message.rs"]
mod echo_message;
#[path = "../../crates/ex2-ping/src/icmp.rs"]
#[allow(dead_code, reason = "addresses are not fuzzed")]
mod icmp;
#[path = "../../crates/ex2-ping/src/icmp_error.rs"]
#[allow(dead_code, reason = "what is said of a redirect is not fuzzed")]
mod icmp_error;

use echo_message::{echo_numbers, echo_request};
use icmp::{HEADER_LEN, PAYLOAD_LEN, Version};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|packet: &[u8]| {
    if let Some((_, message)) = icmp::behind_ip_header(packet) {
        assert!(
            packet.ends_with(message) && packet.len() - message.len() >= 20,
            "a part of the packet, behind a header"
        );
        read(message);
    }
    read(packet);
    read_quote(packet);
});

/// An error message quotes what somebody says was a packet.
fn read_quote(message: &[u8]) {
    let Some((icmp, quoted)) = icmp_error::advice(Version::V4, message) else { return };
    assert!(!icmp.is_final() && [icmp.kind, icmp.code] == message[..2] && message.ends_with(quoted));
    if let Some((destination, echo)) = icmp::quoted_packet(quoted) {
        assert!(destination.is_ipv4() && quoted.ends_with(echo.payload));
    }
}

fn read(message: &[u8]) {
    for version in [Version::V4, Version::V6] {
        if let Some(echo) = icmp::echo_reply(version, message) {
            assert_eq!(echo.payload, &message[HEADER_LEN..]);
            assert_eq!(echo.identifier.to_be_bytes(), message[4..6]);
            assert_eq!(echo.sequence.to_be_bytes(), message[6..8]);
            assert_eq!(echo.intact, version == Version::V6 || icmp::checksum(message) == 0);
            assert!(icmp::quoted_request(version, message).is_none(), "no message is a reply and a request");
        }
        if let Some(echo) = icmp::quoted_request(version, message) {
            // Sent again, what was quoted is the same again.
            let Some(payload) = echo.payload.first_chunk::<PAYLOAD_LEN>() else { continue };
            let request = echo_request(version, echo.identifier, echo.sequence, payload);
            assert_eq!(request[4..], message[4..HEADER_LEN + PAYLOAD_LEN]);
            assert!(version == Version::V6 || icmp::checksum(&request) == 0);
        }
    }
}
