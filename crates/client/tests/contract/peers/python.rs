//! python as a server of the client.

use super::*;
use std::net::TcpStream;

/// The teacher's server as the lesson has it.
const SERVER: &str = "python3 PEERS/server.py 127.0.0.1 PORT";
/// Its answer as the client shows it.
const GREETING: &str = "MESSAGE FROM THE SERVER:\n\nHello from the teacher's server\n";

#[test]
#[ignore = "needs python3; run by .ci/run"]
fn a_pipe_with_half_close_is_shown() {
    check("python3 PEERS/pipe.py 127.0.0.1 PORT --half-close", Answer::Pipe);
}

#[test]
#[ignore = "needs python3; run by .ci/run"]
fn a_pipe_without_half_close_is_shown_and_never_ends() {
    check("python3 PEERS/pipe.py 127.0.0.1 PORT", Answer::EndlessPipe);
}

#[test]
#[ignore = "needs python3; run by .ci/run"]
fn a_person_is_shown_and_leaves_with_ctrl_c() {
    check("python3 PEERS/pipe.py 127.0.0.1 PORT", Answer::PersonWithCtrlC);
}

#[test]
#[ignore = "needs python3; run by .ci/run"]
fn a_person_with_half_close_is_shown_and_leaves_with_ctrl_d() {
    check("python3 PEERS/pipe.py 127.0.0.1 PORT --half-close", Answer::PersonWithCtrlD);
}

#[test]
#[ignore = "needs python3; run by .ci/run"]
fn the_lessons_server_greets_one_client_after_the_other() {
    let mut peer = Peer::start(SERVER);
    for number in 1..=3 {
        let message = format!("{MESSAGE}{number}");
        ends(&mut peer.client(&[&message]), 0, GREETING, &peer.program);
        peer.program.wait_for_stdout(&format!("CONNECTION: {number}. From the IP: ('127.0.0.1', ")).unwrap();
        peer.program.wait_for_stdout(&format!("Message from client: {message}\n")).unwrap();
    }
    assert!(peer.stop().ends_with("\nServer stopped by the user\n"), "{}", peer.program.stdout());
}

#[test]
#[ignore = "needs python3; run by .ci/run"]
fn the_lessons_server_shows_the_message_of_a_client_that_only_sends() {
    let peer = Peer::start(SERVER);
    ends(&mut peer.client(&[MESSAGE, "--send-only"]), 0, "", &peer.program);
    peer.program.wait_for_stdout(&format!("Message from client: {MESSAGE}\n")).unwrap();
    // It goes on: nobody reads its answer, but that is no failure of `send`.
    ends(&mut peer.client(&[]), 0, GREETING, &peer.program);
}

#[test]
#[ignore = "needs python3; run by .ci/run"]
fn the_lessons_server_is_sent_what_standard_input_says() {
    let peer = Peer::start(SERVER);
    let mut client = peer.client(&["-"]);
    client.type_in(b"one line\n").unwrap();
    client.type_in(b"another line").unwrap();
    client.close_stdin();
    ends(&mut client, 0, GREETING, &peer.program);
    peer.program.wait_for_stdout("Message from client: one line\nanother line\n").unwrap();
}

/// It reads 2048 bytes, answers, and closes with the rest unread: that sends a reset after the answer.
#[test]
#[ignore = "needs python3; run by .ci/run"]
fn the_lessons_servers_reset_does_not_hide_its_answer() {
    let peer = Peer::start(SERVER);
    let mut client = peer.client(&["-"]);
    client.type_in("x".repeat(5_000).as_bytes()).unwrap();
    client.close_stdin();
    ends(&mut client, 1, GREETING, &peer.program);
    assert!(client.stderr().contains(" was lost before the answer was whole\n"), "{}", client.stderr());
    peer.program.wait_for_stdout(&format!("Message from client: {}\n", "x".repeat(2048))).unwrap();
}

/// Neither of its two `except` clauses is for `UnicodeDecodeError`. The system closes the connection: an empty answer.
#[test]
#[ignore = "needs python3; run by .ci/run"]
fn the_lessons_server_dies_of_bytes_that_are_not_utf8_and_the_client_is_told_nothing() {
    let peer = Peer::start(SERVER);
    let mut client = peer.client(&["-"]);
    client.type_in(b"\xff").unwrap();
    client.close_stdin();
    ends(&mut client, 0, "", &peer.program);
    assert_eq!(client.stderr(), "note: the server closed the connection without an answer\n");
    peer.program.wait_for_stderr("UnicodeDecodeError").unwrap();
}

/// The next one is connected by the system and waits in vain; what it sent is answered when it has long gone.
#[test]
#[ignore = "needs python3; run by .ci/run"]
fn the_lessons_server_serves_nobody_while_one_client_is_silent() {
    let peer = Peer::start(SERVER);
    let mut silent = TcpStream::connect(("127.0.0.1", peer.port)).unwrap();
    peer.program.wait_for_stdout("CONNECTION: 1. ").unwrap();
    let start = Instant::now();
    let mut client = peer.client(&["--timeout", "1"]);
    ends(&mut client, 1, "", &peer.program);
    assert!(start.elapsed() >= Duration::from_secs(1), "not the time-out: {}", client.stderr());

    silent.write_all(b"at last").unwrap();
    silent.set_read_timeout(Some(TIME_LIMIT)).unwrap();
    let mut answer = String::new();
    silent.read_to_string(&mut answer).unwrap();
    assert_eq!(answer, "Hello from the teacher's server");
    ends(&mut peer.client(&[]), 0, GREETING, &peer.program);
}

/// This is what tells [`Peer::start`] that a port was taken.
#[test]
#[ignore = "needs python3; run by .ci/run"]
fn the_lessons_server_is_told_that_its_port_is_taken() {
    let peer = Peer::start(SERVER);
    let mut second = start(SERVER, peer.port);
    let problem = format!("Problems using port {}. Do you have permission?\n", peer.port);
    ends(&mut second, 0, &problem, &peer.program);
}
