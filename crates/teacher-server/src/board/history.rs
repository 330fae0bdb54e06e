//! How many clients came in each of the last minutes.

use super::Shared;
use std::collections::VecDeque;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};
use tokio::time;

/// How many minutes are kept.
const MINUTES: usize = 60;
/// How often the server's total is looked at.
const INTERVAL: Duration = Duration::from_secs(1);

/// The connections of each minute. It is told the server's total now and then: what has come meanwhile came in this minute.
pub struct History {
    start: Instant,
    /// The minutes' numbers of connections, the present one last.
    minutes: VecDeque<u64>,
    /// The number of the present minute since the start.
    present: u64,
    total: u64,
}

impl Default for History {
    fn default() -> Self {
        Self { start: Instant::now(), minutes: VecDeque::from([0; MINUTES]), present: 0, total: 0 }
    }
}

impl History {
    /// So many have come now, after so much time.
    fn note(&mut self, total: u64, time: Duration) {
        let minute = time.as_secs() / 60;
        for _ in 0..minute.saturating_sub(self.present).min(MINUTES as u64) {
            self.minutes.pop_front();
            self.minutes.push_back(0);
        }
        self.present = minute;
        if let Some(present) = self.minutes.back_mut() {
            *present += total - self.total;
        }
        self.total = total;
    }
}

impl Shared {
    /// The connections of the last minutes, the present one last.
    pub fn minutes(&self) -> VecDeque<u64> {
        let mut history = self.history.lock().unwrap_or_else(PoisonError::into_inner);
        let time = history.start.elapsed();
        history.note(self.server.totals().0, time);
        history.minutes.clone()
    }
}

/// Looks at the total, whether a page is open or not.
pub async fn keep(shared: Arc<Shared>) {
    let mut ticks = time::interval(INTERVAL);
    loop {
        ticks.tick().await;
        shared.minutes();
    }
}

#[cfg(test)]
#[path = "../../tests/unit/history.rs"]
mod tests;
