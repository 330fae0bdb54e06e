//! The command's words, its standard streams, and its end.

use super::{lab, server};
use common::testing::{Program, Recorder, Reply};

const SEND: &str = "import socket, sys\n\
                    s = socket.create_connection((sys.argv[1], int(sys.argv[2])))\n\
                    s.sendall(sys.stdin.buffer.read()); s.shutdown(socket.SHUT_WR)\n\
                    sys.stdout.buffer.write(s.recv(100)); sys.exit(7)";

#[test]
fn the_command_keeps_its_standard_streams_and_its_exit_code() {
    let server = Recorder::start(Reply::AtTheEnd(b"answer".to_vec())).unwrap();
    let port = server.port().to_string();
    let mut program = Program::start(lab(&["python3", "-c", SEND, "127.0.0.1", &port, "rest"])).unwrap();
    program.type_in(b"typed").unwrap();
    program.close_stdin();
    assert_eq!(program.wait_for_end().unwrap().code(), Some(7));
    assert_eq!(program.stdout(), "answer");
    assert_eq!(server.connections()[0].bytes, b"typed");
    assert!(program.stderr().contains("| typed\n"), "{}", program.stderr());
}

/// Of several pairs the first IP, else the first name; never a file, an option or a program. Only that pair is replaced.
#[test]
fn the_server_is_found_among_the_words() {
    for (words, replaced) in [
        (&["127.0.0.1", "8080", "10.0.0.1", "80", "-x"][..], 0),
        (&["timeout", "5", "-w", "3", "::1", "8080"], 4),
        (&["timeout", "5", "Cargo.toml", "8080", "localhost", "8080", "hello", "5"], 4),
    ] {
        let mut program = Program::start(lab(&[&["echo"], words].concat())).unwrap();
        assert!(program.wait_for_end().unwrap().success(), "{}", program.stderr());
        let echo = program.stdout();
        let echo: Vec<&str> = echo.trim_end().split(' ').collect();
        let relay = echo[replaced..replaced + 2].join(" ");
        assert_ne!(relay, words[replaced..replaced + 2].join(" "));
        assert!(relay.starts_with("127.0.0.1 ") || words[replaced] == "::1" && relay.starts_with("::1 "), "{relay}");
        assert_eq!((&echo[..replaced], &echo[replaced + 2..]), (&words[..replaced], &words[replaced + 2..]));
    }
}

/// Also where the relay has had no time for any of it before that end: the command stops it.
#[cfg(target_os = "linux")]
#[test]
fn what_was_sent_just_before_the_end_of_the_command_is_relayed_and_drawn() {
    use common::testing::{End, poll};
    use std::process::Command;

    let server = Recorder::start(Reply::Nothing).unwrap();
    let port = server.port().to_string();
    let client = "import socket, sys, os, signal\n\
                  os.kill(os.getppid(), signal.SIGSTOP)\n\
                  while ') T ' not in open('/proc/%d/stat' % os.getppid()).read(): pass\n\
                  for i in range(20):\n    \
                      s = socket.create_connection((sys.argv[1], int(sys.argv[2])))\n    \
                      s.sendall(b'last %d' % i); s.close()\n\
                  print(os.getpid(), flush=True); os._exit(0)";
    let mut program = Program::start(lab(&["python3", "-c", client, "127.0.0.1", &port])).unwrap();
    let command = program.wait_for_stdout("\n").unwrap();
    poll("the end of the command", || {
        let state = std::fs::read_to_string(format!("/proc/{}/stat", command.trim())).unwrap();
        state.contains(") Z ").then_some(())
    })
    .unwrap();
    assert!(Command::new("kill").args(["-CONT", &program.id().to_string()]).status().unwrap().success());
    program.wait_for_end().unwrap();

    let mut messages: Vec<_> = server.wait_for_ended(20).unwrap().into_iter().map(|one| (one.bytes, one.end)).collect();
    // They end side by side.
    messages.sort_by_key(|(bytes, _)| (bytes.len(), bytes.clone()));
    for (index, (bytes, end)) in messages.iter().enumerate() {
        assert_eq!((bytes.as_slice(), end), (format!("last {index}").as_bytes(), &End::Finished));
        assert!(program.stderr().contains(&format!("| last {index}\n")), "{}", program.stderr());
    }
    assert_eq!(program.stderr().matches(" end (FIN) ──────▶").count(), 20, "{}", program.stderr());
}

/// A server that keeps its side open is waited for, but not for ever.
#[test]
fn the_end_of_the_command_is_the_end() {
    let server = Recorder::start(Reply::Unread).unwrap();
    let port = server.port().to_string();
    let client = "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])))";
    let mut program = Program::start(lab(&["python3", "-c", client, "127.0.0.1", &port])).unwrap();
    assert!(program.wait_for_end().unwrap().success());
    assert!(program.stderr().ends_with("still open: it is cut, since the program has ended\n"), "{}", program.stderr());
}

#[cfg(unix)]
mod with_signals {
    use super::super::{Explained, accept, lab, server};
    use common::testing::{Program, Recorder, Reply, poll};
    use std::io::Read as _;
    use std::net::TcpStream;

    #[test]
    fn a_signal_that_ends_the_command_is_told_as_a_shell_tells_it() {
        let mut program = Program::start(lab(&["sh", "-c", "kill -TERM $$", "sh", "127.0.0.1", "8080"])).unwrap();
        assert_eq!(program.wait_for_end().unwrap().code(), Some(128 + 15));
    }

    /// A child that the command has left behind goes on sending, and ignores Ctrl-C: explain does not.
    #[test]
    fn after_the_end_of_the_command_ctrl_c_ends_explain() {
        let server = Recorder::start(Reply::Nothing).unwrap();
        let port = server.port().to_string();
        let command = "import os, signal, socket, sys\n\
                       s = socket.create_connection((sys.argv[1], int(sys.argv[2])))\n\
                       if os.fork(): print('gone', flush=True); os._exit(0)\n\
                       signal.signal(signal.SIGINT, signal.SIG_IGN)\n\
                       os.close(1); os.close(2)\n\
                       while True: s.sendall(b'x' * 1000)";
        let mut program = Program::start(lab(&["python3", "-c", command, "127.0.0.1", &port])).unwrap();
        program.wait_for_stdout("gone").unwrap();
        server.wait_for("some of it", |all| all.iter().any(|one| one.length > 1_000_000)).unwrap();
        // The first one may have been for the command. Two at the same moment are one to the system: so again and again.
        let is_ended = || {
            let _ = program.interrupt();
            program.has_ended().then_some(())
        };
        poll("its end", is_ended).unwrap();
        assert_eq!(program.wait_for_end().unwrap().code(), Some(130));
    }

    /// It is the command's: explain draws the end that comes of it.
    #[test]
    fn ctrl_c_ends_the_command_and_the_ladder_is_drawn_to_its_end() {
        let (listener, address) = server();
        let port = address.port().to_string();
        let client = "import socket, sys, signal; signal.signal(signal.SIGINT, signal.SIG_DFL)\n\
                  s = socket.create_connection((sys.argv[1], int(sys.argv[2]))); s.sendall(b'HELLO'); s.recv(1)";
        let mut program = Program::start(lab(&["python3", "-c", client, "127.0.0.1", &port])).unwrap();
        let mut server = accept(&listener);
        server.read_exact(&mut [0; 5]).unwrap();
        program.interrupt().unwrap();
        program.wait_for_stderr("end (FIN) ──────▶").unwrap();
        drop(server);
        assert_eq!(program.wait_for_end().unwrap().code(), Some(130));
        assert!(program.stderr().contains("◀───── end (FIN)"), "{}", program.stderr());
    }

    /// One that takes Ctrl-C for something else goes on, and so does its ladder, however often it is pressed.
    #[test]
    fn a_command_that_survives_ctrl_c_is_explained_on() {
        let server = Recorder::start(Reply::Nothing).unwrap();
        let port = server.port().to_string();
        // Python refuses a `print` in a handler that comes while another one is at its end.
        let client = "import os, signal, socket, sys\n\
                  signal.signal(signal.SIGINT, lambda *_: os.write(1, b'caught\\n')); os.write(1, b'ready\\n')\n\
                  sys.stdin.readline()\n\
                  socket.create_connection((sys.argv[1], int(sys.argv[2]))).sendall(b'HELLO')";
        let mut program = Program::start(lab(&["python3", "-c", client, "127.0.0.1", &port])).unwrap();
        program.wait_for_stdout("ready").unwrap();
        for number in 1..=3 {
            program.interrupt().unwrap();
            program.wait_for_stdout_until("the signal", |all| all.matches("caught").count() == number).unwrap();
        }
        program.type_in(b"\n").unwrap();
        assert!(program.wait_for_end().unwrap().success(), "{}", program.stderr());
        assert!(program.stderr().contains("| HELLO\n"), "{}", program.stderr());
    }

    #[test]
    fn ctrl_c_ends_listening() {
        let (_listener, address) = server();
        let mut explained = Explained::listen(address);
        explained.program.interrupt().unwrap();
        assert!(explained.program.wait_for_end().unwrap().success());
        assert!(TcpStream::connect(explained.relay).is_err());
    }
}

/// What ends it at once: its exit code, and a part of what it says.
#[test]
fn what_cannot_work_is_an_error_that_says_what_to_do() {
    let (_listener, address) = server();
    let port = address.port().to_string();
    for (arguments, code, error) in [
        (
            &["python3", "Ex3.py"][..],
            2,
            "error: the server's IP and PORT are missing\ncause: no IP, or name, with a port behind it",
        ),
        (&["python3", "Cargo.toml", "8080"], 2, "error: the server's IP and PORT are missing\n"),
        (&["sleep", "1", "2"], 2, "error: the server's IP and PORT are missing\n"),
        (&["--listen", "0", "nc", "127.0.0.1", "80"], 2, "error: the server's IP and PORT are missing\n"),
        (&["--listen", "0", "127.0.0.1"], 2, "error: the server's IP and PORT are missing\n"),
        (&["--listen", "80800", "127.0.0.1", "80"], 2, "invalid value '80800' for '--listen <PORT>'"),
        (&[], 2, "Usage: cargo lab explain COMMAND IP PORT"),
        (&["no-such-program", "127.0.0.1", "8080"], 1, "error: no-such-program cannot be started\n"),
        (&["--listen", "8080", "127.0.0.1", "8080"], 1, "error: the relay at 127.0.0.1:8080 would connect to itself\n"),
        (&["--listen", &port, "127.0.0.1", "1"], 1, "another program listens at 127.0.0.1, port "),
    ] {
        let mut program = Program::start(lab(arguments)).unwrap();
        assert_eq!(program.wait_for_end().unwrap().code(), Some(code), "{arguments:?}: {}", program.stderr());
        assert!(program.stderr().contains(error), "{arguments:?}: {}", program.stderr());
        assert_eq!(program.stdout(), "");
    }
}
