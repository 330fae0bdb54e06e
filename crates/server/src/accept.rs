//! The door: one thread at a time waits here for the next client.

use crate::crew::Server;
use crate::limits::{Place, Refusal};
use common::Problem;
use socket2::Socket;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::sync::PoisonError;
use std::time::{Duration, Instant};

/// After a failure `accept` is called again when a client leaves, or after this time.
const RETRY: Duration = Duration::from_millis(250);
/// Refusals are told to the teacher so often at most.
const REFUSALS_TOLD: Duration = Duration::from_secs(5);

/// What the thread in front of `accept` knows.
#[derive(Default)]
pub struct Door {
    connections: u64,
    /// Whether the last `accept` failed.
    stuck: bool,
    refused: u64,
    refusal_told: Option<Instant>,
}

/// A client that has just come.
pub struct Arrival<'a> {
    pub socket: Socket,
    pub from: SocketAddr,
    pub at: Instant,
    /// Its number and its place, or why it has none.
    pub admitted: Result<(u64, Place<'a>), Refusal>,
}

/// 4. Accept: waits for the next client and numbers it.
pub fn accept(server: &Server) -> Arrival<'_> {
    let mut door = server.door.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        match server.listener.accept() {
            Ok((socket, from)) => {
                let Some(from) = from.as_socket() else { continue };
                if std::mem::take(&mut door.stuck) {
                    server.console.aside("note: clients are accepted again");
                }
                // A client that reached `::` by IPv4 has an address like ::ffff:192.168.1.36.
                let from = SocketAddr::new(from.ip().to_canonical(), from.port());
                let admitted = server.limits.admit(from.ip());
                let admitted = match admitted {
                    Ok(place) => Ok((door.welcome(server, from.ip()), place)),
                    Err(refusal) => {
                        door.refuse(server, from.ip(), refusal);
                        Err(refusal)
                    }
                };
                return Arrival { socket, from, at: Instant::now(), admitted };
            }
            // The client was gone before it was accepted, or a signal came between.
            Err(e) if matches!(e.kind(), ErrorKind::ConnectionAborted | ErrorKind::Interrupted) => {}
            // Out of descriptors or memory. The clients wait in the backlog; trying at once would only burn the processor.
            Err(e) => {
                door.stick(server, &e);
                server.limits.wait_for_a_leaver(RETRY);
            }
        }
    }
}

impl Door {
    fn welcome(&mut self, server: &Server, ip: IpAddr) -> u64 {
        self.connections += 1;
        server.console.connection(self.connections, ip);
        server.visitors.arrived(ip);
        self.connections
    }

    /// Says it now and then only: whoever floods the server shall not flood the teacher's screen.
    fn refuse(&mut self, server: &Server, ip: IpAddr, refusal: Refusal) {
        self.refused += 1;
        server.visitors.refused(ip);
        if self.refusal_told.is_none_or(|told| told.elapsed() >= REFUSALS_TOLD) {
            self.refusal_told = Some(Instant::now());
            let number = self.refused;
            server.console.aside(format!("note: refused {number} so far, the last one {ip}: {refusal}"));
        }
    }

    fn stick(&mut self, server: &Server, cause: &io::Error) {
        if !std::mem::replace(&mut self.stuck, true) {
            let problem = Problem::new(
                "no client can be accepted for now",
                cause,
                "they wait until others leave; for more at once, raise the limit of open files (ulimit -n)",
            );
            server.console.aside(problem.to_string());
        }
    }
}
