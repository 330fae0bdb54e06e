//! Standard error, behind a bounded queue: nobody who draws ever waits for somebody who reads.

use std::collections::VecDeque;
use std::io::{self, Write as _};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How many entries wait at most while nobody reads.
const MAX_ENTRIES: usize = 1024;
/// At the end the last entries are waited for, but not for a reader that has taken nothing for this time.
const STALL_TIMEOUT: Duration = Duration::from_millis(500);

/// A queue of entries, and the thread that writes them.
pub struct Printer {
    queue: Arc<Queue>,
}

#[derive(Default)]
struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    entries: VecDeque<String>,
    /// How many had no room since the last one that had.
    dropped: usize,
    is_writing: bool,
    /// How many were written so far.
    written: u64,
}

impl State {
    fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.dropped == 0
    }

    fn take(&mut self) -> String {
        self.entries.pop_front().unwrap_or_else(|| {
            let dropped = std::mem::take(&mut self.dropped);
            format!("note: {dropped} entries are not drawn, since nobody has read this\n")
        })
    }
}

impl Printer {
    /// Starts the thread, which lasts as long as the program.
    pub fn start() -> io::Result<Self> {
        let queue = Arc::new(Queue::default());
        let taken = Arc::clone(&queue);
        thread::Builder::new().name("printer".to_string()).spawn(move || taken.write_all())?;
        Ok(Self { queue })
    }

    /// Leaves whole lines to be written.
    pub fn print(&self, entry: String) {
        let mut state = self.queue.lock();
        if state.entries.len() < MAX_ENTRIES && state.dropped == 0 {
            state.entries.push_back(entry);
        } else {
            state.dropped += 1;
        }
        self.queue.changed.notify_all();
    }

    /// Waits until all is written, as long as somebody reads.
    pub fn flush(&self) {
        let mut state = self.queue.lock();
        while !state.is_empty() || state.is_writing {
            let written = state.written;
            let is_idle = |state: &mut State| state.written == written;
            let waited = self.queue.changed.wait_timeout_while(state, STALL_TIMEOUT, is_idle);
            let (now, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
            if timeout.timed_out() {
                return;
            }
            state = now;
        }
    }
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_all(&self) -> ! {
        let mut state = self.lock();
        loop {
            state = self.changed.wait_while(state, |state| state.is_empty()).unwrap_or_else(PoisonError::into_inner);
            let entry = state.take();
            state.is_writing = true;
            drop(state);
            // Where nobody reads standard error any more, everything is passed on all the same.
            let _ = io::stderr().write_all(entry.as_bytes());
            state = self.lock();
            state.is_writing = false;
            state.written += 1;
            self.changed.notify_all();
        }
    }
}
