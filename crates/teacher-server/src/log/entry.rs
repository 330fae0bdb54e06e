//! One line of the log.

use crate::client::Client;
use crate::message::Message;
use common::text;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};
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

    /// The entry as a line of JSON, with its end.
    pub fn to_line(&self) -> String {
        let mut line = Vec::new();
        // Writing to memory cannot fail, nor can an entry's keys be anything but strings.
        let _ = self.serialize(&mut Serializer::with_formatter(&mut line, SafeJson));
        line.push(b'\n');
        String::from_utf8(line).unwrap_or_default()
    }
}

/// JSON whose text is safe on a terminal: `serde_json` escapes U+0000 to U+001F, this the other invisible ones as well.
struct SafeJson;

impl Formatter for SafeJson {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut units = [0; 2];
        for character in fragment.chars() {
            if text::is_safe(character) {
                write!(writer, "{character}")?;
            } else {
                for unit in character.encode_utf16(&mut units) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}
