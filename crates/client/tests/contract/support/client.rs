//! The client, run to its end against a recording peer.

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use common::testing::{Recorder, TIME_LIMIT};

/// The client, to be run with `IP PORT` of the peer and what the test adds.
pub fn client(peer: &Recorder) -> Command {
    client_at("127.0.0.1", peer.port())
}

/// The client, to be run with any IP and port.
pub fn client_at(ip: &str, port: u16) -> Command {
    let mut command = cargo_bin_cmd!("client");
    command.args([ip, &port.to_string()]).timeout(TIME_LIMIT);
    command
}
