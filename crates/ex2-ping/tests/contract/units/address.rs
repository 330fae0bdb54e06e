//! Addresses as text.

use crate::address::format_ip;
use std::net::{Ipv6Addr, SocketAddr, SocketAddrV6};

#[test]
fn an_address_of_one_link_is_shown_with_the_name_of_its_interface() {
    let at = |scope_id| {
        let ip: Ipv6Addr = "fe80::1".parse().unwrap();
        format_ip(SocketAddr::V6(SocketAddrV6::new(ip, 0, 0, scope_id)))
    };
    // Linux gives each network namespace's lo the number 1, and numbers are positive.
    assert_eq!([at(0), at(1), at(999_999)], ["fe80::1", "fe80::1%lo", "fe80::1%999999"]);
}
