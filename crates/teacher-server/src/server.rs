//! What all clients share: the count, the limits, and those who are told what happens: the screen, the table of who came, the log.

use crate::balancer::Balancers;
use crate::console::{self, Console, Line};
use crate::limits::{Limits, Rejection};
use crate::log::{Entry, Log};
use crate::message::Message;
use crate::throttle::Throttle;
use crate::visit::{Client, Outcome, Visit};
use crate::visitors::Visitors;
use common::{Problem, text};
use jiff::Timestamp;
use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

/// The server's state.
pub struct Server {
    /// Where it waits.
    pub address: SocketAddr,
    pub limits: Arc<Limits>,
    pub balancers: Balancers,
    pub console: Console,
    pub visitors: Arc<Visitors>,
    log: Option<Log>,
    connections: AtomicU64,
    rejected: AtomicU64,
    /// Whether the last note was about a failure of `accept`.
    failure_told: AtomicBool,
    rejection_notes: Throttle,
    failure_notes: Throttle,
}

impl Server {
    /// A server that waits at `address`, to which nobody has come.
    pub fn new(address: SocketAddr, limits: Limits, balancers: Balancers, console: Console, log: Option<Log>) -> Self {
        Self {
            address,
            limits: Arc::new(limits),
            balancers,
            console,
            visitors: Arc::new(Visitors::with_names()),
            log,
            connections: AtomicU64::default(),
            rejected: AtomicU64::default(),
            failure_told: AtomicBool::default(),
            rejection_notes: Throttle::default(),
            failure_notes: Throttle::default(),
        }
    }

    /// Gives a client that has come, with the beginning of its message, a number and a place; or says why there is none.
    pub fn admit(self: &Arc<Self>, from: SocketAddr, message: Message) -> Result<Visit, Rejection> {
        match self.limits.admit(from.ip()) {
            Ok(permit) => {
                let client = Client::new(self.connections.fetch_add(1, Relaxed) + 1, from);
                self.visitors.arrived(from.ip(), client.time);
                self.console.say(Line::Connection(client));
                Ok(Visit::new(client, message, permit, Arc::clone(self)))
            }
            Err(rejection) => {
                self.note_rejected(Client::new(0, from), rejection);
                Err(rejection)
            }
        }
    }

    fn note_rejected(&self, client: Client, rejection: Rejection) {
        let ip = client.from.ip();
        self.visitors.rejected(ip, client.time);
        self.note_in_log(client, &Message::default(), rejection.name());
        let number = self.rejected.fetch_add(1, Relaxed) + 1;
        // Now and then: a flood of clients must not flood the screen.
        if self.rejection_notes.is_due() {
            self.console.note(format!("note: {number} rejected so far, the last one from {ip}: {rejection}"));
        }
    }

    /// A client's message is complete, as far as anybody can tell.
    pub fn said(&self, client: Client, message: &Message) {
        let ip = client.from.ip();
        let text = text::escape_prefix(&message.kept, message.length);
        if message.length > 0 {
            self.visitors.said(ip, client.time, Timestamp::now(), &text, true);
        }
        self.console.say(Line::Message { client, name: self.shown_name(client), text });
    }

    /// A client's name, where the screen shows it.
    fn shown_name(&self, client: Client) -> Option<String> {
        if self.console.is_for_a_class { self.visitors.name(client.from.ip()) } else { None }
    }

    /// A client is gone, after sending so many bytes `later` than its message was shown.
    pub fn went(&self, client: Client, message: &Message, later: u64, outcome: Outcome) {
        self.note_in_log(client, message, outcome.name());
        let remark = match outcome {
            Outcome::Stopped => return,
            Outcome::ResetBeforeMessage => Some("was reset by the client before it sent anything".to_string()),
            Outcome::Silent => {
                Some(format!("sent nothing for {:.0} s and was closed", client.at.elapsed().as_secs_f64()))
            }
            Outcome::Answered | Outcome::Reset => {
                (later > 0).then(|| format!("sent {later} more bytes later, which are not shown"))
            }
        };
        if let Some(text) = remark {
            self.console.say(Line::Remark { client, name: self.shown_name(client), text });
        }
        if !self.console.is_for_a_class {
            self.console.say(Line::Waiting(self.address));
        }
    }

    /// How many clients have come, and how many of those were rejected.
    #[cfg(feature = "board")]
    pub fn totals(&self) -> (u64, u64) {
        (self.connections.load(Relaxed), self.rejected.load(Relaxed))
    }

    fn note_in_log(&self, client: Client, message: &Message, outcome: &'static str) {
        if let Some(log) = &self.log {
            log.note(Entry::new(client, message, outcome));
        }
    }

    /// `accept` works.
    pub fn note_accepted(&self) {
        if self.failure_told.swap(false, Relaxed) {
            self.console.note("note: clients are accepted again");
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
                if cfg!(unix) {
                    "they wait until others leave; if too many files are open, raise the limit: ulimit -n 4096"
                } else {
                    "they wait until others leave"
                },
            );
            self.console.note(problem.to_string());
        }
    }

    /// Shows who came so far.
    pub fn show_who_came(&self) {
        self.console.say(Line::WhoCame(Arc::clone(&self.visitors)));
    }

    /// The server stops: the end of the log, and the last words with the table of who came.
    pub fn close(&self) -> ExitCode {
        let problem = self.log.as_ref().and_then(Log::close);
        self.console.close(Arc::clone(&self.visitors));
        match problem {
            None => ExitCode::SUCCESS,
            Some(problem) => {
                console::print_at_the_end(problem);
                ExitCode::FAILURE
            }
        }
    }
}
