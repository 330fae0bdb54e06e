//! Extra features, which are not graded: what a good solution does besides.

use crate::support::running_server::{GREETING, RunningServer};
use assert_cmd::cargo::cargo_bin_cmd;
use common::testing::TIME_LIMIT;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::{contains, starts_with};

#[test]
fn help_and_version_have_the_usual_form() {
    let usage = contains("Usage: server [IP] [PORT]").and(contains("Example: server 0.0.0.0 8080"));
    cargo_bin_cmd!().arg("--help").assert().code(0).stdout(usage);
    cargo_bin_cmd!().arg("--version").assert().code(0).stdout(starts_with("server "));
}

#[test]
fn wrong_usage_names_the_value_and_what_is_allowed_and_exits_with_2() {
    for (arguments, value, allowed) in [
        (&["127.0.0.1", "65536"][..], "'65536'", "from 1 to 65535"),
        (&["127.0.0.1", "-1"], "'-1'", "from 1 to 65535"),
        (&["--quick"], "'--quick'", "Usage: server"),
    ] {
        cargo_bin_cmd!().args(arguments).assert().code(2).stdout("").stderr(contains(value).and(contains(allowed)));
    }
}

/// The lesson's lines and nothing else; of other programs `required` asks for less.
#[test]
fn its_lines_are_the_lessons_byte_for_byte() {
    let server = RunningServer::start(&[]);
    let waiting = format!("Waiting for connections at 127.0.0.1, {}\n", server.port);
    let mut expected = waiting.clone();
    for (number, message) in (1..).zip(["HELLO", "", "  mañana, 2 spaces  "]) {
        assert_eq!(server.connect().say(message.as_bytes()).finish().answer(), GREETING);
        let shown = format!("CONNECTION: {number}. From the IP: 127.0.0.1\nMessage from client: {message}\n");
        expected += &(shown + &waiting);
        server.program.wait_for_stdout(&expected).unwrap();
    }
    assert_eq!((server.program.stdout(), server.program.stderr()), (expected, String::new()));
}

/// "A port that can't be had: `Problems using port PORT. Do you have permission?` …, then the cause and what to do, exit 1."
#[test]
fn a_port_in_use_is_told_in_three_lines_with_exit_code_1() {
    let first = RunningServer::start(&[]);
    let port = first.port;
    let told = format!("error: Problems using port {port}. Do you have permission?\ncause: ");
    let next = format!("\nnext:  another program listens at 127.0.0.1, port {port}: stop it");
    let second = cargo_bin_cmd!().args(["127.0.0.1", &port.to_string()]).timeout(TIME_LIMIT).assert();
    second.code(1).stdout("").stderr(starts_with(told).and(contains(next)));
}

/// "An error of one client (a reset, text that is no UTF-8) is told and does not end the server"
#[test]
fn a_client_that_resets_is_told_and_the_next_one_is_served() {
    let server = RunningServer::start(&[]);
    server.connect().reset();
    assert_eq!(server.ask(b"HELLO"), GREETING);
    let told = server.program.wait_for_stderr("error: the client 127.0.0.1, port ").unwrap();
    assert!(told.contains(" broke off the connection\ncause: "), "{told}");
    assert!(told.ends_with("\nnext:  nothing: the server goes on with the next client\n"), "{told}");
}

/// The lesson's first client and the chat close with the answer unread, which resets the connection: nothing has failed.
#[test]
fn a_client_that_leaves_without_reading_its_answer_is_no_error() {
    let server = RunningServer::start(&[]);
    for number in 1..=50 {
        let client = server.connect().say(b"HELLO");
        // The answer is there: with it unread, closing resets for certain.
        client.0.peek(&mut [0]).unwrap();
        drop(client);
        drop(server.connect().say(b"HELLO"));
        let are_shown = |all: &str| all.matches("Message from client: HELLO").count() == 2 * number;
        server.program.wait_for_stdout_until("two clients more", are_shown).unwrap();
    }
    assert_eq!(server.ask(b"HELLO"), GREETING);
    assert_eq!(server.program.stderr(), "");
}

/// Ctrl-Z and `fg` interrupt a read that has a time limit: signal(7).
#[test]
#[cfg(target_os = "linux")]
fn a_client_is_waited_for_after_ctrl_z_and_fg() {
    let server = RunningServer::start(&[]);
    let client = server.connect();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    let signal =
        |name: &str| std::process::Command::new("kill").args([name, &server.program.id().to_string()]).status();
    let state = || std::fs::read_to_string(format!("/proc/{}/stat", server.program.id())).unwrap();
    common::testing::poll("it to wait", || state().contains(") S ").then_some(())).unwrap();
    assert!(signal("-STOP").unwrap().success());
    common::testing::poll("it to stop", || state().contains(") T ").then_some(())).unwrap();
    assert!(signal("-CONT").unwrap().success());
    common::testing::poll("it to go on", || (!state().contains(") T ")).then_some(())).unwrap();
    assert_eq!(client.say(b"HELLO").answer(), GREETING);
    assert_eq!(server.program.stderr(), "");
}

/// A client that has left before `accept` is no reason to end: strace(1) gives the error that some systems give then.
#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs strace; run by .ci/run"]
fn it_accepts_again_after_a_client_that_left_before() {
    for error in ["ECONNABORTED", "EINTR", "ECONNRESET"] {
        let mut command = std::process::Command::new("strace");
        let inject = format!("inject=accept4:error={error}:when=1..2");
        command.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=accept4", "-e", &inject]);
        command.arg(assert_cmd::cargo::cargo_bin!()).args(["127.0.0.1", "0"]);
        let server = RunningServer::start_command(command);
        assert_eq!(server.ask(b"HELLO"), GREETING, "{error}");
        let screen = server.program.wait_for_stdout("Message from client: HELLO\n").unwrap();
        assert!(screen.contains("CONNECTION: 1. "), "{error}: {screen}");
        assert_eq!(server.program.stderr(), "", "{error}");
    }
}

/// "What a message shows is safe and bounded."
#[test]
fn a_message_is_made_safe_and_cannot_pass_for_lines_of_the_server() {
    let server = RunningServer::start(&[]);
    assert_eq!(server.ask(b"\x1b[2J\xff\nCONNECTION: 2. From the IP: 10.0.0.1\n"), GREETING);
    let shown = "Message from client: \\x1b[2J\u{FFFD}\n  | CONNECTION: 2. From the IP: 10.0.0.1\nWaiting ";
    server.program.wait_for_stdout(shown).unwrap();
}

#[test]
fn a_long_message_is_shown_in_part_and_the_answer_arrives_whole() {
    for _ in 0..20 {
        let server = RunningServer::start(&[]);
        assert_eq!(server.ask(&vec![b'm'; 1_000_000]), GREETING);
        let screen = server.program.wait_for_stdout_until("the next turn", |all| all.matches("Waiting").count() == 2);
        assert!(screen.unwrap().len() < 2500);
    }
}

/// "a silent client is waited for 10 s at most"
#[test]
#[ignore = "takes 10 s; run by .ci/run"]
fn a_silent_client_is_waited_for_ten_seconds() {
    let server = RunningServer::start(&[]);
    let silent = server.connect();
    let next = server.connect().say(b"HELLO");
    // Each wait ends after 8 s: the first one is too short.
    assert!(next.0.peek(&mut [0]).is_err(), "it is served while the first one has the server to itself");
    assert_eq!(next.finish().answer(), GREETING);
    assert_eq!(silent.answer(), "");
    server.program.wait_for_stderr(" is silent\ncause: ").unwrap();
}

/// "It restarts at once after a stop (`SO_REUSEADDR`; not on Windows)."
#[test]
#[cfg(unix)]
fn it_starts_again_at_once_on_the_same_port() {
    let mut server = RunningServer::start(&[]);
    for _ in 0..3 {
        // The server closes first: the connection stays in TIME-WAIT on its side.
        assert_eq!(server.ask(b"HELLO"), GREETING);
        server.program.interrupt().unwrap();
        assert_eq!(server.program.wait_for_end().unwrap().code(), Some(0));
        server = RunningServer::start_at(server.port);
    }
}

/// "Ctrl-C: `Server stopped by the user`, exit 0, also while the screen stands still."
#[cfg(unix)]
mod ctrl_c {
    use super::RunningServer;
    use assert_cmd::cargo::cargo_bin;
    use common::testing::{Program, free_port, poll};
    use std::io::Write as _;
    use std::net::TcpStream;
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    use std::process::{Command, Stdio};

    #[test]
    fn it_stops_with_the_lessons_words_and_exit_code_0() {
        let mut server = RunningServer::start(&[]);
        server.program.interrupt().unwrap();
        assert_eq!(server.program.wait_for_end().unwrap().code(), Some(0));
        let waiting = format!("Waiting for connections at 127.0.0.1, {}\n", server.port);
        assert_eq!(server.program.stdout(), waiting + "Server stopped by the user\n");
    }

    /// Where a program writes that nobody reads any more; and its other end, to be kept open.
    fn full() -> (Stdio, UnixStream) {
        let (never_read, mut screen) = UnixStream::pair().unwrap();
        screen.set_nonblocking(true).unwrap();
        while screen.write(&[b'.'; 4096]).is_ok() {}
        screen.set_nonblocking(false).unwrap();
        (Stdio::from(OwnedFd::from(screen)), never_read)
    }

    /// It cannot say that a client broke off, and so does not go on; Ctrl-C finds it there.
    #[test]
    fn it_stops_while_its_standard_error_stands_still() {
        let (stderr, _never_read) = full();
        let mut command = Command::new(cargo_bin!());
        command.args(["127.0.0.1", "0"]);
        let program = Program::start_with(command, Stdio::piped(), stderr).unwrap();
        let mut server = RunningServer::of(program);
        server.connect().reset();
        server.program.wait_for_stdout("CONNECTION: 1. ").unwrap();
        server.program.interrupt().unwrap();
        assert_eq!(server.program.wait_for_end().unwrap().code(), Some(0));
        assert!(server.program.stdout().ends_with("Server stopped by the user\n"), "{}", server.program.stdout());
    }

    #[test]
    fn it_stops_while_its_screen_stands_still() {
        let (screen, _never_read) = full();
        let mut command = Command::new(cargo_bin!());
        let port = free_port();
        command.args(["127.0.0.1", &port.to_string()]);
        let mut server = Program::start_with(command, screen, Stdio::piped()).unwrap();
        poll("a server", || TcpStream::connect(("127.0.0.1", port)).ok()).unwrap();
        server.interrupt().unwrap();
        assert_eq!(server.wait_for_end().unwrap().code(), Some(0));
    }
}

#[test]
#[cfg(unix)]
fn a_reader_that_goes_away_ends_it_quietly() {
    let mut command = std::process::Command::new("sh");
    command.args(["-c", r#""$0" 127.0.0.1 0 | head -1"#]).arg(assert_cmd::cargo::cargo_bin!());
    let mut pipe = RunningServer::start_command(command);
    // `head` has ended by then: the server's next line has no reader.
    let _client = pipe.connect();
    assert!(pipe.program.wait_for_end().unwrap().success());
    assert_eq!(pipe.program.stderr(), "");
}
