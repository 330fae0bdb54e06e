//! Real netcats and Python as servers of the client.
//!
//! They are not on every computer, so these tests run on request only: `cargo test -p client peers -- --ignored`. What a
//! comment says of a tool was measured with strace: OpenBSD's nc 1.219, traditional nc 1.10-47, ncat 7.93, busybox 1.35,
//! socat 1.7.4, Python 3.11.
#![cfg(unix)]

mod busybox;
mod ncat;
mod openbsd;
mod python;
mod socat;
mod traditional;

use assert_cmd::cargo::cargo_bin;
use common::testing::{Program, TIME_LIMIT, free_port, poll};
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::Command;
use std::time::{Duration, Instant};

/// What the client says: spaces that must stay, characters of two bytes, no line break at the end.
const MESSAGE: &str = "  ¡Mañana,  2 spaces!  ";
/// What the peer answers: a line, as netcat sends it.
const ANSWER: &str = "¡Hola!  2 spaces  \n";
/// How the client shows it: the answer's own line break ends the line.
const SHOWN: &str = "MESSAGE FROM THE SERVER:\n\n¡Hola!  2 spaces  \n";

/// Where a peer's answer comes from, and what ends the connection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// `printf ANSWER | nc -l`: the tool says that no more will come when its input has ended.
    Pipe,
    /// The same, but the tool says nothing at the end of its input: both sides wait for each other's end.
    EndlessPipe,
    /// A person reads the message, types the answer and presses Ctrl-D; the tool then says that no more will come.
    PersonWithCtrlD,
    /// The same, but the tool goes on after Ctrl-D until the person presses Ctrl-C.
    PersonWithCtrlC,
}

/// A program that listens on a port of 127.0.0.1.
struct Peer {
    program: Program,
    port: u16,
}

impl Peer {
    /// Starts `command` with a free PORT filled in, and waits until it listens. PEERS is the folder of the Python programs.
    fn start(command: &str) -> Self {
        let mut failures = Vec::new();
        for _ in 0..3 {
            let port = free_port();
            let program = start(command, port);
            let says_it_is_taken =
                || program.stderr().contains("in use") || program.stdout().contains("Problems using");
            let listens = poll(&format!("{command} to listen"), || {
                if is_listened_to(port) { Some(true) } else { says_it_is_taken().then_some(false) }
            });
            if listens == Ok(true) {
                return Self { program, port };
            }
            failures.push(format!(
                "port {port}: {listens:?}, stdout {:?}, stderr {:?}",
                program.stdout(),
                program.stderr()
            ));
        }
        panic!("{command} does not listen\n{}", failures.join("\n"));
    }

    /// Starts the client with this peer's IP and port, and what the test adds.
    fn client(&self, arguments: &[&str]) -> Program {
        let mut command = Command::new(cargo_bin!("client"));
        command.args(["127.0.0.1", &self.port.to_string()]).args(arguments);
        Program::start(command).unwrap()
    }

    /// The answer waits in a pipe that ends.
    fn pipe_in(&mut self, answer: &str) {
        self.program.type_in(answer.as_bytes()).unwrap();
        self.program.close_stdin();
    }

    /// Presses Ctrl-C, waits for the peer's end, and gives what it showed.
    fn stop(&mut self) -> String {
        self.program.interrupt().unwrap();
        self.program.wait_for_end().unwrap();
        self.program.stdout()
    }
}

/// Starts `command` with PORT filled in.
fn start(command: &str, port: u16) -> Program {
    let fill = |word: &str| {
        word.replace("PORT", &port.to_string()).replace("PEERS", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers"))
    };
    let mut words = command.split_whitespace().map(fill);
    let mut filled = Command::new(words.next().expect("a command"));
    // Python through a pipe shows nothing until it ends, unless it is told otherwise.
    filled.args(words).env("PYTHONUNBUFFERED", "1");
    Program::start(filled).unwrap_or_else(|e| panic!("cannot start {command}: {e}"))
}

/// Whether a socket listens on `port`. Asking by a connection would use up the only one that most netcats accept, so this
/// reads Linux's tables of sockets.
fn is_listened_to(port: u16) -> bool {
    let ipv4 = File::open("/proc/net/tcp").expect("Linux's table of sockets");
    // busybox listens at IPv6's `::` for both. A system without IPv6 has no table for it.
    let ipv6 = File::open("/proc/net/tcp6").ok();
    let own = format!(":{port:04X}");
    [Some(ipv4), ipv6].into_iter().flatten().flat_map(listening_addresses).any(|address| address.ends_with(&own))
}

/// The addresses of the listening sockets, as `HEX:PORT`. They stand first, so the thousands of connections that a busy
/// machine has are not read: <https://docs.kernel.org/networking/proc_net_tcp.html>.
fn listening_addresses(table: File) -> impl Iterator<Item = String> {
    const LISTENS: &str = "0A";
    BufReader::new(table).lines().skip(1).map_while(|line| {
        let line = line.ok()?;
        let mut words = line.split_whitespace();
        let (_number, local, _remote, state) = (words.next()?, words.next()?, words.next()?, words.next()?);
        (state == LISTENS).then(|| local.to_string())
    })
}

/// Waits for the end of a program, which must have this exit code and have shown this. `other` is the one it talks with.
fn ends(program: &mut Program, code: i32, shown: &str, other: &Program) {
    let end = program.wait_for_end().map(|status| (status.code(), program.stdout()));
    let other = format!("the other side: stdout {:?}, stderr {:?}", other.stdout(), other.stderr());
    assert_eq!(end, Ok((Some(code), shown.to_string())), "stderr {:?}\n  {other}", program.stderr());
}

/// The client shows the whole answer and ends well, and exactly its message has arrived.
fn check(command: &str, answer: Answer) {
    let mut peer = Peer::start(command);
    let start = Instant::now();
    let mut client = match answer {
        Answer::Pipe => {
            peer.pipe_in(ANSWER);
            peer.client(&[MESSAGE])
        }
        Answer::EndlessPipe => {
            peer.pipe_in(ANSWER);
            peer.client(&[MESSAGE, "--timeout", "2"])
        }
        Answer::PersonWithCtrlD | Answer::PersonWithCtrlC => {
            let client = peer.client(&[MESSAGE]);
            peer.program.wait_for_stdout(MESSAGE).unwrap();
            peer.program.type_in(ANSWER.as_bytes()).unwrap();
            // The answer is shown as it comes, though nobody knows yet whether it is whole.
            client.wait_for_stdout(SHOWN.trim_end_matches('\n')).unwrap();
            peer.program.close_stdin();
            client
        }
    };
    // Ctrl-C at the peer ends the connection as well as its program.
    let stopped = (answer == Answer::PersonWithCtrlC).then(|| peer.stop());
    // An answer without an end is ended by the client's own time-out.
    let code = i32::from(answer == Answer::EndlessPipe);
    ends(&mut client, code, SHOWN, &peer.program);
    assert!(code == 0 || start.elapsed() >= Duration::from_secs(2), "not the time-out: {}", client.stderr());
    match stopped {
        Some(received) => assert_eq!(received, MESSAGE),
        None => ends(&mut peer.program, 0, MESSAGE, &client),
    }
}

/// A peer that leaves as soon as its input has ended may leave with the message unread, which resets the connection. The client
/// shows its answer all the same, and then the error.
fn check_hasty(command: &str) {
    let mut peer = Peer::start(command);
    peer.pipe_in(ANSWER);
    let mut client = peer.client(&[MESSAGE]);
    let status = client.wait_for_end().unwrap();
    assert_eq!(client.stdout(), SHOWN, "{}", client.stderr());
    assert_eq!(status.success(), !client.stderr().contains(" was lost before the answer was whole\n"), "{status}");
    peer.program.wait_for_end().unwrap();
    let received = peer.program.stdout();
    assert!(received.is_empty() || received == MESSAGE, "{received:?}");
}

/// The lesson's first client, which sends and closes: the message arrives, and the peer leaves though nothing was typed.
fn check_send_only(command: &str) {
    let mut peer = Peer::start(command);
    let mut client = peer.client(&[MESSAGE, "--send-only"]);
    ends(&mut client, 0, "", &peer.program);
    ends(&mut peer.program, 0, MESSAGE, &client);
}
