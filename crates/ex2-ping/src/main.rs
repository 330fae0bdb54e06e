//! Exercise 2: ping. Is a computer there, how long does a small message take to it and back, and the table Ex2.txt.

mod echo;
mod event;
mod icmp;
mod icmp_error;
mod news;
mod options;
mod ping;
mod probes;
mod report;
mod resolve;
mod sheet;
mod statistics;

use common::Problem;
use common::problem::exit_code_or;
use echo::EchoSocket;
use event::Event;
use options::Options;
use report::Report;
use resolve::Destination;
use std::process::ExitCode;

/// Exit code 2, as ping has it: no probe could be sent at all, because of a name that is not known, say.
const EXIT_NOTHING_SENT: u8 = 2;

fn main() -> ExitCode {
    let options = Options::parse_checked();
    // BEGIN SOLUTION
    // STUB: if let Err(problem) = icmp::is_written() {
    // STUB:     return exit_code_or(Err(problem), ExitCode::FAILURE);
    // STUB: }
    // END SOLUTION
    if options.is_table() {
        return exit_code_or(ping_table(&options), ExitCode::FAILURE);
    }
    let stop = match event::ctrl_c() {
        Ok(stop) => stop,
        Err(problem) => return exit_code_or(Err(problem), ExitCode::FAILURE),
    };
    match connect(&options, &stop) {
        Ok(Some((destination, socket))) => {
            exit_code_or(ping_one(&options, &destination, socket, &stop), ExitCode::FAILURE)
        }
        Ok(None) => ExitCode::FAILURE,
        Err(problem) => exit_code_or(Err(problem), ExitCode::from(EXIT_NOTHING_SENT)),
    }
}

/// `--table`: all destinations of Ex2.txt.
fn ping_table(options: &Options) -> Result<ExitCode, Problem> {
    sheet::run(&options.table()?, options, &event::ctrl_c()?)
}

/// Finds the destination, and gets ready to send. Nothing if Ctrl-C came before that.
fn connect(options: &Options, stop: &Event) -> Result<Option<(Destination, EchoSocket)>, Problem> {
    // 1. Ask the name servers for the address
    let lookup = resolve::addresses(options.destination(), options.family())?;
    let Some(destination) = lookup.wait(stop, None)?.transpose()? else {
        return Ok(None);
    };

    // 2. Create a socket for ICMP, connected to the address
    let (address, socket) = resolve::first_that_works(&destination.addresses, EchoSocket::open)?;
    options.allows(address)?;
    Ok(Some((destination, socket)))
}

/// Pings as ping does it.
fn ping_one(
    options: &Options,
    destination: &Destination,
    mut socket: EchoSocket,
    stop: &Event,
) -> Result<ExitCode, Problem> {
    // 3. Send an echo request each second, and show the replies, until Ctrl-C
    let mut report = Report::begin(options, destination, socket.destination())?;
    let statistics = ping::ping(&mut socket, &options.settings(), stop, &mut report)?;

    // 4. The statistics
    report.end(&statistics, stop)?;
    Ok(if statistics.received > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
