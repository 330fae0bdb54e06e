//! Exercise 2: ping. Is a computer there, how long does a small message take to it and back, and the table Ex2.txt.
//!
//! The steps stand in [`run`]: find the address, create a socket, ping, print the statistics. Step 3 is the loop in `ping.rs`, and
//! the bytes that it sends are in `echo_message.rs`.

mod echo_message;
mod echo_socket;
mod icmp;
mod icmp_error;
#[cfg(test)]
mod known_bytes;
mod latch;
mod options;
mod ping;
mod ping_table;
mod report;
mod resolve;

use common::Problem;
use echo_message::{echo_numbers, echo_request};
use echo_socket::EchoSocket;
use latch::Latch;
use options::Options;
use ping::ping;
use report::Report;
use std::process::ExitCode;

fn main() -> ExitCode {
    let options = Options::parse_checked();
    let result = if options.is_table() { ping_table::run(&options) } else { run(&options) };
    options.exit_code(result)
}

fn run(options: &Options) -> Result<ExitCode, Problem> {
    let ctrl_c = Latch::set_by_ctrl_c()?;

    // 1. Ask the name servers for the address. There is none if Ctrl-C comes first
    let found = resolve::destination(options.destination(), options.version(), &ctrl_c, None)?;
    let Some(destination) = found else { return Ok(ExitCode::FAILURE) };

    // 2. Create a socket for ICMP, connected to the address: ICMP has no ports
    let mut socket = EchoSocket::open(destination.address)?;

    // 3. Send an echo request each second, and print the replies as they come, until Ctrl-C
    let mut report = Report::begin(options, &destination, &ctrl_c)?;
    let statistics = ping(&mut socket, &options.settings(), &ctrl_c, &mut report)?;

    // 4. Print the statistics
    report.end(&statistics)?;
    Ok(if statistics.received > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
