//! What all clients share: the count, the limits, the records.

use crate::limits::{Limits, Rejection};
use crate::records::Records;
use crate::throttle::Throttle;
use crate::visit::{Client, Visit};
use common::Problem;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

/// The server's state.
pub struct Server {
    pub limits: Arc<Limits>,
    pub records: Arc<Records>,
    connections: AtomicU64,
    rejected: AtomicU64,
    /// Whether the last note was about a failure of `accept`.
    failure_told: AtomicBool,
    rejection_notes: Throttle,
    failure_notes: Throttle,
}

impl Server {
    /// A server to which nobody has come.
    pub fn new(limits: Arc<Limits>, records: Arc<Records>) -> Self {
        Self {
            limits,
            records,
            connections: AtomicU64::default(),
            rejected: AtomicU64::default(),
            failure_told: AtomicBool::default(),
            rejection_notes: Throttle::default(),
            failure_notes: Throttle::default(),
        }
    }

    /// Gives a client that has come a number and a place, or says why there is none.
    pub fn admit(self: &Arc<Self>, from: SocketAddr) -> Result<Visit, Rejection> {
        match self.limits.admit(from.ip()) {
            Ok(permit) => {
                let client = Client::new(self.connections.fetch_add(1, Relaxed) + 1, from);
                self.records.came(client);
                Ok(Visit::new(client, permit, Arc::clone(self)))
            }
            Err(rejection) => {
                self.records.rejected(Client::new(0, from), rejection);
                let number = self.rejected.fetch_add(1, Relaxed) + 1;
                // Now and then: a flood of clients must not flood the screen.
                if self.rejection_notes.is_due() {
                    let ip = from.ip();
                    let note = format!("note: {number} rejected so far, the last one from {ip}: {rejection}");
                    self.records.console.note(note);
                }
                Err(rejection)
            }
        }
    }

    /// `accept` works.
    pub fn note_accepted(&self) {
        if self.failure_told.swap(false, Relaxed) {
            self.records.console.note("note: clients are accepted again");
        }
    }

    /// `accept` failed. That is told now and then: under a flood it fails and works in turns.
    pub fn note_failure(&self, cause: io::Error) {
        self.limits.note_shortage();
        if !self.failure_told.load(Relaxed) && self.failure_notes.is_due() {
            self.failure_told.store(true, Relaxed);
            let problem = Problem::new(
                "the server cannot accept more clients right now",
                cause,
                "they wait until others leave; if too many files are open, raise the limit: ulimit -n 4096",
            );
            self.records.console.note(problem.to_string());
        }
    }
}
