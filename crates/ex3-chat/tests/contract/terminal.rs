//! At a terminal. `script` runs a command on a terminal of its own: its input are the keys, its output is the screen.

use assert_cmd::cargo::cargo_bin;
use common::testing::{Program, Recorder, Reply};
use std::process::Command;

const UP: &[u8] = b"\x1b[A";
const LEFT: &[u8] = b"\x1b[D";
const CTRL_C: &[u8] = b"\x03";
const CTRL_D: &[u8] = b"\x04";

/// The chat on a terminal, started by a shell that then tells the exit code and what state it finds the terminal in.
fn start(arguments: &str) -> Program {
    let chat = cargo_bin!("ex3-chat");
    let mut command = Command::new("script");
    let shell = format!(
        "trap : INT; stty cols 80 rows 24; '{}' {arguments}; echo \"exit code $?\"; stty -a; echo the end",
        chat.display()
    );
    command.args(["-q", "-c", &shell, "/dev/null"]).env("TERM", "xterm").env("SHELL", "/bin/sh");
    Program::start(command).unwrap()
}

fn at(peer: &Recorder) -> String {
    format!("127.0.0.1 {}", peer.port())
}

/// Waits for the prompt with this number. The line editor switches pasting on for each one, when it has taken the terminal
/// over: a key that comes earlier is the system's, to which Ctrl-D means something else.
fn wait_for_prompt(terminal: &Program, number: usize) {
    let taken_over = |screen: &str| screen.matches("\x1b[?2004h").count() >= number;
    terminal.wait_for_stdout_until("the prompt", taken_over).unwrap();
}

/// Waits for the shell's report: the exit code is this one, and the terminal does again what a terminal does.
fn ends(terminal: &Program, code: i32) {
    let screen = terminal.wait_for_stdout("the end").unwrap();
    assert!(screen.contains(&format!("exit code {code}\r\n")), "{screen}");
    for setting in ["icanon", "isig", "echo", "icrnl", "opost"] {
        assert!(screen.split_whitespace().any(|word| word == setting), "not {setting}: {screen}");
    }
}

#[test]
#[ignore = "needs script; run by .ci/run"]
fn a_line_can_be_edited_recalled_and_ended_with_ctrl_d() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    let mut terminal = start(&at(&peer));
    let mut number = 0;
    let mut types = |keys: &[&[u8]]| {
        number += 1;
        wait_for_prompt(&terminal, number);
        terminal.type_in(&keys.concat()).unwrap();
        peer.wait_for_ended(number).unwrap();
    };
    types(&["mañna".as_bytes(), LEFT, LEFT, b"a\r"]);
    types(&[UP, b" otra vez\r"]);
    types(&[b"\r"]);
    wait_for_prompt(&terminal, 4);
    terminal.type_in(CTRL_D).unwrap();
    ends(&terminal, 0);
    let connections = peer.connections();
    let messages: Vec<_> = connections.iter().map(|one| String::from_utf8_lossy(&one.bytes)).collect();
    assert_eq!(messages, ["mañana", "mañana otra vez", ""]);
}

/// "What is typed or pasted before the prompt comes is not lost: each line is sent"
#[test]
#[ignore = "needs script; run by .ci/run"]
fn lines_that_are_typed_ahead_are_all_sent() {
    // The answers come half a second after each message: the second and third line are typed long before their prompts.
    let peer = Recorder::start(Reply::Patiently(b"hi".to_vec())).unwrap();
    let mut terminal = start(&format!("{} --reply", at(&peer)));
    wait_for_prompt(&terminal, 1);
    terminal.type_in(b"m1\rm2\rm3\r").unwrap();
    let connections = peer.wait_for_ended(3).unwrap();
    let messages: Vec<_> = connections.iter().map(|one| String::from_utf8_lossy(&one.bytes)).collect();
    assert_eq!(messages, ["m1", "m2", "m3"]);
    wait_for_prompt(&terminal, 4);
    terminal.type_in(CTRL_D).unwrap();
    ends(&terminal, 0);
}

/// A terminal says what is pasted: what stands between these two is one piece for the editor.
#[test]
#[ignore = "needs script; run by .ci/run"]
fn each_line_of_a_pasted_text_is_a_message() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    let mut terminal = start(&at(&peer));
    wait_for_prompt(&terminal, 1);
    terminal.type_in(b"\x1b[200~first line\rsecond line\x1b[201~\r").unwrap();
    let connections = peer.wait_for_ended(2).unwrap();
    let messages: Vec<_> = connections.iter().map(|one| String::from_utf8_lossy(&one.bytes)).collect();
    assert_eq!(messages, ["first line", "second line"]);
    wait_for_prompt(&terminal, 2);
    terminal.type_in(CTRL_D).unwrap();
    ends(&terminal, 0);
}

#[test]
#[ignore = "needs script; run by .ci/run"]
fn a_terminal_that_is_not_utf_8_is_told_so() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    let mut terminal = start(&at(&peer));
    wait_for_prompt(&terminal, 1);
    terminal.type_in(b"ma\xf1ana\r").unwrap();
    terminal.wait_for_stdout("cause: it sends letters in another encoding than UTF-8\r\n").unwrap();
    ends(&terminal, 1);
    assert_eq!(peer.connections(), []);
}

#[test]
#[ignore = "needs script; run by .ci/run"]
fn a_message_that_was_not_sent_can_be_recalled_and_a_person_gets_exit_code_0() {
    let port = Recorder::start(Reply::Nothing).unwrap().port();
    let mut terminal = start(&format!("127.0.0.1 {port}"));
    wait_for_prompt(&terminal, 1);
    terminal.type_in(b"HELLO\r").unwrap();
    terminal.wait_for_stdout("not sent: HELLO\r\n(the up arrow brings it back)\r\n").unwrap();
    wait_for_prompt(&terminal, 2);
    terminal.type_in(&[UP, b" again\r"].concat()).unwrap();
    terminal.wait_for_stdout("not sent: HELLO again\r\n").unwrap();
    wait_for_prompt(&terminal, 3);
    terminal.type_in(CTRL_D).unwrap();
    ends(&terminal, 0);
}

#[test]
#[ignore = "needs script; run by .ci/run"]
fn ctrl_c_at_the_prompt_leaves_the_terminal_sane_and_exits_with_130() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    let mut terminal = start(&at(&peer));
    wait_for_prompt(&terminal, 1);
    terminal.type_in(b"half a li").unwrap();
    terminal.wait_for_stdout("half a li").unwrap();
    terminal.type_in(CTRL_C).unwrap();
    ends(&terminal, 130);
    assert!(peer.connections().is_empty(), "{}", peer.story());
}

#[test]
#[ignore = "needs script; run by .ci/run"]
fn ctrl_c_while_it_waits_for_an_answer_leaves_the_terminal_sane_and_exits_with_130() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    let mut terminal = start(&format!("{} --reply", at(&peer)));
    wait_for_prompt(&terminal, 1);
    terminal.type_in(b"HELLO\r").unwrap();
    peer.wait_for("the message", |all| all.iter().any(|one| one.length == 5)).unwrap();
    terminal.type_in(CTRL_C).unwrap();
    ends(&terminal, 130);
}

/// With its output elsewhere it asks on standard error, so that the output is the answers and nothing else.
#[test]
#[ignore = "needs script; run by .ci/run"]
fn an_output_that_goes_elsewhere_holds_the_answers_only() {
    let peer = Recorder::start(Reply::AtOnce(b"hi".to_vec())).unwrap();
    let mut terminal = start(&format!("{} --reply | sed 's/^/out: /'", at(&peer)));
    terminal.wait_for_stdout("Message: ").unwrap();
    terminal.type_in(b"HELLO\n").unwrap();
    let shown = |screen: &str| screen.contains("out: hi\r\n");
    peer.wait_for_ended(1).unwrap();
    terminal.type_in(CTRL_D).unwrap();
    let screen = terminal.wait_for_stdout_until("the answer", shown).unwrap();
    assert!(screen.contains("out: MESSAGE FROM THE SERVER:\r\n") && !screen.contains("out: Message"), "{screen}");
    assert_eq!(peer.connections()[0].bytes, b"HELLO");
    ends(&terminal, 0);
}
