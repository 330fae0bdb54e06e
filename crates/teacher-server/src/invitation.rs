//! What the students type to reach the server.

use crate::console::{Console, Line};
use crate::server::Server;
use common::address::format_ip;
use common::interfaces::{self, OwnAddress};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::time;

/// How often the addresses of this computer are looked at: a cable is plugged in, the wireless network is another one.
const LOOK_INTERVAL: Duration = Duration::from_secs(5);

/// The invitation that the class has read.
pub struct Invitation {
    listening: SocketAddr,
    lines: Vec<String>,
    in_sight: String,
}

impl Invitation {
    /// Prints the invitation of a server that listens at this address.
    pub fn print(listening: SocketAddr, console: &Console) -> Self {
        let invitation = Self::new(listening);
        invitation.show(console);
        invitation
    }

    fn new(listening: SocketAddr) -> Self {
        let own = interfaces::addresses();
        Self { listening, lines: lines(listening, &own), in_sight: in_sight(listening, &own) }
    }

    fn show(&self, console: &Console) {
        self.lines.iter().for_each(|line| console.print(line));
        console.say(Line::Pinned(self.in_sight.clone()));
    }

    /// Prints another one whenever the addresses of this computer have changed.
    pub async fn keep_true(mut self, server: Arc<Server>) {
        while self.listening.ip().is_unspecified() {
            time::sleep(LOOK_INTERVAL).await;
            let now = Self::new(self.listening);
            // Where no file can be opened, the system does not say which addresses there are.
            if (&now.lines, &now.in_sight) != (&self.lines, &self.in_sight) && !server.limits.is_short() {
                server.console.note("note: the addresses of this computer have changed");
                now.show(&server.console);
                self = now;
            }
        }
    }
}

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
    if !listening.ip().is_unspecified() {
        return format!("Waiting for connections at {}, {} ", format_ip(listening), listening.port());
    }
    let (who, command) = command(listening, own);
    format!("{who}: {command} ")
}

/// Who has to type what.
pub fn command(listening: SocketAddr, own: &[OwnAddress]) -> (&'static str, String) {
    let address = reachable(listening, own);
    let who = if address.ip().is_loopback() { "On this computer type" } else { "The students type" };
    (who, format!("nc {} {}", format_ip(address), address.port()))
}

/// The address to type: where a server listens at all addresses of this computer, the first one by which others can reach it.
pub fn reachable(listening: SocketAddr, own: &[OwnAddress]) -> SocketAddr {
    if !listening.ip().is_unspecified() {
        return listening;
    }
    let from_elsewhere = own.iter().find(|own| leads_to(listening, own) && !own.ip.is_loopback());
    SocketAddr::new(from_elsewhere.map_or(Ipv4Addr::LOCALHOST.into(), |own| own.ip), listening.port())
}

/// Whether a client of this address comes to such a server: one at `::` serves IPv4 as well.
fn leads_to(listening: SocketAddr, own: &OwnAddress) -> bool {
    listening.is_ipv6() || own.ip.is_ipv4()
}

#[cfg(test)]
#[path = "../tests/unit/invitation.rs"]
mod tests;
