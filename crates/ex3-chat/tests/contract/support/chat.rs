//! The chat against a recording peer, message by message.

use assert_cmd::cargo::cargo_bin;
use common::testing::{Program, Recorder};
use std::process::{Command, ExitStatus};

/// The chat that runs for one test.
pub struct Chat {
    pub program: Program,
}

impl Chat {
    /// Starts it with `IP PORT` of the peer and these arguments.
    pub fn with(peer: &Recorder, arguments: &[&str]) -> Self {
        Self::at("127.0.0.1", peer.port(), arguments)
    }

    /// Starts it with any IP and port.
    pub fn at(ip: &str, port: u16, arguments: &[&str]) -> Self {
        let mut command = Command::new(cargo_bin!("ex3-chat"));
        command.args([ip, &port.to_string()]).args(arguments);
        Self { program: Program::start(command).unwrap() }
    }

    /// Types these bytes.
    pub fn types(&mut self, bytes: &[u8]) -> &mut Self {
        self.program.type_in(bytes).unwrap();
        self
    }

    /// Ends the input, and waits for the end.
    pub fn ends(&mut self) -> ExitStatus {
        self.program.close_stdin();
        self.program.wait_for_end().unwrap()
    }

    /// All in one: types these bytes, ends the input, waits for the end.
    pub fn says(&mut self, bytes: &[u8]) -> ExitStatus {
        self.types(bytes).ends()
    }
}
