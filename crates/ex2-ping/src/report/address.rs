//! Addresses as text.

#[cfg(unix)]
use common::text::escape_line;
use std::net::SocketAddr;

/// An address as it is typed: with the interface where it is valid on one only (RFC 4007).
pub fn format_ip(address: SocketAddr) -> String {
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
