//! How the tests of `required` read a screen.

use crate::required::screen::addresses;
use std::net::IpAddr;

#[test]
fn an_address_is_read_behind_a_label_and_a_colon() {
    let read = |text| addresses(text).iter().map(IpAddr::to_string).collect::<Vec<_>>();
    for (text, expected) in [
        ("IPv6:fd00::2", "fd00::2"),
        ("addr:fe80::1%eth0", "fe80::1"),
        ("inet6:addr:::1/128", "::1"),
        ("(wlp3s0:2001:db8::1)", "2001:db8::1"),
        ("IPv6: fd00::2", "fd00::2"),
        ("address=::1,", "::1"),
        ("IPv4:127.0.0.1", "127.0.0.1"),
        ("add::2", "add::2"),
    ] {
        assert_eq!(read(text), [expected], "{text}");
    }
    assert!(addresses("ether:02:42:ac:11:00:02").is_empty());
}
