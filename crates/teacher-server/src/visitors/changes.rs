//! What the board shows of the table, and what of that is new.

use super::{Visitor, Visitors, lock};
use serde::Serialize;
use std::cmp::Reverse;
use std::net::IpAddr;

/// A row of the board: an address from which a message came.
#[derive(Serialize)]
pub struct Row {
    address: IpAddr,
    name: Option<String>,
    /// How many messages came, and the beginning of the last one, safe to show.
    count: u64,
    message: String,
    /// When its first client came, and when it said the last message, in milliseconds since 1970 (UTC).
    first: i64,
    time: i64,
}

/// What has changed.
pub struct Changes {
    /// The version in which all this is known.
    pub version: u64,
    /// How many rows there are.
    pub students: usize,
    /// The rows that have changed.
    pub rows: Vec<Row>,
}

impl Visitors {
    /// The rows that have changed since `version`, 0 for all, but only the `most` that have changed last.
    pub fn changes_since(&self, version: u64, most: usize) -> Changes {
        let book = lock(&self.book);
        let has_changed = |visitor: &Visitor| visitor.messages > 0 && visitor.version > version;
        let mut changed: Vec<_> = book.visitors.iter().filter(|(_, visitor)| has_changed(visitor)).collect();
        if changed.len() > most {
            changed.sort_unstable_by_key(|(_, visitor)| Reverse(visitor.version));
            changed.truncate(most);
        }
        let row = |(ip, visitor): (&IpAddr, &Visitor)| Row {
            address: *ip,
            name: visitor.name.clone(),
            count: visitor.messages,
            message: visitor.last_message.clone(),
            first: visitor.first.as_millisecond(),
            time: visitor.spoke.as_millisecond(),
        };
        Changes { version: book.version, students: book.speakers, rows: changed.into_iter().map(row).collect() }
    }

    /// Grows with each change.
    pub fn version(&self) -> u64 {
        lock(&self.book).version
    }
}

#[cfg(test)]
#[path = "../../tests/unit/changes.rs"]
mod tests;
