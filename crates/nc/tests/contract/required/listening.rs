//! A netcat under test that listens, and its clients.

use assert_cmd::cargo::cargo_bin;
use common::testing::{
    CommandUnderTest, Deadline, Hint, Judged, ProgramRun, Requirement, TIME_LIMIT, excerpt, free_port, netcat, poll,
};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// What every test of a listener begins with.
pub const LISTENS: Requirement = Requirement {
    says: "nc -l -p PORT listens at that port",
    hint: Hint::new("create the socket, bind it to 0.0.0.0 and the port, listen, accept"),
};

/// How long the rest of a message may take, once its beginning is here.
const REST_TIMEOUT: Duration = Duration::from_secs(1);

/// A socket takes no time-out of zero.
const MIN_TIMEOUT: Duration = Duration::from_millis(1);

/// A netcat that listens at a port that was free.
pub struct Listening {
    pub run: ProgramRun,
    port: u16,
    /// When all waits end, together.
    deadline: Deadline,
}

impl Listening {
    /// Starts it with these arguments and the port behind them: `-l -p`, say.
    pub fn start(arguments: &[&str]) -> Self {
        let under_test = CommandUnderTest::new(cargo_bin!("nc")).as_filter();
        let port = free_port();
        let by_hand = under_test.to_shell(&[arguments, &["8000"]].concat());
        let netcat = netcat(under_test.is_own());
        let by_hand = format!("{by_hand}   in one terminal, and in another one   {netcat} 127.0.0.1 8000");
        let run = ProgramRun::start(&under_test, &[arguments, &[&port.to_string()]].concat()).tried_with(by_hand);
        Self { run, port, deadline: Deadline::start() }
    }

    fn try_to_connect(&self) -> Option<TcpStream> {
        let stream =
            TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, self.port)), TIME_LIMIT).ok()?;
        stream.set_read_timeout(Some(TIME_LIMIT)).ok()?;
        stream.set_write_timeout(Some(TIME_LIMIT)).ok()?;
        Some(stream)
    }

    /// Connects as soon as the netcat lets it: that it listens is not seen in another way, and this is the one client it serves.
    pub fn first_client(&mut self, requirement: &Requirement) -> TcpStream {
        let client = poll("the listener", || {
            self.try_to_connect().map(Some).or_else(|| self.run.program.has_ended().then_some(None))
        });
        client.ok().flatten().unwrap_or_else(|| {
            let arrived = format!("nobody listens at port {}", self.port);
            self.run.fail(requirement, "a listener that can be connected to", &arrived)
        })
    }

    /// Connects while another client is there.
    pub fn next_client(&self, requirement: &Requirement) -> TcpStream {
        self.try_to_connect().unwrap_or_else(|| {
            let arrived = "it was refused: nobody listens there any more";
            self.run.fail(requirement, "a second client is connected as well, by the system, and waits", arrived)
        })
    }

    /// Sends as the client.
    pub fn client_says(&mut self, mut client: &TcpStream, message: &[u8]) {
        self.run.note("the client sent:", excerpt(message));
        // What comes of it is seen on the screen.
        let _ = client.write_all(message);
    }

    /// Types at the listener.
    pub fn types(&mut self, message: &[u8]) {
        self.run.note("typed:", excerpt(message));
        let _ = self.run.program.type_in(message);
    }

    /// Fails unless these bytes come to the client.
    pub fn check_client(&self, requirement: &Requirement, client: &TcpStream, expected: &[u8]) {
        let arrived = received(client, expected.len(), self.deadline);
        self.run.check(
            arrived == expected,
            requirement,
            &format!("the client gets {}", excerpt(expected)),
            &excerpt(&arrived),
        );
    }
}

/// Receives so many bytes, or fewer if no more come.
fn received(mut client: &TcpStream, length: usize, deadline: Deadline) -> Vec<u8> {
    let _ = client.set_read_timeout(Some(deadline.left().max(MIN_TIMEOUT)));
    let mut bytes = vec![0; length];
    let mut have = 0;
    while have < length {
        match client.read(&mut bytes[have..]) {
            Ok(0) => break,
            Ok(more) => have += more,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(_) => break,
        }
        let _ = client.set_read_timeout(Some(deadline.left().clamp(MIN_TIMEOUT, REST_TIMEOUT)));
    }
    bytes.truncate(have);
    bytes
}
