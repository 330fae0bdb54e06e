//! Accepting: the next client gets its number and a permit to be served, or is rejected.

use crate::limits::{Limits, Permit, Rejection};
use crate::records::Records;
use crate::throttle::Throttle;
use common::{Problem, retry};
use socket2::Socket;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// After a failure `accept` is called again when a client leaves, or after this time at the latest.
const RETRY_INTERVAL: Duration = Duration::from_millis(250);

/// Accepts the clients, one at a time.
pub struct Acceptor {
    listener: Socket,
    limits: Arc<Limits>,
    records: Arc<Records>,
    state: Mutex<State>,
    rejection_notes: Throttle,
    failure_notes: Throttle,
}

/// What changes from client to client. The thread that waits in `accept` holds it, so that the numbers follow the order in
/// which the clients came.
#[derive(Default)]
struct State {
    connections: u64,
    rejected: u64,
    /// Whether the last note was about a failure of `accept`.
    failure_told: bool,
}

/// A client that has come.
#[derive(Clone, Copy)]
pub struct Client {
    /// Its number; 0 for one that is rejected.
    pub number: u64,
    pub from: SocketAddr,
    /// When it came.
    pub at: Instant,
}

/// A client that has just come.
pub struct Accepted {
    pub socket: Socket,
    pub client: Client,
    /// The permit to be served, or why there is none.
    pub permit: Result<Permit, Rejection>,
}

impl Acceptor {
    /// The acceptor of a socket that listens.
    pub fn new(listener: Socket, limits: Arc<Limits>, records: Arc<Records>) -> Self {
        Self {
            listener,
            limits,
            records,
            state: Mutex::default(),
            rejection_notes: Throttle::default(),
            failure_notes: Throttle::default(),
        }
    }

    /// 4. Accept: waits for the next client.
    pub fn accept(&self) -> Accepted {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match self.listener.accept() {
                accepted if retry::must_accept_again(&accepted) => {}
                Ok((socket, from)) => {
                    let Some(from) = from.as_socket() else { continue };
                    // A client that reached `::` by IPv4 has an address like ::ffff:192.168.1.36.
                    let from = SocketAddr::new(from.ip().to_canonical(), from.port());
                    return self.admit(&mut state, socket, from);
                }
                // Out of descriptors or memory. The clients wait in the backlog; trying again at once would only burn the
                // processor.
                Err(e) => {
                    self.note_failure(&mut state, e);
                    self.limits.wait_for_release(RETRY_INTERVAL);
                }
            }
        }
    }

    fn admit(&self, state: &mut State, socket: Socket, from: SocketAddr) -> Accepted {
        if std::mem::take(&mut state.failure_told) {
            self.records.console.note("note: clients are accepted again");
        }
        let mut client = Client { number: 0, from, at: Instant::now() };
        let permit = self.limits.admit(from.ip());
        match &permit {
            Ok(_) => {
                state.connections += 1;
                client.number = state.connections;
                self.records.came(client);
            }
            Err(rejection) => self.note_rejection(state, from.ip(), *rejection),
        }
        Accepted { socket, client, permit }
    }

    /// Notes it now and then: a flood of clients must not flood the screen.
    fn note_rejection(&self, state: &mut State, ip: IpAddr, rejection: Rejection) {
        state.rejected += 1;
        if self.rejection_notes.is_due() {
            let number = state.rejected;
            self.records.console.note(format!("note: {number} rejected so far, the last one from {ip}: {rejection}"));
        }
    }

    /// Tells the teacher now and then: under a flood `accept` fails and works in turns.
    fn note_failure(&self, state: &mut State, cause: io::Error) {
        self.limits.note_shortage();
        if !state.failure_told && self.failure_notes.is_due() {
            state.failure_told = true;
            let problem = Problem::new(
                "the server cannot accept more clients right now",
                cause,
                "they wait until others leave; if too many files are open, raise the limit: ulimit -n 4096",
            );
            self.records.console.note(problem.to_string());
        }
    }

    /// Tells the teacher that the system has no thread left: the next client waits until another one leaves.
    pub fn note_thread_failure(&self, cause: io::Error) {
        self.limits.note_shortage();
        if self.failure_notes.is_due() {
            let next = "the next one waits until another one leaves; close some programs";
            let problem = Problem::new("the server cannot serve more clients at once", cause, next);
            self.records.console.note(problem.to_string());
        }
    }
}
