//! What the students type to reach the server.

use common::address::format_ip;
use common::interfaces::OwnAddress;
use std::net::SocketAddr;

/// The lines for a server that listens at every address of this computer, interface by interface; none for one that listens at a single
/// address, which stands in its waiting line.
pub fn lines(listening: SocketAddr, own: &[OwnAddress]) -> Vec<String> {
    if !listening.ip().is_unspecified() {
        return Vec::new();
    }
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        own.iter().filter(|own| leads_to(listening, own)).partition(|own| own.ip.is_loopback());
    let mut lines = Vec::new();
    if elsewhere.is_empty() {
        lines.push("No other computer can reach this one: it is connected to no network.".to_string());
    }
    // Typed on a student's computer, a loopback address would mean that computer.
    let useful = if elsewhere.is_empty() { here } else { elsewhere };
    for group in useful.chunk_by(|one, next| one.interface == next.interface) {
        let start = if lines.is_empty() { "The students type" } else { "or" };
        let here = "On this computer type:".to_string();
        lines.push(if group[0].ip.is_loopback() { here } else { format!("{start}, by {}:", group[0].interface) });
        for own in group {
            let (ip, port) = (own.ip, listening.port());
            lines.push(format!("    nc {ip} {port}"));
            lines.push(format!("    cargo run -q -p client -- {ip} {port}"));
        }
    }
    lines
}

/// The line that stays in sight of a class.
pub fn in_sight(listening: SocketAddr, own: &[OwnAddress]) -> String {
    let port = listening.port();
    if !listening.ip().is_unspecified() {
        return format!("Waiting for connections at {}, {port} ", format_ip(listening));
    }
    match own.iter().find(|own| leads_to(listening, own) && !own.ip.is_loopback()) {
        Some(own) => format!("The students type: nc {} {port} ", own.ip),
        None => format!("On this computer type: nc 127.0.0.1 {port} "),
    }
}

/// Whether a client of this address comes to such a server: one at `::` serves IPv4 as well.
fn leads_to(listening: SocketAddr, own: &OwnAddress) -> bool {
    listening.is_ipv6() || own.ip.is_ipv4()
}

#[cfg(test)]
#[path = "../tests/unit/invitation.rs"]
mod tests;
