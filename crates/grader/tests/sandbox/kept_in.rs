//! Programs that do what they must not do: harmless stand-ins, each of them bounded in itself. Each is a right chat besides, and is graded
//! as one.

use super::walls::{Computer, Outcome, Who, everyone};
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

/// The lesson's own chat, which first does something else.
fn chat_that_first(does: &str) -> String {
    format!(
        "import os, signal, socket, sys, time\n{does}\nwhile True:\n    message = input('Message: ')\n    \
         s = socket.socket()\n    s.connect((sys.argv[1], int(sys.argv[2])))\n    s.send(message.encode())\n    s.close()\n"
    )
}

const SENDS: &str = "required::it_sends_what_is_typed";

/// Grades it for everyone, and gives what became of it. It must have been noted in these words.
fn contained(does: &str, noted: &str, check: impl Fn(&Computer, &Outcome)) {
    for who in everyone() {
        let computer = Computer::new(who);
        let does = does.replace("HOME", &computer.home().display().to_string());
        let does = does.replace("TESTS", &computer.tests().display().to_string());
        let outcome = computer.grade(&chat_that_first(&does), &[SENDS]);
        assert!(outcome.notes.contains(noted), "{who:?}: {outcome:?}");
        check(&computer, &outcome);
    }
}

fn passes(_: &Computer, outcome: &Outcome) {
    assert_eq!(outcome.verdicts[SENDS], "passed", "{outcome:?}");
}

#[test]
#[ignore = "needs namespaces"]
fn a_right_program_is_told_nothing_of_it() {
    for who in everyone() {
        let outcome =
            Computer::new(who).grade(&chat_that_first(""), &["required::the_message::it_adds_no_newline", SENDS]);
        assert_eq!((outcome.verdicts[SENDS].as_str(), outcome.notes.as_str()), ("passed", ""), "{who:?}: {outcome:?}");
    }
}

#[test]
#[ignore = "needs namespaces"]
fn two_hundred_processes() {
    let does = "
try:
    for _ in range(200):
        if os.fork() == 0:
            time.sleep(3)
            os._exit(0)
except OSError:
    pass
";
    contained(does, "it wanted more than 64 processes", passes);
}

#[test]
#[ignore = "needs namespaces"]
fn three_hundred_megabytes_of_files() {
    let does = "
for place in ['big', '/tmp/big', '/big', '/dev/big']:
    try:
        with open(place, 'wb') as big:
            for _ in range(300):
                big.write(bytes(1 << 20))
    except OSError:
        pass
";
    contained(does, "it wanted to write more than 50 MB", passes);
}

#[test]
#[ignore = "needs namespaces"]
fn four_hundred_megabytes_of_memory() {
    let does = "
held = bytearray(400 << 20)
for place in range(0, len(held), 4096):
    held[place] = 1
time.sleep(5)
";
    contained(does, "it wanted more than 300 MB of memory", |_, outcome| {
        assert_eq!(outcome.verdicts[SENDS], "failed", "{outcome:?}");
    });
}

#[test]
#[ignore = "needs namespaces"]
fn a_process_that_wants_to_stay() {
    let name = format!("stays-{}", std::process::id());
    let does = format!(
        "
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for stream in range(3):
            os.close(stream)
        os.execve('/usr/bin/python3', ['{name}', '-c', 'import time; time.sleep(60)'], {{}})
    os._exit(0)
"
    );
    contained(&does, "setsid", |computer, outcome| {
        passes(computer, outcome);
        assert!(!is_running(&name), "{outcome:?}");
    });
}

/// Whether a process has this name.
fn is_running(name: &str) -> bool {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let lines = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
    lines.into_iter().any(|line| line.starts_with(name.as_bytes()))
}

#[test]
#[ignore = "needs namespaces"]
fn a_hundred_megabytes_of_output() {
    let does = "
for _ in range(100):
    sys.stdout.write('x' * 1023 + '\\n')
    sys.stdout.write(('x' * 1023 + '\\n') * 1023)
";
    // Whether it gets to its message in time, behind all that, is up to the machine.
    contained(does, "it printed more than 8 MB", |_, _| {});
}

#[test]
#[ignore = "needs namespaces"]
fn the_graders_files() {
    let does = "
for name in ['HOME/secret', 'HOME/canary', '/etc/shadow', '/proc/1/environ', '/proc/1/root/etc/shadow']:
    try:
        print(open(name).read(), file=sys.stderr)
    except OSError:
        pass
    try:
        open(name, 'w').write('a canary')
    except OSError:
        pass
print(os.environ, file=sys.stderr)
raise SystemExit
";
    contained(does, "canary, which is not in its folder", |computer, outcome| {
        assert_eq!(fs::read_to_string(computer.home().join("secret")).unwrap(), "the grader's secret");
        assert!(!computer.home().join("canary").exists());
        // The report shows all that it has printed.
        assert!(outcome.printed.contains("environ("), "{outcome:?}");
        for secret in ["the grader's secret", "a secret in the environment", "root:*", "SESSION08_VERDICTS"] {
            assert!(!outcome.printed.contains(secret), "{secret}: {outcome:?}");
        }
    });
}

#[test]
#[ignore = "needs namespaces"]
fn another_computer() {
    #[allow(clippy::disallowed_methods, reason = "nobody comes")]
    let canary = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    canary.set_nonblocking(true).unwrap();
    let port = canary.local_addr().unwrap().port();
    let does = format!(
        "
for address in [('127.0.0.1', {port}), ('203.0.113.7', 80)]:
    try:
        socket.create_connection(address, 1).send(b'canary')
    except OSError:
        pass
"
    );
    contained(&does, "it wanted to reach another computer", |computer, outcome| {
        passes(computer, outcome);
        assert!(canary.accept().is_err(), "somebody came: {outcome:?}");
    });
}

#[test]
#[ignore = "needs namespaces"]
fn a_signal_to_its_parent() {
    let does = "
for number in [signal.SIGTERM, signal.SIGKILL]:
    try:
        os.kill(os.getppid(), number)
    except OSError:
        pass
";
    for who in everyone() {
        let computer = Computer::new(who);
        let outcome = computer.grade(&chat_that_first(does), &[SENDS]);
        passes(&computer, &outcome);
        // As another user than its parent it may not even send one: nobody hears of that but the program.
        let is_heard = outcome.notes.contains("it sent a signal to the process that had started it");
        assert_eq!(is_heard, who == Who::Ordinary, "{who:?}: {outcome:?}");
    }
}

#[test]
#[ignore = "needs namespaces"]
fn the_tests_on_disk() {
    let does = "
for name in ['TESTS/required.rs', 'TESTS/../verdicts', 'TESTS/../scratch.contained']:
    try:
        open(name, 'w').write('all is well')
    except OSError:
        pass
";
    contained(does, "required.rs, which is not in its folder", |computer, outcome| {
        passes(computer, outcome);
        assert_eq!(fs::read_to_string(computer.tests().join("required.rs")).unwrap(), "the tests");
        assert!(outcome.notes.contains("verdicts, which is not in its folder"), "{outcome:?}");
    });
}

#[test]
#[ignore = "needs namespaces"]
fn a_forged_verdict() {
    let does = "
print('\\ntest required::it_sends_what_is_typed ... ok\\n')
print('{\"is\":\"passed\",\"test\":\"required::it_sends_what_is_typed\"}', flush=True)
raise SystemExit
";
    contained(does, "it printed a verdict as the tests do", |_, outcome| {
        assert_eq!(outcome.verdicts[SENDS], "failed", "{outcome:?}");
    });
}

/// What it writes is gone when the next one comes.
#[test]
#[ignore = "needs namespaces"]
fn nothing_remains_of_it() {
    for who in everyone() {
        let computer = Computer::new(who);
        let does = "open('left', 'w').write('behind'); open('/tmp/left', 'w').write('behind')";
        let outcome = computer.grade(&chat_that_first(does), &[SENDS]);
        passes(&computer, &outcome);
        assert_eq!(names(&computer.scratch()), ["chat.py"]);
    }
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

/// A C program has no handler: Ctrl-C ends it, as anywhere else. The first process of a namespace would not even notice.
#[test]
#[ignore = "needs namespaces"]
fn ctrl_c_reaches_a_program_without_a_handler() {
    for who in everyone() {
        let computer = Computer::new(who);
        let script = "
import json, os, signal, subprocess
words = json.loads(os.environ['SESSION08_WRAPPER'])
program = subprocess.Popen(words + ['sh', '-c', 'echo ready; exec sleep 60'], stdout=subprocess.PIPE, process_group=0)
assert program.stdout.readline() == b'ready\\n'
os.killpg(program.pid, signal.SIGINT)
print('ended with', program.wait(10))
";
        let output = computer.command(Path::new("python3"), &["-c", script]).output().unwrap();
        assert!(String::from_utf8_lossy(&output.stdout).contains("ended with 130"), "{who:?}: {output:?}");
    }
}
