//! Addresses and numbers as text.

use crate::format::{format_millis, milliseconds, significant};
use std::time::Duration;

#[test]
fn a_time_has_the_digits_that_ping_gives_it() {
    let cases = [
        (0, "0.000"),
        (31, "0.031"),
        (999, "0.999"),
        (1_000, "1.00"),
        (2_144, "2.14"),
        (9_994, "9.99"),
        (9_995, "10.0"),
        (12_345, "12.3"),
        (99_949, "99.9"),
        (99_950, "100"),
        (1_234_567, "1235"),
    ];
    for (micros, expected) in cases {
        assert_eq!(format_millis(Duration::from_micros(micros)), expected);
    }
}

#[test]
fn a_loss_has_no_more_digits_than_it_needs() {
    let cases = [
        (0.0, "0"),
        (100.0, "100"),
        (33.333_333, "33.3333"),
        (0.09, "0.09"),
        (6.666_666_7, "6.66667"),
        (0.012_345_678, "0.0123457"),
    ];
    for (loss, expected) in cases {
        assert_eq!(significant(loss), expected);
    }
}

#[test]
fn a_millisecond_has_a_thousand_microseconds() {
    assert_eq!(
        [milliseconds(0), milliseconds(1_234), milliseconds(5_000)].map(|ms| format!("{ms:.3}")),
        ["0.000", "1.234", "5.000"]
    );
}

#[test]
#[cfg(target_os = "linux")]
fn an_address_of_one_link_is_shown_with_the_name_of_its_interface() {
    use std::net::{Ipv6Addr, SocketAddr, SocketAddrV6};
    let at = |scope_id| {
        let ip: Ipv6Addr = "fe80::1".parse().unwrap();
        crate::format::format_ip(SocketAddr::V6(SocketAddrV6::new(ip, 0, 0, scope_id)))
    };
    // Linux gives each network namespace's lo the number 1, and numbers are positive.
    assert_eq!([at(0), at(1), at(999_999)], ["fe80::1", "fe80::1%lo", "fe80::1%999999"]);
}
