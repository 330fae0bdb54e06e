//! Extra features, which are not graded.

use crate::support::client::{client, client_at};
use assert_cmd::cargo::cargo_bin;
use common::testing::{End, Program, Recorder, Reply};
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::{contains, starts_with};
use std::process::Command;

#[test]
fn help_and_version_have_the_usual_form() {
    let usage = contains("Usage: client [OPTIONS] [IP] [PORT] [MESSAGE]").and(contains("Example: client "));
    client_at("127.0.0.1", 1).arg("--help").assert().code(0).stdout(usage);
    client_at("127.0.0.1", 1).arg("--version").assert().code(0).stdout(starts_with("client "));
}

#[test]
fn wrong_usage_names_the_value_and_what_is_allowed_and_exits_with_2() {
    for (arguments, value, allowed) in [
        (&["127.0.0.1", "0"][..], "'0'", "from 1 to 65535"),
        (&["127.0.0.1", "http"], "'http'", "a port is a number"),
        (&["", "8080"], "''", "write an IP"),
        (&["10.0.0", "8080"], "'10.0.0'", "four numbers from 0 to 255"),
        (&["my computer", "8080"], "'my computer'", "no spaces"),
        (&["127.0.0.1:8080"], "'127.0.0.1:8080'", "a word of its own"),
        (&["--timeout", "0"], "'0'", "a number of seconds from 0.001 to 86400"),
        (&["--timeout", "-1"], "'-1'", "a number of seconds from 0.001 to 86400"),
        (&["--timeout", "-0,5"], "'-0,5'", "a number of seconds from 0.001 to 86400"),
        (&["127.0.0.1", "-1"], "'-1'", "from 1 to 65535"),
        (&["--send"], "'--send'", "Usage: client"),
    ] {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("client");
        command.args(arguments).assert().code(2).stdout("").stderr(contains(value).and(contains(allowed)));
    }
}

/// "Message: third argument, `-` for standard input to its end; exactly as given."
#[test]
fn the_third_argument_is_sent_exactly_as_it_is() {
    for message in ["See-You", "  two  spaces  ", "mañana€日本🙂"] {
        let peer = Recorder::start(Reply::AtOnce(b"ok".to_vec())).unwrap();
        client(&peer).arg(message).assert().code(0);
        assert_eq!(peer.wait_for_ended(1).unwrap()[0].bytes, message.as_bytes());
    }
}

#[test]
fn without_a_message_the_lessons_is_sent() {
    let peer = Recorder::start(Reply::AtOnce(b"ok".to_vec())).unwrap();
    client(&peer).assert().code(0);
    assert_eq!(peer.wait_for_ended(1).unwrap()[0].bytes, b"HELLO FROM THE CLIENT!!!");
}

/// "`--send-only` is the lesson's first version." This peer answers only after the client has closed.
#[test]
fn send_only_does_not_wait_for_an_answer() {
    let peer = Recorder::start(Reply::AtTheEnd(b"too late".to_vec())).unwrap();
    client(&peer).arg("--send-only").assert().code(0).stdout("");
    assert_eq!(peer.wait_for_ended(1).unwrap()[0].end, End::Finished);
}

/// The fixed text, and nothing else: what `required` allows around it is not there.
#[test]
fn it_prints_the_heading_and_the_answer_and_nothing_else() {
    let peer = Recorder::start(Reply::AtOnce(b"Hello from the teacher's server".to_vec())).unwrap();
    client(&peer).assert().stdout("MESSAGE FROM THE SERVER:\n\nHello from the teacher's server\n");
}

#[test]
fn standard_input_is_sent_byte_by_byte_whatever_it_holds() {
    let peer = Recorder::start(Reply::AtOnce(b"ok".to_vec())).unwrap();
    let message = b"not text: \xff\x00\n and no newline at the end";
    client(&peer).arg("-").write_stdin(&message[..]).assert().code(0);
    assert_eq!(peer.wait_for_ended(1).unwrap()[0].bytes, message);
}

#[test]
fn it_ends_with_exit_code_0_and_nothing_on_standard_error() {
    let peer = Recorder::start(Reply::AtOnce(b"hi".to_vec())).unwrap();
    client(&peer).assert().code(0).stderr("");
    client(&peer).arg("--send-only").assert().code(0).stderr("");
}

#[test]
fn the_answer_is_read_to_its_end_however_long_it_is() {
    let answer = "a line of the answer, ".repeat(50_000);
    let peer = Recorder::start(Reply::AtOnce(answer.clone().into_bytes())).unwrap();
    client(&peer).assert().code(0).stdout(format!("MESSAGE FROM THE SERVER:\n\n{answer}\n"));
}

#[test]
fn an_answer_at_the_end_of_which_the_server_waits_is_shown_as_it_comes() {
    // This peer answers at once, but goes on reading: only the client's end ends the connection.
    let peer = Recorder::start(Reply::AndStay(b"half a li".to_vec())).unwrap();
    let mut command = Command::new(cargo_bin!("client"));
    command.args(["127.0.0.1", &peer.port().to_string()]);
    let client = Program::start(command).unwrap();
    client.wait_for_stdout("MESSAGE FROM THE SERVER:\n\nhalf a li").unwrap();
}

// On Windows a reset throws away what has arrived and was not read.
#[test]
#[cfg(unix)]
fn an_answer_that_arrives_before_a_reset_is_shown_and_then_the_error() {
    let peer = Recorder::start(Reply::ThenReset(b"got it".to_vec())).unwrap();
    let told = contains(" was lost before the answer was whole\ncause: ");
    client(&peer).assert().code(1).stdout("MESSAGE FROM THE SERVER:\n\ngot it\n").stderr(told);
}

#[test]
fn a_long_message_arrives_whole_though_nobody_waits_for_its_answer() {
    let message = vec![b'm'; 1_000_000];
    for _ in 0..10 {
        let peer = Recorder::start(Reply::AtOnce(b"hi".to_vec())).unwrap();
        client(&peer).args(["-", "--send-only"]).write_stdin(message.clone()).assert().code(0);
        let connections = peer.wait_for_ended(1).unwrap();
        assert_eq!((connections[0].length, connections[0].end), (1_000_000, End::Finished));
    }
}

#[test]
fn an_answer_of_no_bytes_is_told_in_one_line() {
    let peer = Recorder::start(Reply::AtOnce(Vec::new())).unwrap();
    let told = "note: the server closed the connection without an answer\n";
    client(&peer).assert().code(0).stdout("").stderr(told);
}

#[test]
fn the_answer_is_made_safe_to_show() {
    let answer = "ñ\x1b[2J\u{9b}\u{202e}\u{200b}\r\nMESSAGE FROM THE SERVER:\n".as_bytes();
    let peer = Recorder::start(Reply::AtOnce([answer, b"\xff\xc3"].concat())).unwrap();
    let shown = "ñ\\x1b[2J\\x9b\\u{202e}\\u{200b}\\r\n  | MESSAGE FROM THE SERVER:\n  | \u{FFFD}\u{FFFD}\n";
    client(&peer).assert().code(0).stdout(format!("MESSAGE FROM THE SERVER:\n\n{shown}"));
}

/// The ñ lies across the border of the 2,048 bytes that are read at a time.
#[test]
fn a_character_cut_across_two_reads_is_put_together() {
    let answer = format!("{}ñ", "x".repeat(2047));
    let peer = Recorder::start(Reply::AtOnce(answer.clone().into_bytes())).unwrap();
    client(&peer).assert().code(0).stdout(format!("MESSAGE FROM THE SERVER:\n\n{answer}\n"));
}

#[test]
fn help_tells_the_defaults_of_the_contract() {
    let help = client_at("127.0.0.1", 1).arg("--help").output().unwrap().stdout;
    let help = String::from_utf8(help).unwrap();
    for default in ["127.0.0.1", "8080", "\"HELLO FROM THE CLIENT!!!\"", "10, for ever"] {
        assert!(help.contains(&format!("[default: {default}]")), "{default} in {help}");
    }
}

#[test]
fn an_empty_message_is_told_because_nothing_will_arrive() {
    let peer = Recorder::start(Reply::AtTheEnd(b"hi".to_vec())).unwrap();
    client(&peer).args(["", "--timeout", "0.2"]).assert().code(1).stderr(starts_with("note: the message is empty; "));
    client(&peer).args(["", "--send-only"]).assert().code(0).stderr("");
}

#[test]
#[cfg(unix)]
fn ctrl_c_ends_it_with_exit_code_130() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    let mut command = Command::new(cargo_bin!("client"));
    command.args(["127.0.0.1", &peer.port().to_string()]);
    let mut client = Program::start(command).unwrap();
    peer.wait_for("the message", |all| all.iter().any(|one| one.length == 24)).unwrap();
    client.interrupt().unwrap();
    assert_eq!(client.wait_for_end().unwrap().code(), Some(130));
}

#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs python3; run by .ci/run"]
fn ctrl_c_ends_it_beside_a_terminal_that_stands_still() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    let mut command = Command::new("python3");
    command.args(["-c", common::testing::STOPPED_TERMINAL]).arg(cargo_bin!("client"));
    command.args(["127.0.0.1", &peer.port().to_string()]);
    let mut python = Program::start(command).unwrap();
    assert!(python.wait_for_end().unwrap().success(), "{}", python.stderr());
    assert_eq!(python.stdout(), "130\n");
}

/// Ctrl-Z and `fg` interrupt a read that has a time limit: signal(7).
#[test]
#[cfg(target_os = "linux")]
fn it_goes_on_waiting_after_ctrl_z_and_fg() {
    let peer = Recorder::start(Reply::Patiently(b"here I am".to_vec())).unwrap();
    let mut command = Command::new(cargo_bin!("client"));
    command.args(["127.0.0.1", &peer.port().to_string(), "--timeout", "8"]);
    let mut client = Program::start(command).unwrap();
    peer.wait_for("the message", |all| all.iter().any(|one| one.length == 24)).unwrap();
    let signal = |name: &str| Command::new("kill").args([name, &client.id().to_string()]).status().unwrap();
    let state = || std::fs::read_to_string(format!("/proc/{}/stat", client.id())).unwrap();
    common::testing::poll("it to wait", || state().contains(") S ").then_some(())).unwrap();
    assert!(signal("-STOP").success());
    common::testing::poll("it to stop", || state().contains(") T ").then_some(())).unwrap();
    assert!(signal("-CONT").success());
    assert!(client.wait_for_end().unwrap().success(), "{}", client.stderr());
    assert_eq!(client.stdout(), "MESSAGE FROM THE SERVER:\n\nhere I am\n");
}

#[test]
#[cfg(unix)]
fn a_reader_that_goes_away_ends_it_quietly() {
    let answer = "many lines\n".repeat(100_000).into_bytes();
    let peer = Recorder::start(Reply::AtOnce(answer)).unwrap();
    let mut command = Command::new("sh");
    command
        .args(["-c", r#""$0" "$@" | head -1"#])
        .arg(cargo_bin!("client"))
        .args(["127.0.0.1", &peer.port().to_string()]);
    let mut pipe = Program::start(command).unwrap();
    assert!(pipe.wait_for_end().unwrap().success());
    assert_eq!((pipe.stdout().as_str(), pipe.stderr().as_str()), ("MESSAGE FROM THE SERVER:\n", ""));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told() {
    let peer = Recorder::start(Reply::AtOnce(b"hi".to_vec())).unwrap();
    let mut command = Command::new("sh");
    command
        .args(["-c", r#"exec "$0" "$@" >/dev/full"#])
        .arg(cargo_bin!("client"))
        .args(["127.0.0.1", &peer.port().to_string()]);
    let mut client = Program::start(command).unwrap();
    assert_eq!(client.wait_for_end().unwrap().code(), Some(1));
    let stderr = client.stderr();
    assert!(stderr.contains("error: the output could not be written\ncause: No space left on device"), "{stderr}");
}
