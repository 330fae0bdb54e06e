//! Addresses, as they are shown.

#[cfg(unix)]
use common::text::one_line;
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
    let name = nix::net::if_::if_indextoname(index).ok().and_then(|name| name.into_string().ok());
    name.map_or_else(|| index.to_string(), |name| one_line(name.as_bytes()))
}

#[cfg(not(unix))]
fn interface(index: u32) -> String {
    index.to_string()
}
