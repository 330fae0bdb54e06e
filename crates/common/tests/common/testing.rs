//! The tools of the tests are tested too: one that reports what did not happen would make every verdict worthless.

#[cfg(unix)]
mod obstacles;
#[cfg(unix)]
mod patience;
#[cfg(unix)]
mod programs;
#[cfg(unix)]
mod terminal;

use common::testing::{CommandUnderTest, End, Hint, Judged, ProgramRun, Recorder, Reply, Requirement, free_port};
use socket2::SockRef;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream, UdpSocket};
use std::time::Duration;

fn connect(recorder: &Recorder) -> TcpStream {
    TcpStream::connect(recorder.address()).unwrap()
}

#[test]
fn a_recorder_notes_bytes_order_and_ends() {
    let recorder = Recorder::start(Reply::Nothing).unwrap();
    let mut first = connect(&recorder);
    recorder.wait_for("the first", |all| all.len() == 1).unwrap();
    let mut second = connect(&recorder);
    second.write_all(b"second").unwrap();
    recorder.wait_for("its bytes", |all| all.len() == 2 && all[1].length == 6).unwrap();
    SockRef::from(&second).set_linger(Some(Duration::ZERO)).unwrap();
    drop(second);
    recorder.wait_for_ended(1).unwrap();
    first.write_all(b"first").unwrap();
    drop(first);
    let _open = connect(&recorder);

    let all = recorder.wait_for("all three", |all| all.len() == 3 && all[0].end != End::Open).unwrap();
    let seen: Vec<_> = all.iter().map(|one| (one.bytes.as_slice(), one.end)).collect();
    assert_eq!(seen, [(&b"first"[..], End::Finished), (b"second", End::Reset), (b"", End::Open)]);
    let story = recorder.story();
    assert!(
        story.contains("3 connections came") && story.contains("2. 6 bytes, broken off (a reset, RST): second"),
        "{story}"
    );
}

/// A program that connects and ends at once may be gone before the recorder has accepted: what it did counts all the same.
#[test]
fn a_recorder_counts_connections_made_just_before() {
    let recorder = Recorder::start(Reply::Nothing).unwrap();
    for made in 1..=100 {
        drop(connect(&recorder));
        assert_eq!(recorder.connections().len(), made, "{}", recorder.story());
    }
    let story = recorder.story();
    assert!(story.contains("100 connections came") && story.ends_with("… and 90 more"), "{story}");
}

#[test]
fn a_recorder_replies_as_it_is_told() {
    let answer = || b"answer".to_vec();
    let ask = |reply, half_close: bool| {
        let recorder = Recorder::start(reply).unwrap();
        let mut stream = connect(&recorder);
        stream.write_all(b"question").unwrap();
        if half_close {
            stream.shutdown(Shutdown::Write).unwrap();
        }
        let mut received = Vec::new();
        let end = stream.read_to_end(&mut received);
        (String::from_utf8(received).unwrap(), end.is_ok())
    };
    assert_eq!(ask(Reply::Nothing, true), (String::new(), true));
    assert_eq!(ask(Reply::AtOnce(answer()), false), ("answer".to_string(), true));
    assert_eq!(ask(Reply::AndStay(answer()), true), ("answer".to_string(), true));
    assert_eq!(ask(Reply::AtTheEnd(answer()), true), ("answer".to_string(), true));
    assert!(!ask(Reply::ThenReset(Vec::new()), false).1, "a reset is an error");
}

#[test]
fn dropping_a_recorder_ends_its_connections() {
    for reply in [Reply::Nothing, Reply::Unread] {
        let recorder = Recorder::start(reply).unwrap();
        let mut stream = connect(&recorder);
        recorder.wait_for("it", |all| all.len() == 1).unwrap();
        drop(recorder);
        assert_eq!(stream.read(&mut [0; 8]).unwrap(), 0);
    }
}

#[test]
fn in_another_folder_the_files_of_a_command_are_still_those_that_were_meant() {
    let under_test = CommandUnderTest::new("cat").with("Cargo.toml").with("no-such-file");
    let folder = tempfile::tempdir().unwrap();
    let command = under_test.command_in(folder.path(), &["Cargo.toml"]);
    let meant = std::env::current_dir().unwrap().join("Cargo.toml");
    let arguments: Vec<_> = command.get_args().collect();
    assert_eq!(arguments, [meant.as_os_str(), "no-such-file".as_ref(), "Cargo.toml".as_ref()]);
    assert_eq!((command.get_program(), command.get_current_dir()), ("cat".as_ref(), Some(folder.path())));
}

/// The program is cargo itself, which every machine has that runs this.
#[test]
fn the_failure_of_a_run_shows_what_a_beginner_needs() {
    let requirement = Requirement { says: "the contract's words", hint: Hint::new("look there").in_rust("seek()") };
    let report = std::panic::catch_unwind(|| {
        let mut run =
            ProgramRun::start(&CommandUnderTest::new(env!("CARGO")), &["--version"]).tried_with("by hand".to_string());
        run.end(&requirement);
        run.note("a note:", "what it says");
        run.check(true, &requirement, "nothing", "nothing");
        run.check(run.program.stdout().contains("no-such-word"), &requirement, "a word", "another word");
    });
    let report = report.unwrap_err().downcast::<String>().unwrap();
    for part in [
        "the contract: the contract's words\n",
        "expected:     a word\n",
        "arrived:      another word\n",
        "a note:       what it says\n",
        "on its screen:\n      cargo ",
        "as its errors:\n      nothing\n",
        "hint:         look there; in Rust: seek()\n",
        "try it:       by hand\n",
    ] {
        assert!(report.contains(part), "{part:?} is not in\n{report}");
    }
}

#[test]
#[cfg(unix)]
fn a_failure_shows_the_beginning_of_a_flood_and_that_there_is_more() {
    let requirement = Requirement { says: "", hint: Hint::new("") };
    let report = std::panic::catch_unwind(|| {
        let script = "i=0; while [ $i -lt 100 ]; do i=$((i+1)); echo line $i; done";
        let mut run = ProgramRun::start(&CommandUnderTest::new("sh"), &["-c", script]);
        run.end(&requirement);
        run.fail(&requirement, "", "");
    });
    let report = report.unwrap_err().downcast::<String>().unwrap();
    assert!(
        report.contains("line 50\n      … and more, 792 bytes in all\n") && !report.contains("line 51"),
        "{report}"
    );
}

#[test]
#[allow(clippy::disallowed_methods, reason = "whether it can be had is all that matters")]
fn a_free_port_is_kept_from_other_processes_and_free_for_a_program() {
    let port = free_port();
    assert!(UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).is_err(), "another process would take it too");
    assert!(TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).is_ok(), "a program cannot have it");
    assert_ne!(free_port(), port);
}
