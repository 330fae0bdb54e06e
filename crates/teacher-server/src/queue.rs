//! A bounded queue between the threads that serve and the one thread that may touch a screen or a file.
//!
//! Writing to a terminal stops for as long as somebody holds it with Ctrl-S, and writing to a pipe for as long as nobody
//! reads. A thread that serves a client must never wait for that: it offers its line to the queue and goes on.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How many items wait at most. More are counted and dropped.
const CAPACITY: usize = 4096;
/// How long closing may take at most, though the other side makes progress.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(3);

/// A queue that never makes the offering side wait.
pub struct Queue<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    items: VecDeque<T>,
    dropped: u64,
    closed: bool,
    finished: bool,
    /// Grows with each step of the taking side.
    progress: u64,
}

/// All that waited, and how many items were dropped since the last batch.
pub struct Batch<T> {
    pub items: VecDeque<T>,
    pub dropped: u64,
}

impl<T> Queue<T> {
    pub fn new() -> Self {
        let state = State { items: VecDeque::new(), dropped: 0, closed: false, finished: false, progress: 0 };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Adds an item at the end, or drops it where the queue is full.
    pub fn offer(&self, item: T) {
        let mut state = self.lock();
        if state.closed {
            // The last words have been said.
        } else if state.items.len() < CAPACITY {
            state.items.push_back(item);
            self.changed.notify_all();
        } else {
            state.dropped += 1;
        }
    }

    /// Waits for items and takes them all. `None`: the queue is closed and empty.
    pub fn take(&self) -> Option<Batch<T>> {
        let idle = |state: &mut State<T>| state.items.is_empty() && state.dropped == 0 && !state.closed;
        let mut state = self.changed.wait_while(self.lock(), idle).unwrap_or_else(PoisonError::into_inner);
        let batch = Batch { items: std::mem::take(&mut state.items), dropped: std::mem::take(&mut state.dropped) };
        let empty = batch.items.is_empty() && batch.dropped == 0;
        state.finished = empty;
        state.progress += 1;
        drop(state);
        self.changed.notify_all();
        (!empty).then_some(batch)
    }

    /// Says that the taking side is not standing still: to be called after each small step.
    pub fn progress(&self) {
        self.lock().progress += 1;
        self.changed.notify_all();
    }

    /// Adds a last item, however full the queue is; nothing is added after it. Waits until everything is taken and done
    /// with, or the taking side has made no progress for the time `stall`. Whether all was done.
    pub fn close(&self, last: Option<T>, stall: Duration) -> bool {
        let start = Instant::now();
        let mut state = self.lock();
        state.items.extend(last);
        state.closed = true;
        self.changed.notify_all();
        while !state.finished && start.elapsed() < CLOSE_TIMEOUT {
            let before = state.progress;
            let waiting = |state: &mut State<T>| !state.finished && state.progress == before;
            let (after, result) =
                self.changed.wait_timeout_while(state, stall, waiting).unwrap_or_else(PoisonError::into_inner);
            state = after;
            if result.timed_out() {
                break;
            }
        }
        state.finished
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[path = "../tests/unit/queue.rs"]
mod tests;
