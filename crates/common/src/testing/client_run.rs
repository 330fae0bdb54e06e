//! A client under test, beside a peer that records it.

use super::own_address::{self, OwnAddress};
use super::patience::stretched;
use super::{
    COULD_NOT_GRADE, CommandUnderTest, Connection, End, Judged, Program, Recorder, Reply, Requirement, contained,
    counted, excerpt, fail, netcat, network, poll_at_most, remark,
};
use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::Duration;

/// How often to look whether the program has ended, while its connections are waited for.
const CHECK_INTERVAL: Duration = Duration::from_millis(100);

/// How long the peer may take to note what a program has sent that has ended.
const LAST_BYTES_TIMEOUT: Duration = Duration::from_secs(1);

/// How long a program may take to go on when its keyboard is gone.
const KEYBOARD_TIMEOUT: Duration = Duration::from_millis(500);

/// Where a line was typed, and the program took it for something else, or waits for one more.
const FIRST_LINE: &str = "the first line typed is the message: IP and PORT come from the command line";

/// A run of a program that connects to a peer: `COMMAND IP PORT …`.
///
/// Judged by what arrives at the peer. What the program shows, how it ends and how it is written do not matter; a failure shows
/// them, since a beginner finds the mistake there.
pub struct ClientRun {
    /// The peer.
    pub peer: Recorder,
    /// The program.
    pub program: Program,
    typed: Vec<u8>,
    /// Whether all of its connections arrive at the peer, wherever they go.
    is_redirected: bool,
}

impl ClientRun {
    /// Starts the program against a new peer on loopback, with these arguments behind IP and PORT.
    #[must_use]
    pub fn start(under_test: &CommandUnderTest, arguments: &[&str], reply: Reply) -> Self {
        Self::start_at(Ipv4Addr::LOCALHOST, under_test, arguments, reply)
    }

    /// The same with the peer at another address of loopback: on Linux there are 127.0.0.2 and millions more.
    #[must_use]
    pub fn start_at(ip: Ipv4Addr, under_test: &CommandUnderTest, arguments: &[&str], reply: Reply) -> Self {
        let is_redirected = own_address::prepare(under_test, ip);
        let peer = Recorder::start_at((ip, 0).into(), reply)
            .unwrap_or_else(|e| fail(&format!("{COULD_NOT_GRADE}: no peer can be started at {ip}: {e}")));
        if is_redirected {
            own_address::or_end(network::redirect_to(peer.port()));
        }
        let (ip, port) = (ip.to_string(), peer.port().to_string());
        let all = [&[ip.as_str(), &port], arguments].concat();
        let program = under_test.start(&all, under_test.patience());
        Self { peer, program, typed: Vec::new(), is_redirected }
    }

    /// Types a line. A program that has ended does not read it: what that means is seen at the peer.
    pub fn type_line(&mut self, line: &str) {
        self.type_in(format!("{line}\n").as_bytes());
    }

    /// Types these bytes. A program that has ended does not read them.
    pub fn type_in(&mut self, bytes: &[u8]) {
        self.typed.extend_from_slice(bytes);
        let _ = self.program.type_in(bytes);
    }

    /// Waits until `enough` says so of the connections, and gives all of them. `what` is what was expected.
    pub fn wait_for(
        &mut self,
        requirement: &Requirement,
        what: &str,
        enough: impl Fn(&[Connection]) -> bool,
    ) -> Vec<Connection> {
        self.wait(what, enough).unwrap_or_else(|| {
            let arrived = self.arrived();
            self.fail(requirement, what, &arrived)
        })
    }

    /// Waits until the program has connected: whether it ever does.
    #[must_use]
    pub fn connects(&mut self) -> bool {
        self.wait("a connection", |all| !all.is_empty()).is_some()
    }

    /// Waits until the program has sent something, over any connection: whether it ever does.
    #[must_use]
    pub fn sends(&mut self) -> bool {
        self.wait("a message", |all| all.iter().any(|connection| !connection.bytes.is_empty())).is_some()
    }

    fn wait(&mut self, what: &str, enough: impl Fn(&[Connection]) -> bool) -> Option<Vec<Connection>> {
        let patience = self.program.patience().clone();
        let came = patience.wait(|left| {
            let has_ended = self.program.has_ended();
            // What a program has sent before its end may still be on its way; after that nothing more will come.
            let limit = match has_ended {
                true if self.has_all() => Duration::ZERO,
                true => LAST_BYTES_TIMEOUT,
                false => left.min(CHECK_INTERVAL),
            };
            let came = self.peer.wait_at_most(limit, what, &enough).ok();
            (came.is_some() || has_ended).then_some(came)
        });
        self.learn_the_address();
        came.flatten()
    }

    /// Learns where it connects to.
    fn learn_the_address(&self) {
        let Some(under_test) = self.program.under_test().filter(|_| self.is_redirected) else { return };
        let connections = self.peer.wait_at_most(Duration::ZERO, "", |_| true).unwrap_or_default();
        let to: Vec<SocketAddrV4> = connections.iter().filter_map(|connection| connection.to).collect();
        let Some(&first) = to.first() else { return };
        let is_given = |to: &SocketAddrV4| self.peer.address() == (*to).into();
        let is_taken = to.iter().any(is_given);
        own_address::learn(under_test, if is_taken { OwnAddress::Taken } else { OwnAddress::Written(first) });
        for other in to.iter().filter(|to| is_taken && !is_given(to)) {
            contained::note(&format!("it also wanted to reach {}, port {}", other.ip(), other.port()));
        }
    }

    /// Whether all connections up to now have ended.
    fn has_all(&self) -> bool {
        self.peer.connections().iter().all(|connection| connection.end != End::Open)
    }

    fn arrived(&mut self) -> String {
        if let count @ 1.. = self.peer.connections().len() {
            return format!("{}, see below", counted(count, "connection"));
        }
        let why = if self.program.has_ended() {
            let takes_the_line = !self.typed.is_empty() && remark::is_about_an_address(&self.program.stderr());
            match takes_the_line {
                true => FIRST_LINE,
                false if self.program.screen().trim().is_empty() => "your program has ended, and has printed nothing",
                false => "IP and PORT come from the command line, yours may be constants",
            }
        } else if !self.waits_for_the_keyboard() {
            "your program is still running"
        } else if self.typed.is_empty() {
            "it waits for the keyboard"
        } else {
            FIRST_LINE
        };
        format!("it connected to no one at {}; {why}", self.peer.address())
    }

    /// What to say where a connection carries no message. Nothing more can be typed after that.
    pub fn without_a_message(&mut self, connection: &Connection) -> String {
        let why = match connection.end {
            End::Open if self.waits_for_the_keyboard() => "; it waits for the keyboard",
            End::Open => "; your program is still running: it may wait for an answer to what it has not sent yet",
            _ => "",
        };
        excerpt(&connection.bytes) + why
    }

    /// Whether it goes on, or ends, when the keyboard is gone. Nothing more can be typed after that.
    fn waits_for_the_keyboard(&mut self) -> bool {
        let count = self.peer.connections().len();
        self.program.close_stdin();
        let mut goes_on = || self.program.has_ended() || self.peer.connections().len() > count;
        stretched(KEYBOARD_TIMEOUT, |left| poll_at_most(left, "the next step", || goes_on().then_some(())).ok())
            .is_some()
    }

    /// The first connection, once it has ended, or nothing more has come for a while: that it is closed is another test's affair.
    #[must_use]
    pub fn first(&mut self, requirement: &Requirement) -> Connection {
        self.wait_for(requirement, "a connection", |all| !all.is_empty());
        let has_ended = |all: &[Connection]| all[0].end != End::Open;
        let patience = self.program.patience();
        let ended = patience.wait(|left| self.peer.wait_at_most(left, "its end", has_ended).ok());
        ended.unwrap_or_else(|| self.peer.connections()).swap_remove(0)
    }

    /// Waits for what should not happen, or need not: whether it did, and the connections there are then.
    #[must_use]
    pub fn wait_at_most(&self, limit: Duration, enough: impl Fn(&[Connection]) -> bool) -> (bool, Vec<Connection>) {
        let limit = self.program.patience().limit(limit);
        match stretched(limit, |left| self.peer.wait_at_most(left, "this", &enough).ok()) {
            Some(connections) => (true, connections),
            None => (false, self.peer.connections()),
        }
    }
}

impl Judged for ClientRun {
    fn program(&self) -> &Program {
        &self.program
    }

    fn has_acted(&self) -> bool {
        self.peer.has_noted_any() || !self.peer.connections().is_empty()
    }

    fn fail(&self, requirement: &Requirement, expected: &str, arrived: &str) -> ! {
        if let Some(fault) = self.peer.fault() {
            fail(&format!("{COULD_NOT_GRADE}: {fault}"));
        }
        let listener = netcat::listener(self.program.is_own(), 8080);
        let by_hand = self.program.command().replace(&format!(" {}", self.peer.port()), " 8080");
        requirement.fail(
            expected,
            arrived,
            &[("typed:", excerpt(&self.typed)), ("the peer's notes:", format!("\n{}", self.peer.story()))],
            self,
            &format!("{listener}   in one terminal (again for each connection), and in another one   {by_hand}"),
        )
    }
}
