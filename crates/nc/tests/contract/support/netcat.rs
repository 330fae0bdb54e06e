//! The netcat that runs for one test, in both roles.

use assert_cmd::cargo::cargo_bin;
use common::testing::{Program, TIME_LIMIT};
use std::net::TcpStream;
use std::process::Command;

/// The netcat with these arguments.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin!("nc"));
    command.args(arguments);
    command
}

/// Connects to a port of this computer.
pub fn connecting(port: u16, arguments: &[&str]) -> Program {
    let mut command = command(arguments);
    command.args(["127.0.0.1", &port.to_string()]);
    Program::start(command).unwrap()
}

/// Listens at a port that the system chose.
pub fn listening(arguments: &[&str]) -> (Program, u16) {
    let mut command = command(arguments);
    command.args(["-l", "127.0.0.1", "0"]);
    listening_as(command)
}

/// Starts any command that ends in a netcat which listens at port 0.
pub fn listening_as(command: Command) -> (Program, u16) {
    let program = Program::start(command).unwrap();
    let port = port_told(&program.wait_for_stderr("\n").unwrap());
    (program, port)
}

/// The port in what a netcat tells that listens.
pub fn port_told(text: &str) -> u16 {
    let place = text.lines().next().and_then(|line| line.strip_prefix("listening at 127.0.0.1:"));
    place.and_then(|port| port.parse().ok()).unwrap_or_else(|| panic!("no port in {text:?}"))
}

/// A client of a netcat that listens.
pub fn client(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(TIME_LIMIT)).unwrap();
    stream
}
