//! One line of the log.

use crate::accept::Client;
use crate::message::Message;
use common::text;
use jiff::Timestamp;
use serde::Serialize;
use std::net::IpAddr;

/// What is noted of a connection.
#[derive(Serialize)]
pub struct Entry {
    /// When the connection ended, RFC 3339, UTC.
    time: Timestamp,
    /// The connection's number, none for a client that was rejected.
    number: Option<u64>,
    address: IpAddr,
    port: u16,
    /// How many bytes the client sent, as far as they were read.
    bytes: u64,
    /// The first 1,024 bytes of them; what is not UTF-8 is U+FFFD.
    message: String,
    /// How it ended, in a few fixed words.
    outcome: &'static str,
    /// How long the client was here, in milliseconds.
    ms: u128,
}

impl Entry {
    /// A client that is done with now.
    pub fn new(client: Client, message: &Message, outcome: &'static str) -> Self {
        Self {
            time: Timestamp::now(),
            number: (client.number > 0).then_some(client.number),
            address: client.from.ip(),
            port: client.from.port(),
            bytes: message.length,
            message: message.text(),
            outcome,
            ms: client.at.elapsed().as_millis(),
        }
    }

    /// The entry as a line of JSON, with its end, safe on a terminal.
    pub fn to_line(&self) -> String {
        // An entry's keys are strings, and writing to memory cannot fail.
        text::escape_json(&serde_json::to_string(self).unwrap_or_default()) + "\n"
    }
}
