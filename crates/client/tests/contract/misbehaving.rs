//! Servers that do not do what servers do: each is told, or got along with, and none is waited for for ever.

use crate::support::client::client;
use common::testing::{Recorder, Reply};
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::{contains, starts_with};

const HEADING: &str = "MESSAGE FROM THE SERVER:\n\n";

fn peer(reply: Reply) -> Recorder {
    Recorder::start(reply).unwrap()
}

#[test]
fn one_that_answers_byte_by_byte_is_understood() {
    let peer = peer(Reply::ByteByByte("mañana, 日本".into()));
    client(&peer).assert().code(0).stdout(format!("{HEADING}mañana, 日本\n")).stderr("");
}

#[test]
fn one_that_answers_in_broken_utf_8_is_shown_with_replacement_characters() {
    let peer = peer(Reply::AtOnce(b"ma\xf1ana \xe2\x82".to_vec()));
    client(&peer).assert().code(0).stdout(format!("{HEADING}ma\u{fffd}ana \u{fffd}\n")).stderr("");
}

/// It closed in order, with nothing said: an answer of no bytes. If the message met a closed socket, it is a reset.
#[test]
fn one_that_closes_at_once_is_told_or_has_said_nothing() {
    let peer = peer(Reply::Close);
    let output = client(&peer).output().unwrap();
    let (stdout, stderr) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    match output.status.code() {
        Some(0) => assert!(stdout.is_empty() && stderr.starts_with("note: the server closed"), "{stderr}"),
        Some(1) => assert!(stderr.starts_with("error: the connection to ") && stderr.contains("\nnext:  "), "{stderr}"),
        code => panic!("{code:?}\n{stdout}\n{stderr}"),
    }
}

#[test]
fn one_that_resets_at_once_is_told() {
    let peer = peer(Reply::Reset);
    let told = contains("the connection to ").or(contains("broke off the connection at once"));
    client(&peer).assert().code(1).stderr(starts_with("error: ").and(told));
}

#[test]
fn one_that_accepts_and_never_reads_nor_answers_is_told_when_the_time_is_up() {
    let peer = peer(Reply::Unread);
    client(&peer).args(["--timeout", "0.2"]).assert().code(1).stderr(contains(" did not finish its answer in time\n"));
}

/// Its answer is shown as it comes, and Ctrl-C ends it.
#[test]
#[cfg(unix)]
fn one_that_answers_without_end_can_be_left_with_ctrl_c() {
    use common::testing::{End, Program};

    let peer = peer(Reply::WithoutEnd(b"and so on, ".repeat(100)));
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("client"));
    command.args(["127.0.0.1", &peer.port().to_string()]);
    let mut client = Program::start(command).unwrap();
    client.wait_for_stdout_until("much of the answer", |all| all.len() > 100_000).unwrap();
    client.interrupt().unwrap();
    assert_eq!(client.wait_for_end().unwrap().code(), Some(130));
    assert_eq!(peer.wait_for_ended(1).unwrap()[0].end, End::Reset);
}
