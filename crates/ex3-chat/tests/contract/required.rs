//! What the lesson's own chat does: the grade is made of these tests, for programs in any language (`SESSION08_CMD`).
//!
//! Each asks for one thing only, and judges by what arrives at the other end of the wire; never by prompts, exit codes, or by what
//! is on the screen. A traceback at the end of the input is no mistake, nor is waiting for the answer.

mod the_message;
mod the_socket;

use assert_cmd::cargo::cargo_bin;
use common::testing::{ClientRun, CommandUnderTest, Connection, Hint, Judged, Reply, Requirement, unforeseen};
use std::net::Ipv4Addr;
use std::sync::OnceLock;
use std::time::Duration;

/// How long a connection is waited for that should not come.
const QUIET_TIME: Duration = Duration::from_secs(1);

/// Where everything begins: while this fails, little can be said of the rest.
const FIRST: &str = "it_sends_what_is_typed";

/// Why nothing can be said of it.
const TO_NO_ONE: &str = "it connected to no one";
const NOTHING_SENT: &str = "it connected, and sent nothing";

/// Starts the chat against a peer that is patient with those who wait for an answer. Where it connects to no one, nothing can be said
/// of how it does.
fn run_client(requirement: &Requirement) -> ClientRun {
    run_with_messages(requirement, patiently())
}

fn patiently() -> Reply {
    Reply::Patiently(b"Hello from the teacher's server".to_vec())
}

/// The same against another peer. Of a chat that connects and sends nothing no more can be said either.
fn run_with_messages(requirement: &Requirement, reply: Reply) -> ClientRun {
    let mut run = run_at(Ipv4Addr::LOCALHOST, requirement, reply);
    if contact() == Contact::WithoutAMessage {
        run.type_line("HELLO");
        run.not_judged(requirement, NOTHING_SENT, FIRST);
    }
    run
}

fn run_at(ip: Ipv4Addr, requirement: &Requirement, reply: Reply) -> ClientRun {
    let connects = contact() != Contact::None;
    let mut run = ClientRun::start_at(ip, &under_test(), &[], reply);
    if !connects {
        // With a message it says what keeps it from connecting, if it says so at all.
        run.type_line("HELLO");
        run.not_judged(requirement, TO_NO_ONE, FIRST);
    }
    run
}

/// What comes of a line that is typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Contact {
    None,
    WithoutAMessage,
    WithAMessage,
}

/// What it does at all when a line is typed: asked once for all tests, each of which would wait for it in vain.
fn contact() -> Contact {
    static CONTACT: OnceLock<Contact> = OnceLock::new();
    *CONTACT.get_or_init(|| {
        let mut run = ClientRun::start(&under_test(), &[], Reply::Nothing);
        run.type_line("HELLO");
        match (run.connects(), run.sends()) {
            (false, _) => Contact::None,
            (true, false) => Contact::WithoutAMessage,
            (true, true) => Contact::WithAMessage,
        }
    })
}

fn under_test() -> CommandUnderTest {
    CommandUnderTest::new(cargo_bin!("ex3-chat"))
}

/// Types one line: the run, and the connection that comes of it.
fn typed(requirement: &Requirement, line: &str) -> (ClientRun, Connection) {
    let mut run = run_client(requirement);
    run.type_line(line);
    let connection = run.first(requirement);
    (run, connection)
}

fn holds(connection: &Connection, text: &str) -> bool {
    String::from_utf8_lossy(&connection.bytes).contains(text)
}

/// "ask for a message; … send the message"
#[test]
fn it_sends_what_is_typed() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it asks for a message, connects, and sends the message",
        hint: Hint::new("send what the user has typed, and not a text of your own")
            .in_python("message = input(\"Message: \"), then s.send(message.encode())")
            .in_rust("socket.write_all(message)"),
    };
    const ONCE: Hint = Hint::new("send each message once: what is repeated is asking for the next one, and not send");
    let message = format!("Good Morning {}", unforeseen());
    // The one test that does not ask first whether it connects: this one reports that it does not.
    let mut run = ClientRun::start(&under_test(), &[], patiently());
    run.type_line(&message);
    let connection = run.first(&REQUIREMENT);
    let is_repeated = connection.message().starts_with(message.repeat(2).as_bytes());
    let requirement = if is_repeated { Requirement { hint: ONCE, ..REQUIREMENT } } else { REQUIREMENT };
    run.check_bytes(&requirement, message.as_bytes(), connection.message());
}
