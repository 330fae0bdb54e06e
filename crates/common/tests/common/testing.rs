//! The tools of the tests are tested too: one that reports what did not happen would make every verdict worthless.

use common::testing::{End, Recorder, Reply, Rule, Run, Subject};
use socket2::SockRef;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
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
    assert!(story.contains("3 connections came") && story.contains("2. 6 bytes, Reset: second"), "{story}");
}

/// A program that connects and ends at once may be gone before the recorder has accepted: what it did counts all the same.
#[test]
fn a_recorder_counts_connections_made_just_before() {
    let recorder = Recorder::start(Reply::Nothing).unwrap();
    for made in 1..=100 {
        drop(connect(&recorder));
        assert_eq!(recorder.connections().len(), made, "{}", recorder.story());
    }
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

#[cfg(unix)]
mod programs {
    use common::testing::{Program, poll};
    use std::io::Write as _;
    use std::process::Command;

    fn shell(script: &str) -> Program {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Program::start(command).unwrap()
    }

    #[test]
    fn what_a_program_reads_and_writes_goes_through() {
        let mut program = shell("cat; echo done >&2; exit 3");
        program.type_in(b"HELLO\n").unwrap();
        program.wait_for_stdout("HELLO\n").unwrap();
        program.close_stdin();
        assert_eq!(program.wait_for_end().unwrap().code(), Some(3));
        assert_eq!(program.stderr(), "done\n");
    }

    #[test]
    fn waiting_for_what_cannot_come_any_more_ends_at_once_and_tells_what_came() {
        let mut program = shell("echo something else; echo a reason >&2");
        program.wait_for_end().unwrap();
        let timeout = program.wait_for_stdout("HELLO").unwrap_err().to_string();
        for part in ["\"HELLO\" on standard output", "\"sh\" \"-c\"", "something else", "a reason"] {
            assert!(timeout.contains(part), "{timeout}");
        }
    }

    #[test]
    fn nothing_is_left_of_what_a_program_started_when_it_has_ended_by_itself() {
        let mut program = shell("sleep 1000 >/dev/null 2>&1 & echo child $!");
        program.wait_for_end().unwrap();
        let child = program.stdout().trim().trim_start_matches("child ").to_string();
        poll("the child's end", || (!runs(&child)).then_some(())).unwrap();
    }

    #[test]
    fn typing_into_a_program_that_is_gone_is_told() {
        let mut program = shell("exit 0");
        program.wait_for_end().unwrap();
        let timeout = program.type_in(b"anybody there?").unwrap_err().to_string();
        assert!(timeout.contains("14 bytes to be taken from standard input"), "{timeout}");
    }

    #[test]
    fn nothing_is_left_of_a_program_and_what_it_started() {
        let program = shell("sleep 1000 & echo child $!; sleep 1000");
        let stdout = program.wait_for_stdout_until("a number", |all| all.ends_with('\n')).unwrap();
        let child = stdout.trim().trim_start_matches("child ").to_string();
        assert!(runs(&child));
        drop(program);
        poll("the child's end", || (!runs(&child)).then_some(())).unwrap();
    }

    /// Runs one test in a process of its own, because signals are a process's, not a thread's: `shell` starts it as `"$0" "$@"`.
    /// Inside that process, gives `None`.
    fn in_a_process_of_its_own(shell: &str, test: &str) -> Option<Program> {
        if std::env::var_os("INNER").is_some() {
            return None;
        }
        let mut command = Command::new("sh");
        command.args(["-c", shell]).arg(std::env::current_exe().unwrap());
        command.args(["--exact", "--nocapture", test]).env("INNER", "1");
        Some(Program::start(command).unwrap())
    }

    #[test]
    fn ctrl_c_works_though_this_process_ignores_it() {
        // The shell ignores SIGINT and hands that on, as nohup does.
        let name = "testing::programs::ctrl_c_works_though_this_process_ignores_it";
        if let Some(mut inner) = in_a_process_of_its_own("trap '' INT; exec \"$0\" \"$@\"", name) {
            let status = inner.wait_for_end().unwrap();
            assert!(status.success(), "{}{}", inner.stdout(), inner.stderr());
            return;
        }
        let mut program = shell("echo ready; exec sleep 1000");
        program.wait_for_stdout("ready").unwrap();
        program.interrupt().unwrap();
        assert!(program.wait_for_end().is_ok());
    }

    #[test]
    fn a_process_that_is_ended_takes_its_programs_with_it() {
        let name = "testing::programs::a_process_that_is_ended_takes_its_programs_with_it";
        for (signal, code) in [("HUP", 129), ("INT", 130), ("TERM", 143)] {
            let Some(mut inner) = in_a_process_of_its_own("exec \"$0\" \"$@\"", name) else {
                let program = shell("echo child $$; exec sleep 1000");
                let stdout = program.wait_for_stdout_until("a number", |all| all.ends_with('\n')).unwrap();
                write!(std::io::stderr(), "{stdout}").unwrap();
                let _ = std::io::stdin().read_line(&mut String::new());
                return;
            };
            let stderr = inner.wait_for_stderr("\n").unwrap();
            let child = stderr.trim().trim_start_matches("child ").to_string();
            assert!(runs(&child), "{stderr}");
            let kill = format!("kill -{signal} {}", inner.id());
            assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
            assert_eq!(inner.wait_for_end().unwrap().code(), Some(code));
            poll("the child's end", || (!runs(&child)).then_some(())).unwrap();
        }
    }

    /// Whether there is such a process. One that is dead and not yet reaped (state Z in proc(5)) does not count.
    fn runs(process: &str) -> bool {
        if let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) {
            return !stat.contains(") Z ");
        }
        let script = format!("kill -0 {process} 2>/dev/null");
        Command::new("sh").args(["-c", &script]).status().unwrap().success()
    }
}

#[test]
fn in_another_folder_the_files_of_a_command_are_still_those_that_were_meant() {
    let subject = Subject::new("cat").with("Cargo.toml").with("no-such-file");
    let folder = tempfile::tempdir().unwrap();
    let command = subject.command_in(folder.path(), &["Cargo.toml"]);
    let meant = std::env::current_dir().unwrap().join("Cargo.toml");
    let arguments: Vec<_> = command.get_args().collect();
    assert_eq!(arguments, [meant.as_os_str(), "no-such-file".as_ref(), "Cargo.toml".as_ref()]);
    assert_eq!((command.get_program(), command.get_current_dir()), ("cat".as_ref(), Some(folder.path())));
}

/// The program is cargo itself, which every machine has that runs this.
#[test]
fn the_failure_of_a_run_shows_what_a_beginner_needs() {
    let rule = Rule { says: "the contract's words", hint: "look there" };
    let report = std::panic::catch_unwind(|| {
        let mut run = Run::start(&Subject::new(env!("CARGO")), &["--version"]).tried_with("by hand".to_string());
        run.end(&rule);
        run.note("a note:", "what it says");
        run.check(true, &rule, "nothing", "nothing");
        run.check(run.program.stdout().contains("no-such-word"), &rule, "a word", "another word");
    });
    let report = report.unwrap_err().downcast::<String>().unwrap();
    for part in [
        "the contract: the contract's words\n",
        "expected:     a word\n",
        "arrived:      another word\n",
        "a note:       what it says\n",
        "on its screen:\n      cargo ",
        "as its errors:\n      nothing\n",
        "hint:         look there\n",
        "try it:       by hand\n",
    ] {
        assert!(report.contains(part), "{part:?} is not in\n{report}");
    }
}

#[test]
#[cfg(unix)]
fn a_failure_shows_the_beginning_of_a_flood_and_that_there_is_more() {
    let rule = Rule { says: "", hint: "" };
    let report = std::panic::catch_unwind(|| {
        let script = "i=0; while [ $i -lt 100 ]; do i=$((i+1)); echo line $i; done";
        let mut run = Run::start(&Subject::new("sh"), &["-c", script]);
        run.end(&rule);
        run.fail(&rule, "", "");
    });
    let report = report.unwrap_err().downcast::<String>().unwrap();
    assert!(
        report.contains("line 50\n      … and more, 792 bytes in all\n") && !report.contains("line 51"),
        "{report}"
    );
}
