//! What the lesson's own chat does: the grade is made of these tests, for programs in any language (`SESSION08_CMD`).
//!
//! Each asks for one thing only, and judges by what arrives at the other end of the wire; never by prompts, exit codes, or by what
//! is on the screen. A traceback at the end of the input is no mistake, nor is waiting for the answer.

use assert_cmd::cargo::cargo_bin;
use common::testing::{ClientRun, CommandUnderTest, Connection, End, Judged, Reply, Requirement, excerpt, poll};
#[cfg(target_os = "linux")]
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

/// More than the 5 connections that the lesson's server lets wait, which some take for all there may be.
const MESSAGES: [&str; 7] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"];

/// How long the next message is held back for the sake of the conversation about the one before.
const CONVERSATION_TIMEOUT: Duration = Duration::from_millis(600);

/// How long a program may take to ask for the next message.
const QUESTION_PAUSE: Duration = Duration::from_millis(100);

/// Why the message cannot be judged by its bytes.
const NO_MESSAGE: &str = "it did not send what was typed";

/// More than the 1,024 or 2,048 bytes that many buffers have.
const LONG_MESSAGE_LEN: usize = 5_000;

/// How long a connection is waited for that should not come.
const QUIET_TIME: Duration = Duration::from_secs(1);

/// Starts the chat against a peer that is patient with those who wait for an answer.
fn run_client() -> ClientRun {
    run_against(Reply::Patiently(b"Hello from the teacher's server".to_vec()))
}

fn run_against(reply: Reply) -> ClientRun {
    ClientRun::start(&under_test(), &[], reply)
}

fn under_test() -> CommandUnderTest {
    CommandUnderTest::new(cargo_bin!("ex3-chat"))
}

/// Types one line: the run, and the connection that comes of it.
fn typed(requirement: &Requirement, line: &str) -> (ClientRun, Connection) {
    let mut run = run_client();
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
        hint: "send what the user has typed (in Python message = input(), then s.send(message.encode())), not a text of your own",
    };
    let (run, connection) = typed(&REQUIREMENT, "Good Morning");
    run.check_bytes(&REQUIREMENT, b"Good Morning", connection.message());
}

/// "its bytes exactly, … no newline added"
#[test]
fn it_adds_no_newline() {
    const REQUIREMENT: Requirement = Requirement {
        says: "the message's bytes exactly, no newline added",
        hint: "do not add \"\\n\" to the message, and take off the one that the user has typed (input() in Python does)",
    };
    let (run, connection) = typed(&REQUIREMENT, "Good Morning");
    if connection.message().is_empty() {
        run.not_judged(&REQUIREMENT, NO_MESSAGE);
    }
    let added = &connection.bytes[connection.message().len()..];
    run.check(added.is_empty(), &REQUIREMENT, "nothing behind the message", &excerpt(&connection.bytes));
}

/// "inner and outer spaces kept"
#[test]
fn it_keeps_the_spaces() {
    const REQUIREMENT: Requirement = Requirement {
        says: "inner and outer spaces of the message are kept",
        hint: "do not strip or split the message: its spaces belong to it",
    };
    let (run, connection) = typed(&REQUIREMENT, "  two  spaces  ");
    if !connection.bytes.iter().filter(|byte| !byte.is_ascii_whitespace()).eq(b"twospaces") {
        run.not_judged(&REQUIREMENT, NO_MESSAGE);
    }
    run.check_bytes(&REQUIREMENT, b"  two  spaces  ", connection.message());
}

/// Messages are text in UTF-8.
#[test]
fn it_sends_utf_8() {
    const REQUIREMENT: Requirement = Requirement {
        says: "messages are text in UTF-8",
        hint: "encode the text as UTF-8, in Python message.encode(\"utf-8\"): an ñ is the two bytes c3 b1",
    };
    let (run, connection) = typed(&REQUIREMENT, "good bye");
    if connection.message() != b"good bye" {
        run.not_judged(&REQUIREMENT, NO_MESSAGE);
    }
    let (run, connection) = typed(&REQUIREMENT, "mañana€日本🙂");
    run.check_bytes(&REQUIREMENT, "mañana€日本🙂".as_bytes(), connection.message());
}

/// "its bytes exactly", however many there are.
#[test]
fn it_sends_a_long_message_whole() {
    const REQUIREMENT: Requirement = Requirement {
        says: "the message's bytes exactly, however many there are",
        hint: "read the whole line, and send all of it: a buffer of 1024 bytes holds only a part",
    };
    let line: String = ('a'..='z').cycle().take(LONG_MESSAGE_LEN).collect();
    let (run, connection) = typed(&REQUIREMENT, &line);
    if !connection.bytes.starts_with(b"abcdef") {
        run.not_judged(&REQUIREMENT, NO_MESSAGE);
    }
    let arrived = format!("{} bytes", connection.message().len());
    run.check(connection.message() == line.as_bytes(), &REQUIREMENT, &format!("{LONG_MESSAGE_LEN} bytes"), &arrived);
}

/// "close with a normal FIN"
#[test]
fn it_closes_after_each_message() {
    const REQUIREMENT: Requirement = Requirement {
        says: "after the message it closes the socket, with a normal FIN",
        hint: "call close after send, inside the loop (in Python s.close())",
    };
    let (mut run, connection) = typed(&REQUIREMENT, "one");
    if connection.end == End::Open {
        run.type_line("two");
        let on_the_same = |all: &[Connection]| all.iter().any(|one| holds(one, "one") && holds(one, "two"));
        if run.wait_at_most(QUIET_TIME, on_the_same).0 {
            run.not_judged(&REQUIREMENT, "it sent two messages over one connection");
        }
    }
    let mut has_finished = connection.end == End::Finished;
    if connection.end == End::Reset {
        // A chat that takes its time, and closes with the peer's answer unread, resets the connection without knowing it (RFC
        // 1122, 4.2.2.13). It is not answered now.
        let mut again = run_against(Reply::Nothing);
        again.type_line("one");
        has_finished = again.first(&REQUIREMENT).end == End::Finished;
    }
    run.check(has_finished, &REQUIREMENT, "a close with FIN", &format!("{:?}", connection.end));
}

/// "create a **new** socket"
#[test]
fn each_message_has_a_connection_of_its_own() {
    const REQUIREMENT: Requirement = Requirement {
        says: "for each message it creates a new socket",
        hint: "create the socket and connect it inside the loop, after the question",
    };
    let (mut run, _) = typed(&REQUIREMENT, "one");
    run.type_line("two");
    let has_come = |all: &[Connection]| all.iter().any(|one| holds(one, "two"));
    let (two_came, connections) = run.wait_at_most(3 * QUIET_TIME, has_come);
    if !two_came {
        run.not_judged(&REQUIREMENT, "it did not send a second message");
    }
    let shared = connections.iter().any(|one| holds(one, "one") && holds(one, "two"));
    run.check(!shared, &REQUIREMENT, "a connection for each message", "both messages on one connection");
}

/// "again and again until the input ends"
#[test]
fn it_goes_on_until_the_input_ends() {
    const REQUIREMENT: Requirement = Requirement {
        says: "again and again: ask, create, connect, send, close, until the input ends",
        hint: "all steps stand in a loop (in Python while True:); does the second message fail? a closed socket cannot be used again",
    };
    let mut run = run_client();
    let mut unanswered = 0;
    for (place, message) in MESSAGES.iter().enumerate() {
        if run.program.has_ended() {
            break;
        }
        run.type_line(message);
        if unanswered > 1 {
            // It does nothing any more that could be disturbed.
            continue;
        }
        let has_ended = |one: &Connection| one.end != End::Open;
        let is_done = |all: &[Connection]| all.get(place).is_some_and(has_ended) || holds_all(all, &MESSAGES[..=place]);
        let (is_done, _) = run.wait_at_most(CONVERSATION_TIMEOUT, is_done);
        unanswered = if is_done { 0 } else { unanswered + 1 };
        // A person types when the next question stands there, and some programs lose what is typed before that.
        let _ = run.wait_at_most(QUESTION_PAUSE, |_| false);
    }
    // However they come: as many connections as messages, or all of them on fewer. What one sends who sends something else than what
    // is typed is another test's affair.
    run.wait_for(&REQUIREMENT, "all of the seven messages that were typed", |all| {
        let sends_what_is_typed = all.first().is_some_and(|first| holds(first, MESSAGES[0]));
        holds_all(all, &MESSAGES) || (!sends_what_is_typed && all.len() >= MESSAGES.len())
    });
}

fn holds_all(connections: &[Connection], messages: &[&str]) -> bool {
    messages.iter().all(|message| connections.iter().any(|one| holds(one, message)))
}

/// "An empty line is a message of 0 bytes: a connection that carries nothing."
#[test]
fn an_empty_line_is_a_connection_without_bytes() {
    const REQUIREMENT: Requirement = Requirement {
        says: "an empty line is a message of 0 bytes: a connection that carries nothing",
        hint: "treat an empty message like any other: connect, send it, close",
    };
    let (run, connection) = typed(&REQUIREMENT, "");
    run.check(connection.message().is_empty(), &REQUIREMENT, "no bytes at all", &excerpt(&connection.bytes));
}

/// "It connects after the line is typed, not before: a user who thinks for a minute holds no connection."
#[test]
fn it_connects_after_the_line_is_typed() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it connects after the line is typed, not before",
        hint: "ask for the message first, and create and connect the socket after that",
    };
    let mut run = run_client();
    // When its question stands there, or after a while if it has none.
    let start = Instant::now();
    let is_asked = || !run.program.screen().is_empty() || start.elapsed() > 2 * QUIET_TIME;
    let _ = poll("a question", || is_asked().then_some(()));
    let early = !run.peer.connections().is_empty();
    run.check(!early, &REQUIREMENT, "no connection before the first line", "a connection, and nothing was typed");
    run.type_line("one");
    let _ = run.first(&REQUIREMENT);
    let (early, _) = run.wait_at_most(QUIET_TIME, |all| all.len() > 1);
    run.check(!early, &REQUIREMENT, "no connection before the next line", "a connection, and nothing was typed");
}

/// Run as `COMMAND IP PORT`.
#[test]
#[cfg(target_os = "linux")]
fn it_connects_to_the_ip_of_the_command_line() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it is run as ex3-chat IP PORT, in the order of nc",
        hint: "take the IP from the command line as well (in Python sys.argv[1]): a constant is for when there is none",
    };
    let mut run = ClientRun::start_at(Ipv4Addr::new(127, 0, 0, 2), &under_test(), &[], Reply::Nothing);
    run.type_line("HELLO");
    let _ = run.first(&REQUIREMENT);
}
