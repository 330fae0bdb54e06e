//! Addresses, as they are shown.

#[cfg(unix)]
use common::text::escape_line;
use std::net::SocketAddr;

/// An address as it is typed: with the interface where it is valid on one only (RFC 4007).
pub fn shown(address: SocketAddr) -> String {
    match address {
        SocketAddr::V6(v6) if v6.scope_id() != 0 => format!("{}%{}", v6.ip(), interface(v6.scope_id())),
        _ => address.ip().to_string(),
    }
}

#[cfg(unix)]
fn interface(index: u32) -> String {
    // nix 0.31 gives an empty name for an interface that is gone.
    let name = nix::net::if_::if_indextoname(index).ok().filter(|name| !name.is_empty());
    name.map_or_else(|| index.to_string(), |name| escape_line(name.to_bytes()))
}

#[cfg(not(unix))]
fn interface(index: u32) -> String {
    index.to_string()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::shown;
    use std::net::{Ipv6Addr, SocketAddr, SocketAddrV6};

    #[test]
    fn an_address_of_one_link_is_shown_with_the_name_of_its_interface() {
        let at = |scope_id| {
            let ip: Ipv6Addr = "fe80::1".parse().unwrap();
            shown(SocketAddr::V6(SocketAddrV6::new(ip, 0, 0, scope_id)))
        };
        // Linux gives each network namespace's lo the number 1, and numbers are positive.
        assert_eq!([at(0), at(1), at(999_999)], ["fe80::1", "fe80::1%lo", "fe80::1%999999"]);
    }
}
