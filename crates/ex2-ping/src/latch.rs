//! A latch that Ctrl-C sets, once and for all threads.
//!
//! Every thread that waits, for a reply or for a name server, looks at it ten times a second: so one latch ends all of them.

use common::{Problem, interrupt};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A thread that waits looks at the latch again after this time, which nobody notices.
const MAX_WAIT: Duration = Duration::from_millis(100);

/// A flag that is set once and stays set. All its clones are the same flag.
#[derive(Clone, Debug, Default)]
pub struct Latch(Arc<AtomicBool>);

impl Latch {
    /// A latch that the first Ctrl-C sets. The second one ends the program.
    pub fn set_by_ctrl_c() -> Result<Self, Problem> {
        let latch = Self::default();
        let clone = latch.clone();
        interrupt::on_ctrl_c(move || clone.set())?;
        Ok(latch)
    }

    pub fn set(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// How long to wait before looking at the latch again: zero if it is set, or if the deadline is over.
    pub fn time_to_wait(&self, deadline: Option<Instant>) -> Duration {
        if self.is_set() {
            return Duration::ZERO;
        }
        deadline.map_or(MAX_WAIT, |deadline| deadline.saturating_duration_since(Instant::now()).min(MAX_WAIT))
    }
}
