//! A host that answers pings as a script says: late, never, twice, in another order, with errors, with rubbish.
//!
//! It is the peer in a test, and shares no code with the program. The kernel of its namespace must not answer as well
//! ([`ScriptedHost::start`] checks that), so it runs in a network of its own, never on the machine's.
//!
//! What happens to a request depends on the request alone, its number above all: two runs are the same run.
//!
//! ```ignore
//! let network = Network::with_loopback();
//! network.silence_kernel();
//! let host = ScriptedHost::start("127.0.0.2", |request| match request.number {
//!     0 => vec![],                                           // lost
//!     1 => vec![Action::reply(), Action::reply()],           // a duplicate
//!     2 => vec![Action::Error { after: Duration::ZERO, kind: 3, code: 1 }],
//!     3 => vec![Action::now(sealed(request.reply_with(|reply| reply[4] ^= 1)))], // someone else's identifier
//!     _ => vec![Action::Reply { after: Duration::from_millis(10) }],
//! });
//! // … ping 127.0.0.2 …
//! assert_eq!(host.stop().requests, 5);
//! ```
#![allow(dead_code, unused_imports, reason = "the tests and the example use different parts of it")]

#[path = "scripted_host/conditions.rs"]
mod conditions;
#[path = "scripted_host/request.rs"]
mod request;
#[path = "scripted_host/serving.rs"]
mod serving;

pub use conditions::Conditions;
pub use request::{Request, error, sealed};

use serving::ServerRun;
use std::net::IpAddr;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// One thing that the host does about a request. None at all: the request is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The right answer.
    Reply { after: Duration },
    /// An ICMP error that quotes the request: 3 is "destination unreachable" and 11 "time exceeded" (RFC 792; in IPv6 1 and
    /// 3, RFC 4443). It comes from the host itself, as if it were a router.
    Error { after: Duration, kind: u8, code: u8 },
    /// These bytes as an ICMP message. In IPv6 the kernel puts its own checksum in.
    Raw { after: Duration, message: Vec<u8> },
}

impl Action {
    /// The right answer at once.
    pub fn reply() -> Self {
        Self::Reply { after: Duration::ZERO }
    }

    /// These bytes at once.
    pub fn now(message: Vec<u8>) -> Self {
        Self::Raw { after: Duration::ZERO, message }
    }
}

/// What the host saw and did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Echo requests that came.
    pub requests: u64,
    /// Requests without a [`Reply`](Action::Reply) in their script. With `answered` and `pending` firsts: all requests.
    pub lost: u64,
    /// Requests to which the right answer was sent at least once.
    pub answered: u64,
    /// Right answers sent, after the first, to the same requests.
    pub duplicates: u64,
    /// Errors sent.
    pub errors: u64,
    /// Messages of raw bytes sent.
    pub raw: u64,
    /// What is to be sent later.
    pub pending: u64,
    /// What the kernel refused to send.
    pub failed: u64,
    /// Packets that came when the host's receive buffer was full: then the other counts mean nothing. Known at the end.
    pub missed: u64,
}

/// A host that runs until it is stopped or dropped.
pub struct ScriptedHost {
    counts: Arc<Mutex<Counts>>,
    /// Closed to stop the thread.
    running: Option<UnixStream>,
    thread: Option<JoinHandle<()>>,
}

impl ScriptedHost {
    /// Answers pings to `address`, one of this thread's network namespace. Needs root there.
    ///
    /// # Panics
    /// Where the kernel would answer as well (see `Network::silence_kernel`), or no raw socket is to be had.
    pub fn start(address: &str, script: impl FnMut(&Request) -> Vec<Action> + Send + 'static) -> Self {
        Self::start_as(address, address, script)
    }

    /// The same, and what it sends comes from `sender`, another address of this network.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    pub fn start_as(address: &str, sender: &str, script: impl FnMut(&Request) -> Vec<Action> + Send + 'static) -> Self {
        let [address, sender]: [IpAddr; 2] = [address, sender].map(|ip| ip.parse().expect("an IP address"));
        assert_kernel_is_silent(address);
        let (running, stop) = UnixStream::pair().expect("a pair of sockets");
        let counts = Arc::new(Mutex::new(Counts::default()));
        let serving = ServerRun::new(address, sender, Box::new(script), Arc::clone(&counts));
        let serving = serving.expect("a raw socket: this needs root in a network namespace");
        let thread = thread::Builder::new().name(format!("host {address}")).spawn(move || serving.run(&stop));
        Self { counts, running: Some(running), thread: Some(thread.expect("a thread")) }
    }

    /// What it has seen and done up to now.
    pub fn counts(&self) -> Counts {
        *lock(&self.counts)
    }

    /// Stops it at once: what is pending stays unsent.
    ///
    /// # Panics
    /// If the host could not keep up with the requests, or the kernel did not send what it should.
    pub fn stop(mut self) -> Counts {
        self.end();
        let counts = self.counts();
        assert_eq!((counts.missed, counts.failed), (0, 0), "the host did what its script says: {counts:?}");
        counts
    }

    fn end(&mut self) {
        drop(self.running.take());
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || thread::panicking(), "the host's thread, or its script, panicked");
        }
    }
}

impl Drop for ScriptedHost {
    fn drop(&mut self) {
        self.end();
    }
}

fn lock(counts: &Mutex<Counts>) -> MutexGuard<'_, Counts> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Read in the namespace of this thread, whose settings /proc/sys/net shows.
fn assert_kernel_is_silent(address: IpAddr) {
    let name = if address.is_ipv4() { "ipv4/icmp_echo_ignore_all" } else { "ipv6/icmp/echo_ignore_all" };
    let value = std::fs::read_to_string(format!("/proc/sys/net/{name}")).unwrap_or_default();
    assert_eq!(value.trim(), "1", "the kernel would answer pings to {address} as well: set {name} in a namespace");
}
