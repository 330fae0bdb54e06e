//! A latch that Ctrl-C sets, once and for all threads.
//!
//! Every thread that waits, for a reply or for a name server, waits a tenth of a second at most and looks at it again: so one
//! latch ends all of them, whatever each of them waits for.

use common::{Problem, interrupt};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// After so long a thread that waits looks at the latch again. Nobody notices that it takes so long to end.
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

    /// Sets it.
    pub fn set(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether it is set.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// How long to wait now for something that is awaited until `deadline`, or for ever: nothing if the latch is set, or the
    /// deadline over.
    pub fn time_to_wait(&self, deadline: Option<Instant>) -> Duration {
        if self.is_set() {
            return Duration::ZERO;
        }
        deadline.map_or(MAX_WAIT, |deadline| deadline.saturating_duration_since(Instant::now()).min(MAX_WAIT))
    }
}
