//! A server under test, and the clients that try it.

use super::subject::COULD_NOT_GRADE;
use super::{Program, Rule, Subject, TIME_LIMIT, free_port, poll, shown};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

/// How long the end of an answer is waited for after its beginning.
const AT_ONCE: Duration = Duration::from_secs(2);

/// How many bytes of an answer are read.
const MOST_READ: usize = 1 << 20;

/// A run of a server: `COMMAND IP PORT`, on a free port of 127.0.0.1.
pub struct Serving {
    /// The program.
    pub program: Program,
    /// Its port: one that was free, never 0, which not every program understands.
    pub port: u16,
    command: String,
}

/// What came of one visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The bytes that came.
    pub bytes: Vec<u8>,
    /// Whether the server closed the connection, in whichever way.
    pub is_closed: bool,
}

impl Serving {
    /// Starts the server. That it listens is seen when the first client can connect: what it prints does not matter.
    ///
    /// # Panics
    ///
    /// If nothing can be graded.
    #[must_use]
    pub fn start(subject: &Subject) -> Self {
        let port = free_port();
        let arguments = ["127.0.0.1", &port.to_string()];
        let command = subject.spoken(&arguments);
        let program = Program::start(subject.command(&arguments))
            .unwrap_or_else(|e| panic!("{COULD_NOT_GRADE}: {command} cannot be started: {e}"));
        Self { program, port, command }
    }

    fn connect(&self) -> Option<TcpStream> {
        let stream =
            TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, self.port)), TIME_LIMIT).ok()?;
        stream.set_read_timeout(Some(TIME_LIMIT)).ok()?;
        stream.set_write_timeout(Some(TIME_LIMIT)).ok()?;
        Some(stream)
    }

    /// Connects as soon as the server lets it, sends, and reads the answer. `half_closes` says whether it tells that nothing more
    /// will be sent: netcats do not.
    ///
    /// # Panics
    ///
    /// With what a beginner has to know, if the server cannot be connected to.
    #[must_use]
    pub fn ask(&self, rule: &Rule, message: &[u8], half_closes: bool) -> Answer {
        match poll("the server", || self.connect()) {
            Ok(stream) => visit(stream, message, half_closes),
            Err(_) => self.fail(rule, "a server that can be connected to", "nobody listens at that port"),
        }
    }

    /// Fails with what was expected and what arrived, unless `holds`.
    ///
    /// # Panics
    ///
    /// Unless it holds.
    pub fn check(&self, holds: bool, rule: &Rule, expected: &str, arrived: &str) {
        if !holds {
            self.fail(rule, expected, arrived);
        }
    }

    /// Waits until this stands on the server's screen, which may take as long as a wait does.
    ///
    /// # Panics
    ///
    /// With what a beginner has to know, if it does not come to that in time.
    pub fn check_screen(&self, rule: &Rule, expected: &str, stands_there: impl Fn(&str) -> bool) {
        if self.program.wait_for_stdout_until(expected, stands_there).is_err() {
            self.fail(rule, expected, "see its screen below");
        }
    }

    /// Fails with all that a beginner needs to find the mistake.
    ///
    /// # Panics
    ///
    /// Always.
    pub fn fail(&self, rule: &Rule, expected: &str, arrived: &str) -> ! {
        let by_hand = self.command.replace(&format!(" {}", self.port), " 8080");
        let by_hand = format!("{by_hand}   in one terminal, and in another one   printf HELLO | nc 127.0.0.1 8080");
        rule.fail(expected, arrived, &[], &self.program, &by_hand)
    }
}

impl Answer {
    /// As a failure shows it.
    #[must_use]
    pub fn spoken(&self) -> String {
        let end = if self.is_closed { "then it closed" } else { "and it did not close" };
        format!("{}; {end}", shown(&self.bytes))
    }
}

/// Sends, and receives to the end: the first bytes may take as long as a wait does, what follows them comes at once.
fn visit(mut stream: TcpStream, message: &[u8], half_closes: bool) -> Answer {
    let mut bytes = Vec::new();
    let _ = stream.write_all(message);
    if half_closes {
        let _ = stream.shutdown(Shutdown::Write);
    }
    let mut buffer = [0; 2048];
    while bytes.len() < MOST_READ {
        match stream.read(&mut buffer) {
            Ok(0) => return Answer { bytes, is_closed: true },
            Ok(length) => bytes.extend_from_slice(&buffer[..length]),
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => break,
            Err(_) => return Answer { bytes, is_closed: true },
        }
        let _ = stream.set_read_timeout(Some(AT_ONCE));
    }
    Answer { bytes, is_closed: false }
}
