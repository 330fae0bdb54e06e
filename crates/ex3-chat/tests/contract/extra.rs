//! Extra features, which are not graded.

use crate::support::chat::Chat;
use assert_cmd::cargo::cargo_bin_cmd;
use common::testing::{End, Recorder, Reply, TIME_LIMIT};
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::{contains, starts_with};

const GREETING: &[u8] = b"Hello from the teacher's server";

#[test]
fn help_and_version_have_the_usual_form() {
    let chat = || {
        let mut command = cargo_bin_cmd!("ex3-chat");
        command.timeout(TIME_LIMIT);
        command
    };
    let usage = contains("Usage: ex3-chat [OPTIONS] [IP] [PORT]").and(contains("Example: ex3-chat "));
    let defaults = contains("[default: 127.0.0.1]").and(contains("[default: 8080]"));
    chat().arg("--help").assert().code(0).stdout(usage.and(defaults));
    chat().arg("--version").assert().code(0).stdout(starts_with("ex3-chat "));
}

#[test]
fn wrong_usage_names_the_value_and_what_is_allowed_and_exits_with_2() {
    for (arguments, value, allowed) in [
        (&["127.0.0.1", "0"][..], "'0'", "from 1 to 65535"),
        (&["127.0.0.1:8080"], "'127.0.0.1:8080'", "a word of its own"),
        (&["127.0.0.1", "-1"], "'-1'", "from 1 to 65535"),
        (&["--replies"], "'--replies'", "Usage: ex3-chat"),
    ] {
        let mut command = cargo_bin_cmd!("ex3-chat");
        command.args(arguments).assert().code(2).stdout("").stderr(contains(value).and(contains(allowed)));
    }
}

/// "The end of input (Ctrl-D) ends it with exit 0." … "Through a pipe: one message a line, the prompt on stderr or none."
#[test]
fn the_end_of_the_input_ends_it_with_exit_code_0_and_nothing_on_the_screen() {
    let peer = Recorder::start(Reply::AtOnce(GREETING.to_vec())).unwrap();
    for (input, messages) in [(&b""[..], 0), (b"one\ntwo\n", 2), (b"one\nand no newline at the end", 4)] {
        let mut chat = Chat::with(&peer, &[]);
        assert_eq!(chat.says(input).code(), Some(0));
        assert_eq!((chat.program.stdout().as_str(), chat.program.stderr().as_str()), ("", ""));
        assert_eq!(peer.wait_for_ended(messages).unwrap().len(), messages);
    }
    assert_eq!(peer.connections()[3].bytes, b"and no newline at the end");
}

#[test]
fn bytes_that_are_not_text_are_passed_on_and_only_the_end_of_a_line_is_taken_away() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    Chat::with(&peer, &[]).says(b"\xff\xc3\x00\x1b\r\n \rmiddle\t \r\r\n");
    let connections = peer.wait_for_ended(2).unwrap();
    assert_eq!(
        (&connections[0].bytes[..], &connections[1].bytes[..]),
        (&b"\xff\xc3\x00\x1b"[..], &b" \rmiddle\t \r"[..])
    );
}

/// Closing with an answer unread would reset the connection, and throw away what is on its way.
#[test]
fn a_long_message_arrives_whole_though_its_answer_is_not_wanted() {
    let mut message = vec![b'm'; 1024 * 1024];
    message.push(b'\n');
    for _ in 0..10 {
        let peer = Recorder::start(Reply::AtOnce(GREETING.to_vec())).unwrap();
        assert_eq!(Chat::with(&peer, &[]).says(&message).code(), Some(0));
        let connections = peer.wait_for_ended(1).unwrap();
        assert_eq!((connections[0].length, connections[0].end), (1024 * 1024, End::Finished));
    }
}

/// "`--reply` waits for the answer and shows it."
#[test]
fn reply_shows_each_answer() {
    let peer = Recorder::start(Reply::AtOnce(GREETING.to_vec())).unwrap();
    let mut chat = Chat::with(&peer, &["--reply"]);
    assert_eq!(chat.says(b"one\ntwo\n").code(), Some(0));
    assert_eq!(chat.program.stdout(), "MESSAGE FROM THE SERVER:\n\nHello from the teacher's server\n".repeat(2));
    assert_eq!(chat.program.stderr(), "");
}

#[test]
fn an_answer_is_made_safe_to_show() {
    let peer = Recorder::start(Reply::AtOnce(b"\x1b[2J\nMessage: \xff".to_vec())).unwrap();
    let mut chat = Chat::with(&peer, &["--reply"]);
    chat.says(b"one\n");
    assert_eq!(chat.program.stdout(), "MESSAGE FROM THE SERVER:\n\n\\x1b[2J\n  | Message: \u{FFFD}\n");
}

/// Nothing of it arrives, so nobody would answer.
#[test]
fn no_answer_to_an_empty_message_is_waited_for() {
    let peer = Recorder::start(Reply::AtOnce(GREETING.to_vec())).unwrap();
    let mut chat = Chat::with(&peer, &["--reply"]);
    assert_eq!(chat.says(b"\n").code(), Some(0));
    assert_eq!(chat.program.stdout(), "");
}

/// "Ctrl-C … exits 130", while it waits for an answer.
#[test]
#[cfg(unix)]
fn ctrl_c_ends_it_with_exit_code_130() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    let mut chat = Chat::with(&peer, &["--reply"]);
    chat.types(b"HELLO\n");
    peer.wait_for("the message", |all| all.iter().any(|one| one.length == 5)).unwrap();
    chat.program.interrupt().unwrap();
    assert_eq!(chat.program.wait_for_end().unwrap().code(), Some(130));
}

/// It ends after the answer that nobody wants to see: the other lines are not sent.
#[test]
#[cfg(unix)]
fn a_reader_that_goes_away_ends_it_quietly() {
    let peer = Recorder::start(Reply::AtOnce("many lines\n".repeat(100_000).into_bytes())).unwrap();
    let mut command = std::process::Command::new("sh");
    command.args(["-c", r#""$0" "$@" | head -1"#]).arg(assert_cmd::cargo::cargo_bin!("ex3-chat"));
    command.args(["127.0.0.1", &peer.port().to_string(), "--reply"]);
    let mut pipe = Chat { program: common::testing::Program::start(command).unwrap() };
    assert!(pipe.says(b"one\ntwo\n").success());
    assert_eq!((pipe.program.stdout().as_str(), pipe.program.stderr().as_str()), ("MESSAGE FROM THE SERVER:\n", ""));
    assert_eq!(peer.connections().len(), 1, "{}", peer.story());
}
