//! "creates the socket, connects, sends a message … in UTF-8, without a newline, and closes with a normal FIN."

use super::{FIRST, run_against, under_test};
use common::testing::{ClientRun, Connection, End, Hint, Judged, Reply, Requirement, counted, excerpt};

/// A peer that answers when all has been sent, if anything has.
fn patiently() -> Reply {
    Reply::PatientlyIfAsked(b"Hello from the teacher's server".to_vec())
}

/// Starts the client: the run, and the connection over which a message came.
fn message(requirement: &Requirement) -> (ClientRun, Connection) {
    let mut run = run_against(requirement, patiently());
    let first = run.first(requirement);
    if first.message().is_empty() {
        run.not_judged(requirement, "it sent no message", FIRST);
    }
    (run, first)
}

#[test]
fn a_message() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it sends a message, in the lesson HELLO FROM THE CLIENT!!!",
        hint: Hint::new("after connect call send, with the text as bytes")
            .in_python("s.send(str.encode(message))")
            .in_rust("socket.write_all(&message)"),
    };
    // The one test that does not ask first whether it connects: this one reports that it does not.
    let mut run = ClientRun::start(&under_test(), &[], patiently());
    let first = run.first(&REQUIREMENT);
    let arrived = run.without_a_message(&first);
    run.check(!first.message().is_empty(), &REQUIREMENT, "a message", &arrived);
}

#[test]
fn in_utf_8() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it sends the message in UTF-8",
        hint: Hint::new("encode the text as UTF-8: an ñ is the two bytes c3 b1")
            .in_python("message.encode(\"utf-8\")")
            .in_rust("message.as_bytes()"),
    };
    let (run, first) = message(&REQUIREMENT);
    // U+FEFF is no letter, but marks a file: Python's utf-8-sig writes it.
    let is_utf_8 = std::str::from_utf8(&first.bytes)
        .is_ok_and(|text| !text.contains(['\0', '\u{feff}']) && !is_pythons_bytes(text));
    run.check(is_utf_8, &REQUIREMENT, "text in UTF-8", &excerpt(&first.bytes));
}

/// Whether this is what Python prints of bytes, as of b'HELLO': the text is between the quotation marks.
fn is_pythons_bytes(text: &str) -> bool {
    let text = text.trim();
    ["'", "\""].iter().any(|quote| text.starts_with(&format!("b{quote}")) && text.ends_with(quote))
}

#[test]
fn without_a_line_break() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it sends the message without a line break behind it",
        hint: Hint::new("do not add \"\\n\" to the message: what prints a line adds one, what sends it must not"),
    };
    let (run, first) = message(&REQUIREMENT);
    let added = &first.bytes[first.message().len()..];
    run.check(added.is_empty(), &REQUIREMENT, "nothing behind the message", &excerpt(&first.bytes));
}

#[test]
fn over_one_connection_that_it_closes() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it creates the socket, connects, sends the message, closes",
        hint: Hint::new("call connect once, receive until 0 bytes come, and close the socket when everything is done"),
    };
    let mut run = run_against(&REQUIREMENT, patiently());
    let mut end = run.first(&REQUIREMENT).end;
    if end == End::Reset {
        // A client that takes its time, and closes with the peer's answer unread, resets the connection without knowing it (RFC
        // 1122, 4.2.2.13). It is not answered now.
        run = run_against(&REQUIREMENT, Reply::Nothing);
        end = run.first(&REQUIREMENT).end;
    }
    run.program.wait_for_rest();
    let has_ended = run.program.has_ended();
    if end == End::Open {
        end = run.peer.connections()[0].end;
    }
    let still = if has_ended { "" } else { "; your program is still running" };
    let arrived = format!("a connection that is {end}{still}");
    run.check(end == End::Finished, &REQUIREMENT, "a connection that is closed (FIN)", &arrived);
    #[cfg(target_os = "linux")]
    run.check(
        has_ended || run.program.sockets() == 0,
        &REQUIREMENT,
        "a socket that is closed",
        "a socket that is shut down, and never closed; your program is still running",
    );
    let count = run.peer.connections().len();
    run.check(count == 1, &REQUIREMENT, "one connection", &counted(count, "connection"));
}

/// Run as `COMMAND IP PORT`.
#[test]
#[cfg(target_os = "linux")]
fn to_the_ip_of_the_command_line() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it is run as client IP PORT, in the order of nc",
        hint: Hint::new("take the IP from the command line as well: a constant is for when there is none")
            .in_python("sys.argv[1]")
            .in_rust("options.ip"),
    };
    let reply = Reply::AtOnce(b"HELLO".to_vec());
    let mut run = super::run_at([127, 0, 0, 2].into(), &REQUIREMENT, reply);
    let _ = run.first(&REQUIREMENT);
}
