//! What is told of each client, and to whom: the teacher's screen, the table at the end, the log.

use crate::accept::Client;
use crate::console::{self, Console};
use crate::limits::Rejection;
use crate::log::{Entry, Log};
use crate::message::Message;
use crate::talk::Outcome;
use crate::visitors::Visitors;
use common::{Problem, text};
use std::net::SocketAddr;

/// Everything that is kept of the clients.
pub struct Records {
    pub console: Console,
    visitors: Visitors,
    log: Option<Log>,
    /// Where the server waits.
    address: SocketAddr,
}

impl Records {
    /// Empty records, for a server that waits at `address`.
    pub fn new(address: SocketAddr, console: Console, log: Option<Log>) -> Self {
        Self { console, visitors: Visitors::new(), log, address }
    }

    /// A client came and is served.
    pub fn came(&self, client: Client) {
        let ip = client.from.ip();
        self.visitors.arrived(ip);
        if let Some(log) = &self.log {
            log.came(client);
        }
        self.console.connection(client.number, ip);
    }

    /// Its message is complete, as far as anybody can tell.
    pub fn said(&self, client: Client, message: &Message) {
        let ip = client.from.ip();
        let text = text::escape_prefix(&message.kept, message.length);
        self.visitors.said(ip, &text);
        if let Some(log) = &self.log {
            log.said(client, message);
        }
        self.console.message(client.number, ip, text);
    }

    /// It is gone. Of its message `told` bytes were there when it was shown.
    pub fn went(&self, client: Client, message: &Message, told: u64, outcome: Outcome) {
        if let Some(log) = &self.log {
            log.went(client, &Entry::new(client, message, outcome.name()));
        }
        let remark = match outcome {
            Outcome::ResetBeforeMessage => Some("was reset by the client before it sent anything".to_string()),
            Outcome::Silent => {
                Some(format!("sent nothing for {:.0} s and was closed", client.at.elapsed().as_secs_f64()))
            }
            Outcome::Answered | Outcome::Reset => (message.length > told)
                .then(|| format!("sent {} more bytes later, which are not shown", message.length - told)),
        };
        if let Some(remark) = remark {
            self.console.note(format!("note: connection {} ({}) {remark}", client.number, client.from.ip()));
        }
        self.console.waiting(self.address);
    }

    /// A client came and is not served.
    pub fn rejected(&self, client: Client, rejection: Rejection) {
        self.visitors.rejected(client.from.ip());
        if let Some(log) = &self.log {
            log.note(&Entry::new(client, &Message::default(), rejection.name()));
        }
    }

    /// The server stops: the last words with the table of who came, and the end of the log.
    pub fn close(&self) -> Result<(), Problem> {
        self.console.close(console::last_words(&self.visitors.table()));
        self.log.as_ref().map_or(Ok(()), Log::close)
    }
}
