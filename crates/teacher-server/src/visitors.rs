//! Who came: a table of the addresses.

#[cfg(feature = "board")]
mod changes;

#[cfg(feature = "board")]
pub use changes::Row;

use crate::{names, screen};
use common::columns;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many addresses are told apart: an IPv6 network has more of them than memory has room for. When the table is full, addresses that
/// said nothing make room; when all of them have spoken, new ones are only counted.
const MAX_VISITORS: usize = 10_000;
/// Room is made for so many at once, since all visitors have to be looked at for that.
const MIN_ROOM: usize = 100;
/// How many rows the table has at most.
const MAX_ROWS: usize = 300;
/// How much of a last message the table shows, in characters.
const MAX_LAST_MESSAGE_LEN: usize = 40;

/// Counts the visits of each address. By default nobody is asked for names.
pub struct Visitors {
    book: Arc<Mutex<Book>>,
    lookups: Option<SyncSender<IpAddr>>,
    /// Read at the start: when no file can be opened any more, there would be none but UTC.
    zone: TimeZone,
}

#[derive(Default)]
struct Book {
    visitors: BTreeMap<IpAddr, Visitor>,
    /// How many of them said something.
    speakers: usize,
    /// Those of all addresses.
    connections: u64,
    messages: u64,
    rejected: u64,
    /// The connections from addresses for which there was no room.
    others: u64,
    /// Grows with each change.
    version: u64,
}

#[derive(Default)]
struct Visitor {
    name: Option<String>,
    connections: u64,
    rejected: u64,
    /// When its first and its last client came.
    first: Timestamp,
    last: Timestamp,
    messages: u64,
    last_message: String,
    /// When that was said.
    spoke: Timestamp,
    /// The book's version after the last change of this row.
    version: u64,
}

impl Default for Visitors {
    fn default() -> Self {
        Self { book: Arc::default(), lookups: None, zone: TimeZone::system() }
    }
}

impl Visitors {
    /// An empty book, for which names are looked up.
    pub fn with_names() -> Self {
        let visitors = Self::default();
        let named = Arc::clone(&visitors.book);
        let lookups = names::start_lookups(move |ip, name| {
            if let Some(visitor) = lock(&named).known(ip) {
                visitor.name = Some(name);
            }
        });
        Self { lookups, ..visitors }
    }

    /// A client was admitted that came at `time`. The name of an address is looked up when it comes for the first time, but that of a
    /// loopback address is never asked for: RFC 6303, section 4.2, says that its names are nobody else's business.
    pub fn arrived(&self, ip: IpAddr, time: Timestamp) {
        let mut book = lock(&self.book);
        book.connections += 1;
        match book.visitor(ip, time) {
            Some(visitor) => {
                visitor.connections += 1;
                if visitor.connections == 1 && ip.is_loopback() {
                    visitor.name = Some("localhost".to_string());
                } else if visitor.connections == 1 {
                    let _ = self.lookups.as_ref().map(|lookups| lookups.try_send(ip));
                }
            }
            None => book.others += 1,
        }
    }

    /// A client was rejected that came at `time`.
    pub fn rejected(&self, ip: IpAddr, time: Timestamp) {
        let mut book = lock(&self.book);
        book.rejected += 1;
        if let Some(visitor) = book.visitor(ip, time) {
            visitor.rejected += 1;
        }
    }

    /// A client that came at `arrival` said something at `time`: `text` is safe already. Where `is_live`, it is the last message, also
    /// when the clock was set back; logs have messages in any order.
    pub fn said(&self, ip: IpAddr, arrival: Timestamp, time: Timestamp, text: &str, is_live: bool) {
        let mut book = lock(&self.book);
        book.messages += 1;
        let Some(visitor) = book.visitor(ip, arrival) else { return };
        visitor.messages += 1;
        // It may have made room for others since it came.
        visitor.connections = visitor.connections.max(1);
        if is_live || time >= visitor.spoke {
            let first_line = text.lines().next().unwrap_or_default();
            visitor.spoke = time;
            visitor.last_message.clear();
            visitor.last_message.extend(first_line.chars().take(MAX_LAST_MESSAGE_LEN));
            if visitor.last_message.len() < text.len() {
                visitor.last_message.push_str("...");
            }
        }
        let is_new = visitor.messages == 1;
        book.speakers += usize::from(is_new);
    }

    /// The name of an address, if it is known by now.
    pub fn name(&self, ip: IpAddr) -> Option<String> {
        lock(&self.book).visitors.get(&ip)?.name.clone()
    }

    /// The totals and the table; none if nobody came. An address that never sent a byte has no row: the silent connections that a
    /// browser keeps in reserve, a health check, a scanner. Rows end before the edge of a terminal of this width.
    pub fn table(&self, width: Option<usize>) -> Option<String> {
        let book = lock(&self.book);
        if book.connections + book.rejected == 0 {
            return None;
        }
        let rows: Vec<_> = book.visitors.iter().filter(|(_, visitor)| visitor.has_row()).collect();
        let mut table = format!(
            "Addresses: {}. Connections: {}, {} of them without a message. Rejected: {}.",
            rows.len(),
            book.connections,
            book.connections.saturating_sub(book.messages),
            book.rejected,
        );
        if !rows.is_empty() {
            let head =
                ["Address", "Name", "Connections", "Rejected", "First", "Last", "Last message"].map(String::from);
            let shown = &rows[..rows.len().min(MAX_ROWS)];
            let format = time_format(shown, &self.zone);
            let cells: Vec<_> =
                [head].into_iter().chain(shown.iter().map(|row| cells(*row, format, &self.zone))).collect();
            let lines: Vec<_> = columns::align(&cells).iter().map(|line| screen::cut(line, width)).collect();
            let _ = write!(table, "\n\n{}", lines.join("\n"));
        }
        if rows.len() > MAX_ROWS {
            let _ = write!(table, "\n... and {} more addresses", rows.len() - MAX_ROWS);
        }
        if book.others > 0 {
            let _ = write!(table, "\n{} connections came from still other addresses", book.others);
        }
        Some(table)
    }
}

impl Visitor {
    fn has_row(&self) -> bool {
        self.messages > 0 || self.rejected > 0
    }
}

impl Book {
    /// The visitor with this address, new or known, who is here at `time`; none where the book is full.
    fn visitor(&mut self, ip: IpAddr, time: Timestamp) -> Option<&mut Visitor> {
        self.version += 1;
        if self.visitors.len() >= MAX_VISITORS && !self.visitors.contains_key(&ip) {
            if self.visitors.len() - self.speakers < MIN_ROOM {
                return None;
            }
            self.visitors.retain(|_, visitor| visitor.messages > 0);
        }
        let new = || Visitor { first: time, ..Visitor::default() };
        let visitor = self.visitors.entry(ip).or_insert_with(new);
        visitor.version = self.version;
        visitor.first = visitor.first.min(time);
        visitor.last = visitor.last.max(time);
        Some(visitor)
    }

    /// The visitor with this address, of whom there is news.
    fn known(&mut self, ip: IpAddr) -> Option<&mut Visitor> {
        self.version += 1;
        let visitor = self.visitors.get_mut(&ip)?;
        visitor.version = self.version;
        Some(visitor)
    }
}

fn cells((ip, visitor): (&IpAddr, &Visitor), time_format: &str, zone: &TimeZone) -> [String; 7] {
    let time = |at: Timestamp| at.to_zoned(zone.clone()).strftime(time_format).to_string();
    [
        ip.to_string(),
        visitor.name.clone().unwrap_or_else(|| "-".to_string()),
        // Numbers stand below each other, at the right end of their heading.
        format!("{:>11}", visitor.connections),
        format!("{:>8}", visitor.rejected),
        time(visitor.first),
        time(visitor.last),
        visitor.last_message.clone(),
    ]
}

/// The time of day, with the date where not all came on one day.
fn time_format(rows: &[(&IpAddr, &Visitor)], zone: &TimeZone) -> &'static str {
    let date = |time: Timestamp| zone.to_datetime(time).date();
    let mut times = rows.iter().flat_map(|(_, visitor)| [visitor.first, visitor.last]).map(date);
    let first = times.next();
    if times.all(|date| Some(date) == first) { "%H:%M:%S" } else { "%Y-%m-%d %H:%M:%S" }
}

fn lock(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "../tests/unit/visitors.rs"]
mod tests;
