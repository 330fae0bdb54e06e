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
            outcome.reason = Some(without_host(problem.error(), self.host()));
        }
        outcome
    }
}

/// What came of pinging a target.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The target, with what is known now in its empty cells.
    pub filled: Target,
    /// The round trips of its own replies with their sequence numbers, in the order in which they came.
    pub times: Vec<(u16, Duration)>,
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

        // A reply of another address does not say that this one is there.
        self.lost = statistics.transmitted.saturating_sub(self.times.len() as u64);
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
            return self.reason.as_deref().map(|reason| shortened(reason).to_string());
        }
        let times: Vec<String> = self.times.iter().map(|&(_, time)| format!("{} ms", format_millis(time))).collect();
        let lost = if self.lost > 0 { format!(" ({} lost)", self.lost) } else { String::new() };
        Some(times.join(", ") + &lost)
    }
}

/// How long a reason may be, so that the lesson's table has 80 columns at most: an IPv4 address and a name of 16 letters stand beside it.
const MAX_REASON_LEN: usize = 39;

/// A reason as it stands in its cell: of a long one the first part.
pub fn shortened(reason: &str) -> &str {
    let end = reason.find(" (says ").or_else(|| reason.find(": "));
    end.filter(|_| reason.chars().count() > MAX_REASON_LEN).map_or(reason, |end| &reason[..end])
}

/// An error without the host, which stands in the cell beside it.
fn without_host(error: &str, host: &str) -> String {
    if let Some(rest) = error.strip_prefix(host).filter(|rest| rest.starts_with(' ')) {
        return format!("it{rest}");
    }
    match error.strip_suffix(host) {
        Some(rest) => rest.strip_suffix("the name ").map_or(format!("{rest}it"), |rest| format!("{rest}this name")),
        None => error.to_string(),
    }
}

/// Keeps the times; and the last of all other events, which is the reason if no time comes.
impl Observer for Outcome {
    fn on_event(&mut self, event: PingEvent) {
        match event {
            PingEvent::Reply { reply, .. } if reply.is_stranger => {
                self.reason = Some(format!("answered by another: {}", format_ip(reply.from)));
            }
            PingEvent::Reply { damage: Some(damage), .. } => self.reason = Some(damage.to_string()),
            PingEvent::Reply { reply, time, .. } => {
                if !self.times.iter().any(|&(sequence, _)| sequence == reply.sequence) {
                    self.times.push((reply.sequence, time));
                }
            }
            PingEvent::Corrupted { .. } => self.reason = Some("bad checksum".to_string()),
            PingEvent::Stray { .. } => self.reason = Some("a reply came that belongs to no request".to_string()),
            PingEvent::NetworkError(error) => {
                let what = error.icmp.to_string();
                let what = what.strip_prefix("Destination unreachable: ").unwrap_or(&what);
                self.reason = Some(format!("{what} (says {})", format_ip(error.from)));
            }
            PingEvent::NotSent { cause, .. } => self.reason = Some(cause.to_string()),
        }
    }
}
