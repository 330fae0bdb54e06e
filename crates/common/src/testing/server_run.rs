//! A server under test, and the clients that try it.

mod visit;

pub use visit::Response;

use super::network::{self, Network};
use super::own_address::{self, OwnAddress};
use super::patience::{Patience, stretched};
use super::{CommandUnderTest, End, Judged, Program, Requirement, free_port, netcat, poll_at_most};
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, SocketAddrV4, TcpStream};
use std::time::Duration;
use visit::{HALF_CLOSE_AFTER, hear_out, visit};

/// How long a connection may take to be made: on loopback that is only a moment.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// How long a server may take to end when its keyboard is gone.
const KEYBOARD_TIMEOUT: Duration = Duration::from_millis(500);

/// A run of a server: `COMMAND IP PORT`, on loopback.
pub struct ServerRun {
    /// The program.
    pub program: Program,
    /// The IP that it was given.
    pub ip: Ipv4Addr,
    /// Its port: never 0, which not every program understands.
    pub port: u16,
    has_listened: bool,
    /// The address that it was given on the command line.
    given: SocketAddrV4,
    /// Where it runs, if not in the network in which all tests begin.
    network: Option<Network>,
    /// How long its clients are silent before they say that they will send nothing more.
    half_close_after: Duration,
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
        own_address::prepare(under_test, ip);
        Self::start_here(SocketAddrV4::new(ip, port), under_test)
    }

    /// Starts it in this thread's network.
    fn start_here(address: SocketAddrV4, under_test: &CommandUnderTest) -> Self {
        let (ip, port) = (address.ip().to_string(), address.port().to_string());
        let program = under_test.start(&[&ip, &port], Patience::with(under_test));
        let given = address;
        let address = own_address::written_into(under_test).unwrap_or(given);
        Self {
            program,
            ip: *address.ip(),
            port: address.port(),
            has_listened: false,
            given,
            network: Network::current(),
            half_close_after: HALF_CLOSE_AFTER,
        }
    }

    /// An address at which the next server can be started, or will have itself: a free port of 127.0.0.1, or what is written into it, and
    /// then in a network of its own.
    #[must_use]
    pub fn next_address(under_test: &CommandUnderTest) -> SocketAddrV4 {
        let Some(written) = own_address::written_into(under_test) else {
            return SocketAddrV4::new(Ipv4Addr::LOCALHOST, free_port());
        };
        own_address::prepare(under_test, Ipv4Addr::LOCALHOST);
        written
    }

    /// Whether it has taken no address from the command line.
    #[must_use]
    pub fn has_its_own_address(&self) -> bool {
        self.program.under_test().is_some_and(|under_test| own_address::written_into(under_test).is_some())
    }

    /// Its clients say at once that they will send nothing more: for a server that answers no sooner.
    pub fn half_close_at_once(&mut self) {
        self.half_close_after = Duration::ZERO;
    }

    /// Starts the server at a port where another one listens: that it never listens itself is no sign that it does not start.
    #[must_use]
    pub fn start_at_port_in_use(port: u16, under_test: &CommandUnderTest) -> Self {
        let mut run = Self::start_here(SocketAddrV4::new(Ipv4Addr::LOCALHOST, port), under_test);
        run.has_listened = true;
        run
    }

    fn connect(&self, client: Ipv4Addr) -> Option<TcpStream> {
        self.network.iter().for_each(Network::enter);
        let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP)).ok()?;
        if client != Ipv4Addr::LOCALHOST {
            socket.bind(&SocketAddr::from((client, 0)).into()).ok()?;
        }
        let server = SocketAddr::from((self.ip, self.port));
        socket.connect_timeout(&server.into(), CONNECT_TIMEOUT).ok()?;
        Some(socket.into())
    }

    /// Connects as soon as the server lets it, sends, and reads the answer.
    #[must_use]
    pub fn ask(&mut self, requirement: &Requirement, message: &[u8]) -> Response {
        let stream = self.stream_or_fail(requirement);
        self.visit(stream, message)
    }

    fn visit(&self, stream: TcpStream, message: &[u8]) -> Response {
        visit(stream, message, Some(self.half_close_after), self.program.patience())
    }

    /// The same as netcat does it: the client never says that it will send nothing more.
    #[must_use]
    pub fn ask_and_stay(&mut self, requirement: &Requirement, message: &[u8]) -> Response {
        let stream = self.stream_or_fail(requirement);
        visit(stream, message, None, self.program.patience())
    }

    /// As [`ServerRun::ask`], where it is another test's affair that the server listens: nothing if it does not.
    #[must_use]
    pub fn ask_if_it_listens(&mut self, message: &[u8]) -> Option<Response> {
        self.ask_from_if_it_listens(Ipv4Addr::LOCALHOST, message)
    }

    /// The same from another address of loopback.
    #[must_use]
    pub fn ask_from_if_it_listens(&mut self, client: Ipv4Addr, message: &[u8]) -> Option<Response> {
        let stream = self.stream(client)?;
        Some(self.visit(stream, message))
    }

    /// What comes to a client that has not sent anything yet, within a moment. Then it sends, and leaves.
    #[must_use]
    pub fn hear_before_asking(&mut self, requirement: &Requirement) -> Response {
        let mut stream = self.stream_or_fail(requirement);
        let _ = stream.set_read_timeout(Some(HALF_CLOSE_AFTER));
        let mut buffer = [0; 2048];
        let (length, end) = match stream.read(&mut buffer) {
            Ok(0) => (0, End::Finished),
            Ok(length) => (length, End::Open),
            Err(e) if e.kind() == ErrorKind::ConnectionReset => (0, End::Reset),
            Err(_) => (0, End::Open),
        };
        let _ = stream.write_all(b"HELLO");
        // Who leaves at once resets a server that answers piece by piece.
        let _ = stream.shutdown(Shutdown::Write);
        hear_out(stream);
        Response { bytes: buffer[..length].to_vec(), end, after: Duration::ZERO }
    }

    /// A client that sends nothing, says so at once, and takes what the server has to say to that.
    pub fn say_nothing(&mut self, requirement: &Requirement) {
        let stream = self.stream_or_fail(requirement);
        let _ = stream.shutdown(Shutdown::Write);
        hear_out(stream);
    }

    /// Two clients at once: the second one has connected and spoken before the first one speaks, and has to wait while that is served.
    /// Nothing if one of them cannot connect.
    #[must_use]
    pub fn ask_two_at_once(&mut self, requirement: &Requirement, message: &[u8]) -> Option<[Response; 2]> {
        let first = self.stream_or_fail(requirement);
        let mut second = self.connect(Ipv4Addr::LOCALHOST)?;
        let _ = second.write_all(message);
        Some([self.visit(first, message), self.visit(second, b"")])
    }

    /// Whether somebody listens at this address of loopback, and at its port.
    #[must_use]
    pub fn listens_at(&self, ip: Ipv4Addr) -> bool {
        TcpStream::connect((ip, self.port)).is_ok()
    }

    /// What to say where no answer came. Nothing more can be typed after that.
    #[must_use]
    pub fn without_an_answer(&mut self, response: &Response) -> String {
        let does = if response.end == End::Open { self.what_it_does() } else { "" };
        response.describe() + does
    }

    /// A server that waits for its keyboard ends when that is gone.
    fn what_it_does(&mut self) -> &'static str {
        if self.program.has_ended() {
            return "; your program has ended";
        }
        self.program.close_stdin();
        let has_ended = stretched(KEYBOARD_TIMEOUT, |left| {
            poll_at_most(left, "its end", || self.program.has_ended().then_some(())).ok()
        });
        if has_ended.is_some() { "; it waits for the keyboard" } else { "; your program is still running" }
    }

    /// A connection, as soon as there can be one: none if the server ends before that, or never listens.
    fn stream(&mut self, client: Ipv4Addr) -> Option<TcpStream> {
        let patience = self.program.patience().clone();
        let stream = patience.wait(|left| {
            let connected = poll_at_most(left, "the server", || {
                // Asked first: a program that listened up to its end has been connected to then.
                let has_ended = self.program.has_ended();
                self.learn_the_address();
                self.connect(client).map(Some).or(has_ended.then_some(None))
            });
            connected.ok()
        });
        let stream = stream.flatten();
        self.has_listened |= stream.is_some();
        stream
    }

    /// Learns where it listens: in a network of its own there is nobody else.
    fn learn_the_address(&mut self) {
        let Some(under_test) = self.program.under_test().filter(|_| self.network.is_some()) else { return };
        self.network.iter().for_each(Network::enter);
        let listeners = network::listeners();
        let is_given = |at: &SocketAddrV4| {
            at.port() == self.given.port() && (at.ip() == self.given.ip() || at.ip().is_unspecified())
        };
        if listeners.iter().any(is_given) {
            own_address::learn(under_test, OwnAddress::Taken);
        } else if let Some(first) = listeners.first() {
            own_address::learn(under_test, OwnAddress::Written(*first));
            (self.ip, self.port) = (*first.ip(), first.port());
        }
    }

    fn stream_or_fail(&mut self, requirement: &Requirement) -> TcpStream {
        if let Some(stream) = self.stream(Ipv4Addr::LOCALHOST) {
            return stream;
        }
        let nobody = format!("nobody listens at {}:{}", self.ip, self.port);
        let why = if !self.program.has_ended() && self.program.screen().to_lowercase().contains("waiting") {
            "; IP and PORT come from the command line, yours may be constants"
        } else {
            self.what_it_does()
        };
        self.fail(requirement, "a server that can be connected to", &(nobody + why))
    }

    /// Waits until this stands on the server's screen, which may take as long as a wait does. A failure marks where the line that is
    /// most like it differs.
    pub fn check_line(&self, requirement: &Requirement, expected: &str, stands_there: impl Fn(&str) -> bool) {
        let is_there = self.program.wait_for_screen(expected, stands_there).is_ok();
        self.check_shown(is_there, requirement, expected, &self.program.screen());
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
        let netcat = netcat::command(self.program.is_own());
        let by_hand = self.program.command().replace(&format!(" {}", self.port), " 8080");
        let by_hand =
            format!("{by_hand}   in one terminal, and in another one   printf HELLO | {netcat} {} 8080", self.ip);
        requirement.fail(expected, arrived, &[], self, &by_hand)
    }
}
