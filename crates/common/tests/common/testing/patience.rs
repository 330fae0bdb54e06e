//! How long programs are waited for: a right one as long as it takes, and one that hangs not again and again.

use common::testing::{ClientRun, CommandUnderTest, Hint, Reply, Requirement, ServerRun};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

const ANY: Requirement = Requirement { says: "", hint: Hint::new("") };

fn shell(script: &str) -> CommandUnderTest {
    CommandUnderTest::new("sh").with("-c").with(script)
}

fn report(test: impl FnOnce()) -> String {
    *catch_unwind(AssertUnwindSafe(test)).unwrap_err().downcast::<String>().unwrap()
}

/// A client and a server's tests wait in the same way: what is known of the program counts for both.
#[test]
fn a_program_that_hangs_is_waited_for_in_full_only_once() {
    let hangs = shell("trap '' INT TERM; while :; do sleep 1; done");
    let once = Instant::now();
    let first = report(|| drop(ClientRun::start(&hangs, &[], Reply::Nothing).first(&ANY)));
    let once = once.elapsed();
    assert!(first.contains("expected:     a connection"), "{first}");

    let begin = Instant::now();
    for _ in 0..3 {
        let next = report(|| drop(ServerRun::start(&hangs).ask(&ANY, b"HELLO")));
        assert!(next.contains("a server that can be connected to") || next.contains("NOT JUDGED"), "{next}");
    }
    // Waited for in full, the three would take three times as long.
    assert!(begin.elapsed() < once * 2, "{once:?} once, and {:?} three times", begin.elapsed());
}

/// Each of these takes long, and all of them together longer than one wait may last.
#[test]
fn a_program_that_goes_on_is_waited_for_again_and_again() {
    let slow = shell("for n in 1 2 3 4 5; do sleep 1; echo line $n; done; exec sleep 1000");
    let run = ClientRun::start(&slow, &[], Reply::Nothing);
    for number in 1..=5 {
        let line = format!("line {number}\n");
        run.program.wait_for_screen(&line, |screen| screen.contains(&line)).unwrap();
    }
}

/// It has done all that it should, and stays: Enter ends it, say.
#[test]
fn the_rest_of_a_screen_is_waited_for_and_not_its_end() {
    let stays = shell("echo one; sleep 0.2; echo two; exec sleep 1000");
    let mut run = ClientRun::start(&stays, &[], Reply::Nothing);
    run.program.wait_for_screen("one", |screen| screen.contains("one")).unwrap();
    run.program.wait_for_rest();
    assert_eq!(run.program.screen(), "one\ntwo\n");
    assert!(!run.program.has_ended());
}
