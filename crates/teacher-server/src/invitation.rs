//! What the students type to reach the server.

use crate::console::{Console, Line};
use crate::server::Server;
use common::address::format_ip;
use common::interfaces::{self, OwnAddress};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time;

/// How often the addresses of this computer are looked at: a cable is plugged in, the wireless network is another one.
const LOOK_INTERVAL: Duration = Duration::from_secs(5);

/// The invitation of a server that listens here.
pub struct Invitation {
    listening: SocketAddr,
    own: Mutex<Vec<OwnAddress>>,
}

impl Invitation {
    /// To this computer, by the addresses that it has now.
    pub fn new(listening: SocketAddr) -> Self {
        Self { listening, own: Mutex::new(interfaces::addresses()) }
    }

    /// Prints it.
    pub fn show(&self, console: &Console) {
        let own = self.own();
        for line in lines(self.listening, &own) {
            console.print(line);
        }
        console.say(Line::Pinned(in_sight(self.listening, &own)));
    }

    /// Who has to type what.
    #[cfg(feature = "board")]
    pub fn command(&self) -> (&'static str, String) {
        command(self.listening, &self.own())
    }

    /// The addresses of this computer are these now. Whether the students have to type something else. Where no file can be opened, the
    /// system names none: the last ones are kept.
    fn note(&self, own: Vec<OwnAddress>) -> bool {
        let mut last = self.own();
        let has_changed = !own.is_empty() && lines(self.listening, &own) != lines(self.listening, &last);
        if has_changed {
            *last = own;
        }
        has_changed
    }

    fn own(&self) -> MutexGuard<'_, Vec<OwnAddress>> {
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Prints the invitation again whenever the addresses of this computer have changed.
pub async fn keep_true(invitation: Arc<Invitation>, server: Arc<Server>) {
    while invitation.listening.ip().is_unspecified() {
        time::sleep(LOOK_INTERVAL).await;
        // Where files run out, the system does not say for sure which addresses there are.
        if !server.limits.is_short() && invitation.note(interfaces::addresses()) {
            server.console.note("note: the addresses of this computer have changed");
            invitation.show(&server.console);
        }
    }
}

/// The lines for a server that listens at every address of this computer, interface by interface; none for one that listens at a single
/// address, which stands in its waiting line.
fn lines(listening: SocketAddr, own: &[OwnAddress]) -> Vec<String> {
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
fn in_sight(listening: SocketAddr, own: &[OwnAddress]) -> String {
    if !listening.ip().is_unspecified() {
        return format!("Waiting for connections at {}, {} ", format_ip(listening), listening.port());
    }
    let (who, command) = command(listening, own);
    format!("{who}: {command} ")
}

/// Who has to type what.
fn command(listening: SocketAddr, own: &[OwnAddress]) -> (&'static str, String) {
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
