//! One row of the table: whom it names, and what came of pinging it.

use crate::echo::EchoSocket;
use crate::event::Event;
use crate::news::{Listener, News};
use crate::options::Options;
use crate::ping::{Settings, ping};
use crate::report::{millis, shown};
use crate::resolve;
use common::{Problem, address};
use std::net::SocketAddr;
use std::time::Duration;

/// What a row says about its destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its IP, or nothing.
    pub ip: String,
    /// Its name, or whatever the student calls it.
    pub name: String,
}

/// What came of a row.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The round trips, in the order of the replies.
    pub times: Vec<Duration>,
    /// How many probes were lost.
    pub lost: u64,
    /// Why there are no times. None if there are, and none if Ctrl-C came before anything was known.
    pub reason: Option<String>,
    address: Option<SocketAddr>,
    found_name: Option<String>,
}

impl Row {
    /// The row with these two cells. A cell of signs alone, `-` or `?` or dots, is an empty one.
    pub fn new(ip: &str, name: &str) -> Self {
        let text =
            |cell: &str| if cell.contains(char::is_alphanumeric) { cell.trim().to_string() } else { String::new() };
        Self { ip: text(ip), name: text(name) }
    }

    /// Whether there is anybody to ping. Rows of dots are the lesson's way to say "and so on".
    pub fn has_destination(&self) -> bool {
        !self.destination().is_empty()
    }

    /// How well this row, as it stands in the file now, is the one that was pinged; 0 is not at all. In the meantime somebody may
    /// have called it otherwise, or another run may have filled it in.
    pub fn likeness(&self, pinged: &Self, outcome: &Outcome) -> u8 {
        let filled = Self {
            ip: outcome.ip(pinged).unwrap_or_else(|| pinged.ip.clone()),
            name: outcome.name(pinged).unwrap_or_else(|| pinged.name.clone()),
        };
        let has_same_ip = !pinged.ip.is_empty() && self.ip == pinged.ip;
        if self == pinged {
            3
        } else if *self == filled {
            2
        } else {
            u8::from(has_same_ip)
        }
    }

    /// The IP; where there is none, the name.
    pub fn destination(&self) -> &str {
        if self.ip.is_empty() { &self.name } else { &self.ip }
    }

    /// Looks up what is missing, and pings.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if this computer has no room for what it takes. What the network says is no error here, but the outcome.
    pub fn measure(&self, options: &Options, settings: &Settings, stop: &Event) -> Result<Outcome, Problem> {
        let host = match address::host(self.destination()) {
            Ok(host) => host,
            Err(allowed) => return Ok(Outcome::because(format!("{} is no address: {allowed}", self.destination()))),
        };
        let found = resolve::addresses(&host, options.family())?.wait(stop, settings.until)?;
        let destination = match found {
            Some(Ok(destination)) => destination,
            Some(Err(problem)) => return Ok(Outcome::because(problem.error())),
            None if stop.has_happened() => return Ok(Outcome::default()),
            None => return Ok(Outcome::because("the name servers did not answer in time")),
        };
        let (address, mut socket) = match resolve::first_that_works(&destination.addresses, EchoSocket::open) {
            Ok(connected) => connected,
            Err(problem) => return Ok(Outcome::because(problem.error())),
        };
        // Meanwhile, and only if nobody has written a name there.
        let is_nameless = self.name.is_empty() && destination.is_numeric && !options.numeric;
        let reverse = is_nameless.then(|| resolve::name(address.ip())).transpose()?;

        let mut notes = Notes::default();
        let statistics = ping(&mut socket, settings, stop, &mut notes)?;
        let found_name = match reverse {
            Some(reverse) => reverse.wait(stop, settings.until)?.flatten(),
            None => None,
        };
        let lost = statistics.transmitted.saturating_sub(statistics.received);
        // Who pressed Ctrl-C has not waited long enough to say that nobody answers.
        let silence = (!stop.has_happened()).then(|| "no answer".to_string());
        let reason = if notes.times.is_empty() { notes.complaint.or(silence) } else { None };
        Ok(Outcome { times: notes.times, lost, reason, address: Some(address), found_name })
    }
}

impl Outcome {
    /// Without times, for this reason.
    pub fn because(reason: impl Into<String>) -> Self {
        Self { reason: Some(reason.into()), ..Self::default() }
    }

    /// The text for the first cell, where the row has none and it is known now.
    pub fn ip(&self, row: &Row) -> Option<String> {
        self.address.filter(|_| row.ip.is_empty()).map(shown)
    }

    /// The text for the second cell, where the row has none and it is known now.
    pub fn name(&self, row: &Row) -> Option<String> {
        self.found_name.clone().filter(|_| row.name.is_empty())
    }

    /// The text for the third cell: the times, or why there are none; nothing where nothing is known.
    pub fn text(&self) -> Option<String> {
        if self.times.is_empty() {
            return self.reason.clone();
        }
        let times: Vec<String> = self.times.iter().map(|&time| format!("{} ms", millis(time))).collect();
        let lost = if self.lost > 0 { format!(" ({} lost)", self.lost) } else { String::new() };
        Some(times.join(", ") + &lost)
    }
}

/// What is remembered of a run: the times, and the last complaint.
#[derive(Default)]
struct Notes {
    times: Vec<Duration>,
    complaint: Option<String>,
}

impl Listener for Notes {
    fn on_news(&mut self, news: News) -> Result<(), Problem> {
        match news {
            News::Reply { time, is_duplicate: false, .. } => self.times.push(time),
            News::Reply { .. } => {}
            News::Corrupted { what, .. } => self.complaint = Some(what.to_lowercase()),
            News::Refused(error) => {
                self.complaint = Some(format!("{} (says {})", error.icmp, shown(error.from)));
            }
            News::NotSent { cause, .. } => self.complaint = Some(cause.to_string()),
        }
        Ok(())
    }
}
