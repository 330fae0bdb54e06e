//! Real netcats and Python as clients of the server.
//!
//! They are not on every computer, so these tests run on request only: `cargo test -p server peers -- --ignored`. What a
//! comment says of a tool was measured with strace: OpenBSD's nc 1.219, traditional nc 1.10-47, ncat 7.93, busybox 1.35,
//! socat 1.7.4, Python 3.11.
#![cfg(unix)]

use crate::running::{GREETING, Running};
use common::testing::Program;
use std::process::Command;

/// What the clients say: spaces that must stay, and characters of two bytes.
const MESSAGE: &str = "  ¡Mañana,  2 spaces!  ";

/// Where a client's message comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stdin {
    /// `printf MESSAGE | nc`: it ends with the message.
    Pipe,
    /// A person types a line and goes on looking at the screen; the tool leaves when the server has closed.
    Person,
    /// The same, but the tool stays until the person presses Ctrl-D.
    PersonWithCtrlD,
}

/// Fills the server's address in.
fn fill(command: &str, server: &Running) -> String {
    command.replace("HOST", "127.0.0.1").replace("PORT", &server.port.to_string())
}

/// Starts `command` with HOST and PORT filled in. PEERS is the folder of the Python programs.
fn start(command: &str, server: &Running) -> Program {
    let filled = fill(command, server);
    let peers = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers");
    let mut words = filled.split_whitespace().map(|word| word.replace("PEERS", peers));
    let mut command = Command::new(words.next().expect("a command"));
    command.args(words);
    Program::start(command).unwrap_or_else(|e| panic!("cannot start {filled}: {e}"))
}

/// Waits for the client's end, which must be a success. It must have shown this.
fn ends(client: &mut Program, shown: &str, server: &Running) {
    let end = client.wait_for_end().map(|status| (status.code(), client.stdout()));
    let server = format!("the server: stdout {:?}, stderr {:?}", server.program.stdout(), server.program.stderr());
    assert_eq!(end, Ok((Some(0), shown.to_string())), "stderr {:?}\n  {server}", client.stderr());
}

fn shows(server: &Running, message: &str) {
    server.program.wait_for_stdout(&format!("Message from client: {message}\n")).unwrap();
}

/// Waits until so many connections have ended.
fn has_served(server: &Running, connections: usize) {
    let enough = |all: &str| all.matches("Waiting for connections at ").count() > connections;
    server.program.wait_for_stdout_until(&format!("the end of connection {connections}"), enough).unwrap();
}

/// The client shows the whole greeting and leaves; the server shows the message exactly and is free for others.
fn check(command: &str, stdin: Stdin) {
    let server = Running::start(&[]);
    let mut client = start(command, &server);
    if stdin == Stdin::Pipe {
        client.type_in(MESSAGE.as_bytes()).unwrap();
        client.close_stdin();
        shows(&server, MESSAGE);
        has_served(&server, 1);
    } else {
        client.type_in(format!("{MESSAGE}\n").as_bytes()).unwrap();
        client.wait_for_stdout(GREETING).unwrap();
        shows(&server, MESSAGE);
        // However long this client stays, it holds up no other.
        assert_eq!(server.ask(b"the next one"), GREETING);
        has_served(&server, 2);
    }
    if stdin == Stdin::PersonWithCtrlD {
        client.close_stdin();
    }
    ends(&mut client, GREETING, &server);
}

/// A client that leaves as soon as its input has ended may miss the greeting, though it never shows a part of it. The
/// server shows its message all the same.
fn check_hasty(command: &str) {
    let server = Running::start(&[]);
    let mut client = start(command, &server);
    client.type_in(MESSAGE.as_bytes()).unwrap();
    client.close_stdin();
    client.wait_for_end().unwrap();
    let shown = client.stdout();
    assert!(shown.is_empty() || shown == GREETING, "{shown:?}");
    shows(&server, MESSAGE);
    has_served(&server, 1);
    assert_eq!(server.ask(b"the next one"), GREETING);
}

/// `nc </dev/null`: a client that half-closes without a word has said something, a message of no bytes.
fn check_empty(command: &str) {
    let server = Running::start(&[]);
    let mut client = start(command, &server);
    client.close_stdin();
    ends(&mut client, GREETING, &server);
    shows(&server, "");
}

/// A client that never says a word is closed when the server's patience ends, and leaves then.
fn check_silent(command: &str) {
    let server = Running::start(&["--patience", "1"]);
    let mut client = start(command, &server);
    server.program.wait_for_stderr(" and was closed\n").unwrap();
    ends(&mut client, "", &server);
}

/// A client that sends 1.3 MB shows the whole greeting, and the server shows the beginning of them. How many of them arrive
/// is the tool's choice: traditional nc and busybox stop as soon as they have read that the server sends nothing more.
fn check_long(command: &str) {
    let server = Running::start(&[]);
    let mut pipe = Command::new("sh");
    pipe.args(["-c", &format!("seq 200000 | {}", fill(command, &server))]);
    let mut client = Program::start(pipe).unwrap();
    ends(&mut client, GREETING, &server);
    server.program.wait_for_stdout("Message from client: 1\n  | 2\n  | 3\n").unwrap();
    server.program.wait_for_stdout(" more bytes not shown)\n").unwrap();
}

mod openbsd {
    use super::*;

    #[test]
    #[ignore = "needs nc.openbsd; run by .ci/run"]
    fn a_pipe_is_answered_though_its_end_is_not_passed_on() {
        check("nc.openbsd HOST PORT", Stdin::Pipe);
    }

    #[test]
    #[ignore = "needs nc.openbsd; run by .ci/run"]
    fn a_pipe_with_half_close_is_answered() {
        check("nc.openbsd -N HOST PORT", Stdin::Pipe);
    }

    /// It half-closes too, and stays one second longer than the server.
    #[test]
    #[ignore = "needs nc.openbsd; run by .ci/run"]
    fn a_pipe_with_a_delay_after_it_is_answered() {
        check("nc.openbsd -q 1 HOST PORT", Stdin::Pipe);
    }

    /// It does not look at the connection alone: it ends when both sides have.
    #[test]
    #[ignore = "needs nc.openbsd; run by .ci/run"]
    fn a_person_is_answered_and_leaves_with_ctrl_d() {
        check("nc.openbsd HOST PORT", Stdin::PersonWithCtrlD);
    }

    #[test]
    #[ignore = "needs nc.openbsd; run by .ci/run"]
    fn a_person_with_half_close_is_answered_and_leaves_with_ctrl_d() {
        check("nc.openbsd -N HOST PORT", Stdin::PersonWithCtrlD);
    }

    /// It leaves after three seconds in which nothing comes or is typed.
    #[test]
    #[ignore = "needs nc.openbsd; run by .ci/run"]
    fn a_person_with_a_time_out_is_answered() {
        check("nc.openbsd -w 3 HOST PORT", Stdin::Person);
    }

    /// The server has closed, so the next line is answered with a reset.
    #[test]
    #[ignore = "needs nc.openbsd; run by .ci/run"]
    fn a_person_who_types_on_is_told_that_the_server_has_gone() {
        let server = Running::start(&[]);
        let mut client = start("nc.openbsd HOST PORT", &server);
        client.type_in(b"one line\n").unwrap();
        client.wait_for_stdout(GREETING).unwrap();
        has_served(&server, 1);
        client.type_in(b"another line\n").unwrap();
        ends(&mut client, GREETING, &server);
        shows(&server, "one line");
    }

    /// `-C` ends lines with CR LF, as other protocols do. Here the CR belongs to the message, and is shown.
    #[test]
    #[ignore = "needs nc.openbsd; run by .ci/run"]
    fn the_carriage_return_of_crlf_is_shown_as_an_escape() {
        let server = Running::start(&[]);
        let mut client = start("nc.openbsd -C HOST PORT", &server);
        client.type_in(b"HELLO\n").unwrap();
        client.close_stdin();
        ends(&mut client, GREETING, &server);
        shows(&server, r"HELLO\r");
    }

    #[test]
    #[ignore = "needs nc.openbsd; run by .ci/run"]
    fn an_empty_pipe_with_half_close_is_an_empty_message() {
        check_empty("nc.openbsd -N HOST PORT");
    }

    /// `-d` does not read standard input.
    #[test]
    #[ignore = "needs nc.openbsd; run by .ci/run"]
    fn a_silent_one_is_closed() {
        check_silent("nc.openbsd -d HOST PORT");
    }

    #[test]
    #[ignore = "needs nc.openbsd; run by .ci/run"]
    fn a_long_pipe_is_answered() {
        check_long("nc.openbsd HOST PORT");
    }

    #[test]
    #[ignore = "needs nc.openbsd; run by .ci/run"]
    fn a_long_pipe_with_half_close_is_answered() {
        check_long("nc.openbsd -N HOST PORT");
    }
}

mod traditional {
    use super::*;

    #[test]
    #[ignore = "needs nc.traditional; run by .ci/run"]
    fn a_pipe_is_answered_though_its_end_is_not_passed_on() {
        check("nc.traditional HOST PORT", Stdin::Pipe);
    }

    #[test]
    #[ignore = "needs nc.traditional; run by .ci/run"]
    fn a_pipe_with_half_close_is_answered() {
        check("nc.traditional -q 5 HOST PORT", Stdin::Pipe);
    }

    /// It ends at once at the end of its input: an answer that it has read already is thrown away.
    #[test]
    #[ignore = "needs nc.traditional; run by .ci/run"]
    fn a_pipe_without_delay_delivers_its_message() {
        check_hasty("nc.traditional -q 0 HOST PORT");
    }

    #[test]
    #[ignore = "needs nc.traditional; run by .ci/run"]
    fn a_person_is_answered() {
        check("nc.traditional HOST PORT", Stdin::Person);
    }

    #[test]
    #[ignore = "needs nc.traditional; run by .ci/run"]
    fn a_person_with_half_close_is_answered() {
        check("nc.traditional -q 5 HOST PORT", Stdin::Person);
    }

    #[test]
    #[ignore = "needs nc.traditional; run by .ci/run"]
    fn an_empty_pipe_with_half_close_is_an_empty_message() {
        check_empty("nc.traditional -q 5 HOST PORT");
    }

    /// Without half-close nobody can know that the pipe has ended.
    #[test]
    #[ignore = "needs nc.traditional; run by .ci/run"]
    fn a_silent_one_is_closed() {
        check_silent("nc.traditional HOST PORT");
    }

    #[test]
    #[ignore = "needs nc.traditional; run by .ci/run"]
    fn a_long_pipe_is_answered() {
        check_long("nc.traditional HOST PORT");
    }
}

mod ncat {
    use super::*;

    #[test]
    #[ignore = "needs ncat; run by .ci/run"]
    fn a_pipe_is_answered() {
        check("ncat HOST PORT", Stdin::Pipe);
    }

    #[test]
    #[ignore = "needs ncat; run by .ci/run"]
    fn a_pipe_without_half_close_is_answered() {
        check("ncat --no-shutdown HOST PORT", Stdin::Pipe);
    }

    /// It never reads the answer, and ends at the end of its input.
    #[test]
    #[ignore = "needs ncat; run by .ci/run"]
    fn a_pipe_that_only_sends_delivers_its_message() {
        check_hasty("ncat --send-only HOST PORT");
    }

    /// Not even the next line tells it that the server has gone: only the end of its input ends it.
    #[test]
    #[ignore = "needs ncat; run by .ci/run"]
    fn a_person_is_answered_and_leaves_with_ctrl_d() {
        check("ncat HOST PORT", Stdin::PersonWithCtrlD);
    }

    #[test]
    #[ignore = "needs ncat; run by .ci/run"]
    fn a_person_without_half_close_is_answered_and_leaves_with_ctrl_d() {
        check("ncat --no-shutdown HOST PORT", Stdin::PersonWithCtrlD);
    }

    #[test]
    #[ignore = "needs ncat; run by .ci/run"]
    fn an_empty_pipe_is_an_empty_message() {
        check_empty("ncat HOST PORT");
    }

    #[test]
    #[ignore = "needs ncat; run by .ci/run"]
    fn a_silent_one_is_closed() {
        check_silent("ncat --recv-only HOST PORT");
    }

    #[test]
    #[ignore = "needs ncat; run by .ci/run"]
    fn a_long_pipe_is_answered() {
        check_long("ncat HOST PORT");
    }

    #[test]
    #[ignore = "needs ncat; run by .ci/run"]
    fn a_long_pipe_without_half_close_is_answered() {
        check_long("ncat --no-shutdown HOST PORT");
    }
}

mod busybox {
    use super::*;

    /// It half-closes, and has no switch for it.
    #[test]
    #[ignore = "needs busybox; run by .ci/run"]
    fn a_pipe_is_answered() {
        check("busybox nc HOST PORT", Stdin::Pipe);
    }

    #[test]
    #[ignore = "needs busybox; run by .ci/run"]
    fn a_person_is_answered() {
        check("busybox nc HOST PORT", Stdin::Person);
    }

    #[test]
    #[ignore = "needs busybox; run by .ci/run"]
    fn an_empty_pipe_is_an_empty_message() {
        check_empty("busybox nc HOST PORT");
    }

    #[test]
    #[ignore = "needs busybox; run by .ci/run"]
    fn a_long_pipe_is_answered() {
        check_long("busybox nc HOST PORT");
    }
}

mod socat {
    use super::*;

    /// It half-closes, and leaves half a second later, whatever the server does.
    #[test]
    #[ignore = "needs socat; run by .ci/run"]
    fn a_pipe_is_answered() {
        check("socat - TCP:HOST:PORT", Stdin::Pipe);
    }

    #[test]
    #[ignore = "needs socat; run by .ci/run"]
    fn a_pipe_with_time_for_the_answer_is_answered() {
        check("socat -t 8 - TCP:HOST:PORT", Stdin::Pipe);
    }

    #[test]
    #[ignore = "needs socat; run by .ci/run"]
    fn a_pipe_without_half_close_is_answered() {
        check("socat -t 8 - TCP:HOST:PORT,shut-none", Stdin::Pipe);
    }

    #[test]
    #[ignore = "needs socat; run by .ci/run"]
    fn a_pipe_without_time_for_the_answer_delivers_its_message() {
        check_hasty("socat -t 0 - TCP:HOST:PORT");
    }

    /// It leaves half a second after the server has said that it sends nothing more.
    #[test]
    #[ignore = "needs socat; run by .ci/run"]
    fn a_person_is_answered() {
        check("socat - TCP:HOST:PORT", Stdin::Person);
    }

    #[test]
    #[ignore = "needs socat; run by .ci/run"]
    fn a_person_without_half_close_is_answered() {
        check("socat - TCP:HOST:PORT,shut-none", Stdin::Person);
    }

    #[test]
    #[ignore = "needs socat; run by .ci/run"]
    fn an_empty_pipe_is_an_empty_message() {
        check_empty("socat -t 8 - TCP:HOST:PORT");
    }

    #[test]
    #[ignore = "needs socat; run by .ci/run"]
    fn a_long_pipe_is_answered() {
        check_long("socat - TCP:HOST:PORT");
    }
}

mod python {
    use super::*;

    /// The greeting as the lesson's client shows it.
    fn lessons_answer() -> String {
        format!("MESSAGE FROM THE SERVER:\n\n{GREETING}\n")
    }

    /// The lesson's client with a message as its argument.
    fn lessons_client(server: &Running, message: &str) -> Program {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/client.py");
        let mut command = Command::new("python3");
        command.args([script, "127.0.0.1", &server.port.to_string(), message]);
        Program::start(command).unwrap()
    }

    #[test]
    #[ignore = "needs python3; run by .ci/run"]
    fn the_lessons_client_is_answered() {
        let server = Running::start(&[]);
        let mut client = start("python3 PEERS/client.py HOST PORT", &server);
        ends(&mut client, &lessons_answer(), &server);
        shows(&server, "HELLO FROM THE CLIENT!!!");
        has_served(&server, 1);
    }

    #[test]
    #[ignore = "needs python3; run by .ci/run"]
    fn the_lessons_clients_message_is_shown_exactly() {
        let server = Running::start(&[]);
        let mut client = lessons_client(&server, MESSAGE);
        ends(&mut client, &lessons_answer(), &server);
        shows(&server, MESSAGE);
    }

    /// Its `send` has to wait until the server has read, and its one `recv` gets the whole greeting.
    #[test]
    #[ignore = "needs python3; run by .ci/run"]
    fn the_lessons_client_is_answered_after_a_long_message() {
        let server = Running::start(&[]);
        let mut client = lessons_client(&server, &"x".repeat(100_000));
        ends(&mut client, &lessons_answer(), &server);
        shows(&server, &format!("{}... (98976 more bytes not shown)", "x".repeat(1024)));
    }

    /// The lesson's first version closes without having read, so the greeting is answered with a reset.
    #[test]
    #[ignore = "needs python3; run by .ci/run"]
    fn the_lessons_client_that_only_sends_delivers_its_message() {
        let server = Running::start(&[]);
        let mut client = start("python3 PEERS/client.py HOST PORT --send-only", &server);
        ends(&mut client, "", &server);
        shows(&server, "HELLO FROM THE CLIENT!!!");
        has_served(&server, 1);
        assert_eq!(server.ask(b"the next one"), GREETING);
    }

    #[test]
    #[ignore = "needs python3; run by .ci/run"]
    fn a_class_of_the_lessons_clients_is_answered_and_counted() {
        let server = Running::start(&[]);
        let messages: Vec<String> = (1..=5).map(|student| format!("I am student {student}")).collect();
        let clients: Vec<Program> = messages.iter().map(|message| lessons_client(&server, message)).collect();
        for mut client in clients {
            ends(&mut client, &lessons_answer(), &server);
        }
        has_served(&server, 5);
        for (number, message) in (1..).zip(&messages) {
            shows(&server, message);
            server.program.wait_for_stdout(&format!("CONNECTION: {number}. From the IP: 127.0.0.1\n")).unwrap();
        }
    }

    #[test]
    #[ignore = "needs python3; run by .ci/run"]
    fn a_pipe_is_answered_though_its_end_is_not_passed_on() {
        check("python3 PEERS/pipe.py HOST PORT", Stdin::Pipe);
    }

    #[test]
    #[ignore = "needs python3; run by .ci/run"]
    fn a_pipe_with_half_close_is_answered() {
        check("python3 PEERS/pipe.py HOST PORT --half-close", Stdin::Pipe);
    }

    #[test]
    #[ignore = "needs python3; run by .ci/run"]
    fn a_person_is_answered() {
        check("python3 PEERS/pipe.py HOST PORT", Stdin::Person);
    }

    #[test]
    #[ignore = "needs python3; run by .ci/run"]
    fn a_person_with_half_close_is_answered() {
        check("python3 PEERS/pipe.py HOST PORT --half-close", Stdin::Person);
    }

    #[test]
    #[ignore = "needs python3; run by .ci/run"]
    fn an_empty_pipe_with_half_close_is_an_empty_message() {
        check_empty("python3 PEERS/pipe.py HOST PORT --half-close");
    }
}
