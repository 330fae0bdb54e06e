//! How fast a ping under test sends.
//!
//! On a busy machine a program starts late, and its lines are seen late. So that it is never blamed for that, what it may have
//! sent at most is reckoned from its start; and so that a flood is seen however late it begins, it is watched for a while.

use super::pinging::{check_reply, replies, started};
use common::testing::{Judged, ProgramRun, Requirement, poll};
use std::time::{Duration, Instant};

/// How long a ping is watched after its first reply, at least.
const WATCH_TIME: Duration = Duration::from_secs(2);

/// A ping that was watched.
pub struct Pace {
    pub run: ProgramRun,
    /// How many replies it has shown.
    pub count: usize,
    /// How long it has run.
    since_start: Duration,
    /// How long it took from its first reply to as many as were waited for.
    pub since_first: Duration,
}

impl Pace {
    /// Starts a ping, and watches it until it has shown so many replies.
    pub fn watched(arguments: &[&str], enough: usize) -> Self {
        check_reply();
        let start = Instant::now();
        let run = started(arguments);
        let shown = |count: usize| {
            let _ = run.program.wait_for_screen("replies", |screen| replies(screen).len() >= count);
        };
        shown(1);
        let first = Instant::now();
        shown(enough);
        let since_first = first.elapsed();
        let _ = poll("a while", || (first.elapsed() >= WATCH_TIME).then_some(()));
        let count = replies(&run.program.screen()).len();
        Self { run, count, since_start: start.elapsed(), since_first }
    }

    /// Fails for more replies than this interval allows.
    pub fn check_no_more_than(&self, requirement: &Requirement, interval: Duration) {
        let allowed = 1 + usize::try_from(self.since_start.as_millis() / interval.as_millis()).unwrap_or(usize::MAX);
        let expected =
            format!("a request each {interval:.1?}, which makes {allowed} in {:.1?} at most", self.since_start);
        self.run.check(self.count <= allowed, requirement, &expected, &format!("{} replies", self.count));
    }
}
