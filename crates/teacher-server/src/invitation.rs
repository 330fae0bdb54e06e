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
    let can_be_reached = |own: &&OwnAddress| listening.is_ipv6() || own.ip.is_ipv4();
    let (here, elsewhere): (Vec<_>, Vec<_>) = own.iter().filter(can_be_reached).partition(|own| own.ip.is_loopback());
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
            let (ip, port) = (format_ip(SocketAddr::new(own.ip, 0)), listening.port());
            lines.push(format!("    nc {ip} {port}"));
            lines.push(format!("    cargo run -q -p client -- {ip} {port}"));
        }
    }
    lines
}

#[cfg(test)]
#[path = "../tests/unit/invitation.rs"]
mod tests;
