//! What a class needs besides the lesson.

use crate::running_server::{GREETING, RunningServer};
use assert_cmd::cargo::cargo_bin_cmd;
use common::testing::TIME_LIMIT;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::{contains, starts_with};

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
    // Where a line is broken is not its affair.
    let help = String::from_utf8(help).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
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
