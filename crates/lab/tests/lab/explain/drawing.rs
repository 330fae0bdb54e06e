//! What the ladder looks like.

use super::{Explained, accept, lab, server, server_at};
use common::testing::{Program, Recorder, Reply};
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv6Addr, Shutdown};
use std::thread;

/// The ladder of a command in Python, which is given IP and PORT and sends these bytes.
fn ladder_of(locale: &str, message: &str, answer: &[u8]) -> String {
    let server = Recorder::start(Reply::AtOnce(answer.to_vec())).unwrap();
    let port = server.port().to_string();
    let client = "import socket, sys\n\
                  s = socket.create_connection((sys.argv[1], int(sys.argv[2])))\n\
                  s.sendall(eval(sys.argv[3])); print(len(s.recv(1000000))); s.close()";
    let mut command = lab(&["python3", "-c", client, "127.0.0.1", &port, message]);
    command.env("LC_ALL", locale);
    let mut program = Program::start(command).unwrap();
    assert!(program.wait_for_end().unwrap().success(), "{}", program.stderr());
    let ladder = program.stderr();
    for line in ladder.lines() {
        // The one wide character of these tests takes two columns.
        assert!(line.chars().count() + line.matches('界').count() < 80, "{line}");
    }
    ladder
}

#[test]
fn every_rung_names_both_ends_and_what_passed() {
    let (listener, address) = server();
    let explained = Explained::listen(address);
    let mut client = explained.connect();
    let mut server = accept(&listener);
    client.write_all("HELLO ñ\n".as_bytes()).unwrap();
    server.read_exact(&mut [0; 9]).unwrap();
    let relay = server.peer_addr().unwrap();
    server.write_all(b"hi").unwrap();
    explained.wait_for("| hi");
    drop(server);
    explained.wait_for("◀───── end (FIN)");
    client.shutdown(Shutdown::Write).unwrap();
    let ladder = explained.wait_for("end (FIN) ──────▶");

    // Without the header, and without the times and the lengths of the arrows.
    let own = client.local_addr().unwrap();
    let rungs: Vec<String> =
        ladder.lines().skip(2).map(|line| line.split(" ms ").last().unwrap().trim().to_string()).collect();
    let rungs = rungs.join("\n").replace("──", "").replace('─', "").replace("  ", " ");
    let pair = |arrow: &str| format!("1 {own} {arrow} {address}");
    let expected = [
        pair(" connect ▶"),
        format!("the server sees it come from the relay: {relay}"),
        pair(" 9 bytes ▶"),
        r"| HELLO ñ\n".to_string(),
        pair("◀ 2 bytes "),
        "| hi".to_string(),
        pair("◀ end (FIN) "),
        pair(" end (FIN) ▶"),
    ];
    let expected = expected.join("\n").replace("  ", " ");
    assert_eq!(rungs, expected);
}

#[test]
fn where_the_locale_has_no_utf_8_it_is_ascii() {
    let ladder = ladder_of("C", "b'ma\\xc3\\xb1ana'", b"ol\xc3\xa1");
    assert!(ladder.is_ascii(), "{ladder}");
    for text in ["-- 7 bytes --", "->", "<-", r"| ma\u{f1}ana", r"| ol\u{e1}"] {
        assert!(ladder.contains(text), "{text}: {ladder}");
    }
}

#[test]
fn long_pieces_are_cut_at_80_columns() {
    for locale in ["C", "C.UTF-8"] {
        let wide = "界".repeat(2000);
        let ladder = ladder_of(locale, "b'a' * 100000", wide.as_bytes());
        assert!(ladder.contains(&format!("| {}...\n", "a".repeat(57))), "{ladder}");
        if locale == "C.UTF-8" {
            // Each is two columns wide.
            assert!(ladder.contains(&format!("| {}...\n", "界".repeat(28))), "{ladder}");
        }
    }
}

#[test]
fn two_ipv6_addresses_fit_too() {
    let Ok(_) = std::net::UdpSocket::bind((Ipv6Addr::LOCALHOST, 0)) else { return };
    let (listener, address) = server_at((Ipv6Addr::LOCALHOST, 0).into());
    let port = address.port().to_string();
    let client = "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2]))).sendall(b'HELLO')";
    let mut program = Program::start(lab(&["python3", "-c", client, "::1", &port])).unwrap();
    drop(accept(&listener));
    program.wait_for_end().unwrap();
    let ladder = program.stderr();
    assert!(ladder.contains("▶ [::1]:") && ladder.contains("| HELLO\n"), "{ladder}");
}

/// A flood is added up: the ladder stays short, and no byte is missing in its numbers.
#[test]
fn many_pieces_are_added_up() {
    let ladder = ladder_of("C.UTF-8", "b'x'", b"y");
    assert!(!ladder.contains("more pieces"), "{ladder}");

    let (listener, address) = server();
    let explained = Explained::listen(address);
    let client = explained.connect();
    let mut server = accept(&listener);
    thread::scope(|scope| {
        scope.spawn(|| assert_eq!(io::copy(&mut &client, &mut io::sink()).unwrap(), 2_000_000));
        for _ in 0..2000 {
            server.write_all(&[b'z'; 1000]).unwrap();
        }
        // What was added up is drawn also where nothing follows.
        explained.wait_for(" more pieces\n");
        drop(server);
    });
    drop(client);
    let ladder = explained.wait_for("end (FIN) ──────▶");
    let pieces = ladder.lines().filter_map(|line| line.split_once(" bytes ")).map(|(before, _)| before);
    let total: usize = pieces.map(|before| before.split(' ').next_back().unwrap().parse::<usize>().unwrap()).sum();
    assert_eq!(total, 2_000_000, "{ladder}");
    assert!(ladder.contains(" more pieces\n") && ladder.lines().count() < 200, "{ladder}");
}

/// A prompt without a line break stays the command's own line. `script` is the terminal. The ladder and the command write to it each
/// for itself: the command has its turn when all before it is drawn.
#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs script; run by .ci/run"]
fn on_a_terminal_a_rung_begins_on_a_line_of_its_own() {
    let server = Recorder::start(Reply::AtOnce(b"answer".to_vec())).unwrap();
    let (turns, turns_at) = self::server();
    let client = "import os, socket, sys\n\
                  turns = socket.create_connection(('127.0.0.1', int(os.environ['TURNS'])))\n\
                  for prompt in 'x', 'Message: ', 'y' * 79, 'z' * 80, '':\n    \
                      turns.recv(1); sys.stdout.write(prompt); sys.stdout.flush()\n    \
                      s = socket.create_connection((sys.argv[1], int(sys.argv[2]))); s.sendall(b'HELLO'); s.recv(9); s.close()";
    let mut command = std::process::Command::new("script");
    let shell = format!(
        "stty cols 80 rows 24; exec '{}' explain python3 -c \"$CLIENT\" 127.0.0.1 {}",
        assert_cmd::cargo::cargo_bin!("lab").display(),
        server.port()
    );
    command.args(["-q", "-c", &shell, "/dev/null"]).env("SHELL", "/bin/sh").env("TERM", "xterm").env("CLIENT", client);
    command.env("LC_ALL", "C.UTF-8").env("TURNS", turns_at.port().to_string());
    let mut script = Program::start(command).unwrap();
    let mut turns = accept(&turns);
    for connections in 0..5 {
        let is_drawn = |screen: &str| {
            screen.contains("passes everything on.") && screen.matches("end (FIN)").count() == 2 * connections
        };
        script.wait_for_stdout_until("all to be drawn", is_drawn).unwrap();
        turns.write_all(b".").unwrap();
    }
    script.wait_for_end().unwrap();
    let screen = screen(&script.stdout());
    let connects: Vec<_> = screen.iter().filter(|row| row.contains(" connect ")).collect();
    assert_eq!(connects.len(), 5, "{screen:#?}");
    assert!(
        connects.iter().all(|row| row.trim_start().starts_with(|first: char| first.is_ascii_digit())),
        "{screen:#?}"
    );
    for prompt in ["x".to_string(), "Message:".to_string(), "y".repeat(79), "z".repeat(80)] {
        assert_eq!(screen.iter().filter(|row| **row == prompt).count(), 1, "{prompt}: {screen:#?}");
    }
    assert!(!screen.iter().skip_while(|row| !row.contains("explain")).take(12).any(String::is_empty), "{screen:#?}");
}

/// The rows of a terminal of 80 columns that was sent this. Behind a character in the last column the next one begins a row.
#[cfg(target_os = "linux")]
fn screen(sent: &str) -> Vec<String> {
    let mut rows = vec![Vec::new()];
    let mut column = 0;
    for character in sent.replace("\x1b[K", "\u{b}").chars() {
        match character {
            '\r' => column = 0,
            '\n' => rows.push(Vec::new()),
            '\u{b}' => rows.last_mut().unwrap().truncate(column),
            _ => {
                if column == 80 {
                    rows.push(Vec::new());
                    column = 0;
                }
                let row = rows.last_mut().unwrap();
                row.resize(row.len().max(column + 1), ' ');
                row[column] = character;
                column += 1;
            }
        }
    }
    rows.into_iter().map(|row| row.into_iter().collect::<String>().trim_end().to_string()).collect()
}
