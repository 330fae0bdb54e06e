//! On a terminal: a connection is one line, and the address to type stays in sight.

use crate::running_server::GREETING;
use crate::terminal::Terminal;
use assert_cmd::cargo::cargo_bin;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::process::Command;

/// A server with a terminal of 80 columns, and the number of lines before the first connection.
fn start(arguments: &[&str]) -> (Terminal, usize) {
    let terminal = Terminal::start(80, arguments);
    terminal.wait_for("Ctrl-C: ");
    let pinned = pinned(&terminal);
    crate::terminal::wait_until(&terminal, "the pinned line", |lines| lines.last() == Some(&pinned));
    let before = terminal.lines().len() - 1;
    (terminal, before)
}

fn pinned(terminal: &Terminal) -> String {
    format!("Waiting for connections at 127.0.0.1, {}", terminal.server.port)
}

#[test]
fn a_connection_is_one_line_and_the_address_stays_below_it() {
    let (terminal, before) = start(&[]);
    for message in ["HELLO", "hola\n", ""] {
        terminal.server.connect().say(message.as_bytes()).finish().answer();
    }
    terminal.wait_for("    3  ");
    let expected = ["    1  localhost        HELLO", "    2  localhost        hola", "    3  localhost"];
    let lines = terminal.lines();
    assert_eq!(lines[before..], [&expected[..], &[&pinned(&terminal)]].concat(), "{lines:#?}");
}

#[test]
fn a_message_of_many_lines_or_of_any_length_is_one_line() {
    let (terminal, before) = start(&[]);
    let forged = format!("hi\n    2  10.0.0.1         gotcha{}", "x".repeat(2000));
    let padded = format!("{:57}    4  10.0.0.1         gotcha", "hi");
    for message in [forged.as_str(), padded.as_str(), &"界".repeat(100)] {
        assert_eq!(terminal.server.connect().say(message.as_bytes()).finish().answer(), GREETING);
    }
    terminal.wait_for("    3  localhost");
    let lines = terminal.lines();
    assert_eq!(lines.len(), before + 4, "{lines:#?}");
    assert_eq!(
        lines[before],
        format!("    1  localhost        hi |     2  10.0.0.1         gotcha{}...", "x".repeat(17))
    );
    assert!(lines[before + 1].starts_with("    2  localhost        hi  ") && lines[before + 1].ends_with("..."));
    assert_eq!(lines[before + 2], format!("    3  localhost        {}...", "界".repeat(26)), "two columns each");
}

/// A browser's connections in reserve, a scanner, a health check.
#[test]
fn a_connection_that_carries_nothing_is_one_line_at_most() {
    let (mut terminal, before) = start(&["--patience", "0.5"]);
    let silent = terminal.server.connect();
    assert_eq!(silent.answer(), "");
    terminal.server.connect().reset();
    terminal.wait_for("    2  localhost        (was reset by the client before it sent anything)");
    let lines = terminal.lines();
    assert_eq!(lines.len(), before + 3, "{lines:#?}");
    assert!(lines[before].starts_with("    1  localhost        (sent nothing for "), "{lines:#?}");

    terminal.server.program.interrupt().unwrap();
    terminal.server.program.wait_for_end().unwrap();
    terminal.wait_for("Addresses: 0. Connections: 2, 2 of them without a message.");
}

#[test]
fn at_the_end_nothing_is_left_of_what_stayed_in_sight() {
    let (mut terminal, before) = start(&[]);
    terminal.server.program.interrupt().unwrap();
    assert_eq!(terminal.server.program.wait_for_end().unwrap().code(), Some(0));
    terminal.wait_for("Server stopped by the user");
    assert_eq!(terminal.lines()[before..], ["Server stopped by the user", ""]);
}

#[test]
fn the_table_of_who_came_ends_before_the_edge() {
    let (mut terminal, _) = start(&[]);
    terminal.server.ask(&[b'm'; 100]);
    terminal.wait_for("    1  localhost");
    let pid = Pid::from_raw(terminal.server.program.id().try_into().unwrap());
    kill(pid, Signal::SIGUSR1).unwrap();
    let row = |lines: &[String]| lines.iter().filter(|line| line.starts_with("127.0.0.1  localhost  ")).count();
    crate::terminal::wait_until(&terminal, "a table so far", |lines| row(lines) == 1);
    terminal.server.program.interrupt().unwrap();
    terminal.server.program.wait_for_end().unwrap();
    crate::terminal::wait_until(&terminal, "the last table", |lines| row(lines) == 2);
    let lines = terminal.lines();
    assert!(lines.iter().all(|line| line.len() < 80 && !line.starts_with(common::text::CONTINUATION)), "{lines:#?}");
    assert_eq!(lines.iter().filter(|line| line.starts_with("127.") && line.ends_with("m...")).count(), 2, "{lines:#?}");
}

/// A terminal shows what is typed, though nobody asks for it.
#[test]
fn what_is_typed_does_not_stay_behind_a_message() {
    let (terminal, before) = start(&[]);
    let typed = " and a word of the teacher's";
    std::fs::write(&terminal.path, typed).unwrap();
    terminal.wait_for(typed);
    terminal.server.ask(b"HELLO");
    terminal.wait_for("    1  localhost");
    assert_eq!(terminal.lines()[before], "    1  localhost        HELLO");
}

#[test]
fn plain_has_the_lessons_lines_on_a_terminal_too() {
    check_lessons_lines(&Terminal::start(80, &["--plain"]));
}

#[test]
fn so_has_a_terminal_that_only_goes_on_writing() {
    let mut command = Command::new(cargo_bin!());
    command.args(["127.0.0.1", "0"]).env("TERM", "dumb");
    check_lessons_lines(&Terminal::start_command(80, command));
}

fn check_lessons_lines(terminal: &Terminal) {
    terminal.server.ask(format!("{:58}CONNECTION: 99. From the IP: 10.0.0.1", "hi").as_bytes());
    crate::terminal::wait_until(terminal, "its end", |lines| {
        lines.iter().filter(|line| line.starts_with("Waiting")).count() == 2
    });
    let lines = terminal.lines();
    assert_eq!(lines[1], "CONNECTION: 1. From the IP: 127.0.0.1");
    assert_eq!(lines[2], "Message from client: hi");
    assert!(lines[3].starts_with("  | ") && lines[3].contains("CONNECTION: 99."), "broken before the edge: {lines:#?}");
    assert_eq!(lines.last().map(String::as_str), Some(""));
}

#[test]
fn a_terminal_that_is_made_narrower_is_asked_again() {
    let (terminal, _) = start(&[]);
    let narrower = Command::new("stty").arg("-F").arg(&terminal.path).args(["cols", "40"]).status().unwrap();
    assert!(narrower.success());
    // The signal goes to the group in the foreground, which only a terminal that controls one has.
    let pid = Pid::from_raw(terminal.server.program.id().try_into().unwrap());
    kill(pid, Signal::SIGWINCH).unwrap();
    // The address is cut before the new edge, though nobody comes.
    let narrow =
        |lines: &[String]| lines.last().is_some_and(|last| last.starts_with("Waiting for connections at 127.0.0.1..."));
    crate::terminal::wait_until(&terminal, "a shorter line", narrow);
    terminal.server.ask(&[b'm'; 100]);
    terminal.wait_for(&format!("    1  localhost        {}...", "m".repeat(39 - 24 - 3)));
}

#[test]
fn a_program_that_goes_on_after_ctrl_z_shows_the_address_again() {
    let (terminal, _) = start(&[]);
    let pid = Pid::from_raw(terminal.server.program.id().try_into().unwrap());
    kill(pid, Signal::SIGSTOP).unwrap();
    // The shell's prompt, and `fg`.
    std::fs::write(&terminal.path, "\n$ fg\n").unwrap();
    terminal.wait_for("$ fg");
    kill(pid, Signal::SIGCONT).unwrap();
    crate::terminal::wait_until(&terminal, "the address", |lines| lines.last() == Some(&pinned(&terminal)));
}

#[test]
fn notes_do_not_run_into_the_line_that_stays_in_sight() {
    let (terminal, before) = start(&["--max-clients", "1", "--max-per-address", "1"]);
    let _first = terminal.server.connect();
    common::testing::poll("a full server", || {
        terminal.server.ask(b"me too").starts_with("The server is full").then_some(())
    })
    .unwrap();
    terminal.wait_for("note: ");
    crate::terminal::wait_until(&terminal, "the address", |lines| lines.last() == Some(&pinned(&terminal)));
    assert!(
        terminal.lines()[before..].iter().any(|line| line.starts_with("note: 1 rejected so far")),
        "{:#?}",
        terminal.lines()
    );
}

/// A program in the background that reads from its terminal is stopped by the system; and what is typed is for another one.
#[test]
#[ignore = "needs script; run by .ci/run"]
fn in_the_background_it_leaves_the_keyboard_alone() {
    let server = cargo_bin!();
    let mut command = Command::new("script");
    // The shell gives each job a group of its own; the server's is in the background while `cat` reads.
    let jobs = format!("set -m; '{}' 127.0.0.1 0 --plain & cat", server.display());
    command.args(["-q", "-E", "never", "-c", &format!("bash -c \"{jobs}\""), "/dev/null"]);
    let mut server = crate::running_server::RunningServer::start_command(command);
    for number in 1..=10 {
        let line = format!("{number} for cat\n");
        server.program.type_in(line.as_bytes()).unwrap();
        // The terminal does not echo: this is from cat.
        server.program.wait_for_stdout(line.trim_end()).unwrap();
        assert_eq!(server.ask(b"HELLO"), GREETING);
    }
    let stdout = server.program.wait_for_stdout("Message from client: HELLO").unwrap();
    assert!(!stdout.contains("Stopped") && !stdout.contains("Nobody has come"), "{stdout}");
}
