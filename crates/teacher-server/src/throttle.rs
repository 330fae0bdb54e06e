//! Notes that a flood of clients would otherwise repeat without end.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The shortest time between two notes of one kind.
const MIN_INTERVAL: Duration = Duration::from_secs(5);

/// When the last note of one kind was written.
#[derive(Default)]
pub struct Throttle(Mutex<Option<Instant>>);

impl Throttle {
    /// Whether the last note is long enough ago. If so, the caller writes another one now.
    pub fn is_due(&self) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = last.is_none_or(|last| last.elapsed() >= MIN_INTERVAL);
        if due {
            *last = Some(Instant::now());
        }
        due
    }
}

#[cfg(test)]
#[path = "../tests/unit/throttle.rs"]
mod tests;
