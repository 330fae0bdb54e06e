//! A bounded queue between the event loop and the one thread that may touch a screen or a file.
//!
//! Writing to a terminal stops for as long as somebody holds it with Ctrl-S, and writing to a pipe for as long as nobody
//! reads. The event loop must never wait for that: it offers its line to the queue and goes on. Nor does it wake the other
//! thread for each line, since that costs as much as a client does: after the first one, lines gather for a moment.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long items gather after the first one, too short to be seen on a screen.
const REST: Duration = Duration::from_millis(10);
/// How long closing may take at most, though the other side makes progress.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(3);

/// A queue that never makes the offering side wait.
pub struct Queue<T> {
    /// How many items wait at most. More are counted and dropped.
    capacity: usize,
    state: Mutex<State<T>>,
    /// For the taking side: there is something to take.
    offered: Condvar,
    /// For the one who closes.
    progressed: Condvar,
}

struct State<T> {
    items: VecDeque<T>,
    dropped: u64,
    closed: bool,
    finished: bool,
    /// Grows with each step of the taking side.
    progress: u64,
}

impl<T> Queue<T> {
    pub fn new(capacity: usize) -> Self {
        let state = State { items: VecDeque::new(), dropped: 0, closed: false, finished: false, progress: 0 };
        Self { capacity, state: Mutex::new(state), offered: Condvar::new(), progressed: Condvar::new() }
    }

    /// Adds an item at the end, or drops it where the queue is full.
    pub fn offer(&self, item: T) {
        let mut state = self.lock();
        if state.closed {
            // The last words have been said.
        } else if state.items.len() < self.capacity {
            state.items.push_back(item);
            if state.items.len() == 1 {
                self.offered.notify_one();
            }
        } else {
            state.dropped += 1;
        }
    }

    /// Waits for items, until `limit` is over, and takes all of them into `items`, which is empty. How many were dropped since the last
    /// time. `None`: the queue is closed and empty.
    pub fn take(&self, limit: Duration, items: &mut VecDeque<T>) -> Option<u64> {
        let state = wait_while(&self.offered, self.lock(), limit, |state| state.items.is_empty() && !state.closed).0;
        // Only the end interrupts this
        let mut state = wait_while(&self.offered, state, REST, |state| !state.closed).0;
        std::mem::swap(&mut state.items, items);
        let dropped = std::mem::take(&mut state.dropped);
        self.note_progress(&mut state);
        let is_end = state.closed && items.is_empty() && dropped == 0;
        (!is_end).then_some(dropped)
    }

    /// Says that everything was taken and done with.
    pub fn finish(&self) {
        let mut state = self.lock();
        state.finished = true;
        self.note_progress(&mut state);
    }

    /// Says that the taking side is not standing still: to be called after each small step.
    pub fn progress(&self) {
        self.note_progress(&mut self.lock());
    }

    fn note_progress(&self, state: &mut State<T>) {
        state.progress += 1;
        if state.closed {
            self.progressed.notify_all();
        }
    }

    /// Adds a last item, however full the queue is; nothing is added after it. Waits until everything is taken and done
    /// with, or the taking side has made no progress for the time `stall`. Whether all was done.
    pub fn close(&self, last: Option<T>, stall: Duration) -> bool {
        let start = Instant::now();
        let mut state = self.lock();
        state.items.extend(last);
        state.closed = true;
        self.offered.notify_one();
        while !state.finished && start.elapsed() < CLOSE_TIMEOUT {
            let before = state.progress;
            let waiting = |state: &State<T>| !state.finished && state.progress == before;
            let (after, is_over) = wait_while(&self.progressed, state, stall, waiting);
            state = after;
            if is_over {
                break;
            }
        }
        state.finished
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits as long as `waiting` says so, `limit` at most. Whether that was over.
fn wait_while<'a, T>(
    changed: &Condvar,
    state: MutexGuard<'a, State<T>>,
    limit: Duration,
    waiting: impl Fn(&State<T>) -> bool,
) -> (MutexGuard<'a, State<T>>, bool) {
    let waited = changed.wait_timeout_while(state, limit, |state| waiting(state));
    let (state, result) = waited.unwrap_or_else(PoisonError::into_inner);
    (state, result.timed_out())
}

#[cfg(test)]
#[path = "../tests/unit/queue.rs"]
mod tests;
