//! A ping under test: started, and its lines looked at.

use crate::machine;
use assert_cmd::cargo::cargo_bin;
use common::testing::{COULD_NOT_GRADE, Rule, Run, Subject, fail};
use std::panic;
use std::path::Path;
use std::sync::OnceLock;

/// What all begins with: a request that gets no reply is all zeros, or has a wrong checksum, more often than not.
pub const REPLY: Rule = Rule {
    says: "it sends echo requests, and shows a line for each reply: 64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.044 ms",
    hint: "a system answers a request only if its header is right: type 8, code 0, checksum, identifier, sequence number, each of \
           the last three in two bytes, big end first (here in src/icmp.rs). The checksum is that of RFC 1071: computed over the \
           whole request with 0 in its own place; who sums up a right request, all of it, gets ffff. Look at the bytes on their \
           way with   sudo tcpdump -i lo -n -X icmp",
};

fn subject() -> Subject {
    Subject::new(cargo_bin!("ex2-ping"))
}

/// Starts the ping, if it is one that gets replies: one that gets none has failed then.
pub fn started(arguments: &[&str]) -> Run {
    check_reply();
    Run::start(&subject(), arguments)
}

/// The same, in this folder.
pub fn started_in(folder: &Path, arguments: &[&str]) -> Run {
    check_reply();
    Run::start_in(folder, &subject(), arguments)
}

/// The same, and waits for its end.
pub fn ended(rule: &Rule, arguments: &[&str]) -> (Run, String) {
    let mut run = started(arguments);
    run.end(rule);
    let screen = run.program.stdout();
    (run, screen)
}

/// Fails unless a ping of 127.0.0.1 gets a reply. That is tried once for all tests: a program that gets none would be waited for
/// by each of them.
pub fn check_reply() {
    static TRIED: OnceLock<Result<(), String>> = OnceLock::new();
    let mut is_first = false;
    let tried = TRIED.get_or_init(|| {
        is_first = true;
        let failure = panic::catch_unwind(|| {
            let run = Run::start(&subject(), &["127.0.0.1"]);
            if run.program.wait_for_stdout_until("a reply", |screen| !replies(screen).is_empty()).is_err() {
                assert!(machine::can_ping(), "{COULD_NOT_GRADE}: this machine lets nobody ping 127.0.0.1");
                run.fail(&REPLY, "a line about the first reply", "no reply from 127.0.0.1");
            }
        });
        failure.map_err(|report| report.downcast_ref::<String>().cloned().unwrap_or_default())
    });
    match tried {
        // Its report is there already.
        Err(report) if is_first => panic::resume_unwind(Box::new(report.clone())),
        Err(report) => fail(report),
        Ok(()) => {}
    }
}

/// The lines about replies, each of which has arrived to its end. A flood is not looked at for ever.
pub fn replies(screen: &str) -> Vec<&str> {
    let whole = screen.split_inclusive('\n').take(10_000).filter(|line| line.ends_with('\n')).map(str::trim_end);
    let is_reply = |line: &&str| line.contains("bytes from") || (line.contains("icmp_seq") && line.contains("time"));
    whole.filter(is_reply).collect()
}

/// Waits until there are so many lines about replies, or no more come: the run, and its screen then.
pub fn replied(count: usize, arguments: &[&str]) -> (Run, String) {
    let run = started(arguments);
    let _ = run.program.wait_for_stdout_until("replies", |screen| replies(screen).len() >= count);
    let screen = run.program.stdout();
    (run, screen)
}
