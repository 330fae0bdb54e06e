//! What the lesson's own client does.

use crate::running::client;
use common::testing::{End, Recorder, Reply};

/// "sends the message in UTF-8 exactly as given (no newline added), closes" … "else `HELLO FROM THE CLIENT!!!`"
#[test]
fn it_sends_the_lessons_message_where_none_is_given() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    client(&peer).arg("--send-only").assert().code(0);
    let connections = peer.wait_for_ended(1).unwrap();
    assert_eq!(connections[0].bytes, b"HELLO FROM THE CLIENT!!!");
    assert_eq!(connections[0].end, End::Finished);
}

/// "Message: third argument"
#[test]
fn it_sends_the_third_argument_exactly_as_it_is() {
    for message in ["mañana", "  two spaces  ", "", "one\ntwo\n"] {
        let peer = Recorder::start(Reply::Nothing).unwrap();
        client(&peer).args([message, "--send-only"]).assert().code(0);
        assert_eq!(peer.wait_for_ended(1).unwrap()[0].bytes, message.as_bytes());
    }
}

/// "`-` for standard input to its end"
#[test]
fn it_sends_standard_input_to_its_end_for_a_dash() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    let message = b"not text: \xff\x00\n and no newline at the end";
    client(&peer).args(["-", "--send-only"]).write_stdin(message).assert().code(0);
    assert_eq!(peer.wait_for_ended(1).unwrap()[0].bytes, message);
}

/// "Then waits for the answer, prints `MESSAGE FROM THE SERVER:`, an empty line, the answer."
#[test]
fn it_shows_the_answer_under_its_heading() {
    let peer = Recorder::start(Reply::AtOnce(b"Hello from the teacher's server".to_vec())).unwrap();
    client(&peer).assert().code(0).stdout("MESSAGE FROM THE SERVER:\n\nHello from the teacher's server\n").stderr("");
    assert_eq!(peer.wait_for_ended(1).unwrap()[0].end, End::Finished);
}

/// "`--send-only` closes without waiting (the lesson's first version)."
#[test]
fn send_only_does_not_wait_for_an_answer() {
    // This peer would answer only after the client has closed.
    let peer = Recorder::start(Reply::AtTheEnd(b"too late".to_vec())).unwrap();
    client(&peer).arg("--send-only").assert().code(0).stdout("").stderr("");
    peer.wait_for_ended(1).unwrap();
}

/// One run is one connection.
#[test]
fn it_connects_once() {
    let peer = Recorder::start(Reply::AtOnce(b"hi".to_vec())).unwrap();
    client(&peer).assert().code(0);
    peer.wait_for_ended(1).unwrap();
    assert_eq!(peer.connections().len(), 1, "{}", peer.story());
}
