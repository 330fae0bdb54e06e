//! What the lesson's own client does.
//!
//! These tests judge by what arrives at the other end of the wire and by the fixed text of the contract, never by exit codes
//! or by what else is on the screen.

use crate::running::client;
use common::testing::{Connection, End, Recorder, Reply};

const GREETING: &[u8] = b"Hello from the teacher's server";

/// Runs the client with these arguments against a peer that answers at once: what arrived there.
fn arrives(arguments: &[&str], input: &[u8]) -> Connection {
    let peer = Recorder::start(Reply::AtOnce(GREETING.to_vec())).unwrap();
    let _ = client(&peer).args(arguments).write_stdin(input).output().unwrap();
    peer.wait_for_ended(1).unwrap().swap_remove(0)
}

/// "sends the message in UTF-8 exactly as given (no newline added), closes" … "else `HELLO FROM THE CLIENT!!!`"
#[test]
fn it_sends_the_lessons_message_where_none_is_given_and_closes() {
    let connection = arrives(&[], b"");
    assert_eq!(connection.bytes, b"HELLO FROM THE CLIENT!!!");
    assert_eq!(connection.end, End::Finished);
}

/// "Message: third argument"
#[test]
fn it_sends_the_third_argument_exactly_as_it_is() {
    for message in ["mañana", "  two spaces  ", "one\ntwo\n"] {
        assert_eq!(arrives(&[message], b"").bytes, message.as_bytes());
    }
}

/// "`-` for standard input to its end"
#[test]
fn it_sends_standard_input_to_its_end_for_a_dash() {
    let message = b"not text: \xff\x00\n and no newline at the end";
    assert_eq!(arrives(&["-"], message).bytes, message);
}

/// "Then waits for the answer, prints `MESSAGE FROM THE SERVER:`, an empty line, the answer."
#[test]
fn it_shows_the_answer_under_its_heading() {
    let peer = Recorder::start(Reply::AtOnce(GREETING.to_vec())).unwrap();
    client(&peer).assert().stdout("MESSAGE FROM THE SERVER:\n\nHello from the teacher's server\n");
}

/// "`--send-only` closes without waiting (the lesson's first version)."
#[test]
fn send_only_does_not_wait_for_an_answer() {
    // This peer answers only after the client has closed.
    let peer = Recorder::start(Reply::AtTheEnd(GREETING.to_vec())).unwrap();
    client(&peer).arg("--send-only").assert().stdout("");
    let connections = peer.wait_for_ended(1).unwrap();
    assert_eq!(connections[0].bytes, b"HELLO FROM THE CLIENT!!!");
}

/// One run is one connection.
#[test]
fn it_connects_once() {
    let peer = Recorder::start(Reply::AtOnce(GREETING.to_vec())).unwrap();
    let _ = client(&peer).output().unwrap();
    peer.wait_for_ended(1).unwrap();
    assert_eq!(peer.connections().len(), 1, "{}", peer.story());
}
