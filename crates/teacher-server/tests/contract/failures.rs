//! Clients that do what a student would not, or would: "one client can never hold up another".

use crate::running_server::{Client, GREETING, RunningServer};
use common::testing::poll;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

const MEGABYTE: usize = 1_000_000;
/// How many come at once. macOS allows a process 256 open files as a requirement.
const CLIENTS: usize = if cfg!(target_os = "linux") { 200 } else { 100 };

#[test]
fn a_silent_client_holds_nobody_up() {
    let server = RunningServer::start(&[]);
    let _silent = server.connect();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    for _ in 0..3 {
        assert_eq!(server.ask(b"HELLO"), GREETING);
    }
}

#[test]
fn a_silent_client_is_closed_when_patience_ends() {
    let server = RunningServer::start(&["--patience", "0.5"]);
    assert_eq!(server.connect().answer(), "", "it is closed without an answer");
    server.program.wait_for_stderr("connection 1 (127.0.0.1) sent nothing for").unwrap();
    server.program.wait_for_stdout("CONNECTION: 1. From the IP: 127.0.0.1\nWaiting").unwrap();
}

#[test]
fn a_client_that_sends_a_byte_now_and_then_holds_nobody_up() {
    let server = RunningServer::start(&[]);
    let mut slow = server.connect();
    for byte in b"slowly" {
        slow.0.write_all(&[*byte]).unwrap();
        assert_eq!(server.ask(b"HELLO"), GREETING);
    }
    assert_eq!(slow.answer(), GREETING, "it was answered at its first byte");
}

#[test]
fn a_reset_before_a_message_is_told_and_the_server_goes_on() {
    let server = RunningServer::start(&[]);
    let client = server.connect();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    client.reset();
    server.program.wait_for_stderr("connection 1 (127.0.0.1) was reset by the client before it sent anything").unwrap();
    assert_eq!(server.ask(b"HELLO"), GREETING);
}

#[test]
fn a_reset_after_a_message_does_not_lose_the_message() {
    let server = RunningServer::start(&[]);
    server.connect().say(b"and away").reset();
    server.program.wait_for_stdout("Message from client: and away\n").unwrap();
    assert_eq!(server.ask(b"HELLO"), GREETING);
}

#[test]
fn a_reset_after_the_answer_does_not_lose_the_message() {
    let server = RunningServer::start(&[]);
    let mut client = server.connect().say(b"and away");
    client.0.read_exact(&mut [0; GREETING.len()]).unwrap();
    client.reset();
    server.program.wait_for_stdout("Message from client: and away\nWaiting").unwrap();
    assert_eq!(server.ask(b"HELLO"), GREETING);
}

#[test]
fn clients_that_never_read_hold_nobody_up() {
    let server = RunningServer::start(&[]);
    // Ten of them: one after the other they would take longer than any wait of a test.
    let _deaf: Vec<_> = (0..10).map(|_| server.connect().say(&vec![b'x'; MEGABYTE])).collect();
    assert_eq!(server.ask(b"HELLO"), GREETING);
    server.program.wait_for_stdout("more bytes not shown").unwrap();
}

#[test]
fn a_client_that_never_reads_nor_closes_gives_its_place_back() {
    let server = RunningServer::start(&["--max-clients", "1", "--max-per-address", "1"]);
    let _deaf = server.connect().say(&vec![b'x'; MEGABYTE]);
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    poll("a place", || (server.ask(b"HELLO") == GREETING).then_some(())).unwrap();
}

#[test]
fn a_client_that_drips_on_after_its_answer_gives_its_place_back() {
    let server = RunningServer::start(&["--max-clients", "1", "--max-per-address", "1"]);
    let mut dripping = server.connect();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    poll("a place", || {
        let _ = dripping.0.write_all(b".");
        (server.ask(b"HELLO") == GREETING).then_some(())
    })
    .unwrap();
}

#[test]
fn a_client_that_never_stops_sending_is_answered_at_its_first_bytes() {
    let server = RunningServer::start(&[]);
    let mut client = server.connect();
    let mut reader = client.0.try_clone().unwrap();
    std::thread::scope(|scope| {
        let reading = scope.spawn(move || {
            let mut answer = [0; GREETING.len()];
            reader.read_exact(&mut answer).map(|()| answer)
        });
        while !reading.is_finished() {
            client.0.write_all(b"and so on, ").unwrap();
        }
        assert_eq!(reading.join().unwrap().unwrap(), GREETING.as_bytes());
    });
}

#[test]
fn a_client_that_sends_for_ever_is_let_go() {
    let server = RunningServer::start(&[]);
    let mut client = server.connect();
    let piece = vec![b'x'; MEGABYTE];
    let taken = (0..1000).take_while(|_| client.0.write_all(&piece).is_ok()).count();
    assert!((200..600).contains(&taken), "it took {taken} MB");
}

#[test]
fn the_end_comes_with_the_answer_though_the_client_keeps_its_side_open() {
    let server = RunningServer::start(&[]);
    let times = (0..3).map(|_| {
        let client = server.connect().say(b"typed in netcat\n");
        let start = Instant::now();
        assert_eq!(client.answer(), GREETING);
        start.elapsed()
    });
    // Without shutting down its side, the server would say so only when it closes, two seconds later.
    assert!(times.min().unwrap() < Duration::from_secs(1));
}

#[test]
fn a_client_that_half_closes_gets_the_whole_answer() {
    let server = RunningServer::start(&[]);
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
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("whole-{length}-{}", std::process::id()));
    let _ = std::fs::remove_file(&path);
    let server = RunningServer::start(&["--log", path.to_str().unwrap()]);
    let message = vec![b'm'; length];
    for _ in 0..20 {
        assert_eq!(server.connect().say(&message).finish().answer(), GREETING);
    }
    // And the server has read all of it, 20 times.
    let read = format!("\"bytes\":{length},");
    let all = || std::fs::read_to_string(&path).ok().filter(|log| log.matches(&read).count() == 20);
    poll("20 messages of that length in the log", all).unwrap();
}

#[test]
fn a_thousand_clients_one_after_the_other_are_all_counted() {
    let server = RunningServer::start(&[]);
    for _ in 0..1000 {
        assert_eq!(server.connect().say(b"x").finish().answer(), GREETING);
    }
    server.program.wait_for_stdout("CONNECTION: 1000. From the IP: 127.0.0.1\n").unwrap();
    let numbers: Vec<String> = (1..=1000).map(|n| format!("CONNECTION: {n}. From the IP: 127.0.0.1")).collect();
    assert_eq!(connection_lines(&server), numbers);
}

#[test]
fn clients_that_come_at_once_are_all_answered_and_numbered_in_order() {
    let server = RunningServer::start(&[]);
    let clients: Vec<Client> = (0..CLIENTS).map(|_| server.connect()).collect();
    let clients: Vec<Client> = clients.into_iter().map(|client| client.say(b"all together")).collect();
    for client in clients {
        assert_eq!(client.answer(), GREETING);
    }
    let all = |stdout: &str| stdout.matches("Message from client: all together\n").count() == CLIENTS;
    server.program.wait_for_stdout_until("all messages", all).unwrap();
    let numbers: Vec<String> = (1..=CLIENTS).map(|n| format!("CONNECTION: {n}. From the IP: 127.0.0.1")).collect();
    assert_eq!(connection_lines(&server), numbers);
}

fn connection_lines(server: &RunningServer) -> Vec<String> {
    server.program.stdout().lines().filter(|line| line.starts_with("CONNECTION: ")).map(String::from).collect()
}
