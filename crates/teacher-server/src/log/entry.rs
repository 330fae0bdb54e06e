//! One line of the log.

use crate::message::Message;
use crate::visit::Client;
use common::text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::net::IpAddr;
use std::time::Duration;

/// What is noted of a connection.
#[derive(Serialize, Deserialize)]
pub struct Entry {
    /// When the connection ended, RFC 3339, UTC.
    pub time: Timestamp,
    /// The connection's number, none for a client that was rejected.
    pub number: Option<u64>,
    pub address: IpAddr,
    port: u16,
    /// How many bytes the client sent, as far as they were read.
    pub bytes: u64,
    /// The first 1,024 bytes of them; what is not UTF-8 is U+FFFD.
    pub message: String,
    /// How it ended, in a few fixed words.
    outcome: Cow<'static, str>,
    /// How long the client was here, in milliseconds.
    ms: u64,
}

impl Entry {
    /// A client that is done with now.
    pub fn new(client: Client, message: &Message, outcome: &'static str) -> Self {
        let ms = u64::try_from(client.at.elapsed().as_millis()).unwrap_or(u64::MAX);
        Self {
            time: client.time.checked_add(Duration::from_millis(ms)).unwrap_or(client.time),
            number: (client.number > 0).then_some(client.number),
            address: client.from.ip(),
            port: client.from.port(),
            bytes: message.length,
            message: message.text(),
            outcome: Cow::Borrowed(outcome),
            ms,
        }
    }

    /// When the client came.
    pub fn arrival(&self) -> Timestamp {
        self.time.checked_sub(Duration::from_millis(self.ms)).unwrap_or(self.time)
    }

    /// The entry as a line of JSON, with its end, safe on a terminal.
    pub fn to_line(&self) -> String {
        // An entry's keys are strings, and writing to memory cannot fail.
        text::escape_json(&serde_json::to_string(self).unwrap_or_default()) + "\n"
    }
}
