//! Programs under test: started, interrupted, and ended with all that they started.

use common::testing::{ClientRun, CommandUnderTest, Hint, Judged, Program, Recorder, Reply, Requirement, poll};
use std::fs::File;
use std::io::Write as _;
use std::net::TcpStream;
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
fn nothing_is_left_of_it_either_when_it_was_asked_whether_it_has_ended() {
    let mut program = shell("sleep 1000 >/dev/null 2>&1 & echo child $!");
    poll("its end", || program.has_ended().then_some(())).unwrap();
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
pub fn in_a_process_of_its_own(shell: &str, test: &str) -> Option<Program> {
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
    // The shell ignores SIGINT and hands that on, as it does to what it runs in the background.
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
fn ctrl_c_is_pressed_again_where_nothing_comes_of_it() {
    let mut program = shell("trap 'trap \"exit 3\" INT' INT; echo ready; while :; do sleep 1; done");
    program.wait_for_stdout("ready").unwrap();
    assert_eq!(program.interrupt_until_it_ends().unwrap().code(), Some(3));
}

#[test]
fn ctrl_c_is_not_pressed_again_where_it_is_answered() {
    let mut program =
        shell("trap 'trap \"exit 3\" INT; echo bye; sleep 2.5; exit 0' INT; echo ready; while :; do sleep 1; done");
    program.wait_for_stdout("ready").unwrap();
    assert_eq!(program.interrupt_until_it_ends().unwrap().code(), Some(0));
}

/// The interpreter would start and fail, and the student would be blamed for a file that the grader has elsewhere.
#[test]
fn a_file_that_is_not_there_is_no_wrong_program() {
    let name = "testing::programs::a_file_that_is_not_there_is_no_wrong_program";
    if let Some(mut inner) =
        in_a_process_of_its_own("SESSION08_CMD='[\"python3\",\"Ex33.py\"]' exec \"$0\" \"$@\"", name)
    {
        assert!(!inner.wait_for_end().unwrap().success());
        let reason = "COULD NOT GRADE: SESSION08_CMD names \"Ex33.py\", and there is no such file in ";
        assert!(inner.stderr().contains(reason), "{}", inner.stderr());
        // It is a grader's mistake, and no fault of the tests.
        assert!(!inner.stderr().contains("panicked at"), "{}", inner.stderr());
        return;
    }
    let _ = CommandUnderTest::new("own");
}

/// To take the crate's own program instead would be a grade for somebody else's work.
#[test]
fn a_command_that_is_no_text_is_not_taken_for_none() {
    let name = "testing::programs::a_command_that_is_no_text_is_not_taken_for_none";
    let with_a_latin_1_name = "SESSION08_CMD=$(printf '[\"pr\\341ctica\"]') exec \"$0\" \"$@\"";
    if let Some(mut inner) = in_a_process_of_its_own(with_a_latin_1_name, name) {
        assert!(!inner.wait_for_end().unwrap().success());
        assert!(inner.stderr().contains("COULD NOT GRADE: SESSION08_CMD is not UTF-8"), "{}", inner.stderr());
        return;
    }
    let _ = CommandUnderTest::new("own");
}

/// Its path is compiled into the tests, and nothing is built again when the project's folder is renamed.
#[test]
#[cfg(target_os = "linux")]
fn the_crates_own_program_is_found_beside_the_tests() {
    let name = "testing::programs::the_crates_own_program_is_found_beside_the_tests";
    let folder = tempfile::tempdir().unwrap();
    let moved = |script: &str| {
        let copy = format!("mkdir -p '{0}/deps'; cp \"$0\" '{0}/deps/tests'", folder.path().display());
        let run = format!("{script}; exec '{}/deps/tests' \"$@\"", folder.path().display());
        in_a_process_of_its_own(&format!("{copy}; {run}"), name)
    };
    let Some(mut inner) = moved("true") else {
        let under_test = CommandUnderTest::new("/another/place/debug/program");
        let command = under_test.command(&[]).get_program().to_string_lossy().into_owned();
        write!(std::io::stderr(), "found {command}").unwrap();
        return;
    };
    assert!(!inner.wait_for_end().unwrap().success());
    let reason = "COULD NOT GRADE: the program program is no longer where it was built\n  cause: /another/place/debug/program is not there\n  next:  cargo clean";
    assert!(inner.stderr().contains(reason), "{}", inner.stderr());

    let program = folder.path().join("program");
    File::create(&program).unwrap();
    let mut inner = moved("true").unwrap();
    inner.wait_for_end().unwrap();
    assert_eq!(inner.stderr(), format!("found {}", program.display()));

    let said = folder.path().join("said");
    File::create(&said).unwrap();
    let mut inner = moved(&format!("export CARGO_BIN_EXE_program='{}'", said.display())).unwrap();
    inner.wait_for_end().unwrap();
    assert_eq!(inner.stderr(), format!("found {}", said.display()));
}

/// What a failure says behind `try it:`, for this command under test.
fn tried_by_hand(under_test: &CommandUnderTest) -> String {
    let report = std::panic::catch_unwind(|| {
        let requirement = Requirement { says: "", hint: Hint::new("") };
        ClientRun::start(under_test, &[], Reply::Nothing).fail(&requirement, "", "");
    });
    let report = report.unwrap_err().downcast::<String>().unwrap();
    report.split_once("try it:").unwrap().1.to_string()
}

#[test]
fn what_is_tried_by_hand_needs_a_netcat_that_is_there() {
    let name = "testing::programs::what_is_tried_by_hand_needs_a_netcat_that_is_there";
    let folder = tempfile::tempdir().unwrap();
    let with_path = |path: &str| {
        let command = format!("export SESSION08_CMD='[\"/bin/true\"]' PATH='{path}'; exec \"$0\" \"$@\"");
        in_a_process_of_its_own(&command, name)
    };
    let Some(mut without) = with_path(folder.path().to_str().unwrap()) else {
        write!(std::io::stderr(), "{}", tried_by_hand(&CommandUnderTest::new("own"))).unwrap();
        return;
    };
    without.wait_for_end().unwrap();
    let said = without.stderr();
    assert!(said.contains("cargo run -q --manifest-path ") && said.contains("nc/Cargo.toml -- -l"), "{said}");

    File::create(folder.path().join("ncat")).unwrap();
    let mut with_ncat = with_path(folder.path().to_str().unwrap()).unwrap();
    with_ncat.wait_for_end().unwrap();
    assert!(with_ncat.stderr().contains("ncat -l -p 8080   in one terminal"), "{}", with_ncat.stderr());

    let own = tried_by_hand(&CommandUnderTest::new("true"));
    assert!(own.contains("cargo run -q -p nc -- -l -p 8080   in one terminal"), "{own}");
}

/// A student's program does nothing wrong where the machine has no descriptor left.
#[test]
fn a_recorder_that_cannot_accept_says_so() {
    let name = "testing::programs::a_recorder_that_cannot_accept_says_so";
    if let Some(mut inner) = in_a_process_of_its_own("ulimit -n 40; exec \"$0\" \"$@\"", name) {
        let status = inner.wait_for_end().unwrap();
        assert!(status.success(), "{}{}", inner.stdout(), inner.stderr());
        return;
    }
    let recorder = Recorder::start(Reply::Nothing).unwrap();
    assert_eq!(recorder.fault(), None);
    let mut files: Vec<File> = std::iter::from_fn(|| File::open("/dev/null").ok()).take(100).collect();
    // One descriptor for this end of the connection, and none for the other.
    files.pop();
    let _client = TcpStream::connect(recorder.address()).unwrap();
    let fault = poll("the fault", || recorder.fault()).unwrap();
    assert!(fault.contains("no connection can be accepted"), "{fault}");
}

/// Its terminal is gone, and nohup(1) has been asked to let it go on.
#[test]
#[cfg(target_os = "linux")]
fn a_hang_up_that_is_ignored_ends_nothing() {
    let name = "testing::programs::a_hang_up_that_is_ignored_ends_nothing";
    if let Some(mut inner) = in_a_process_of_its_own("trap '' HUP; exec \"$0\" \"$@\"", name) {
        inner.wait_for_stderr("started").unwrap();
        let _ = Command::new("kill").args(["-s", "HUP", &inner.id().to_string()]).status();
        inner.type_in(b"end\n").unwrap();
        let status = inner.wait_for_end().unwrap();
        assert!(status.success(), "{}{}", inner.stdout(), inner.stderr());
        return;
    }
    let _program = shell("exec sleep 1000");
    writeln!(std::io::stderr(), "started").unwrap();
    let _ = std::io::stdin().read_line(&mut String::new());
}

#[test]
fn a_process_that_is_ended_takes_its_programs_with_it() {
    let name = "testing::programs::a_process_that_is_ended_takes_its_programs_with_it";
    for (signal, code) in [("HUP", 129), ("INT", 130), ("TERM", 143)] {
        // Started with nohup, this process ignores SIGHUP, and only env of GNU can undo that for another one.
        let anew = "env --default-signal=HUP";
        let shell_command = format!("{anew} true 2>&- && exec {anew} \"$0\" \"$@\"; exec \"$0\" \"$@\"");
        let Some(mut inner) = in_a_process_of_its_own(&shell_command, name) else {
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

/// As `timeout` does, and a shell with job control.
#[test]
#[cfg(target_os = "linux")]
fn what_has_left_the_group_is_ended_too() {
    let child = "sh -c 'echo $$; exec sleep 1000'";
    for leave in ["setsid", "timeout 1000", "timeout 1000 setsid"] {
        let program = shell(&format!("{leave} {child} & exec sleep 1000"));
        let stdout = program.wait_for_stdout("\n").unwrap();
        let child = stdout.trim();
        assert!(runs(child), "{leave}: {stdout}");
        drop(program);
        poll("the child's end", || (!runs(child)).then_some(())).unwrap();
    }
}

/// In the middle of execve(2) a process has no environment that one could read, nor a mark in it: this one is there again and again.
#[test]
#[cfg(target_os = "linux")]
fn what_has_left_the_group_is_ended_while_it_starts_another_program() {
    let again = "i=0; while [ $i != 300 ]; do i=$((i + 1)); done; n=$((n + 1)); [ $n = 9999 ] || exec sh -c \"$again\"; exec sleep 1000";
    for _ in 0..5 {
        let mut command = Command::new("sh");
        command
            .args(["-c", "setsid sh -c 'echo $$; eval \"$again\"' & exec sleep 1000"])
            .env("again", again)
            .env("n", "0");
        let program = Program::start(command).unwrap();
        let stdout = program.wait_for_stdout("\n").unwrap();
        let child = stdout.trim();
        assert!(runs(child), "{stdout}");
        drop(program);
        poll("the child's end", || (!runs(child)).then_some(())).unwrap();
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
