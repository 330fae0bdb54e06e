//! What a class needs besides the lesson.

use crate::running_server::{GREETING, RunningServer};
use assert_cmd::cargo::cargo_bin_cmd;
use common::testing::{TIME_LIMIT, poll};
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::{contains, starts_with};
use serde_json::Value;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// A path of its own for one test, in the folder that cargo keeps for that.
fn scratch(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let _ = std::fs::remove_file(&path);
    path
}

#[test]
fn help_and_version_have_the_usual_form() {
    cargo_bin_cmd!()
        .arg("--help")
        .assert()
        .code(0)
        .stdout(contains("Usage: teacher-server [OPTIONS] [IP] [PORT]").and(contains("Example: teacher-server ")));
    cargo_bin_cmd!().arg("--version").assert().code(0).stdout(starts_with("teacher-server "));
}

#[test]
fn help_tells_the_defaults_of_the_contract() {
    let help = cargo_bin_cmd!().arg("--help").output().unwrap().stdout;
    let help = String::from_utf8(help).unwrap();
    for default in ["127.0.0.1", "8080", "1024", "1000", "half", "120"] {
        assert!(help.contains(&format!("[default: {default}]")), "{default} in {help}");
    }
}

#[test]
fn wrong_usage_names_the_value_and_what_is_allowed_and_exits_with_2() {
    for (arguments, value, allowed) in [
        (&["127.0.0.1", "65536"][..], "'65536'", "from 1 to 65535"),
        (&["192.168.1.300"], "'192.168.1.300'", "from 0 to 255"),
        (&["127.0.0.1:8080"], "'127.0.0.1:8080'", "a word of its own"),
        (&["http://localhost/"], "'http://localhost/'", "without http://"),
        (&["--patience", "soon"], "'soon'", "a number of seconds from 0.001 to 86400"),
        (&["--max-clients", "0"], "'0'", "1..=30000"),
        (&["--backlog", "0"], "'0'", "1..=65535"),
        (&["127.0.0.1", "-1"], "'-1'", "from 1 to 65535"),
        (&["--patience", "-3"], "'-3'", "a number of seconds from 0.001 to 86400"),
        (&["--patience", "-0,5"], "'-0,5'", "a number of seconds from 0.001 to 86400"),
        (&["--max-clients", "-1"], "'-1'", "1..=30000"),
        (&["--max-per-address", "-1"], "'-1'", "1..="),
        (&["--backlog", "-1"], "'-1'", "1..=65535"),
        (&["--colour"], "'--colour'", "Usage: teacher-server"),
    ] {
        cargo_bin_cmd!()
            .args(arguments)
            .timeout(TIME_LIMIT)
            .assert()
            .code(2)
            .stdout("")
            .stderr(contains(value).and(contains(allowed)));
    }
}

#[test]
fn on_all_addresses_it_says_once_what_the_students_type() {
    let server = RunningServer::start_with("0.0.0.0", 0, &[]);
    assert_eq!(server.ask(b"HELLO"), GREETING);
    let twice = |all: &str| all.matches("Waiting").count() == 2;
    let stdout = server.program.wait_for_stdout_until("the second waiting line", twice).unwrap();

    // A loopback address is of use on this computer only: it is named where there is no other.
    let own = common::interfaces::own_addresses().into_iter().find(std::net::IpAddr::is_ipv4).unwrap();
    let line = format!("    nc {own} {}\n", server.port);
    assert!(stdout.starts_with(&format!("Waiting for connections at 0.0.0.0, {}\n", server.port)), "{stdout}");
    assert_eq!(stdout.matches(&line).count(), 1, "{line}{stdout}");
}

#[test]
fn on_all_ipv6_addresses_it_serves_ipv4_clients_and_shows_their_ipv4_address() {
    let server = RunningServer::start_with("::", 0, &[]);
    assert_eq!(server.ask(b"HELLO"), GREETING);
    server.program.wait_for_stdout("CONNECTION: 1. From the IP: 127.0.0.1\n").unwrap();
}

#[test]
fn it_listens_at_a_name() {
    let server = RunningServer::start_with("localhost", 0, &[]);
    assert!(server.program.stdout().starts_with("Waiting for connections at "));
}

#[test]
fn what_a_message_shows_is_bounded_and_says_how_many_bytes_are_not_shown() {
    let server = RunningServer::start(&[]);
    // The 1,024 bytes that are kept end in the middle of a character: it is not shown as broken.
    let message = format!("{}ñandú", "x".repeat(1023));
    server.connect().say(message.as_bytes()).finish().answer();
    let expected = format!("Message from client: {}... (7 more bytes not shown)\n", "x".repeat(1023));
    server.program.wait_for_stdout(&expected).unwrap();
}

#[test]
fn bytes_that_come_after_the_message_was_shown_are_told() {
    let server = RunningServer::start(&[]);
    let client = server.connect().say(b"first");
    server.program.wait_for_stdout("Message from client: first\n").unwrap();
    client.say(b"later").finish();
    server
        .program
        .wait_for_stderr("note: connection 1 (127.0.0.1) sent 5 more bytes later, which are not shown")
        .unwrap();
}

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

fn wait_for_lines(path: &Path, number: usize) -> Vec<String> {
    let lines = || {
        let text = std::fs::read_to_string(path).ok()?;
        (text.matches('\n').count() >= number).then(|| text.lines().map(String::from).collect())
    };
    poll(&format!("{number} lines in the log"), lines).unwrap()
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
    let mut after_a_message = server.connect().say(b"and away");
    after_a_message.0.read_exact(&mut [0; GREETING.len()]).unwrap();
    after_a_message.reset();
    ended(3);
    server.connect().say(&[b'm'; 5000]).finish().answer();
    let lines = wait_for_lines(&path, 5);

    let entries: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let with = |outcome: &str| {
        entries.iter().find(|entry| entry["outcome"] == outcome).unwrap_or_else(|| panic!("no {outcome} in {lines:?}"))
    };
    with("rejected: too many from this address");
    with("reset before a message");
    assert_eq!(with("reset")["message"], "and away");
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
    assert_eq!((&seen[0]["message"], &seen[1]["message"]), (&Value::from(""), &Value::from("I stay")));
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

#[test]
#[cfg(unix)]
fn at_the_end_it_shows_who_came() {
    let mut server = RunningServer::start(&[]);
    server.ask(b"one");
    server.program.wait_for_stdout("Message from client: one\nWaiting").unwrap();
    server.ask(b"two\nlines");
    server.program.wait_for_stdout("  | lines\nWaiting").unwrap();
    server.program.interrupt().unwrap();
    server.program.wait_for_end().unwrap();
    let table = "Server stopped by the user\n\n\
                 Address    Name       Connections  Rejected  Last message\n\
                 127.0.0.1  localhost            2         0  two...\n";
    assert!(server.program.stdout().ends_with(table), "{}", server.program.stdout());
}

/// In a network of its own, with a name server that knows the only computer in it.
#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs a network namespace, the commands ip, dnsmasq and nc.openbsd; run by .ci/run"]
fn the_table_at_the_end_has_the_names_that_the_name_server_knows() {
    const SCRIPT: &str = r#"
        ip link set lo up && ip link add v0 type veth peer name v1
        ip addr add 192.0.2.2/24 dev v0 && ip link set v0 up
        mount --bind "$RESOLV" /etc/resolv.conf
        dnsmasq --no-daemon --conf-file=/dev/null --no-resolv --no-hosts --log-queries \
            --host-record=lab1.example,192.0.2.2 2>"$QUERIES" &
        until grep -q ':0035 ' /proc/net/udp; do :; done
        "$0" 192.0.2.2 8080 &
        until printf first | nc.openbsd -N 192.0.2.2 8080; do :; done
        until grep -q 'is lab1.example' "$QUERIES"; do :; done
        # One more conversation takes longer than the answer takes to get into the table.
        printf second | nc.openbsd -N 192.0.2.2 8080
        kill -INT $!; wait $!
    "#;
    let (resolv, queries) = (scratch("resolv"), scratch("queries"));
    std::fs::write(&resolv, "nameserver 127.0.0.1\n").unwrap();
    let mut command = std::process::Command::new("unshare");
    command.args([
        "--map-root-user",
        "--net",
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "--mount-proc",
        "sh",
        "-c",
    ]);
    command.arg(SCRIPT).arg(assert_cmd::cargo::cargo_bin!()).env("RESOLV", resolv).env("QUERIES", queries);
    let mut server = common::testing::Program::start(command).unwrap();
    let ended = server.wait_for_end();
    assert!(
        server.stdout().contains("192.0.2.2  lab1.example            2         0  second\n"),
        "{ended:?} {}",
        server.stdout()
    );
}
