//! A client that is being served.

use crate::limits::Permit;
use crate::message::Message;
use crate::server::Server;
use jiff::Timestamp;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A client that has come.
#[derive(Clone, Copy)]
pub struct Client {
    /// Its number; 0 for one that is rejected.
    pub number: u64,
    pub from: SocketAddr,
    /// When it came, by the wall clock and by the monotonic one.
    pub time: Timestamp,
    pub at: Instant,
}

impl Client {
    /// One that comes now.
    pub fn new(number: u64, from: SocketAddr) -> Self {
        Self { number, from, time: Timestamp::now(), at: Instant::now() }
    }
}

/// How a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The client was answered, whether it waited for that or not.
    Answered,
    /// The client said something and broke the connection off before it could be answered.
    Reset,
    /// The client broke the connection off before it said anything.
    ResetBeforeMessage,
    /// The client said nothing for as long as the server's patience lasted.
    Silent,
    /// The server was stopped before the client was done.
    Stopped,
}

impl Outcome {
    /// In fixed words, for the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Reset => "reset",
            Self::ResetBeforeMessage => "reset before a message",
            Self::Silent => "silent",
            Self::Stopped => "server stopped",
        }
    }
}

/// What is known of a client that is being served. When it is dropped, for whatever reason, the client's place is free again,
/// and its end is recorded once.
pub struct Visit {
    pub client: Client,
    pub message: Message,
    pub outcome: Outcome,
    /// How much of the message was there when it was shown.
    shown: Option<u64>,
    permit: Option<Permit>,
    server: Arc<Server>,
}

impl Visit {
    /// The visit of a client that has just come, with the beginning of its message.
    pub fn new(client: Client, message: Message, permit: Permit, server: Arc<Server>) -> Self {
        let permit = Some(permit);
        Self { client, message, outcome: Outcome::Stopped, shown: None, permit, server }
    }

    /// How long the client may be silent now.
    pub fn patience(&self) -> Duration {
        self.server.limits.patience(self.client.from.ip())
    }

    /// Whether the message has been shown.
    pub fn is_shown(&self) -> bool {
        self.shown.is_some()
    }

    /// Shows the message, which is complete as far as anybody can tell. Only the first call does.
    pub fn show(&mut self) {
        if self.shown.is_none() {
            self.shown = Some(self.message.length);
            self.server.said(self.client, &self.message);
        }
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.permit = None;
        // The server was stopped before it was clear that the message is complete.
        if self.message.length > 0 {
            self.show();
        }
        let later = self.shown.map_or(0, |shown| self.message.length - shown);
        self.server.went(self.client, &self.message, later, self.outcome);
    }
}
