//! Clients that do what a student would not, or would: "one client can never hold up another".

use crate::running::{Client, GREETING, Running};
use socket2::SockRef;
use std::io::Write as _;
use std::time::Duration;

const MEGABYTE: usize = 1_000_000;
/// How many come at once. macOS allows a process 256 open files as a rule.
const CLIENTS: usize = if cfg!(target_os = "linux") { 200 } else { 100 };

impl Client {
    /// Closes with a reset (RST) instead of the normal end: socket(7), `SO_LINGER` with a time of zero.
    fn reset(self) {
        SockRef::from(&self.0).set_linger(Some(Duration::ZERO)).unwrap();
    }
}

#[test]
fn a_silent_client_holds_nobody_up_and_is_closed_when_patience_ends() {
    let server = Running::start(&["--patience", "0.5"]);
    let silent = server.connect();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    for _ in 0..3 {
        assert_eq!(server.ask(b"HELLO"), GREETING);
    }
    assert_eq!(silent.answer(), "", "the silent one is closed without an answer");
    server.program.wait_for_stderr("connection 1 (127.0.0.1) sent nothing for").unwrap();
}

#[test]
fn a_client_that_sends_a_byte_now_and_then_holds_nobody_up() {
    let server = Running::start(&[]);
    let mut slow = server.connect();
    for byte in b"slowly" {
        slow.0.write_all(&[*byte]).unwrap();
        assert_eq!(server.ask(b"HELLO"), GREETING);
    }
    assert_eq!(slow.answer(), GREETING, "it was answered at its first byte");
}

#[test]
fn a_reset_before_a_message_is_told_and_the_server_goes_on() {
    let server = Running::start(&[]);
    let client = server.connect();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    client.reset();
    server.program.wait_for_stderr("connection 1 (127.0.0.1) was reset by the client before it sent anything").unwrap();
    assert_eq!(server.ask(b"HELLO"), GREETING);
}

#[test]
fn a_reset_after_a_message_does_not_lose_the_message() {
    let server = Running::start(&[]);
    server.connect().say(b"and away").reset();
    server.program.wait_for_stdout("Message from client: and away\n").unwrap();
    assert_eq!(server.ask(b"HELLO"), GREETING);
}

#[test]
fn a_client_that_never_reads_holds_nobody_up() {
    let server = Running::start(&[]);
    let deaf = server.connect().say(&vec![b'x'; MEGABYTE]);
    assert_eq!(server.ask(b"HELLO"), GREETING);
    server.program.wait_for_stdout("more bytes not shown").unwrap();
    drop(deaf);
}

#[test]
fn a_client_that_half_closes_gets_the_whole_answer() {
    let server = Running::start(&[]);
    assert_eq!(server.connect().say(b"that was all").finish().answer(), GREETING);
}

#[test]
fn the_answer_to_5_000_bytes_arrives_whole_20_times_of_20() {
    answers_arrive_whole(5_000);
}

#[test]
fn the_answer_to_a_megabyte_arrives_whole_20_times_of_20() {
    answers_arrive_whole(MEGABYTE);
}

/// A server that closes with unread bytes sends a reset, and the answer is lost or followed by an error.
fn answers_arrive_whole(length: usize) {
    let server = Running::start(&[]);
    let message = vec![b'm'; length];
    for _ in 0..20 {
        assert_eq!(server.connect().say(&message).finish().answer(), GREETING);
    }
    let hidden = format!("... ({} more bytes not shown)", length - 1024);
    let all = |stdout: &str| stdout.matches(&hidden).count() == 20;
    server.program.wait_for_stdout_until("20 messages of that length", all).unwrap();
}

#[test]
fn a_thousand_clients_one_after_the_other_are_all_counted() {
    let server = Running::start(&[]);
    for _ in 0..1000 {
        assert_eq!(server.connect().say(b"x").finish().answer(), GREETING);
    }
    server.program.wait_for_stdout("CONNECTION: 1000. From the IP: 127.0.0.1\n").unwrap();
    let numbers: Vec<String> = (1..=1000).map(|n| format!("CONNECTION: {n}. From the IP: 127.0.0.1")).collect();
    assert_eq!(server.lines("CONNECTION: "), numbers);
}

#[test]
fn clients_that_come_at_once_are_all_answered_and_numbered_in_order() {
    let server = Running::start(&[]);
    let clients: Vec<Client> = (0..CLIENTS).map(|_| server.connect()).collect();
    let clients: Vec<Client> = clients.into_iter().map(|client| client.say(b"all together")).collect();
    for client in clients {
        assert_eq!(client.answer(), GREETING);
    }
    let all = |stdout: &str| stdout.matches("Message from client: all together\n").count() == CLIENTS;
    server.program.wait_for_stdout_until("all messages", all).unwrap();
    let numbers: Vec<String> = (1..=CLIENTS).map(|n| format!("CONNECTION: {n}. From the IP: 127.0.0.1")).collect();
    assert_eq!(server.lines("CONNECTION: "), numbers);
}
