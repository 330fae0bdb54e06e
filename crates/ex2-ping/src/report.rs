//! What a ping shows: the first line, a line for each event, the statistics. As ping's own lines, or as JSON.
//!
//! A thread of its own prints the events. It may wait a moment for the name of a sender: no probe has to wait for that.

mod format;
mod json;
mod names;
mod text;

pub use format::{format_ip, format_millis, milliseconds};

use crate::latch::Latch;
use crate::options::Options;
use crate::ping::{Observer, PingEvent, Statistics};
use crate::resolve::Destination;
use common::Problem;
use names::Names;
use std::io::{self, Write as _};
use std::panic::resume_unwind;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread::{self, JoinHandle};

/// How many events may wait to be printed. If the screen stands still for longer, so does the ping.
const MAX_WAITING_EVENTS: usize = 1_000;

/// A report on standard output.
pub struct Report {
    destination: String,
    is_json: bool,
    is_quiet: bool,
    events: SyncSender<PingEvent>,
    printer: JoinHandle<Result<(), Problem>>,
}

impl Report {
    /// Prints the first line.
    pub fn begin(options: &Options, destination: &Destination, stop: &Latch) -> Result<Self, Problem> {
        let Destination { name, address, is_numeric } = destination;
        let (is_json, is_quiet) = (options.json, options.quiet);
        print(&if is_json { json::begin(name, *address) } else { text::begin(name, *address) })?;

        // An address that was given as an address is shown as one, as ping does it.
        let is_name_wanted = !options.numeric && !is_quiet && !is_json && !is_numeric;
        let mut names = Names::new(is_name_wanted, stop);
        // Before the first probe is sent, so that the name is here when its reply comes.
        names.look_up(address.ip());
        let (events, receiver) = mpsc::sync_channel(MAX_WAITING_EVENTS);
        let stop = stop.clone();
        let print_all = move || print_events(receiver, is_json, names).inspect_err(|_| stop.set());
        let printer = thread::Builder::new().name("printer".into()).spawn(print_all).map_err(Problem::threads)?;
        Ok(Self { destination: name.clone(), is_json, is_quiet, events, printer })
    }

    /// Prints the statistics, after all the events.
    pub fn end(self, statistics: &Statistics) -> Result<(), Problem> {
        drop(self.events);
        self.printer.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        print(&if self.is_json { json::end(statistics) } else { text::end(&self.destination, statistics) })?;
        print_notes(statistics);
        Ok(())
    }
}

impl Observer for Report {
    fn on_event(&mut self, event: PingEvent) {
        match &event {
            PingEvent::NotSent { sequence, cause } => {
                let _ = writeln!(io::stderr(), "ex2-ping: icmp_seq={sequence} was not sent: {cause}{}", hint(cause));
            }
            PingEvent::Stray { from, why } => {
                let from = format_ip(*from);
                let _ = writeln!(io::stderr(), "note: a reply came that belongs to no request: {why} (from {from})");
            }
            _ => {}
        }
        if !self.is_quiet {
            // It fails if the printer has ended. Why it has, `end` says.
            let _ = self.events.send(event);
        }
    }
}

/// Prints the events as they come. If that fails, the ping ends as with Ctrl-C, because nobody can see it.
fn print_events(events: Receiver<PingEvent>, is_json: bool, mut names: Names) -> Result<(), Problem> {
    for event in events {
        let line = if is_json { Some(json::line(&event)) } else { text::line(&event, &mut names) };
        if let Some(line) = line {
            print(&line)?;
        }
    }
    Ok(())
}

/// What the lines of ping have no place for.
fn print_notes(statistics: &Statistics) {
    let Statistics { in_flight, strays, unclaimed, .. } = *statistics;
    let mut stderr = io::stderr().lock();
    if in_flight > 0 {
        let (probes, were) = if in_flight == 1 { ("probe", "was") } else { ("probes", "were") };
        let _ = writeln!(stderr, "note: {in_flight} {probes} {were} still on the way, and {were} not counted");
    }
    if strays > 1 {
        let _ = writeln!(stderr, "note: {strays} replies came that belong to no request");
    } else if unclaimed > 0 {
        let what = "a reply came that belongs to no request: its identifier is not that of this ping";
        let _ = writeln!(stderr, "note: {what}, unless it was for another ping here ({unclaimed} came)");
    }
}

/// Why the system does not send.
fn hint(cause: &io::Error) -> &'static str {
    if cause.kind() == io::ErrorKind::PermissionDenied { "; a firewall of this computer forbids it" } else { "" }
}

/// Prints a line at once, also into a pipe.
fn print(text: &str) -> Result<(), Problem> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{text}").and_then(|()| stdout.flush()).map_err(Problem::output)
}
