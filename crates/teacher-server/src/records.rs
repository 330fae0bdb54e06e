//! What is told of each client, and to whom: the teacher's screen, the table of who came, the log.

use crate::console::{Console, Line};
use crate::limits::Rejection;
use crate::log::{Entry, Log};
use crate::message::Message;
use crate::visit::{Client, Outcome};
use crate::visitors::Visitors;
use common::text;
use std::net::SocketAddr;
use std::process::ExitCode;

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
        Self { console, visitors: Visitors::with_names(), log, address }
    }

    /// A client came and is served.
    pub fn came(&self, client: Client) {
        self.visitors.arrived(client.from.ip(), client.time);
        self.console.say(Line::Connection(client));
    }

    /// Its message is complete, as far as anybody can tell.
    pub fn said(&self, client: Client, message: &Message) {
        let ip = client.from.ip();
        let text = text::escape_prefix(&message.kept, message.length);
        if message.length > 0 {
            self.visitors.said(ip, client.time, &text);
        }
        let name = if self.console.is_for_a_class { self.visitors.name(ip) } else { None };
        self.console.say(Line::Message { client, name, text });
    }

    /// It is gone, after sending so many bytes `later` than its message was shown.
    pub fn went(&self, client: Client, message: &Message, later: u64, outcome: Outcome) {
        if let Some(log) = &self.log {
            log.note(Entry::new(client, message, outcome.name()));
        }
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
            self.console.say(Line::Remark { client, text });
        }
        if !self.console.is_for_a_class {
            self.console.say(Line::Waiting(self.address));
        }
    }

    /// A client came and is not served.
    pub fn rejected(&self, client: Client, rejection: Rejection) {
        self.visitors.rejected(client.from.ip(), client.time);
        if let Some(log) = &self.log {
            log.note(Entry::new(client, &Message::default(), rejection.name()));
        }
    }

    /// Shows who came so far.
    pub fn show_who_came(&self) {
        let table = self.visitors.table().unwrap_or_else(|| "Nobody has come so far.".to_string());
        self.console.print(table);
    }

    /// The server stops: the end of the log, and the last words with the table of who came. Only the console says what is wrong with
    /// the log: standard error may stand still as well.
    pub fn close(&self) -> ExitCode {
        let problem = self.log.as_ref().and_then(Log::close);
        let code = if problem.is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
        let table = self.visitors.table().map(|table| format!("\n\n{table}")).unwrap_or_default();
        self.console.close(format!("Server stopped by the user{table}"), problem);
        code
    }
}
