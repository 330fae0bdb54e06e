//! `--log`: one JSON object a connection, which tells the truth.

use crate::files::{scratch, wait_for_lines};
use crate::running_server::RunningServer;
use assert_cmd::cargo::cargo_bin_cmd;
use common::testing::TIME_LIMIT;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;
use serde_json::Value;

#[test]
fn the_log_has_one_json_object_a_connection() {
    let path = scratch("log");
    let server =
        RunningServer::start(&["--max-clients", "1", "--max-per-address", "1", "--log", path.to_str().unwrap()]);
    let client = server.connect();
    let from = client.0.local_addr().unwrap();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    server.ask(b"refused");
    client.say("ñ\x1b[2J\u{9b}\u{202e}\"\n".as_bytes()).finish().answer();
    let lines = wait_for_lines(&path, 2);

    assert!(lines.iter().all(|line| line.chars().all(common::text::is_safe)), "safe on a terminal: {lines:?}");
    let entries: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let with = |outcome: &str| entries.iter().find(|entry| entry["outcome"] == outcome).unwrap();
    let (refused, answered) = (with("rejected: server full"), with("answered"));
    assert_eq!(answered["number"], 1);
    assert_eq!(answered["address"], "127.0.0.1");
    assert_eq!(answered["port"], from.port());
    assert_eq!(answered["bytes"], 13);
    assert_eq!(answered["message"], "ñ\x1b[2J\u{9b}\u{202e}\"\n", "the message itself is not changed");
    assert!(answered["ms"].is_u64());
    answered["time"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    assert_eq!(refused["number"], Value::Null);
}

#[test]
fn the_log_tells_how_each_connection_ended() {
    let path = scratch("outcomes");
    let limits = ["--patience", "0.3", "--max-clients", "2", "--max-per-address", "1"];
    let server = RunningServer::start(&[&limits[..], &["--log", path.to_str().unwrap()]].concat());
    let before = jiff::Timestamp::now();
    let silent = server.connect();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    assert!(server.ask(b"rejected").starts_with("Your address"));
    assert_eq!(silent.answer(), "");
    let ended = |number: usize| {
        let enough = move |all: &str| all.matches("Waiting").count() == number + 1;
        server.program.wait_for_stdout_until("the end of a connection", enough).unwrap();
    };
    ended(1);
    let before_a_message = server.connect();
    server.program.wait_for_stdout("CONNECTION: 2.").unwrap();
    before_a_message.reset();
    ended(2);
    server.connect().say(&[b'm'; 5000]).finish().answer();
    let lines = wait_for_lines(&path, 4);

    let entries: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let with = |outcome: &str| {
        entries.iter().find(|entry| entry["outcome"] == outcome).unwrap_or_else(|| panic!("no {outcome} in {lines:?}"))
    };
    with("rejected: too many from this address");
    with("reset before a message");
    assert!((300..10_000).contains(&with("silent")["ms"].as_u64().unwrap()), "{lines:?}");
    let answered = with("answered");
    assert_eq!((&answered["bytes"], answered["message"].as_str().unwrap().len()), (&Value::from(5000), 1024));
    for entry in &entries {
        let time: jiff::Timestamp = entry["time"].as_str().unwrap().parse().unwrap();
        assert!(before <= time && time <= jiff::Timestamp::now(), "{lines:?}");
    }
}

#[test]
#[cfg(unix)]
fn the_log_has_those_who_are_here_when_the_server_stops() {
    let path = scratch("stopped");
    let mut server = RunningServer::start(&["--log", path.to_str().unwrap()]);
    let _silent = server.connect();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    let _stays = server.connect().say(b"I stay");
    server.program.wait_for_stdout("Message from client: I stay\n").unwrap();
    server.program.interrupt().unwrap();
    assert_eq!(server.program.wait_for_end().unwrap().code(), Some(0));
    let lines = std::fs::read_to_string(&path).unwrap();
    let seen: Vec<_> = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect();
    assert_eq!(seen.len(), 2, "{lines}");
    assert!(seen.iter().all(|entry| entry["outcome"] == "server stopped"), "{lines}");
    let messages: std::collections::BTreeSet<_> = seen.iter().map(|entry| entry["message"].as_str().unwrap()).collect();
    assert_eq!(messages, ["", "I stay"].into());
}

#[test]
fn the_log_goes_on_at_the_end_of_its_file() {
    let path = scratch("append");
    // The last line has no end: somebody edited the file, or the disk was full.
    for start in ["{}\n", "{}\n{"] {
        std::fs::write(&path, start).unwrap();
        let server = RunningServer::start(&["--log", path.to_str().unwrap()]);
        server.ask(b"HELLO");
        let lines = wait_for_lines(&path, 1 + start.lines().count());
        assert_eq!(lines[0], "{}");
        let last = lines.last().unwrap();
        assert!(serde_json::from_str::<Value>(last).is_ok(), "{last}");
    }
}

#[test]
fn a_log_that_cannot_be_opened_is_told_before_anybody_comes() {
    let path = scratch("no-such-folder").join("log");
    cargo_bin_cmd!()
        .args(["127.0.0.1", "0", "--log"])
        .arg(&path)
        .timeout(TIME_LIMIT)
        .assert()
        .code(1)
        .stdout("")
        .stderr(contains("could not be written\ncause: ").and(contains("next:  create its folder first")));
}

#[test]
#[cfg(target_os = "linux")]
fn a_log_on_a_full_disk_is_told_once_and_stops_no_answer() {
    use crate::running_server::GREETING;
    let mut server = RunningServer::start(&["--log", "/dev/full"]);
    for _ in 0..3 {
        assert_eq!(server.ask(b"HELLO"), GREETING);
    }
    server.program.wait_for_stdout_until("the end of three", |all| all.matches("Waiting").count() == 4).unwrap();
    server.program.wait_for_stderr("error: /dev/full could not be written\ncause: No space left on device").unwrap();
    server.program.interrupt().unwrap();
    assert_eq!(server.program.wait_for_end().unwrap().code(), Some(1), "what was asked for is not complete");
    assert_eq!(server.program.stderr().matches("could not be written\ncause").count(), 1);
    assert!(server.program.stderr().contains("error: /dev/full is not complete\ncause: 3 lines could not be written"));
}

/// Who writes beyond the limit is ended by the system, if it has not asked for an error instead.
#[test]
#[cfg(target_os = "linux")]
fn a_log_that_may_not_grow_any_more_is_told_once_and_stops_no_answer() {
    use crate::running_server::GREETING;
    let path = scratch("limited");
    let mut command = std::process::Command::new("sh");
    command.args(["-c", r#"ulimit -f 8; exec "$0" 127.0.0.1 0 --log "$1""#]);
    let mut server = RunningServer::start_command({
        command.arg(assert_cmd::cargo::cargo_bin!()).arg(&path);
        command
    });
    for _ in 0..20 {
        assert_eq!(server.ask(&[b'm'; 1000]), GREETING);
    }
    let told = format!("error: {} could not be written\ncause: File too large", path.display());
    server.program.wait_for_stderr(&told).unwrap();
    assert_eq!(server.ask(b"HELLO"), GREETING);
    server.program.interrupt().unwrap();
    assert_eq!(server.program.wait_for_end().unwrap().code(), Some(1), "what was asked for is not complete");
    assert_eq!(server.program.stderr().matches("could not be written\ncause").count(), 1);
}

/// The server stands still meanwhile, so that it cannot have answered before.
#[test]
#[cfg(target_os = "linux")]
fn a_client_that_breaks_off_before_its_answer_is_a_reset_and_one_that_does_so_afterwards_is_answered() {
    use crate::running_server::GREETING;
    use nix::sys::signal::{Signal, kill};
    use std::io::Read as _;
    let path = scratch("resets");
    let server = RunningServer::start(&["--log", path.to_str().unwrap()]);
    let pid = nix::unistd::Pid::from_raw(server.program.id().try_into().unwrap());
    kill(pid, Signal::SIGSTOP).unwrap();
    server.connect().say(b"and away").reset();
    kill(pid, Signal::SIGCONT).unwrap();
    let lines = wait_for_lines(&path, 1);
    assert!(lines[0].contains(r#""message":"and away","outcome":"reset""#), "{lines:?}");

    let mut client = server.connect().say(b"read and away");
    client.0.read_exact(&mut [0; GREETING.len()]).unwrap();
    client.reset();
    let lines = wait_for_lines(&path, 2);
    assert!(lines[1].contains(r#""message":"read and away","outcome":"answered""#), "{lines:?}");
}

/// The lesson's first client and its chat: they close without having read the answer, and the kernel answers our bytes with a reset.
#[test]
fn a_client_that_sends_and_closes_at_once_is_answered() {
    const CLIENTS: usize = 200;
    let path = scratch("at-once");
    let server = RunningServer::start(&["--log", path.to_str().unwrap()]);
    for number in 0..CLIENTS {
        let client = server.connect().say(b"HELLO FROM THE CLIENT!!!");
        // Now and then it is slow to close, and the answer has come, which it does not read.
        if number % 20 == 0 {
            client.0.peek(&mut [0]).unwrap();
        }
    }
    let lines = wait_for_lines(&path, CLIENTS);
    let answered = lines.iter().filter(|line| line.contains("\"outcome\":\"answered\"")).count();
    assert_eq!(answered, CLIENTS, "{}", lines.join("\n"));
}

#[test]
#[cfg(unix)]
fn a_log_that_is_deleted_is_told_with_what_is_lost_and_begun_anew() {
    let path = scratch("deleted");
    let mut server = RunningServer::start(&["--log", path.to_str().unwrap()]);
    server.ask(b"gone");
    wait_for_lines(&path, 1);
    std::fs::remove_file(&path).unwrap();
    server.program.wait_for_stderr("was deleted, with 1 of this server's lines in it; a new one is begun").unwrap();
    server.ask(b"there");
    assert!(wait_for_lines(&path, 1)[0].contains("there"));
    server.program.interrupt().unwrap();
    assert_eq!(server.program.wait_for_end().unwrap().code(), Some(1), "what was asked for is not complete");
    assert!(server.program.stderr().contains("1 lines could not be written, or are gone"));
}

/// The file is looked at once more before the end, and nothing ends before that.
#[test]
#[cfg(unix)]
fn a_log_that_is_deleted_just_before_the_end_is_told_too() {
    let path = scratch("deleted-late");
    for _ in 0..10 {
        let mut server = RunningServer::start(&["--log", path.to_str().unwrap()]);
        server.ask(b"gone");
        wait_for_lines(&path, 1);
        std::fs::remove_file(&path).unwrap();
        server.program.interrupt().unwrap();
        assert_eq!(server.program.wait_for_end().unwrap().code(), Some(1), "{}", server.program.stderr());
        assert!(server.program.stderr().contains("cause: 1 lines could not be written, or are gone"));
        std::fs::remove_file(&path).unwrap();
    }
}

#[test]
#[cfg(unix)]
fn a_log_that_is_moved_is_told_and_begun_anew_and_nothing_is_lost() {
    let (path, moved) = (scratch("moved"), scratch("moved-away"));
    let mut server = RunningServer::start(&["--log", path.to_str().unwrap()]);
    server.ask(b"old");
    wait_for_lines(&path, 1);
    std::fs::rename(&path, &moved).unwrap();
    server.program.wait_for_stderr("was moved; a new one is begun").unwrap();
    server.ask(b"new");
    assert!(wait_for_lines(&path, 1)[0].contains("new"));
    assert!(wait_for_lines(&moved, 1)[0].contains("old"));
    server.program.interrupt().unwrap();
    assert_eq!(server.program.wait_for_end().unwrap().code(), Some(0));
}

#[test]
fn a_log_that_is_emptied_is_told() {
    let path = scratch("emptied");
    let server = RunningServer::start(&["--log", path.to_str().unwrap()]);
    server.ask(b"HELLO");
    wait_for_lines(&path, 1);
    std::fs::OpenOptions::new().write(true).truncate(true).open(&path).unwrap();
    server.program.wait_for_stderr("was emptied or cut, with 1 of this server's lines in it; ").unwrap();
}

#[test]
#[cfg(unix)]
fn a_log_whose_folder_is_gone_is_told_once_and_stops_no_answer() {
    let folder = scratch("folder");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("log");
    let mut server = RunningServer::start(&["--log", path.to_str().unwrap()]);
    server.ask(b"gone");
    wait_for_lines(&path, 1);
    std::fs::remove_dir_all(&folder).unwrap();
    server
        .program
        .wait_for_stderr("was deleted, with 1 of this server's lines in it; no new one can be had: ")
        .unwrap();
    server.ask(b"gone too");
    std::fs::create_dir(&folder).unwrap();
    // As soon as there can be a file again, there is one.
    common::testing::poll("a new log", || path.exists().then_some(())).unwrap();
    server.ask(b"there");
    assert!(wait_for_lines(&path, 1)[0].contains("there"));
    server.program.interrupt().unwrap();
    assert_eq!(server.program.wait_for_end().unwrap().code(), Some(1));
    let stderr = server.program.stderr();
    assert_eq!(
        (stderr.matches("was deleted").count(), stderr.matches("cause: 2 lines could not").count()),
        (1, 1),
        "{stderr}"
    );
}
