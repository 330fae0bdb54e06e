//! Who came: the table at the end.

use crate::names;
use common::columns;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many addresses are told apart; later ones are only counted. An IPv6 network has more addresses
/// than any memory has room for.
const MAX_VISITORS: usize = 10_000;
/// How many rows the table has at most.
const MAX_ROWS: usize = 300;
/// How much of a last message the table shows, in characters.
const MAX_LAST_MESSAGE_LEN: usize = 40;

/// Counts the visits of each address.
pub struct Visitors {
    book: Arc<Mutex<Book>>,
    lookups: names::Lookups,
}

#[derive(Default)]
struct Book {
    visitors: BTreeMap<IpAddr, Visitor>,
    others: u64,
}

#[derive(Default)]
struct Visitor {
    name: Option<String>,
    connections: u64,
    rejected: u64,
    last_message: String,
}

impl Visitors {
    /// An empty book.
    pub fn new() -> Self {
        let book = Arc::new(Mutex::new(Book::default()));
        let named = Arc::clone(&book);
        let lookups = names::start_lookups(move |ip, name| {
            if let Some(visitor) = lock(&named).visitors.get_mut(&ip) {
                visitor.name = Some(name);
            }
        });
        Self { book, lookups }
    }

    /// A client was admitted. The name of an address is looked up when it comes for the first time, but that of a loopback
    /// address is never asked for: RFC 6303, section 4.2, says that its names are nobody else's business.
    pub fn arrived(&self, ip: IpAddr) {
        let mut book = lock(&self.book);
        match book.visitor(ip) {
            Some(visitor) => {
                visitor.connections += 1;
                if visitor.connections == 1 && ip.is_loopback() {
                    visitor.name = Some("localhost".to_string());
                } else if visitor.connections == 1 {
                    self.lookups.ask(ip);
                }
            }
            None => book.others += 1,
        }
    }

    /// A client was rejected.
    pub fn rejected(&self, ip: IpAddr) {
        if let Some(visitor) = lock(&self.book).visitor(ip) {
            visitor.rejected += 1;
        }
    }

    /// A client said something: `text` is safe already.
    pub fn said(&self, ip: IpAddr, text: &str) {
        let first_line = text.lines().next().unwrap_or_default();
        let mut shown: String = first_line.chars().take(MAX_LAST_MESSAGE_LEN).collect();
        if shown.len() < text.len() {
            shown.push_str("...");
        }
        if let Some(visitor) = lock(&self.book).visitors.get_mut(&ip) {
            visitor.last_message = shown;
        }
    }

    /// The table, each line with a line break before it; empty if nobody came.
    pub fn table(&self) -> String {
        let book = lock(&self.book);
        if book.visitors.is_empty() {
            return String::new();
        }
        let mut rows = vec![["Address", "Name", "Connections", "Rejected", "Last message"].map(String::from)];
        for (ip, visitor) in book.visitors.iter().take(MAX_ROWS) {
            rows.push([
                ip.to_string(),
                visitor.name.clone().unwrap_or_else(|| "-".to_string()),
                // Numbers stand below each other, at the right end of their heading.
                format!("{:>11}", visitor.connections),
                format!("{:>8}", visitor.rejected),
                visitor.last_message.clone(),
            ]);
        }
        let mut table = String::from("\n\n") + &columns::align(&rows).join("\n");
        if book.visitors.len() > MAX_ROWS {
            let _ = write!(table, "\n... and {} more addresses", book.visitors.len() - MAX_ROWS);
        }
        if book.others > 0 {
            let _ = write!(table, "\n{} connections came from still other addresses", book.others);
        }
        table
    }
}

impl Book {
    /// The visitor with this address, new or known; none where the book is full.
    fn visitor(&mut self, ip: IpAddr) -> Option<&mut Visitor> {
        if self.visitors.len() >= MAX_VISITORS && !self.visitors.contains_key(&ip) {
            return None;
        }
        Some(self.visitors.entry(ip).or_default())
    }
}

fn lock(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "../tests/unit/visitors.rs"]
mod tests;
