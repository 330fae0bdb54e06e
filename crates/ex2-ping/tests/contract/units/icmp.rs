//! The bytes of ICMP, beside another program's.

use crate::echo_request;
use crate::icmp::{PAYLOAD_LEN, Version, behind_ip_header, checksum, echo_reply, quoted_request};
use etherparse::{IcmpEchoHeader, Icmpv4Slice, Icmpv4Type, Icmpv6Slice, Icmpv6Type, PacketBuilder};

const NUMBERS: [(u16, u16); 4] = [(0, 0), (1, 0x0100), (0x1234, 0x5678), (u16::MAX, u16::MAX)];

#[test]
fn a_request_is_what_another_program_reads() {
    for (identifier, sequence) in NUMBERS {
        let (header, payload) = (IcmpEchoHeader { id: identifier, seq: sequence }, [0xa5; PAYLOAD_LEN]);
        let message = echo_request(Version::V4, identifier, sequence, &payload);
        let slice = Icmpv4Slice::from_slice(&message).unwrap();
        assert_eq!((slice.icmp_type(), slice.payload()), (Icmpv4Type::EchoRequest(header), &payload[..]));
        assert_eq!(slice.checksum(), Icmpv4Type::EchoRequest(header).calc_checksum(&payload));

        let message = echo_request(Version::V6, identifier, sequence, &payload);
        let slice = Icmpv6Slice::from_slice(&message).unwrap();
        assert_eq!(slice.icmp_type(), Icmpv6Type::EchoRequest(header));
    }
}

#[test]
fn a_reply_of_another_program_is_read_and_one_that_was_changed_is_not_intact() {
    for (identifier, sequence) in NUMBERS {
        let mut packet = Vec::new();
        let builder = PacketBuilder::ipv4([10, 0, 0, 1], [10, 0, 0, 2], 253).icmpv4_echo_reply(identifier, sequence);
        builder.write(&mut packet, &[1, 2, 3]).unwrap();
        let (ttl, message) = behind_ip_header(&packet).unwrap();
        let echo = echo_reply(Version::V4, message).unwrap();
        assert_eq!((ttl, echo.identifier, echo.sequence), (253, identifier, sequence));
        assert_eq!((echo.payload, echo.intact), (&[1, 2, 3][..], true));
        assert_eq!(quoted_request(Version::V4, message), None);
        for changed in 0..message.len() {
            let mut message = message.to_vec();
            message[changed] ^= 1;
            assert!(echo_reply(Version::V4, &message).is_none_or(|echo| !echo.intact), "byte {changed}");
        }
    }
}

#[test]
fn what_is_too_short_is_no_message() {
    let message = echo_request(Version::V4, 1, 2, &[0; PAYLOAD_LEN]);
    assert_eq!(quoted_request(Version::V4, &message[..7]), None);
    assert_eq!(quoted_request(Version::V4, &message[..8]).map(|echo| echo.payload.len()), Some(0));
    // An IPv4 header of 15 words of 4 bytes.
    let packet = [0x4f; 61];
    assert_eq!(behind_ip_header(&packet), Some((0x4f, &packet[60..])));
    assert!((0..60).all(|length| behind_ip_header(&packet[..length]).is_none()));
    assert!([0x44, 0x5f].iter().all(|&first| behind_ip_header(&[first; 61]).is_none()));
}

#[test]
fn the_checksum_is_that_of_rfc_1071() {
    // The example of its section 3: the sum is ddf2, and the checksum its complement.
    assert_eq!(checksum(&[0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]), !0xddf2);
    assert_eq!(checksum(&[0x01]), !0x0100);
    assert_eq!(checksum(&[]), 0xffff);
}
