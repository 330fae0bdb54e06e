//! Messages whose bytes are known: what is written and read must be these.

use crate::icmp::{HEADER_LEN, PAYLOAD_LEN, Version};
use crate::{echo_numbers, echo_request};
use common::testing::fail;
use std::fmt::Write as _;

const NOT_WRITTEN: &str = "
error: this program is not written yet
cause: the bytes of an echo request, and the numbers of a reply, are not all there
next:  write them in the functions echo_request and echo_numbers of src/main.rs";

/// Before anything is written there are no bytes to compare. cargo stops after these tests, and does not list all others as failed.
fn end_if_unwritten() {
    let request = echo_request(Version::V4, 1, 1, &[1; PAYLOAD_LEN]);
    if request == [0; HEADER_LEN + PAYLOAD_LEN] && echo_numbers([1; HEADER_LEN]) == (0, 0) {
        fail(NOT_WRITTEN);
    }
}

/// Fails unless the request has this header and the payload 00 01 02 …, and shows the bytes that are wrong.
fn check_request(version: Version, header: [u8; HEADER_LEN]) {
    end_if_unwritten();
    let payload = std::array::from_fn(|index| u8::try_from(index).unwrap());
    let request = echo_request(version, 0x1234, 0x5678, &payload);
    let expected = [&header[..], &payload].concat();
    let mut report =
        format!("{version:?}, the identifier 0x1234, the sequence number 0x5678, the payload 00 01 02 …:\n");
    for (index, (expected, yours)) in expected.chunks(8).zip(request.chunks(8)).enumerate() {
        if expected != yours {
            let _ = writeln!(report, "from byte {:2}: expected {expected:02x?}, yours {yours:02x?}", index * 8);
        }
    }
    assert!(request[..] == expected, "{report}");
}

#[test]
fn an_echo_request_has_these_bytes() {
    check_request(Version::V4, [0x08, 0x00, 0x98, 0x40, 0x12, 0x34, 0x56, 0x78]);
    check_request(Version::V6, [0x80, 0x00, 0x00, 0x00, 0x12, 0x34, 0x56, 0x78]);
}

#[test]
fn the_numbers_of_a_reply_are_read() {
    end_if_unwritten();
    let numbers = echo_numbers([0x00, 0x00, 0xab, 0xcd, 0x12, 0x34, 0x56, 0x78]);
    assert!(numbers == (0x1234, 0x5678), "expected (1234, 5678), yours {numbers:04x?}");
}
