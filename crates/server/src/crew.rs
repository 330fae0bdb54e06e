//! The threads, as many as clients at once and a few more.
//!
//! One thread at a time waits for the next client; the other free ones wait for its place. When a client comes, the thread
//! steps out to serve it, and the one that leaves no free thread behind hires a new one (the pattern "leader and
//! followers"). So a burst of clients does not cost a new thread each, and no thread is hired for an `accept` that fails.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;

/// So many threads stay when there is nothing to do.
const MOST_FREE: usize = 32;
/// So many threads more than clients there are at most: they tell the clients over the limit why they are not served.
const MORE_THAN_CLIENTS: usize = 16;
/// A thread's stack, in bytes. What it does not touch costs nothing.
const STACK: usize = 256 * 1024;

/// What the threads share: `accept` waits for the next client, `serve` serves it.
struct Crew<A, S> {
    accept: A,
    serve: S,
    /// How many threads wait for a client, or are about to.
    free: AtomicUsize,
    hired: AtomicUsize,
    most: usize,
}

/// Hires the first thread; it hires the others when they are needed.
pub fn start<T, A, S>(most_clients: u32, accept: A, serve: S) -> io::Result<()>
where
    A: Fn() -> T + Send + Sync + 'static,
    S: Fn(T) + Send + Sync + 'static,
{
    let most = most_clients as usize + MORE_THAN_CLIENTS;
    Arc::new(Crew { accept, serve, free: AtomicUsize::new(0), hired: AtomicUsize::new(0), most }).hire()
}

impl<T, A, S> Crew<A, S>
where
    A: Fn() -> T + Send + Sync + 'static,
    S: Fn(T) + Send + Sync + 'static,
{
    /// Hires one more thread, unless there are enough.
    fn hire(self: &Arc<Self>) -> io::Result<()> {
        let one_more = |hired| (hired < self.most).then_some(hired + 1);
        if self.hired.fetch_update(SeqCst, SeqCst, one_more).is_err() {
            return Ok(());
        }
        self.free.fetch_add(1, SeqCst);
        let crew = Arc::clone(self);
        let hired = thread::Builder::new().name("client".to_string()).stack_size(STACK).spawn(move || crew.work());
        if hired.is_err() {
            self.free.fetch_sub(1, SeqCst);
            self.hired.fetch_sub(1, SeqCst);
        }
        hired.map(drop)
    }

    /// A thread's life: waits for a client, serves it, and waits again while it is needed.
    fn work(self: &Arc<Self>) {
        loop {
            let client = (self.accept)();
            let was_last = self.free.fetch_sub(1, SeqCst) == 1;
            if was_last {
                // Where the system has no thread left, the next client waits until one of ours is free again.
                let _ = self.hire();
            }
            (self.serve)(client);
            let one_more = |free| (free < MOST_FREE).then_some(free + 1);
            if self.free.fetch_update(SeqCst, SeqCst, one_more).is_err() {
                self.hired.fetch_sub(1, SeqCst);
                return;
            }
        }
    }
}
