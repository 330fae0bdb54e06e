//! A server under test, and the clients that try it.

use super::{CommandUnderTest, Deadline, Judged, Program, Requirement, excerpt, free_port, netcat, poll_at_most};
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

/// How long the end of an answer is waited for after its beginning.
const REST_TIMEOUT: Duration = Duration::from_secs(2);

/// How long a client is silent before it says that it will send nothing more. Servers that wait for that are another test's
/// affair; and others end a conversation at once when they hear it.
const HALF_CLOSE_AFTER: Duration = Duration::from_millis(700);

/// How many bytes of an answer are read.
const MAX_ANSWER_LEN: usize = 1 << 20;

/// What a socket is given to wait even when the deadline has passed: to it no time at all means for ever.
const MIN_TIMEOUT: Duration = Duration::from_millis(1);

/// A run of a server: `COMMAND IP PORT`, on loopback.
pub struct ServerRun {
    /// The program.
    pub program: Program,
    /// The IP that it was given.
    pub ip: Ipv4Addr,
    /// Its port: never 0, which not every program understands.
    pub port: u16,
    deadline: Deadline,
    command: String,
    is_own: bool,
    has_listened: bool,
}

/// What a client received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The bytes that came.
    pub bytes: Vec<u8>,
    /// Whether the server closed the connection, in whichever way.
    pub is_closed: bool,
}

impl ServerRun {
    /// Starts the server on a free port of 127.0.0.1. That it listens is seen when the first client can connect: what it prints
    /// does not matter.
    #[must_use]
    pub fn start(under_test: &CommandUnderTest) -> Self {
        Self::start_at(Ipv4Addr::LOCALHOST, free_port(), under_test)
    }

    /// Starts the server at an address of loopback, and at this port.
    #[must_use]
    pub fn start_at(ip: Ipv4Addr, port: u16, under_test: &CommandUnderTest) -> Self {
        let arguments = [&*ip.to_string(), &*port.to_string()];
        let command = under_test.to_shell(&arguments);
        let deadline = Deadline::start();
        let program = under_test.start(&arguments, deadline);
        Self { program, ip, port, deadline, command, is_own: under_test.is_own(), has_listened: false }
    }

    /// Starts the server at a port where another one listens: that it never listens itself is no sign that it does not start.
    #[must_use]
    pub fn start_at_port_in_use(port: u16, under_test: &CommandUnderTest) -> Self {
        let mut run = Self::start_at(Ipv4Addr::LOCALHOST, port, under_test);
        run.has_listened = true;
        run
    }

    /// How much time is left for all waits together.
    #[must_use]
    pub fn time_left(&self) -> Duration {
        self.deadline.left()
    }

    fn connect(&self, client: Ipv4Addr) -> Option<TcpStream> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP)).ok()?;
        if client != Ipv4Addr::LOCALHOST {
            socket.bind(&SocketAddr::from((client, 0)).into()).ok()?;
        }
        let server = SocketAddr::from((self.ip, self.port));
        socket.connect_timeout(&server.into(), self.deadline.left().max(MIN_TIMEOUT)).ok()?;
        Some(socket.into())
    }

    /// Connects as soon as the server lets it, sends, and reads the answer.
    #[must_use]
    pub fn ask(&mut self, requirement: &Requirement, message: &[u8]) -> Response {
        self.ask_from(Ipv4Addr::LOCALHOST, requirement, message)
    }

    /// The same from another address of loopback.
    #[must_use]
    pub fn ask_from(&mut self, client: Ipv4Addr, requirement: &Requirement, message: &[u8]) -> Response {
        let stream = self.stream(client).unwrap_or_else(|| self.fail_to_connect(requirement));
        visit(stream, message, Some(HALF_CLOSE_AFTER), self.deadline)
    }

    /// The same as netcat does it: the client never says that it will send nothing more.
    #[must_use]
    pub fn ask_and_stay(&mut self, requirement: &Requirement, message: &[u8]) -> Response {
        let stream = self.stream(Ipv4Addr::LOCALHOST).unwrap_or_else(|| self.fail_to_connect(requirement));
        visit(stream, message, None, self.deadline)
    }

    /// As [`ServerRun::ask`], where it is another test's affair that the server listens: nothing if it does not.
    #[must_use]
    pub fn ask_if_it_listens(&mut self, message: &[u8]) -> Option<Response> {
        let stream = self.stream(Ipv4Addr::LOCALHOST)?;
        Some(visit(stream, message, Some(HALF_CLOSE_AFTER), self.deadline))
    }

    /// A connection, as soon as there can be one: none if the server ends before that, or never listens.
    fn stream(&mut self, client: Ipv4Addr) -> Option<TcpStream> {
        let connected = poll_at_most(self.deadline.left(), "the server", || {
            // Asked first: a program that listened up to its end has been connected to then.
            let has_ended = self.program.has_ended();
            self.connect(client).map(Some).or(has_ended.then_some(None))
        });
        let stream = connected.ok().flatten();
        self.has_listened |= stream.is_some();
        stream
    }

    fn fail_to_connect(&self, requirement: &Requirement) -> ! {
        let arrived =
            format!("nobody listens at {}, port {}: IP and PORT as the command line has them", self.ip, self.port);
        self.fail(requirement, "a server that can be connected to", &arrived)
    }

    /// Waits until this stands on the server's screen, which may take as long as a wait does.
    pub fn check_screen(&self, requirement: &Requirement, expected: &str, stands_there: impl Fn(&str) -> bool) {
        if self.program.wait_for_screen(expected, stands_there).is_err() {
            self.fail(requirement, expected, "see its screen below");
        }
    }
}

impl Judged for ServerRun {
    fn program(&self) -> &Program {
        &self.program
    }

    fn has_acted(&self) -> bool {
        self.has_listened
    }

    fn fail(&self, requirement: &Requirement, expected: &str, arrived: &str) -> ! {
        let netcat = netcat::command(self.is_own);
        let by_hand = self.command.replace(&format!(" {}", self.port), " 8080");
        let by_hand =
            format!("{by_hand}   in one terminal, and in another one   printf HELLO | {netcat} {} 8080", self.ip);
        requirement.fail(expected, arrived, &[], self, &by_hand)
    }
}

impl Response {
    /// As a failure shows it.
    #[must_use]
    pub fn describe(&self) -> String {
        let end = if self.is_closed { "then it closed" } else { "and it did not close" };
        format!("{}; {end}", excerpt(&self.bytes))
    }
}

/// Sends, and receives to the end: the first bytes may take as long as a wait does, what follows them comes at once. After
/// `silence` the client says that it will send nothing more, if it is one of those who do.
fn visit(mut stream: TcpStream, message: &[u8], mut silence: Option<Duration>, deadline: Deadline) -> Response {
    let mut bytes = Vec::new();
    let _ = stream.set_write_timeout(Some(deadline.left().max(MIN_TIMEOUT)));
    let _ = stream.write_all(message);
    let mut buffer = [0; 2048];
    while bytes.len() < MAX_ANSWER_LEN {
        let longest = if bytes.is_empty() { deadline.left() } else { deadline.left().min(REST_TIMEOUT) };
        let wait = silence.map_or(longest, |silence| silence.min(longest));
        let _ = stream.set_read_timeout(Some(wait.max(MIN_TIMEOUT)));
        match stream.read(&mut buffer) {
            Ok(0) => return Response { bytes, is_closed: true },
            Ok(length) => bytes.extend_from_slice(&buffer[..length]),
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                if silence.take().is_none() {
                    break;
                }
                let _ = stream.shutdown(Shutdown::Write);
            }
            Err(_) => return Response { bytes, is_closed: true },
        }
    }
    Response { bytes, is_closed: false }
}
