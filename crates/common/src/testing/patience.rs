//! How long a program under test is waited for.
//!
//! What must come may take [`FULL`]. A right program never lets such a wait pass in vain, so nothing is ever taken off its time. One that
//! has let one pass is wrong already: from then on its other tests wait only twice as long as it has ever needed, those too that
//! wait at this moment. So all tests of a program that hangs take ten seconds, and not a minute. [`MAX_IN_VAIN`] is more than one
//! fault costs: it must not depend on the number of processors whether a test still gets to its question.
//!
//! On a crowded machine time passes more slowly for both, up to eight times. Linux says how crowded it is, proc(5) `loadavg`; elsewhere
//! it counts as idle.

use super::{CommandUnderTest, TIME_LIMIT};
use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long what must come may take, each time.
pub const FULL: Duration = Duration::from_millis(4_500);

/// How long it may take at least, and at most, once something has been waited for in vain.
const SHORTEST: Duration = Duration::from_millis(400);
const LONGEST_SHORT: Duration = Duration::from_millis(1_200);

/// How long it may take at least where the same run has let a wait pass in vain just before.
const AGAIN: Duration = Duration::from_millis(200);

/// How long such a program may be waited for in vain, all waits of all tests together.
const MAX_IN_VAIN: Duration = Duration::from_secs(40);

/// How often to look how crowded the machine is.
const CHECK_INTERVAL: Duration = Duration::from_millis(250);

/// How many processes for each processor may be ready to run before a machine counts as crowded: a test has up to two, and there are
/// as many tests at once as processors.
const READY_ON_IDLE: usize = 3;
const MAX_STRETCH: u32 = 8;

/// What is known of a program from all of its runs in this process.
#[derive(Default)]
struct Experience {
    /// The longest wait for something that came.
    longest: Duration,
    /// How long it has been waited for in vain, as long as the waits are on an idle machine.
    in_vain: Duration,
}

/// The patience with one program.
#[derive(Clone)]
pub struct Patience {
    full: Duration,
    experience: Arc<Mutex<Experience>>,
    /// Whether this run has let a wait pass in vain.
    hangs: Arc<AtomicBool>,
    /// Whether experience makes it shorter.
    learns: bool,
}

impl Patience {
    /// One that is always the same: for what may be silent for long and is right.
    pub fn constant() -> Self {
        Self { full: TIME_LIMIT, experience: Arc::default(), hangs: Arc::default(), learns: false }
    }

    /// The patience with a new run of this program, of which earlier runs may have told something.
    pub fn with(under_test: &CommandUnderTest) -> Self {
        static PROGRAMS: Mutex<BTreeMap<Vec<String>, Arc<Mutex<Experience>>>> = Mutex::new(BTreeMap::new());
        let mut programs = PROGRAMS.lock().unwrap_or_else(PoisonError::into_inner);
        let experience = programs.entry(under_test.words().collect()).or_default();
        Self { full: FULL, experience: Arc::clone(experience), hangs: Arc::default(), learns: true }
    }

    /// Waits for what must come: `look` waits for it, for as long as it is told, and gives something if it has come, or never will. It
    /// is called again as long as there is time.
    pub fn wait<T>(&self, look: impl FnMut(Duration) -> Option<T>) -> Option<T> {
        self.wait_at_most(self.full, look)
    }

    /// The same for what comes soon, if it comes: how long it takes is no measure for anything else.
    pub fn wait_at_most<T>(&self, full: Duration, look: impl FnMut(Duration) -> Option<T>) -> Option<T> {
        let begin = Instant::now();
        let found = stretched_up_to(|| self.limit(full), look);
        if found.is_none() {
            self.note_in_vain(self.limit(full));
        } else if full == self.full {
            let mut experience = self.lock();
            experience.longest = experience.longest.max(begin.elapsed());
        }
        found
    }

    /// How much longer all tests of it may wait: a program that lets no wait pass in vain has no limit.
    pub fn left(&self) -> Duration {
        let in_vain = self.lock().in_vain;
        if in_vain.is_zero() { Duration::MAX } else { MAX_IN_VAIN.saturating_sub(in_vain) }
    }

    /// Whether something has been waited for in vain.
    pub fn knows_that_it_hangs(&self) -> bool {
        !self.lock().in_vain.is_zero()
    }

    /// Notes that something has been waited for in vain.
    pub fn note_in_vain(&self, time: Duration) {
        if self.learns {
            self.lock().in_vain += time;
            self.hangs.store(true, Ordering::Relaxed);
        }
    }

    /// How long a wait may last now that may last so long as a rule.
    pub fn limit(&self, full: Duration) -> Duration {
        if !self.knows_that_it_hangs() {
            return full;
        }
        let longest = self.lock().longest;
        let short = if self.hangs.load(Ordering::Relaxed) {
            longest.clamp(AGAIN, SHORTEST)
        } else {
            (2 * longest).clamp(SHORTEST, LONGEST_SHORT)
        };
        full.min(short).min(self.left())
    }

    fn lock(&self) -> MutexGuard<'_, Experience> {
        self.experience.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for so long on an idle machine, and longer on a crowded one.
pub fn stretched<T>(limit: Duration, look: impl FnMut(Duration) -> Option<T>) -> Option<T> {
    stretched_up_to(|| limit, look)
}

/// The same with a limit that may become shorter in the meantime.
fn stretched_up_to<T>(limit: impl Fn() -> Duration, mut look: impl FnMut(Duration) -> Option<T>) -> Option<T> {
    let mut waited = Duration::ZERO;
    loop {
        let (begin, left) = (Instant::now(), limit().saturating_sub(waited));
        let found = look(left.min(CHECK_INTERVAL));
        if found.is_some() || left.is_zero() {
            return found;
        }
        waited += begin.elapsed() / stretch();
    }
}

/// How much more slowly time passes now.
fn stretch() -> u32 {
    // `0.20 0.18 0.12 1/80 11206`: one of 80 is ready to run.
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let ready = load.split(' ').nth(3).and_then(|field| field.split('/').next()?.parse::<usize>().ok()).unwrap_or(1);
    let processors = thread::available_parallelism().map_or(1, usize::from);
    u32::try_from(ready / (READY_ON_IDLE * processors)).unwrap_or(MAX_STRETCH).clamp(1, MAX_STRETCH)
}

#[cfg(test)]
mod tests {
    use super::{AGAIN, FULL, LONGEST_SHORT, MAX_IN_VAIN, Patience, SHORTEST};
    use crate::testing::CommandUnderTest;
    use std::time::Duration;

    fn patience(program: &str) -> Patience {
        Patience::with(&CommandUnderTest::new(program))
    }

    #[test]
    fn time_is_taken_from_nobody_but_a_program_that_hangs() {
        let right = patience("right");
        assert_eq!(right.wait(Some).map(|_| right.limit(FULL)), Some(FULL));
        assert_eq!(right.left(), Duration::MAX);

        let hangs = patience("hangs");
        hangs.note_in_vain(FULL);
        assert_eq!(hangs.limit(FULL), AGAIN);
        // Another test of it knows that too.
        assert_eq!(patience("hangs").limit(FULL), SHORTEST);
        hangs.note_in_vain(MAX_IN_VAIN);
        assert_eq!((hangs.left(), hangs.limit(FULL)), (Duration::ZERO, Duration::ZERO));
    }

    /// A server that does not close is waited for by each client of each test, and answers all of them.
    #[test]
    fn a_fault_that_every_client_waits_for_leaves_time_for_all_tests() {
        let never_closes = patience("never closes");
        for _ in 0..30 {
            never_closes.note_in_vain(never_closes.limit(FULL).max(LONGEST_SHORT));
        }
        assert!(never_closes.limit(FULL) > Duration::ZERO);
    }

    #[test]
    fn a_wait_in_vain_is_remembered_and_one_that_is_not_gives_what_came() {
        const BRIEF: Duration = Duration::from_millis(1);
        let patience = patience("waited for");
        assert_eq!(patience.wait_at_most(SHORTEST, |_| Some("it")), Some("it"));
        assert!(!patience.knows_that_it_hangs());
        assert_eq!(patience.wait_at_most(BRIEF, |_| None::<()>), None);
        assert!(patience.knows_that_it_hangs());

        let constant = Patience::constant();
        assert_eq!(constant.wait_at_most(BRIEF, |_| None::<()>), None);
        assert_eq!((constant.limit(FULL), constant.left()), (FULL, Duration::MAX));
    }
}
