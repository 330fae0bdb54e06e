//! Exercise 2: ping. Is a computer there, how long does a small message take to it and back, and the table Ex2.txt.
//!
//! The steps stand in [`run`]: find the address, create a socket, ping, print the statistics. The bytes of the messages are yours
//! to write, in [`echo_request`] and [`echo_numbers`] at the end of this file.

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

use common::{Problem, problem};
use echo_socket::EchoSocket;
use icmp::{HEADER_LEN, Message, PAYLOAD_LEN, Version};
use latch::Latch;
use options::Options;
use ping::ping;
use report::Report;
use std::process::ExitCode;
// For the bytes you need this as well: remove the slashes in front of it.
// use icmp::checksum;

fn main() -> ExitCode {
    let options = Options::parse_checked();
    if let Err(problem) = check_written() {
        return problem::exit_code(Err(problem));
    }
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

/// The bytes of an echo request. `src/icmp.rs` has a drawing of them.
fn echo_request(version: Version, identifier: u16, sequence: u16, payload: &[u8; PAYLOAD_LEN]) -> Message {
    // All 64 bytes are 0 as yet: let mut message = [0; HEADER_LEN + PAYLOAD_LEN];
    // The type is one byte: message[0] = version.request_type();
    // The identifier is two, the higher one first: message[4..6].copy_from_slice(&identifier.to_be_bytes());
    // The sequence number is written in the same way. The payload stands behind them: message[HEADER_LEN..].copy_from_slice(payload);
    // The checksum comes last, since it is made of all the others; with IPv6 the kernel writes it. So if version == Version::V4 { … }
    // with two lines in it: let sum = checksum(&message); and message[2..4].copy_from_slice(&sum.to_be_bytes());
    // At the end stands the message, in the place of the two lines that follow here.
    let _ = (version.request_type(), identifier, sequence, payload);
    [0; HEADER_LEN + PAYLOAD_LEN]
}

/// The identifier and the sequence number in the header of a reply: they stand where they do in the request.
fn echo_numbers(header: [u8; HEADER_LEN]) -> (u16, u16) {
    // A number of two bytes, here those of the checksum: u16::from_be_bytes([header[2], header[3]])
    // At the end stands (identifier, sequence), in the place of the two lines that follow here.
    let _ = header;
    (0, 0)
}

/// As long as there is nothing to send, the program ends here.
fn check_written() -> Result<(), Problem> {
    let request = echo_request(Version::V4, 1, 1, &[1; PAYLOAD_LEN]);
    if request == [0; HEADER_LEN + PAYLOAD_LEN] || echo_numbers([1; HEADER_LEN]) == (0, 0) {
        let what = "the bytes of an echo request, and the numbers of a reply,";
        return Err(Problem::not_written(what, "the functions echo_request and echo_numbers"));
    }
    Ok(())
}
