//! A ping under test: started, and its lines looked at.

use super::machine;
use assert_cmd::cargo::cargo_bin;
use common::testing::{
    COULD_NOT_GRADE, CommandUnderTest, Hint, Judged, ProgramRun, Requirement, fail, fail_again, poll,
};
use std::panic;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// What all begins with: a request that gets no reply is all zeros, or has a wrong checksum, more often than not.
pub const REPLY: Requirement = Requirement {
    says: "it sends echo requests, and shows a line for each reply: 64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.044 ms",
    hint: Hint::new("a system answers a request only if its header is right: type 8, code 0, checksum, identifier, sequence number, each of \
           the last three in two bytes, big end first. The checksum is that of RFC 1071: computed over the \
           whole request with 0 in its own place; who sums up a right request, all of it, gets ffff. Look at the bytes on their \
           way with   sudo tcpdump -i lo -n -X icmp").in_rust("src/icmp.rs has a drawing"),
};

/// What else it may be: through a pipe, which is how a test reads it, standard output is written block by block (setvbuf(3)).
const BUFFERED: Requirement = Requirement {
    says: REPLY.says,
    hint: Hint::new("the replies come, but your program keeps their lines back until its end: through a pipe standard output is buffered in \
           large blocks. Flush it after each line (in C fflush(stdout)). See it with   … 127.0.0.1 | cat").in_python("print(..., flush=True)"),
};

/// What a starter says that nobody has touched.
const NOT_WRITTEN: &str = "error: this program is not written yet\n";

/// What a program that does not buffer shows.
const IN_TIME: &str = "a line about the first reply, as soon as it is here";

/// How long a ping that has shown nothing may take to end, and to show what it has kept back.
const LAST_WORDS_TIMEOUT: Duration = Duration::from_secs(1);

/// How long the first reply is waited for. After it there is still time to find out why there is none.
const FIRST_REPLY_TIMEOUT: Duration = Duration::from_secs(6);

fn command_under_test() -> CommandUnderTest {
    CommandUnderTest::new(cargo_bin!("ex2-ping"))
}

/// Starts the ping, if it is one that gets replies: one that gets none has failed then.
pub fn started(arguments: &[&str]) -> ProgramRun {
    check_reply();
    ProgramRun::start(&command_under_test(), arguments)
}

/// The same, in this folder.
pub fn started_in(folder: &Path, arguments: &[&str]) -> ProgramRun {
    check_reply();
    ProgramRun::start_in(folder, &command_under_test(), arguments)
}

/// The same, and waits for its end.
pub fn ended(requirement: &Requirement, arguments: &[&str]) -> (ProgramRun, String) {
    let mut run = started(arguments);
    run.end(requirement);
    let screen = run.program.screen();
    (run, screen)
}

/// Fails unless a ping of 127.0.0.1 gets a reply. That is tried once for all tests: a program that gets none would be waited for
/// by each of them.
pub fn check_reply() {
    static TRIED: OnceLock<Result<(), String>> = OnceLock::new();
    // Here, since the verdict of each test begins with it, also of one that comes when all is tried.
    let command = command_under_test();
    let mut is_first = false;
    let tried = TRIED.get_or_init(|| {
        is_first = true;
        let failure = panic::catch_unwind(|| {
            let mut run = ProgramRun::start(&command, &["127.0.0.1"]);
            if !shows_reply_within(FIRST_REPLY_TIMEOUT, &mut run) {
                assert!(machine::can_ping(), "{COULD_NOT_GRADE}: this machine lets nobody ping 127.0.0.1");
                #[cfg(unix)]
                let run = check_ctrl_c_shows_none(run);
                check_end_shows_none();
                run.fail(&REPLY, "a line about the first reply", "no reply from 127.0.0.1");
            }
        });
        failure.map_err(|report| report.downcast_ref::<String>().cloned().unwrap_or_default())
    });
    if let Err(report) = tried {
        // Its report is there already; and that a starter is not written yet needs no second one.
        if is_first || report.contains(NOT_WRITTEN) {
            fail_again(report);
        }
        fail(report);
    }
}

/// Fails if a ping that has shown no reply so far shows some with Ctrl-C.
#[cfg(unix)]
fn check_ctrl_c_shows_none(mut run: ProgramRun) -> ProgramRun {
    let _ = run.program.interrupt();
    let is_late = shows_reply_at_end(&mut run);
    run.check(!is_late, &BUFFERED, IN_TIME, "it came at the end, with Ctrl-C");
    run
}

/// The same of one that ends by itself: Ctrl-C may end a program before it writes what it has kept back.
fn check_end_shows_none() {
    let mut run = ProgramRun::start(&command_under_test(), &["-c", "1", "127.0.0.1"]);
    let is_late = shows_reply_at_end(&mut run);
    run.check(!is_late, &BUFFERED, IN_TIME, "it comes at the end only, with -c 1");
}

fn shows_reply_at_end(run: &mut ProgramRun) -> bool {
    let start = Instant::now();
    let _ = poll("its end", || (run.program.has_ended() || start.elapsed() > LAST_WORDS_TIMEOUT).then_some(()));
    !replies(&run.program.screen()).is_empty()
}

fn shows_reply_within(limit: Duration, run: &mut ProgramRun) -> bool {
    let start = Instant::now();
    let is_over = |run: &mut ProgramRun| run.program.has_ended() || start.elapsed() > limit;
    let _ = poll("a reply", || (!replies(&run.program.screen()).is_empty() || is_over(run)).then_some(()));
    !replies(&run.program.screen()).is_empty()
}

/// The lines about replies, each of which has arrived to its end. A flood is not looked at for ever.
pub fn replies(screen: &str) -> Vec<&str> {
    let whole = screen.split_inclusive('\n').take(10_000).filter(|line| line.ends_with('\n')).map(str::trim_end);
    let is_reply = |line: &&str| line.contains("bytes from") || (line.contains("icmp_seq") && line.contains("time"));
    whole.filter(is_reply).collect()
}

/// Waits until there are so many lines about replies, or no more come: the run, and its screen then.
pub fn replied(count: usize, arguments: &[&str]) -> (ProgramRun, String) {
    let run = started(arguments);
    let _ = run.program.wait_for_screen("replies", |screen| replies(screen).len() >= count);
    let screen = run.program.screen();
    (run, screen)
}
