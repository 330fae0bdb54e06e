//! What goes wrong is told in three lines, the message is named, and the chat goes on.

use crate::support::chat::Chat;
use common::testing::{Recorder, Reply, free_port};

/// "A refused or lost connection is told, that message is not lost (it is named as not sent and can be recalled), and the
/// next prompt comes."
#[test]
fn a_refused_message_is_told_and_named_and_the_next_one_is_asked_for() {
    let port = free_port();
    let mut chat = Chat::at("127.0.0.1", port, &[]);
    chat.types(b"one \x1b[2J\n");
    chat.program.wait_for_stderr("not sent: one \\x1b[2J\n").unwrap();
    assert_eq!(chat.says(b"\n").code(), Some(1));
    let stderr = chat.program.stderr();
    let lines: Vec<&str> = stderr.lines().collect();
    let error = format!("error: nobody is listening at 127.0.0.1, port {port}");
    let next = "next:  start the server there, or check the IP and the port";
    assert!(lines.len() == 8 && lines[1].starts_with("cause: ") && lines[5] == lines[1], "{stderr}");
    assert_eq!([lines[0], lines[2], lines[3]], [&error, next, "not sent: one \\x1b[2J"]);
    assert_eq!([lines[4], lines[6], lines[7]], [&error, next, "not sent: (an empty message)"]);
}

#[test]
fn a_long_message_that_was_not_sent_is_named_by_its_beginning() {
    let mut chat = Chat::at("127.0.0.1", free_port(), &[]);
    chat.says(&[b'x'; 1000]);
    let named = format!("\nnot sent: {}... (800 more bytes not shown)\n", "x".repeat(200));
    assert!(chat.program.stderr().ends_with(&named), "{}", chat.program.stderr());
}

/// Short as they are, both messages have left this computer before the reset comes: it is seen when the connection is closed.
#[test]
fn a_message_after_which_the_server_breaks_off_may_have_arrived() {
    let peer = Recorder::start(Reply::ThenReset(Vec::new())).unwrap();
    let mut chat = Chat::with(&peer, &[]);
    chat.types(b"one\n");
    chat.program.wait_for_stderr("it may have arrived: one\n").unwrap();
    assert_eq!(chat.says(b"two\n").code(), Some(1));
    let stderr = chat.program.stderr();
    assert_eq!(stderr.matches(" was lost after the message was sent\ncause: ").count(), 2, "{stderr}");
    assert!(stderr.ends_with("it may have arrived: two\n") && !stderr.contains("not sent"), "{stderr}");
}

/// The server has read what it wanted: a reset after its answer has not lost the message. With `--reply` the answer is
/// shown, and then the error.
///
/// On Windows a reset throws away what has arrived and was not read.
#[test]
#[cfg(unix)]
fn a_reset_after_an_answer_has_not_lost_the_message() {
    let peer = Recorder::start(Reply::ThenReset(b"got it".to_vec())).unwrap();
    let mut chat = Chat::with(&peer, &[]);
    assert_eq!(chat.says(b"one\n").code(), Some(0));
    assert_eq!(chat.program.stderr(), "");

    let mut chat = Chat::with(&peer, &["--reply"]);
    assert_eq!(chat.says(b"one\n").code(), Some(1));
    assert_eq!(chat.program.stdout(), "MESSAGE FROM THE SERVER:\n\ngot it\n");
    let stderr = chat.program.stderr();
    assert!(stderr.contains(" was lost before the answer was whole\n") && !stderr.contains("not sent"), "{stderr}");
}

#[test]
fn a_line_that_is_too_long_is_told_and_nothing_of_it_is_sent() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    let mut chat = Chat::with(&peer, &[]);
    chat.types(b"one\n");
    assert_eq!(chat.says(&vec![b'x'; 1024 * 1024 + 2]).code(), Some(1));
    let told = "error: the message is too long\ncause: a line of standard input has more than 1048576 bytes\nnext:  ";
    assert!(chat.program.stderr().starts_with(told), "{}", chat.program.stderr());
    assert_eq!(peer.connections().len(), 1, "{}", peer.story());
}

/// Before anything is asked.
#[test]
fn a_name_that_cannot_be_looked_up_ends_it_at_once() {
    // A label of more than 63 letters is no name (RFC 1035, section 2.3.4): no name server is asked.
    let mut chat = Chat::at(&"x".repeat(64), 80, &[]);
    assert_eq!(chat.program.wait_for_end().unwrap().code(), Some(1));
    assert!(chat.program.stderr().starts_with("error: "), "{}", chat.program.stderr());
}

/// A disk that is full shows no other answer either.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_and_ends_it() {
    let peer = Recorder::start(Reply::AtOnce(b"hi".to_vec())).unwrap();
    let mut command = std::process::Command::new("sh");
    command.args(["-c", r#"exec "$0" "$@" >/dev/full"#]).arg(assert_cmd::cargo::cargo_bin!("ex3-chat"));
    command.args(["127.0.0.1", &peer.port().to_string(), "--reply"]);
    let mut chat = Chat { program: common::testing::Program::start(command).unwrap() };
    assert_eq!(chat.says(b"one\ntwo\n").code(), Some(1));
    assert!(chat.program.stderr().starts_with("error: the output could not be written\n"), "{}", chat.program.stderr());
    assert_eq!(peer.connections().len(), 1, "{}", peer.story());
}
