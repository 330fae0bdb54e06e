//! How long a program under test is waited for.
//!
//! What must come may take [`FULL`]. A right program never lets such a wait pass in vain, so nothing is ever taken off its time. One that
//! has let one pass is wrong already: from then on its other tests wait only three times as long as it has ever needed, and after
//! [`RUN_LIMIT`] no more. So all tests of a program that hangs take ten seconds, and not a minute.
//!
//! On a crowded machine time passes more slowly for both, up to eight times. Linux says how crowded it is, proc(5) `loadavg`; elsewhere
//! it counts as idle.

use super::{CommandUnderTest, TIME_LIMIT};
use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long what must come may take, each time.
pub const FULL: Duration = Duration::from_millis(4_500);

/// How long it may take at least, and at most, once something has been waited for in vain.
const SHORTEST: Duration = Duration::from_millis(600);
const LONGEST_SHORT: Duration = Duration::from_millis(1_200);

/// How long all tests of such a program may take.
const RUN_LIMIT: Duration = Duration::from_millis(9_500);

/// How often to look how crowded the machine is.
const CHECK_INTERVAL: Duration = Duration::from_millis(250);

/// How many processes for each processor may be ready to run before a machine counts as crowded: a test has up to two, and there are
/// as many tests at once as processors.
const READY_ON_IDLE: usize = 3;
const MAX_STRETCH: u32 = 8;

/// How slowly time has passed at worst. How crowded the machine is changes from one moment to the next, and a moment of rest must not
/// end what goes on since long.
static MOST_STRETCHED: AtomicU32 = AtomicU32::new(1);

/// What is known of a program from all of its runs in this process.
struct Experience {
    began: Instant,
    /// The longest wait for something that came.
    longest: Duration,
    /// Whether something never came.
    hangs: bool,
}

/// The patience with one program.
#[derive(Clone)]
pub struct Patience {
    full: Duration,
    experience: Arc<Mutex<Experience>>,
    /// Whether experience makes it shorter.
    learns: bool,
}

impl Patience {
    /// One that is always the same: for what may be silent for long and is right.
    pub fn constant() -> Self {
        let experience = Experience { began: Instant::now(), longest: Duration::ZERO, hangs: false };
        Self { full: TIME_LIMIT, experience: Arc::new(Mutex::new(experience)), learns: false }
    }

    /// The patience with this program, of which earlier runs may have told something.
    pub fn with(under_test: &CommandUnderTest) -> Self {
        static PROGRAMS: Mutex<BTreeMap<Vec<String>, Arc<Mutex<Experience>>>> = Mutex::new(BTreeMap::new());
        let mut programs = PROGRAMS.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Experience { began: Instant::now(), longest: Duration::ZERO, hangs: false };
        let experience = programs.entry(under_test.words().collect()).or_insert_with(|| Arc::new(Mutex::new(new())));
        Self { full: FULL, experience: Arc::clone(experience), learns: true }
    }

    /// Waits for what must come: `look` waits for it, for as long as it is told, and gives something if it has come, or never will. It
    /// is called again as long as there is time.
    pub fn wait<T>(&self, look: impl FnMut(Duration) -> Option<T>) -> Option<T> {
        self.wait_at_most(self.full, look)
    }

    /// The same for what comes soon, if it comes.
    pub fn wait_at_most<T>(&self, full: Duration, look: impl FnMut(Duration) -> Option<T>) -> Option<T> {
        let (begin, limit) = (Instant::now(), self.limit(full));
        let found = stretched(limit, look);
        let mut experience = self.lock();
        match found {
            Some(_) => experience.longest = experience.longest.max(begin.elapsed()),
            None => experience.hangs = self.learns,
        }
        found
    }

    /// How much time all tests of it have left: a program that lets no wait pass in vain has no limit.
    pub fn run_left(&self) -> Duration {
        let experience = self.lock();
        if !experience.hangs {
            return Duration::MAX;
        }
        (RUN_LIMIT * MOST_STRETCHED.load(Ordering::Relaxed)).saturating_sub(experience.began.elapsed())
    }

    /// Whether something has been waited for in vain.
    pub fn knows_that_it_hangs(&self) -> bool {
        self.lock().hangs
    }

    /// Notes that something has been waited for in vain.
    pub fn note_that_it_hangs(&self) {
        self.lock().hangs = self.learns;
    }

    /// How long a wait may last now that may last so long as a rule.
    pub fn limit(&self, full: Duration) -> Duration {
        let short = {
            let experience = self.lock();
            let short = (3 * experience.longest).clamp(SHORTEST, LONGEST_SHORT);
            if experience.hangs { short } else { Duration::MAX }
        };
        full.min(short).min(self.run_left())
    }

    fn lock(&self) -> MutexGuard<'_, Experience> {
        self.experience.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for so long on an idle machine, and longer on a crowded one.
pub fn stretched<T>(limit: Duration, mut look: impl FnMut(Duration) -> Option<T>) -> Option<T> {
    let mut left = limit;
    loop {
        let begin = Instant::now();
        let found = look(left.min(CHECK_INTERVAL));
        if found.is_some() || left.is_zero() {
            return found;
        }
        left = left.saturating_sub(begin.elapsed() / stretch());
    }
}

/// How much more slowly time passes now.
fn stretch() -> u32 {
    // `0.20 0.18 0.12 1/80 11206`: one of 80 is ready to run.
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let ready = load.split(' ').nth(3).and_then(|field| field.split('/').next()?.parse::<usize>().ok()).unwrap_or(1);
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let stretch = u32::try_from(ready / (READY_ON_IDLE * processors)).unwrap_or(MAX_STRETCH).clamp(1, MAX_STRETCH);
    MOST_STRETCHED.fetch_max(stretch, Ordering::Relaxed);
    stretch
}

#[cfg(test)]
mod tests {
    use super::{FULL, Patience, RUN_LIMIT, SHORTEST};
    use crate::testing::CommandUnderTest;
    use std::time::Duration;

    fn patience(program: &str) -> Patience {
        Patience::with(&CommandUnderTest::new(program))
    }

    #[test]
    fn time_is_taken_from_nobody_but_a_program_that_hangs() {
        let right = patience("right");
        right.lock().began -= 10 * RUN_LIMIT;
        assert_eq!(right.wait(Some).map(|_| right.limit(FULL)), Some(FULL));
        assert_eq!(right.run_left(), Duration::MAX);

        let hangs = patience("hangs");
        hangs.note_that_it_hangs();
        assert_eq!(hangs.limit(FULL), SHORTEST);
        // Another test of it knows that too.
        assert_eq!(patience("hangs").limit(FULL), SHORTEST);
        hangs.lock().began -= 100 * RUN_LIMIT;
        assert_eq!((hangs.run_left(), hangs.limit(FULL)), (Duration::ZERO, Duration::ZERO));
    }

    #[test]
    fn a_wait_in_vain_is_remembered_and_one_that_is_not_gives_what_came() {
        let patience = patience("waited for");
        assert_eq!(patience.wait_at_most(SHORTEST, |_| Some("it")), Some("it"));
        assert!(!patience.knows_that_it_hangs());
        assert_eq!(patience.wait_at_most(Duration::ZERO, |_| None::<()>), None);
        assert!(patience.knows_that_it_hangs());

        let constant = Patience::constant();
        assert_eq!(constant.wait_at_most(Duration::ZERO, |_| None::<()>), None);
        assert_eq!((constant.limit(FULL), constant.run_left()), (FULL, Duration::MAX));
    }
}
