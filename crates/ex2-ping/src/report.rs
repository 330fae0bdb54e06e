//! What a run of ping shows: the first line, a line for each piece of news, the statistics. As ping's own lines, or as JSON.

mod address;
mod json;
mod names;
mod text;

pub use address::shown;
pub use text::millis;

use crate::event::{self, Event};
use crate::news::{Listener, News};
use crate::options::Options;
use crate::resolve::Destination;
use crate::statistics::Statistics;
use common::Problem;
use names::Names;
use std::collections::VecDeque;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::time::Instant;

/// How many lines wait for a name at most. The next one is not worth waiting for.
const MAX_HELD_LINES: usize = 16;

/// A report on standard output.
pub struct Report {
    destination: String,
    is_json: bool,
    is_quiet: bool,
    names: Names,
    /// Lines that wait for the name of their sender, which is being looked up; the order of lines is kept.
    held: VecDeque<News>,
}

impl Report {
    /// Shows the first line.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if it cannot be shown.
    pub fn begin(options: &Options, destination: &Destination, address: SocketAddr) -> Result<Self, Problem> {
        let mut report = Self {
            destination: destination.name.clone(),
            is_json: options.json,
            is_quiet: options.quiet,
            // An address that was given as an address is shown as one, as ping does it.
            names: Names::new(!options.numeric && !options.quiet && !options.json && !destination.is_numeric),
            held: VecDeque::new(),
        };
        // Before the first probe is sent, so that the name is here when its reply comes.
        report.names.look_up(address);
        let begin = if report.is_json {
            json::begin(&destination.name, address)
        } else {
            text::begin(&destination.name, address)
        };
        print(&begin)?;
        Ok(report)
    }

    /// Shows the statistics.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if they cannot be shown.
    pub fn end(mut self, statistics: &Statistics, stop: &Event) -> Result<(), Problem> {
        self.go_on()?;
        // Who pressed Ctrl-C is not kept waiting for names.
        while let Some((name, until)) = self.waits_for().filter(|_| !stop.has_happened()) {
            event::wait(&[name, stop], None, Some(until))?;
            self.go_on()?;
        }
        while let Some(news) = self.held.pop_front() {
            self.show(&news)?;
        }
        print(&if self.is_json { json::end(statistics) } else { text::end(&self.destination, statistics) })?;
        if statistics.in_flight > 0 {
            let (probes, were) = if statistics.in_flight == 1 { ("probe", "was") } else { ("probes", "were") };
            let _ = writeln!(
                io::stderr(),
                "note: {} {probes} {were} still on the way, and {were} not counted",
                statistics.in_flight
            );
        }
        Ok(())
    }

    fn show(&mut self, news: &News) -> Result<(), Problem> {
        if let News::NotSent { sequence, cause } = news {
            let _ = writeln!(io::stderr(), "ex2-ping: icmp_seq={sequence} was not sent: {cause}");
        }
        if self.is_quiet {
            return Ok(());
        }
        let line = if self.is_json { Some(json::line(news)) } else { text::line(news, &self.names) };
        line.map_or(Ok(()), |line| print(&line))
    }
}

impl Listener for Report {
    fn on_news(&mut self, news: News) -> Result<(), Problem> {
        if let Some(from) = news.sender() {
            self.names.look_up(from);
        }
        self.held.push_back(news);
        self.go_on()
    }

    fn waits_for(&self) -> Option<(&Event, Instant)> {
        self.names.pending(self.held.front()?.sender()?)
    }

    fn go_on(&mut self) -> Result<(), Problem> {
        while let Some(first) = self.held.front() {
            let is_pending = first.sender().is_some_and(|from| self.names.is_pending(from));
            if is_pending && self.held.len() <= MAX_HELD_LINES {
                break;
            }
            let Some(news) = self.held.pop_front() else { break };
            self.show(&news)?;
        }
        Ok(())
    }
}

/// Each line at once, even into a pipe: whoever reads it sees the replies as they come.
fn print(text: &str) -> Result<(), Problem> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{text}").and_then(|()| stdout.flush()).map_err(Problem::output)
}
