//! A server that runs for one test, and a client to talk to it byte by byte.

use assert_cmd::cargo::cargo_bin;
use common::testing::{Program, TIME_LIMIT};
use socket2::SockRef;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::Command;
use std::time::Duration;

/// What the server answers.
pub const GREETING: &str = "Hello from the teacher's server";

/// A server on 127.0.0.1, on a port that the system chose.
pub struct RunningServer {
    pub program: Program,
    pub port: u16,
}

impl RunningServer {
    /// Starts it with more arguments, and waits until it listens.
    pub fn start(arguments: &[&str]) -> Self {
        Self::start_with("127.0.0.1", 0, arguments)
    }

    /// Starts it on a port of the caller's.
    #[cfg(unix)]
    pub fn start_at(port: u16) -> Self {
        Self::start_with("127.0.0.1", port, &[])
    }

    /// Starts it at any IP and port.
    pub fn start_with(ip: &str, port: u16, arguments: &[&str]) -> Self {
        let mut command = Command::new(cargo_bin!());
        command.args([ip, &port.to_string()]).args(arguments);
        Self::start_command(command)
    }

    /// Starts any command that ends in a server with port 0.
    pub fn start_command(command: Command) -> Self {
        Self::of(Program::start(command).unwrap())
    }

    /// Waits until it listens.
    pub fn of(program: Program) -> Self {
        let is_line = |all: &str| all.contains("Waiting for connections at ") && all.contains('\n');
        let line = program.wait_for_stdout_until("the line with its port", is_line).unwrap();
        let port = line.lines().next().and_then(|line| line.trim_end().rsplit(", ").next()).unwrap().parse().unwrap();
        Self { program, port }
    }

    /// Connects to it.
    pub fn connect(&self) -> Client {
        let address = SocketAddr::from(([127, 0, 0, 1], self.port));
        let stream = TcpStream::connect_timeout(&address, TIME_LIMIT).unwrap();
        stream.set_read_timeout(Some(TIME_LIMIT)).unwrap();
        stream.set_write_timeout(Some(TIME_LIMIT)).unwrap();
        Client(stream)
    }

    /// Connects, sends, and gives the whole answer.
    pub fn ask(&self, message: &[u8]) -> String {
        self.connect().say(message).answer()
    }
}

/// Whatever a test is about, the server must not have panicked.
impl Drop for RunningServer {
    fn drop(&mut self) {
        let stderr = self.program.stderr();
        assert!(std::thread::panicking() || !stderr.contains("panicked"), "{stderr}");
    }
}

/// A client that does one thing at a time.
pub struct Client(pub TcpStream);

impl Client {
    /// Sends, and keeps the connection open.
    pub fn say(mut self, message: &[u8]) -> Self {
        self.0.write_all(message).unwrap();
        self
    }

    /// Says that it sends nothing more.
    pub fn finish(self) -> Self {
        self.0.shutdown(Shutdown::Write).unwrap();
        self
    }

    /// Receives to the end.
    pub fn answer(mut self) -> String {
        let mut answer = String::new();
        self.0.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Closes with a reset (RST) instead of the normal end: socket(7), `SO_LINGER` with a time of zero.
    pub fn reset(self) {
        SockRef::from(&self.0).set_linger(Some(Duration::ZERO)).unwrap();
    }
}
