//! Real netcats and Python as clients of the server.
//!
//! They are not on every computer, so these tests run on request only: `cargo test -p server peers -- --ignored`. What a
//! comment says of a tool was measured with strace: OpenBSD's nc 1.219, traditional nc 1.10-47, ncat 7.93, busybox 1.35,
//! socat 1.7.4, Python 3.11.
#![cfg(unix)]

mod busybox;
mod ncat;
mod openbsd;
mod python;
mod socat;
mod traditional;

use crate::running_server::{GREETING, RunningServer};
use common::testing::Program;
use std::process::Command;

/// What the clients say: spaces that must stay, and characters of two bytes.
const MESSAGE: &str = "  ¡Mañana,  2 spaces!  ";

/// Where a client's message comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stdin {
    /// `printf MESSAGE | nc`: it ends with the message.
    Pipe,
    /// A person types a line and goes on looking at the screen; the tool leaves when the server has closed.
    Person,
    /// The same, but the tool stays until the person presses Ctrl-D.
    PersonWithCtrlD,
}

/// Fills the server's address in.
fn fill(command: &str, server: &RunningServer) -> String {
    command.replace("HOST", "127.0.0.1").replace("PORT", &server.port.to_string())
}

/// Starts `command` with HOST and PORT filled in. PEERS is the folder of the Python programs.
fn start(command: &str, server: &RunningServer) -> Program {
    let filled = fill(command, server);
    let peers = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers");
    let mut words = filled.split_whitespace().map(|word| word.replace("PEERS", peers));
    let mut command = Command::new(words.next().expect("a command"));
    command.args(words);
    Program::start(command).unwrap_or_else(|e| panic!("cannot start {filled}: {e}"))
}

/// Waits for the client's end, which must be a success. It must have shown this.
fn ends(client: &mut Program, shown: &str, server: &RunningServer) {
    let end = client.wait_for_end().map(|status| (status.code(), client.stdout()));
    let server = format!("the server: stdout {:?}, stderr {:?}", server.program.stdout(), server.program.stderr());
    assert_eq!(end, Ok((Some(0), shown.to_string())), "stderr {:?}\n  {server}", client.stderr());
}

fn shows(server: &RunningServer, message: &str) {
    server.program.wait_for_stdout(&format!("Message from client: {message}\n")).unwrap();
}

/// Waits until so many connections have ended.
fn has_served(server: &RunningServer, connections: usize) {
    let enough = |all: &str| all.matches("Waiting for connections at ").count() > connections;
    server.program.wait_for_stdout_until(&format!("the end of connection {connections}"), enough).unwrap();
}

/// The client shows the whole greeting and leaves; the server shows the message exactly and is free for others.
fn check(command: &str, stdin: Stdin) {
    let server = RunningServer::start(&[]);
    let mut client = start(command, &server);
    if stdin == Stdin::Pipe {
        client.type_in(MESSAGE.as_bytes()).unwrap();
        client.close_stdin();
        shows(&server, MESSAGE);
        has_served(&server, 1);
    } else {
        client.type_in(format!("{MESSAGE}\n").as_bytes()).unwrap();
        client.wait_for_stdout(GREETING).unwrap();
        shows(&server, MESSAGE);
        // However long this client stays, it holds up no other.
        assert_eq!(server.ask(b"the next one"), GREETING);
        has_served(&server, 2);
    }
    if stdin == Stdin::PersonWithCtrlD {
        client.close_stdin();
    }
    ends(&mut client, GREETING, &server);
}

/// A client that leaves as soon as its input has ended may miss the greeting, though it never shows a part of it. The
/// server shows its message all the same.
fn check_hasty(command: &str) {
    let server = RunningServer::start(&[]);
    let mut client = start(command, &server);
    client.type_in(MESSAGE.as_bytes()).unwrap();
    client.close_stdin();
    client.wait_for_end().unwrap();
    let shown = client.stdout();
    assert!(shown.is_empty() || shown == GREETING, "{shown:?}");
    shows(&server, MESSAGE);
    has_served(&server, 1);
    assert_eq!(server.ask(b"the next one"), GREETING);
}

/// `nc </dev/null`: a client that half-closes without a word has said something, a message of no bytes.
fn check_empty(command: &str) {
    let server = RunningServer::start(&[]);
    let mut client = start(command, &server);
    client.close_stdin();
    ends(&mut client, GREETING, &server);
    shows(&server, "");
}

/// A client that never says a word is closed when the server's patience ends, and leaves then.
fn check_silent(command: &str) {
    let server = RunningServer::start(&["--patience", "1"]);
    let mut client = start(command, &server);
    server.program.wait_for_stderr(" and was closed\n").unwrap();
    ends(&mut client, "", &server);
}

/// A client that sends 1.3 MB shows the whole greeting, and the server shows the beginning of them. How many of them arrive
/// is the tool's choice: traditional nc and busybox stop as soon as they have read that the server sends nothing more.
fn check_long(command: &str) {
    let server = RunningServer::start(&[]);
    let mut pipe = Command::new("sh");
    pipe.args(["-c", &format!("seq 200000 | {}", fill(command, &server))]);
    let mut client = Program::start(pipe).unwrap();
    ends(&mut client, GREETING, &server);
    server.program.wait_for_stdout("Message from client: 1\n  | 2\n  | 3\n").unwrap();
    server.program.wait_for_stdout(" more bytes not shown)\n").unwrap();
}
