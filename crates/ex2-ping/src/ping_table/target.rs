//! One destination of the table: what its row says, and what comes of pinging it.

use crate::echo_socket::EchoSocket;
use crate::latch::Latch;
use crate::options::Options;
use crate::ping::{Observer, PingEvent, Settings, ping};
use crate::report::{format_ip, format_millis};
use crate::resolve;
use common::{Problem, address};
use std::time::Duration;

/// What a row says about its destination.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// Its IP, or nothing.
    pub ip: String,
    /// Its name, or whatever the student calls it.
    pub name: String,
}

impl Target {
    /// The target of a row with these two cells. A cell of signs alone, `-` or `?` or dots, is an empty one.
    pub fn new(ip: &str, name: &str) -> Self {
        let text =
            |cell: &str| if cell.contains(char::is_alphanumeric) { cell.trim().to_string() } else { String::new() };
        Self { ip: text(ip), name: text(name) }
    }

    /// The IP; where there is none, the name. Rows of dots, the lesson's way to say "and so on", have neither.
    pub fn host(&self) -> &str {
        if self.ip.is_empty() { &self.name } else { &self.ip }
    }

    /// Looks up what is missing, and pings.
    pub fn ping(&self, options: &Options, settings: &Settings, stop: &Latch) -> Outcome {
        let mut outcome = Outcome { filled: self.clone(), ..Outcome::default() };
        if let Err(problem) = outcome.measure(options, settings, stop) {
            outcome.reason = Some(problem.error().to_string());
        }
        outcome
    }
}

/// What came of pinging a target.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The target, with what is known now in its empty cells.
    pub filled: Target,
    /// The round trips, in the order of the replies.
    pub times: Vec<Duration>,
    /// How many probes were lost.
    pub lost: u64,
    /// Why there are no times. None if there are, and none if Ctrl-C came before anything was known.
    pub reason: Option<String>,
}

impl Outcome {
    fn measure(&mut self, options: &Options, settings: &Settings, stop: &Latch) -> Result<(), Problem> {
        let host = self.filled.host();
        let host = address::host(host)
            .map_err(|allowed| Problem::new(format_args!("{host} is no address: {allowed}"), "", "correct it"))?;
        let found = resolve::destination(&host, options.version(), stop, settings.deadline)?;
        let Some(destination) = found else {
            let late = Problem::new("the name servers did not answer in time", "time-out", "try again");
            return if stop.is_set() { Ok(()) } else { Err(late) };
        };
        let mut socket = EchoSocket::open(destination.address)?;
        if self.filled.ip.is_empty() {
            self.filled.ip = format_ip(destination.address);
        }
        // The name is looked up meanwhile, and only if nobody has written one there.
        let is_nameless = self.filled.name.is_empty() && destination.is_numeric && !options.numeric;
        let name = if is_nameless { Some(resolve::name(destination.address.ip())?) } else { None };
        let statistics = ping(&mut socket, settings, stop, self)?;
        if let Some(name) = name.and_then(|name| name.wait(stop, settings.deadline)).flatten() {
            self.filled.name = name;
        }

        self.lost = statistics.transmitted.saturating_sub(statistics.received);
        if !self.times.is_empty() {
            self.reason = None;
        } else if self.reason.is_none() && !stop.is_set() {
            // After Ctrl-C nobody has waited long enough to say so.
            self.reason = Some("no answer".to_string());
        }
        Ok(())
    }

    /// The text for the cell of the times: the times, or why there are none; nothing where nothing is known.
    pub fn times_or_reason(&self) -> Option<String> {
        if self.times.is_empty() {
            return self.reason.clone();
        }
        let times: Vec<String> = self.times.iter().map(|&time| format!("{} ms", format_millis(time))).collect();
        let lost = if self.lost > 0 { format!(" ({} lost)", self.lost) } else { String::new() };
        Some(times.join(", ") + &lost)
    }
}

/// Keeps the times; and the last of all other events, which is the reason if no time comes.
impl Observer for Outcome {
    fn on_event(&mut self, event: PingEvent) {
        match event {
            PingEvent::Reply { time, is_duplicate: false, .. } => self.times.push(time),
            PingEvent::Reply { .. } => {}
            PingEvent::Corrupted { what, .. } => self.reason = Some(what.to_lowercase()),
            PingEvent::NetworkError(error) => {
                self.reason = Some(format!("{} (says {})", error.icmp, format_ip(error.from)));
            }
            PingEvent::NotSent { cause, .. } => self.reason = Some(cause.to_string()),
        }
    }
}
