//! What the teacher sees: text from the network is never printed raw, and a screen that stands still or is gone stops
//! nobody's answer.

use crate::running_server::{GREETING, RunningServer};
use std::io::Read as _;

/// Sends a message and gives what the server printed for it.
fn excerpt(message: &[u8]) -> String {
    let server = RunningServer::start(&[]);
    server.connect().say(message).finish().answer();
    let whole = server.program.wait_for_stdout_until("the message", |all| all.matches("Waiting").count() == 2).unwrap();
    let start = whole.find("Message from client: ").unwrap();
    let end = whole.rfind("Waiting").unwrap();
    whole[start..end].to_string()
}

#[test]
fn invalid_utf_8_is_shown_as_the_replacement_character() {
    assert_eq!(excerpt(b"caf\xe9 \xff\xfe"), "Message from client: caf\u{FFFD} \u{FFFD}\u{FFFD}\n");
}

#[test]
fn a_character_cut_across_two_reads_is_put_together() {
    let server = RunningServer::start(&[]);
    let (first, second) = "ñ".as_bytes().split_at(1);
    // The second byte is sent after the answer to the first one has arrived: the server has read twice for certain. If this
    // test is held up for longer than a message may pause, the message is shown without it: then another try.
    let together = (1..=5).any(|number| {
        let mut client = server.connect().say(first);
        client.0.read_exact(&mut [0; GREETING.len()]).unwrap();
        client.say(second).finish();
        let shown = |all: &str| all.matches("Message from client: ").count() == number;
        let stdout = server.program.wait_for_stdout_until("the message", shown).unwrap();
        stdout.contains("Message from client: ñ\n")
    });
    assert!(together, "{}", server.program.stdout());
}

#[test]
fn escape_sequences_are_shown_and_not_obeyed() {
    assert_eq!(excerpt(b"\x1b[2J\x07\r\x08\x00"), "Message from client: \\x1b[2J\\x07\\r\\x08\\x00\n");
}

#[test]
fn c1_control_characters_are_shown_and_not_obeyed() {
    assert_eq!(excerpt("\u{9b}2J\u{85}".as_bytes()), "Message from client: \\x9b2J\\x85\n");
}

#[test]
fn characters_that_turn_the_reading_direction_or_take_no_room_are_shown_as_escapes() {
    assert_eq!(
        excerpt("\u{202e}abc\u{2066}\u{200b}".as_bytes()),
        "Message from client: \\u{202e}abc\\u{2066}\\u{200b}\n"
    );
}

#[test]
fn a_message_cannot_forge_a_line_of_the_server() {
    let forged = "hi\nCONNECTION: 99. From the IP: 10.0.0.1\nMessage from client: gotcha\u{2028}CONNECTION: 100";
    assert_eq!(
        excerpt(forged.as_bytes()),
        "Message from client: hi\n  | CONNECTION: 99. From the IP: 10.0.0.1\n  | Message from client: gotcha\\u{2028}CONNECTION: 100\n"
    );
}

#[test]
fn a_message_that_follows_its_connection_does_not_say_whose_it_is() {
    let server = RunningServer::start(&[]);
    for number in 1..=2 {
        server.connect().say(b"x").finish().answer();
        let ended = |all: &str| all.matches("Waiting").count() == number + 1;
        server.program.wait_for_stdout_until("its end", ended).unwrap();
    }
    assert!(!server.program.stdout().contains("From connection"));
}

#[test]
fn a_message_that_comes_after_others_came_says_whose_it_is() {
    let server = RunningServer::start(&[]);
    let first = server.connect();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    server.ask(b"second");
    server.program.wait_for_stdout("Message from client: second\n").unwrap();
    first.say(b"first").finish().answer();
    server.program.wait_for_stdout("From connection 1 (127.0.0.1):\nMessage from client: first\n").unwrap();
}

#[cfg(unix)]
mod unread {
    use super::{GREETING, RunningServer};
    use crate::running_server::Client;
    use assert_cmd::cargo::cargo_bin;
    use common::testing::{Program, TIME_LIMIT, poll};
    use std::io::{self, BufRead as _, BufReader};
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    use std::path::Path;
    use std::process::{Command, Stdio};

    /// A server whose standard output is a socket of ours, of which only the first line has been read.
    fn start(arguments: &[&str]) -> (RunningServer, BufReader<UnixStream>) {
        let (ours, its) = UnixStream::pair().unwrap();
        ours.set_read_timeout(Some(TIME_LIMIT)).unwrap();
        let mut command = Command::new(cargo_bin!());
        command.args(["127.0.0.1", "0"]).args(arguments);
        let program = Program::start_with(command, Stdio::from(OwnedFd::from(its)), Stdio::piped()).unwrap();
        let mut stdout = BufReader::new(ours);
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let port = line.trim().rsplit(", ").next().unwrap().parse().unwrap();
        (RunningServer { program, port }, stdout)
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_log_that_failed_is_told_though_nobody_reads_the_screen() {
        let (mut server, _stdout) = start(&["--log", "/dev/full"]);
        // More than fits into the socket: the last words do not pass either.
        for _ in 0..800 {
            server.connect().say(&[b'm'; 1000]).finish().answer();
        }
        server.program.interrupt().unwrap();
        assert_eq!(server.program.wait_for_end().unwrap().code(), Some(1));
        assert!(server.program.stderr().contains("error: /dev/full is not complete"), "{}", server.program.stderr());
    }

    /// Standard error stands still, and there is something to say on it at the end.
    #[test]
    #[cfg(target_os = "linux")]
    fn a_log_that_failed_holds_nobody_up_at_the_end() {
        use std::io::Write as _;
        let (_ours, its) = UnixStream::pair().unwrap();
        its.set_nonblocking(true).unwrap();
        while (&its).write(&[b'x'; 4096]).is_ok() {}
        its.set_nonblocking(false).unwrap();
        let mut command = Command::new(cargo_bin!());
        command.args(["127.0.0.1", "0", "--log", "/dev/full"]);
        let program = Program::start_with(command, Stdio::piped(), Stdio::from(OwnedFd::from(its))).unwrap();
        let mut server = RunningServer::of(program);
        assert_eq!(server.ask(b"HELLO"), GREETING);
        server.program.interrupt().unwrap();
        assert_eq!(server.program.wait_for_end().unwrap().code(), Some(1));
    }

    #[test]
    fn a_screen_that_is_gone_stops_no_answer_and_ctrl_c_works() {
        let (mut server, stdout) = start(&[]);
        drop(stdout);
        for _ in 0..20 {
            assert_eq!(server.ask(b"is anybody there?"), GREETING);
        }
        server.program.interrupt().unwrap();
        assert_eq!(server.program.wait_for_end().unwrap().code(), Some(0));
        assert_eq!(server.program.stderr(), "", "nobody needs to be told");
    }

    /// As many as come, where a process may have so many connections: on macOS 256 open files are usual.
    const CLIENTS: usize = if cfg!(target_os = "linux") { 500 } else { 100 };

    #[test]
    fn a_screen_that_nobody_reads_stops_none_of_500_clients_and_ctrl_c_works() {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("unread-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let (mut server, _stdout) = start(&["--max-per-address", "1000", "--log", path.to_str().unwrap()]);
        // More than any pipe or socket holds: 500 messages of a kilobyte are half a megabyte.
        let message = [b'm'; 1000];
        let clients: Vec<Client> = (0..CLIENTS).map(|_| server.connect()).collect();
        let clients: Vec<Client> = clients.into_iter().map(|client| client.say(&message)).collect();
        for client in clients {
            assert_eq!(client.answer(), GREETING);
        }
        // Each of them was served to its end, and not only answered.
        let all = || std::fs::read_to_string(&path).ok().filter(|log| log.matches("answered").count() == CLIENTS);
        poll("the end of all of them in the log", all).unwrap();
        // It does not wait for a screen that stands still.
        server.program.interrupt().unwrap();
        assert_eq!(server.program.wait_for_end().unwrap().code(), Some(0));
    }

    /// Notes go to standard error, which may stand still as well.
    #[test]
    fn a_standard_error_that_nobody_reads_stops_no_client() {
        let (ours, its) = UnixStream::pair().unwrap();
        let mut command = Command::new(cargo_bin!());
        command.args(["127.0.0.1", "0"]);
        let program = Program::start_with(command, Stdio::piped(), Stdio::from(OwnedFd::from(its))).unwrap();
        let line = program.wait_for_stdout_until("the first line", |all| all.contains('\n')).unwrap();
        let port = line.trim().rsplit(", ").next().unwrap().parse().unwrap();
        let server = RunningServer { program, port };
        // A note for each: more than fits into the socket.
        for _ in 0..4000 {
            server.connect().reset();
        }
        assert_eq!(server.ask(b"HELLO"), GREETING);
        drop(ours);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn standard_output_on_a_full_disk_is_told_once_and_stops_no_answer() {
        let mut command = Command::new("sh");
        command.args(["-c", r#"exec "$0" "$@" >/dev/full"#]).arg(cargo_bin!());
        let port = common::testing::free_port();
        command.args(["127.0.0.1", &port.to_string()]);
        let server = RunningServer { program: Program::start(command).unwrap(), port };
        poll("a server", || std::net::TcpStream::connect(("127.0.0.1", port)).ok()).unwrap();
        for _ in 0..3 {
            assert_eq!(server.ask(b"HELLO"), GREETING);
        }
        let told = "error: the output could not be written\ncause: No space left on device";
        server.program.wait_for_stderr(told).unwrap();
        assert_eq!(server.program.stderr().matches("error: the output").count(), 1);
    }

    #[test]
    fn a_slow_screen_gets_the_last_words_to_their_end() {
        let (mut server, mut stdout) = start(&[]);
        // More than fits into the socket: nothing of it has been read when Ctrl-C is pressed.
        for _ in 0..800 {
            server.connect().say(&[b'm'; 1000]).finish().answer();
        }
        server.program.interrupt().unwrap();
        let mut last = String::new();
        let mut line = String::new();
        while stdout.read_line(&mut line).unwrap() > 0 {
            last = std::mem::take(&mut line);
        }
        assert!(last.starts_with("127.0.0.1  localhost          800 "), "the table's last row, not {last:?}");
        assert_eq!(server.program.wait_for_end().unwrap().code(), Some(0));
    }

    #[test]
    fn a_screen_that_goes_on_says_how_much_it_missed() {
        let (server, mut stdout) = start(&[]);
        // Three lines for each client. The queue holds 4,096, the printer's hands as many, and the socket some thousand.
        for _ in 0..4500 {
            server.connect().say(&[b'm'; 200]).finish().answer();
        }
        let reading = std::thread::Builder::new().spawn(move || io::copy(&mut stdout, &mut io::sink()));
        server.program.wait_for_stderr(" lines were dropped: the screen was standing still").unwrap();
        drop(server);
        reading.unwrap().join().unwrap().unwrap();
    }
}
