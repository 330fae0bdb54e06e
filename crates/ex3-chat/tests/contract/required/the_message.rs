//! What is sent: each message, as it was typed.

use super::{FIRST, QUIET_TIME, holds, typed};
use common::testing::{Connection, End, Hint, Judged, Requirement, counted, excerpt};

/// Why the message cannot be judged by its bytes.
const NO_MESSAGE: &str = "it did not send what was typed";

/// More than the 1,024 or 2,048 bytes that many buffers have.
const LONG_MESSAGE_LEN: usize = 5_000;

/// "its bytes exactly, … no newline added"
#[test]
fn it_adds_no_newline() {
    const REQUIREMENT: Requirement = Requirement {
        says: "the message's bytes exactly, no newline added",
        hint: Hint::new("do not add \"\\n\" to the message, and take off the one that the user has typed")
            .in_python("input() takes it off")
            .in_rust("line.trim_end_matches('\\n')"),
    };
    let (mut run, first) = typed(&REQUIREMENT, "Good Morning");
    if first.message().is_empty() {
        run.not_judged(&REQUIREMENT, NO_MESSAGE, FIRST);
    }
    run.type_line("Good night");
    let has_come = |all: &[Connection]| all.iter().any(|one| holds(one, "Good night") && one.end != End::Open);
    let (_, connections) = run.wait_at_most(QUIET_TIME, has_come);
    for connection in connections.iter().chain([&first]).filter(|connection| !connection.message().is_empty()) {
        let added = &connection.bytes[connection.message().len()..];
        run.check(added.is_empty(), &REQUIREMENT, "nothing behind the message", &excerpt(&connection.bytes));
    }
}

/// "inner and outer spaces kept"
#[test]
fn it_keeps_the_spaces() {
    const REQUIREMENT: Requirement = Requirement {
        says: "inner and outer spaces of the message are kept",
        hint: Hint::new("do not strip or split the message: its spaces belong to it"),
    };
    let (run, connection) = typed(&REQUIREMENT, "  two  spaces  ");
    if !connection.bytes.iter().filter(|byte| !byte.is_ascii_whitespace()).eq(b"twospaces") {
        run.not_judged(&REQUIREMENT, NO_MESSAGE, FIRST);
    }
    let line = String::from_utf8_lossy(connection.message()).trim_start_matches(['\r', '\n']).to_string();
    run.check_bytes(&REQUIREMENT, b"  two  spaces  ", line.as_bytes());
}

/// "its bytes exactly", whatever they mean elsewhere: to printf, to a shell, in a program's source.
#[test]
fn it_sends_every_character_as_it_is() {
    const REQUIREMENT: Requirement = Requirement {
        says: "the message's bytes exactly, whatever characters they are",
        hint: Hint::new("the message is data: do not print it as a format, nor let a shell read it")
            .in_python("s.send(message.encode())")
            .in_rust("socket.write_all(message)"),
    };
    let (run, connection) = typed(&REQUIREMENT, "good bye");
    if connection.message() != b"good bye" {
        run.not_judged(&REQUIREMENT, NO_MESSAGE, FIRST);
    }
    let line = "100 % \"sure\" it's \\n \\a\t<b>&amp; $HOME `date` * {0} #";
    let (run, connection) = typed(&REQUIREMENT, line);
    run.check_bytes(&REQUIREMENT, line.as_bytes(), connection.message());
}

/// Messages are text in UTF-8.
#[test]
fn it_sends_utf_8() {
    const REQUIREMENT: Requirement = Requirement {
        says: "messages are text in UTF-8",
        hint: Hint::new("encode the text as UTF-8: an ñ is the two bytes c3 b1")
            .in_python("message.encode(\"utf-8\")")
            .in_rust("message.as_bytes()"),
    };
    let (run, connection) = typed(&REQUIREMENT, "good bye");
    if connection.message() != b"good bye" {
        run.not_judged(&REQUIREMENT, NO_MESSAGE, FIRST);
    }
    let (run, connection) = typed(&REQUIREMENT, "mañana€日本🙂");
    run.check_bytes(&REQUIREMENT, "mañana€日本🙂".as_bytes(), connection.message());
}

/// "its bytes exactly", however many there are.
#[test]
fn it_sends_a_long_message_whole() {
    const REQUIREMENT: Requirement = Requirement {
        says: "the message's bytes exactly, however many there are",
        hint: Hint::new("read the whole line, and send all of it: a buffer of 1024 bytes holds only a part")
            .in_python("s.sendall(message.encode())")
            .in_rust("socket.write_all(message)"),
    };
    let line: String = ('a'..='z').cycle().take(LONG_MESSAGE_LEN).collect();
    let (run, connection) = typed(&REQUIREMENT, &line);
    if !connection.bytes.starts_with(b"abcdef") {
        run.not_judged(&REQUIREMENT, NO_MESSAGE, FIRST);
    }
    let arrived = counted(connection.message().len(), "byte");
    run.check(connection.message() == line.as_bytes(), &REQUIREMENT, &counted(line.len(), "byte"), &arrived);
}

/// "An empty line is a message of 0 bytes: a connection that carries nothing."
#[test]
fn an_empty_line_is_a_connection_without_bytes() {
    const REQUIREMENT: Requirement = Requirement {
        says: "an empty line is a message of 0 bytes: a connection that carries nothing",
        hint: Hint::new("treat an empty message like any other: connect, send it, close"),
    };
    let (mut run, connection) = typed(&REQUIREMENT, "");
    let mut is_empty = connection.bytes.is_empty();
    if !is_empty && connection.message().is_empty() {
        // Those who add a line break to each message add it to this one.
        run.type_line("one");
        let adds = |all: &[Connection]| all.iter().any(|one| one.bytes == [b"one", &*connection.bytes].concat());
        is_empty = run.wait_at_most(QUIET_TIME, adds).0;
    }
    run.check(is_empty, &REQUIREMENT, "no bytes at all", &excerpt(&connection.bytes));

    // It goes on after that; and no message is sent again in its place.
    run.type_line("two");
    let has_come = |all: &[Connection]| all.iter().any(|one| holds(one, "two") && one.end != End::Open);
    if !run.wait_at_most(2 * QUIET_TIME, has_come).0 && run.program.has_ended() {
        // That it goes on after any other message is another test's affair.
        let (mut other, _) = typed(&REQUIREMENT, "one");
        other.type_line("two");
        let (goes_on, _) = other.wait_at_most(2 * QUIET_TIME, has_come);
        let ended = "it ended after an empty line, and nobody had ended its input";
        run.check(!goes_on, &REQUIREMENT, "a chat that asks for the next message", ended);
    }
    run.type_line("");
    let is_again = |all: &[Connection]| all.iter().filter(|one| holds(one, "two")).count() > 1;
    let (is_again, _) = run.wait_at_most(QUIET_TIME / 2, is_again);
    run.check(!is_again, &REQUIREMENT, "no bytes at all", "the message before once more");
}
