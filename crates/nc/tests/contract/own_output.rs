//! What this netcat does, byte for byte and code for code. Of other programs `required` asks for less: real netcats differ in when
//! they leave, in whether they half-close without `-N`, and in how Ctrl-C ends them.

use crate::support::netcat::{client, connecting, listening};
use common::testing::{End, Recorder, Reply};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::Shutdown;
use std::time::Duration;

/// "`nc IP PORT` connects"; "standard input to the other side and the other side to standard output"
#[test]
fn what_is_typed_arrives_and_the_answer_is_shown() {
    let peer = Recorder::start(Reply::AndStay(b"answer\n".to_vec())).unwrap();
    let mut nc = connecting(peer.port(), &[]);
    nc.type_in("  mañana \n".as_bytes()).unwrap();
    nc.wait_for_stdout("answer\n").unwrap();
    assert_eq!(peer.connections()[0].bytes, "  mañana \n".as_bytes());
    nc.type_in(b"another line\n").unwrap();
    peer.wait_for("the other line", |all| all[0].bytes.ends_with(b"another line\n")).unwrap();
    assert_eq!((nc.stdout().as_str(), nc.stderr().as_str()), ("answer\n", ""));
}

/// "`nc -l [-p] PORT` listens"
#[test]
fn a_listening_one_talks_with_its_client() {
    let (mut nc, port) = listening(&[]);
    let mut client = client(port);
    client.write_all(b"question\n").unwrap();
    nc.wait_for_stdout("question\n").unwrap();
    nc.type_in(b"answer\n").unwrap();
    let mut answer = [0; 7];
    client.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"answer\n");
}

/// "`-N` half-closes at the end of input", and goes on reading "until both ends are done"
#[test]
fn with_n_the_other_side_is_told_when_the_input_has_ended_and_may_answer_then() {
    let peer = Recorder::start(Reply::AtTheEnd(b"answer".to_vec())).unwrap();
    let mut nc = connecting(peer.port(), &["-N"]);
    nc.type_in(b"HELLO").unwrap();
    nc.close_stdin();
    assert!(nc.wait_for_end().unwrap().success());
    assert_eq!(nc.stdout(), "answer");
    let connections = peer.wait_for_ended(1).unwrap();
    assert_eq!((&connections[0].bytes[..], connections[0].end), (&b"HELLO"[..], End::Finished));
}

/// Without it the other side is not told, and what it says is shown all the same.
#[test]
fn without_n_it_keeps_the_connection_open_when_the_input_has_ended() {
    let (mut nc, port) = listening(&[]);
    nc.type_in(b"all").unwrap();
    nc.close_stdin();
    let mut client = client(port);
    let mut all = [0; 3];
    client.read_exact(&mut all).unwrap();
    // So long nothing more comes, not even the end.
    client.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    let end = client.read(&mut all).map_err(|e| e.kind());
    assert!(matches!(end, Err(ErrorKind::WouldBlock | ErrorKind::TimedOut)), "{end:?}");
    client.write_all(b"late question").unwrap();
    nc.wait_for_stdout("late question").unwrap();
    drop(client);
    assert!(nc.wait_for_end().unwrap().success());
}

/// "leaves when the other side closes even while a person's stdin is still open"
#[test]
fn it_leaves_when_the_other_side_closes_though_its_input_is_open() {
    let peer = Recorder::start(Reply::AtOnce(b"answer".to_vec())).unwrap();
    let mut nc = connecting(peer.port(), &[]);
    nc.type_in(b"question\n").unwrap();
    assert!(nc.wait_for_end().unwrap().success());
    assert_eq!((nc.stdout().as_str(), nc.stderr().as_str()), ("answer", ""));

    let (mut nc, port) = listening(&[]);
    client(port).write_all(b"question\n").unwrap();
    assert!(nc.wait_for_end().unwrap().success());
    assert_eq!(nc.stdout(), "question\n");
}

/// "The listener serves one client; the next one waits until the first is gone, as the lesson's experiment shows."
///
/// Then it ends, as other netcats do: the one that waited is told so by the end of its connection.
#[test]
fn the_next_client_waits_until_the_first_is_gone() {
    let (mut nc, port) = listening(&["-v"]);
    let mut first = client(port);
    let from = first.local_addr().unwrap();
    nc.wait_for_stderr(&format!("connection from {from}\n")).unwrap();
    // It is connected by the system, and nobody reads what it says.
    let mut second = client(port);
    second.write_all(b"second").unwrap();
    first.write_all(b"first").unwrap();
    nc.wait_for_stdout("first").unwrap();
    second.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let nothing = second.read(&mut [0; 8]).map_err(|e| e.kind());
    assert!(matches!(nothing, Err(ErrorKind::WouldBlock | ErrorKind::TimedOut)), "{nothing:?}");

    first.shutdown(Shutdown::Both).unwrap();
    assert!(nc.wait_for_end().unwrap().success());
    assert_eq!(nc.stdout(), "first");
    second.set_read_timeout(Some(common::testing::TIME_LIMIT)).unwrap();
    let end = second.read(&mut [0; 8]).map_err(|e| e.kind());
    assert!(matches!(end, Ok(0) | Err(ErrorKind::ConnectionReset)), "{end:?}");
}

/// "130: ended by Ctrl-C"
#[test]
#[cfg(unix)]
fn ctrl_c_ends_it_with_exit_code_130() {
    let (mut waiting, _) = listening(&[]);
    waiting.interrupt().unwrap();
    assert_eq!(waiting.wait_for_end().unwrap().code(), Some(130));

    let peer = Recorder::start(Reply::Nothing).unwrap();
    let mut connected = connecting(peer.port(), &[]);
    connected.type_in(b"x").unwrap();
    peer.wait_for("a byte", |all| all.iter().any(|one| one.length == 1)).unwrap();
    connected.interrupt().unwrap();
    assert_eq!(connected.wait_for_end().unwrap().code(), Some(130));
}

#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs python3; run by .ci/run"]
fn ctrl_c_ends_it_beside_a_terminal_that_stands_still() {
    use assert_cmd::cargo::cargo_bin;
    use common::testing::{Program, STOPPED_TERMINAL};

    let peer = Recorder::start(Reply::Nothing).unwrap();
    for arguments in [&["-l", "127.0.0.1", "0"][..], &["127.0.0.1", &peer.port().to_string()]] {
        let mut command = std::process::Command::new("python3");
        command.args(["-c", STOPPED_TERMINAL]).arg(cargo_bin!("nc")).args(arguments);
        let mut python = Program::start(command).unwrap();
        assert!(python.wait_for_end().unwrap().success(), "{arguments:?}: {}", python.stderr());
        assert_eq!(python.stdout(), "130\n", "{arguments:?}");
    }
}
