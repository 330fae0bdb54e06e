//! When the waits of a test end, all of them together.

use super::TIME_LIMIT;
use std::time::{Duration, Instant};

/// When a test against a program that may hang stops waiting: [`TIME_LIMIT`] after its start, however many things it waits for.
///
/// ```
/// use common::testing::{Deadline, TIME_LIMIT};
///
/// let deadline = Deadline::start();
/// assert!(deadline.left() <= TIME_LIMIT);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Deadline(Instant);

impl Deadline {
    /// One that begins now.
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now() + TIME_LIMIT)
    }

    /// The time up to it: none once it has passed.
    #[must_use]
    pub fn left(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }
}
