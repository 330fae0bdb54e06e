//! What needs root of a network: `scripts/virtual-lab --test` runs it. `cargo test` alone does not.

mod beside_ping;
mod both_sockets;
mod counting;
mod helpers;
mod hostile;
mod lesson;
mod permission;

use crate::support::scripted_host::{Action, Request};
use assert_cmd::cargo::cargo_bin;
use common::testing::{Program, TIME_LIMIT};
use std::process::Command;
use std::time::Duration;

/// What a program has said, and its exit code.
struct Said {
    stdout: String,
    stderr: String,
    code: Option<i32>,
}

/// Runs a program to its end, in the network of this thread.
fn run(program: &str, arguments: &[&str]) -> Said {
    run_for(TIME_LIMIT, program, arguments)
}

/// Runs a program that may take so long.
fn run_for(time_limit: Duration, program: &str, arguments: &[&str]) -> Said {
    let output = assert_cmd::Command::new(program).args(arguments).timeout(time_limit).output().unwrap();
    Said {
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code(),
    }
}

/// Runs ours.
fn ours(arguments: &[&str]) -> Said {
    run(cargo_bin!("ex2-ping").to_str().unwrap(), arguments)
}

/// Starts ours.
fn start(arguments: &[&str]) -> Program {
    let mut command = Command::new(cargo_bin!("ex2-ping"));
    command.args(arguments);
    Program::start(command).unwrap()
}

/// A host at 127.0.0.2 of a new network, in which the kernel answers no pings. On loopback both ends are in one network.
fn host_on_loopback(
    script: impl FnMut(&Request) -> Vec<Action> + Send + 'static,
) -> (crate::support::network::Network, crate::support::scripted_host::ScriptedHost) {
    let network = crate::support::network::Network::with_loopback();
    network.silence_kernel();
    (network, crate::support::scripted_host::ScriptedHost::start("127.0.0.2", script))
}
