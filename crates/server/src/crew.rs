//! The threads, as many as clients at once and a few more.
//!
//! One thread at a time waits in `accept`; the other free ones wait for its place. When a client comes, the thread steps out
//! to serve it, and the one that leaves no free thread behind hires a new one ("leader and followers"). So a burst of
//! clients does not cost a new thread each, and connections are numbered in the order in which they came.

use crate::accept::{self, Door};
use crate::console::Console;
use crate::limits::Limits;
use crate::log::Log;
use crate::serve;
use crate::visitors::Visitors;
use socket2::Socket;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;

/// So many threads stay when there is nothing to do.
const MOST_FREE: usize = 32;
/// So many threads more than clients there are at most: they tell the clients over the limit why they are not served.
const MORE_THAN_CLIENTS: usize = 16;
/// A thread's stack, in bytes. What it does not touch costs nothing.
const STACK: usize = 256 * 1024;

/// What the threads share.
pub struct Server {
    pub listener: Socket,
    pub address: SocketAddr,
    pub limits: Limits,
    pub console: Console,
    pub log: Option<Log>,
    pub visitors: Visitors,
    pub explain: bool,
    pub door: Mutex<Door>,
    pub crew: Crew,
}

/// How many threads there are.
pub struct Crew {
    /// How many threads wait for a client, or are about to.
    free: AtomicUsize,
    hired: AtomicUsize,
    most: usize,
}

impl Crew {
    /// A crew for at most so many clients at once; nobody is hired yet.
    pub fn for_clients(most: u32) -> Self {
        Self { free: AtomicUsize::new(0), hired: AtomicUsize::new(0), most: most as usize + MORE_THAN_CLIENTS }
    }
}

/// Hires one more thread, unless there are enough.
pub fn hire(server: &Arc<Server>) -> io::Result<()> {
    let crew = &server.crew;
    let one_more = |hired| (hired < crew.most).then_some(hired + 1);
    if crew.hired.fetch_update(SeqCst, SeqCst, one_more).is_err() {
        return Ok(());
    }
    crew.free.fetch_add(1, SeqCst);
    let its_server = Arc::clone(server);
    let work = move || work(&its_server);
    thread::Builder::new().name("client".to_string()).stack_size(STACK).spawn(work).map(drop).inspect_err(|_| {
        crew.free.fetch_sub(1, SeqCst);
        crew.hired.fetch_sub(1, SeqCst);
    })
}

/// A thread's life: waits for a client, serves it, and waits again while it is needed.
fn work(server: &Arc<Server>) {
    let crew = &server.crew;
    loop {
        let arrival = accept::accept(server);
        let was_last = crew.free.fetch_sub(1, SeqCst) == 1;
        if was_last {
            // Where the system has no thread left, the next client waits until one of ours is free again.
            let _ = hire(server);
        }
        serve::serve(server, arrival);
        let one_more = |free| (free < MOST_FREE).then_some(free + 1);
        if crew.free.fetch_update(SeqCst, SeqCst, one_more).is_err() {
            crew.hired.fetch_sub(1, SeqCst);
            return;
        }
    }
}
