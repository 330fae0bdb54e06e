//! The threads: as many as clients at once, and a few more.
//!
//! One thread at a time waits in `accept`; the other idle ones wait for their turn. When a client comes, its thread goes off
//! to serve it, and if it leaves no idle thread behind, it first starts a new one (the pattern "leader and followers"). So a
//! burst of clients does not cost a new thread each, and an `accept` that fails never starts a thread.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;

/// The most threads that stay when there is nothing to do.
const MAX_IDLE_THREADS: usize = 32;
/// How many more threads than clients there may be: they tell the clients over the limit why they are not served.
const SPARE_THREADS: usize = 16;
/// A thread's stack, in bytes. What it does not touch costs nothing.
const STACK_SIZE: usize = 256 * 1024;

/// What the threads share: `accept` waits for the next client, `serve` serves it. Neither may panic: a thread that did would
/// be missing for good.
struct Pool<A, S, F> {
    accept: A,
    serve: S,
    failed: F,
    /// How many threads wait for a client, or are about to.
    idle: AtomicUsize,
    threads: AtomicUsize,
    most: usize,
}

/// Starts the first thread; it starts the others when they are needed. `failed` is told when the system has no thread left;
/// the next client then waits until one of ours is idle again.
pub fn start<T, A, S, F>(most_clients: u32, accept: A, serve: S, failed: F) -> io::Result<()>
where
    A: Fn() -> T + Send + Sync + 'static,
    S: Fn(T) + Send + Sync + 'static,
    F: Fn(io::Error) + Send + Sync + 'static,
{
    let most = most_clients as usize + SPARE_THREADS;
    Arc::new(Pool { accept, serve, failed, idle: AtomicUsize::new(0), threads: AtomicUsize::new(0), most })
        .start_thread()
}

impl<T, A, S, F> Pool<A, S, F>
where
    A: Fn() -> T + Send + Sync + 'static,
    S: Fn(T) + Send + Sync + 'static,
    F: Fn(io::Error) + Send + Sync + 'static,
{
    /// Starts one more thread, unless there are enough.
    fn start_thread(self: &Arc<Self>) -> io::Result<()> {
        let one_more = |threads| (threads < self.most).then_some(threads + 1);
        if self.threads.fetch_update(SeqCst, SeqCst, one_more).is_err() {
            return Ok(());
        }
        self.idle.fetch_add(1, SeqCst);
        let pool = Arc::clone(self);
        let started =
            thread::Builder::new().name("client".to_string()).stack_size(STACK_SIZE).spawn(move || pool.work());
        if started.is_err() {
            self.idle.fetch_sub(1, SeqCst);
            self.threads.fetch_sub(1, SeqCst);
        }
        started.map(drop)
    }

    /// A thread's life: waits for a client, serves it, and waits again while it is needed.
    fn work(self: &Arc<Self>) {
        loop {
            let client = (self.accept)();
            let was_last = self.idle.fetch_sub(1, SeqCst) == 1;
            if was_last {
                if let Err(e) = self.start_thread() {
                    (self.failed)(e);
                }
            }
            (self.serve)(client);
            let one_more = |idle| (idle < MAX_IDLE_THREADS).then_some(idle + 1);
            if self.idle.fetch_update(SeqCst, SeqCst, one_more).is_err() {
                self.threads.fetch_sub(1, SeqCst);
                return;
            }
        }
    }
}

#[cfg(test)]
#[path = "../tests/unit/pool.rs"]
mod tests;
