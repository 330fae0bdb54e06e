//! What this chat does, byte for byte and connection for connection. Of other programs `required` asks for less.
//!
//! These tests judge by what arrives at the other end of the wire, never by exit codes, prompts or what else is on the screen.

use crate::running::Chat;
use common::testing::{Connection, End, Recorder, Reply};

/// Types these lines, one after the other has arrived: the connections that came.
fn arrives(lines: &[&str]) -> Vec<Connection> {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    let mut chat = Chat::with(&peer, &[]);
    for (index, line) in lines.iter().enumerate() {
        chat.types(format!("{line}\n").as_bytes());
        peer.wait_for_ended(index + 1).unwrap_or_else(|e| panic!("after the line {line:?}: {e}"));
    }
    chat.ends();
    peer.connections()
}

/// "connect; send the message (its bytes exactly …, no newline added)"
#[test]
fn the_message_arrives_exactly_without_a_line_break() {
    assert_eq!(arrives(&["HELLO"])[0].bytes, b"HELLO");
}

/// "inner and outer spaces kept"
#[test]
fn spaces_are_kept_inside_and_outside() {
    assert_eq!(arrives(&["  two  spaces  "])[0].bytes, b"  two  spaces  ");
}

/// "its bytes exactly"
#[test]
fn other_letters_than_english_ones_arrive() {
    assert_eq!(arrives(&["mañana 漢字 👩"])[0].bytes, "mañana 漢字 👩".as_bytes());
}

/// "again and again until the input ends: … create a **new** socket"
#[test]
fn ten_messages_are_ten_connections_in_order() {
    let lines: Vec<String> = (1..=10).map(|number| format!("message {number}")).collect();
    let connections = arrives(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let messages: Vec<_> = connections.iter().map(|one| String::from_utf8_lossy(&one.bytes)).collect();
    assert_eq!(messages, lines);
}

/// "close with a normal FIN"
#[test]
fn each_connection_is_closed_normally_before_the_next_message() {
    let ends: Vec<End> = arrives(&["one", "two"]).iter().map(|one| one.end).collect();
    assert_eq!(ends, [End::Finished, End::Finished]);
}

/// "It connects after the line is typed, not before: a user who thinks for a minute holds no connection."
///
/// A chat that connects first has opened one connection more, for the message that never came.
#[test]
fn it_connects_after_the_line_is_typed_and_not_before() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    let mut chat = Chat::with(&peer, &[]);
    chat.types(b"HELLO\n");
    peer.wait_for_ended(1).unwrap();
    chat.ends();
    let connections = peer.connections();
    assert_eq!(connections.len(), 1, "a connection for which there was no message\n{}", peer.story());
    assert_eq!(connections[0].bytes, b"HELLO");
}

/// "An empty line is a message of 0 bytes: a connection that carries nothing."
#[test]
fn an_empty_line_is_a_connection_that_carries_nothing() {
    let connections = arrives(&["one", "", "three"]);
    let lengths: Vec<u64> = connections.iter().map(|one| one.length).collect();
    assert_eq!(lengths, [3, 0, 5]);
}
