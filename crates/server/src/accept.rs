//! The door: the next client is accepted, numbered, and given a place or refused.

use crate::client::Client;
use crate::limits::{Limits, Place, Refusal};
use crate::records::Records;
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
    records: Arc<Records>,
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
    pub client: Client,
    /// Its place, or why it has none.
    pub admitted: Result<Place, Refusal>,
}

impl Door {
    /// The door of a socket that listens.
    pub fn new(listener: Socket, limits: Arc<Limits>, records: Arc<Records>) -> Self {
        Self { listener, limits, records, book: Mutex::default() }
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
                    return self.admit(&mut book, socket, from);
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

    fn admit(&self, book: &mut Book, socket: Socket, from: SocketAddr) -> Arrival {
        if std::mem::take(&mut book.stuck) {
            self.records.console.aside("note: clients are accepted again");
        }
        let mut client = Client { number: 0, from, at: Instant::now() };
        let admitted = self.limits.admit(from.ip());
        match &admitted {
            Ok(_) => {
                book.connections += 1;
                client.number = book.connections;
                self.records.came(client);
            }
            Err(refusal) => self.tell_refusal(book, from.ip(), *refusal),
        }
        Arrival { socket, client, admitted }
    }

    /// Says it now and then only: whoever floods the server shall not flood the teacher's screen.
    fn tell_refusal(&self, book: &mut Book, ip: IpAddr, refusal: Refusal) {
        book.refused += 1;
        if book.refusal_told.is_none_or(|told| told.elapsed() >= REFUSALS_TOLD) {
            book.refusal_told = Some(Instant::now());
            self.records.console.aside(format!("note: refused {} so far, the last one {ip}: {refusal}", book.refused));
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
            self.records.console.aside(problem.to_string());
        }
    }
}
