//! The door: the next client is accepted, numbered, and given a place or refused.

use crate::console::Console;
use crate::limits::{Limits, Place, Refusal};
use crate::visitors::Visitors;
use common::Problem;
use socket2::Socket;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// After a failure `accept` is called again when a client leaves, or after this time.
const RETRY: Duration = Duration::from_millis(250);
/// Refusals are told to the teacher so often at most.
const REFUSALS_TOLD: Duration = Duration::from_secs(5);

/// Where the clients come in, one at a time.
pub struct Door {
    listener: Socket,
    limits: Arc<Limits>,
    console: Console,
    visitors: Arc<Visitors>,
    book: Mutex<Book>,
}

/// What is known at the door. Whoever waits for the next client holds it, so that numbers follow the order of coming.
#[derive(Default)]
struct Book {
    connections: u64,
    refused: u64,
    refusal_told: Option<Instant>,
    /// Whether the last `accept` failed.
    stuck: bool,
}

/// A client that has just come.
pub struct Arrival {
    pub socket: Socket,
    pub from: SocketAddr,
    pub at: Instant,
    /// Its number and its place, or why it has none.
    pub admitted: Result<(u64, Place), Refusal>,
}

impl Door {
    /// The door of a socket that listens.
    pub fn new(listener: Socket, limits: Arc<Limits>, console: Console, visitors: Arc<Visitors>) -> Self {
        Self { listener, limits, console, visitors, book: Mutex::default() }
    }

    /// 4. Accept: waits for the next client.
    pub fn accept(&self) -> Arrival {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match self.listener.accept() {
                Ok((socket, from)) => {
                    let Some(from) = from.as_socket() else { continue };
                    // A client that reached `::` by IPv4 has an address like ::ffff:192.168.1.36.
                    let from = SocketAddr::new(from.ip().to_canonical(), from.port());
                    let admitted = self.admit(&mut book, from.ip());
                    return Arrival { socket, from, at: Instant::now(), admitted };
                }
                // The client was gone before it was accepted, or a signal came between.
                Err(e) if matches!(e.kind(), ErrorKind::ConnectionAborted | ErrorKind::Interrupted) => {}
                // Out of descriptors or memory. The clients wait in the backlog; trying at once would only burn the
                // processor.
                Err(e) => {
                    self.tell_failure(&mut book, &e);
                    self.limits.wait_for_a_leaver(RETRY);
                }
            }
        }
    }

    fn admit(&self, book: &mut Book, ip: IpAddr) -> Result<(u64, Place), Refusal> {
        if std::mem::take(&mut book.stuck) {
            self.console.aside("note: clients are accepted again");
        }
        let place = self.limits.admit(ip).inspect_err(|refusal| {
            self.visitors.refused(ip);
            self.tell_refusal(book, ip, *refusal);
        })?;
        book.connections += 1;
        self.console.connection(book.connections, ip);
        self.visitors.arrived(ip);
        Ok((book.connections, place))
    }

    /// Says it now and then only: whoever floods the server shall not flood the teacher's screen.
    fn tell_refusal(&self, book: &mut Book, ip: IpAddr, refusal: Refusal) {
        book.refused += 1;
        if book.refusal_told.is_none_or(|told| told.elapsed() >= REFUSALS_TOLD) {
            book.refusal_told = Some(Instant::now());
            self.console.aside(format!("note: refused {} so far, the last one {ip}: {refusal}", book.refused));
        }
    }

    /// Says it once, until `accept` works again.
    fn tell_failure(&self, book: &mut Book, cause: &io::Error) {
        if !std::mem::replace(&mut book.stuck, true) {
            let problem = Problem::new(
                "no client can be accepted for now",
                cause,
                "they wait until others leave; for more at once, raise the limit of open files (ulimit -n)",
            );
            self.console.aside(problem.to_string());
        }
    }
}
