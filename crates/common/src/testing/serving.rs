//! A server under test, and the clients that try it.

use super::{Deadline, Judged, Program, Rule, Subject, free_port, poll_at_most, shown};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

/// How long the end of an answer is waited for after its beginning.
const AT_ONCE: Duration = Duration::from_secs(2);

/// How many bytes of an answer are read.
const MOST_READ: usize = 1 << 20;

/// What a socket is given to wait even when the deadline has passed: to it no time at all means for ever.
const LEAST_WAIT: Duration = Duration::from_millis(1);

/// A run of a server: `COMMAND IP PORT`, on a free port of 127.0.0.1.
pub struct Serving {
    /// The program.
    pub program: Program,
    /// Its port: one that was free, never 0, which not every program understands.
    pub port: u16,
    deadline: Deadline,
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
        let deadline = Deadline::start();
        let program = Program::start_judged(subject.command(&arguments), &command, deadline);
        Self { program, port, deadline, command }
    }

    /// Starts the server a second time at the same port, where the first one is.
    ///
    /// # Panics
    ///
    /// If it cannot be started.
    #[must_use]
    pub fn start_another(&self, subject: &Subject) -> Program {
        let arguments = ["127.0.0.1", &self.port.to_string()];
        Program::start_judged(subject.command(&arguments), &self.command, self.deadline)
    }

    fn connect(&self) -> Option<TcpStream> {
        let server = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        TcpStream::connect_timeout(&server, self.deadline.left().max(LEAST_WAIT)).ok()
    }

    /// Connects as soon as the server lets it, sends, and reads the answer. `half_closes` says whether it tells that nothing more
    /// will be sent: netcats do not.
    ///
    /// # Panics
    ///
    /// With what a beginner has to know, if the server cannot be connected to.
    #[must_use]
    pub fn ask(&mut self, rule: &Rule, message: &[u8], half_closes: bool) -> Answer {
        let answer = self.ask_if_it_listens(message, half_closes);
        answer.unwrap_or_else(|| self.fail(rule, "a server that can be connected to", "nobody listens at that port"))
    }

    /// As [`Serving::ask`], where it is another test's affair that the server listens: nothing if it does not.
    #[must_use]
    pub fn ask_if_it_listens(&mut self, message: &[u8], half_closes: bool) -> Option<Answer> {
        let visited = poll_at_most(self.deadline.left(), "the server", || {
            // Asked first: a program that listened up to its end has been connected to then.
            let has_ended = self.program.has_ended();
            self.connect().map(Some).or(has_ended.then_some(None))
        });
        Some(visit(visited.ok()??, message, half_closes, self.deadline))
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
}

impl Judged for Serving {
    fn fail(&self, rule: &Rule, expected: &str, arrived: &str) -> ! {
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
fn visit(mut stream: TcpStream, message: &[u8], half_closes: bool, deadline: Deadline) -> Answer {
    let mut bytes = Vec::new();
    let first_wait = Some(deadline.left().max(LEAST_WAIT));
    let _ = stream.set_read_timeout(first_wait).and_then(|()| stream.set_write_timeout(first_wait));
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
        let _ = stream.set_read_timeout(Some(deadline.left().clamp(LEAST_WAIT, AT_ONCE)));
    }
    Answer { bytes, is_closed: false }
}
