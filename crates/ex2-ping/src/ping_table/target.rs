//! One destination of the table: what its row says, and what comes of pinging it.

use crate::echo_socket::EchoSocket;
use crate::latch::Latch;
use crate::options::Options;
use crate::ping::{Observer, PingEvent, Settings, ping};
use crate::report::{format_ip, format_millis};
use crate::resolve;
use common::{Problem, address};
use std::net::SocketAddr;
use std::time::Duration;

/// What a row says about its destination.
#[derive(Clone, Debug, PartialEq, Eq)]
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

    /// Looks up what is missing, and pings. If it cannot be pinged: the reason.
    pub fn ping(&self, options: &Options, settings: &Settings, stop: &Latch) -> Result<Outcome, String> {
        let host = address::host(self.host()).map_err(|allowed| format!("{} is no address: {allowed}", self.host()))?;
        let found = resolve::destination(&host, options.version(), stop, settings.deadline).map_err(reason)?;
        let Some(destination) = found else {
            let is_late = !stop.is_set();
            return if is_late {
                Err("the name servers did not answer in time".into())
            } else {
                Ok(Outcome::default())
            };
        };
        let mut socket = EchoSocket::open(destination.address).map_err(reason)?;
        let mut outcome = Outcome { address: Some(destination.address), ..Outcome::default() };

        // The name is looked up meanwhile, and only if nobody has written one there.
        let is_nameless = self.name.is_empty() && destination.is_numeric && !options.numeric;
        let name = if is_nameless { Some(resolve::name(destination.address.ip()).map_err(reason)?) } else { None };
        let statistics = ping(&mut socket, settings, stop, &mut outcome).map_err(reason)?;
        outcome.name = name.and_then(|name| name.wait(stop, settings.deadline)).flatten();

        outcome.lost = statistics.transmitted.saturating_sub(statistics.received);
        if !outcome.times.is_empty() {
            outcome.reason = None;
        } else if outcome.reason.is_none() && !stop.is_set() {
            // After Ctrl-C nobody has waited long enough to say so.
            outcome.reason = Some("no answer".to_string());
        }
        Ok(outcome)
    }
}

#[allow(clippy::needless_pass_by_value, reason = "made for map_err")]
fn reason(problem: Problem) -> String {
    problem.error().to_string()
}

/// What came of pinging a target.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The round trips, in the order of the replies.
    pub times: Vec<Duration>,
    /// How many probes were lost.
    pub lost: u64,
    /// Why there are no times. None if there are, and none if Ctrl-C came before anything was known.
    pub reason: Option<String>,
    address: Option<SocketAddr>,
    name: Option<String>,
}

impl Outcome {
    /// Without times, for this reason.
    pub fn without_times(reason: String) -> Self {
        Self { reason: Some(reason), ..Self::default() }
    }

    /// The target with what is known now in its empty cells.
    pub fn filled_in(&self, target: &Target) -> Target {
        let mut filled = target.clone();
        if let (Some(address), true) = (self.address, filled.ip.is_empty()) {
            filled.ip = format_ip(address);
        }
        if let (Some(name), true) = (&self.name, filled.name.is_empty()) {
            filled.name.clone_from(name);
        }
        filled
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

/// It keeps the times; and of everything else the last, which is the reason if no time comes.
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
