//! What the tests of the exercises need: a [`Recorder`], which is a peer on loopback that notes what arrives, and a
//! [`Program`], which is any program started, watched and ended for certain. A [`ClientRun`] is both: a [`CommandUnderTest`] that
//! connects to a recorder; a [`ServerRun`] is a server with clients that try it; a [`ProgramRun`] any other program.
//!
//! Nothing here sleeps and hopes: each wait is for an event, or a [`poll`] where there is none, and ends with [`Timeout`]
//! after [`TIME_LIMIT`]. A program under test is waited for in four and a half seconds each time, or more on a crowded machine; once it
//! has let one wait pass in vain, its other tests wait only a few times as long as it has ever needed.

#![allow(clippy::missing_panics_doc, reason = "a test fails by a panic, and so do its tools")]

mod captured;
mod client_run;
mod command_under_test;
mod contained;
mod deadline;
mod difference;
#[cfg(unix)]
mod env_marker;
mod group;
mod hint;
mod netcat;
mod network;
mod obstacle;
mod own_address;
mod patience;
mod port;
mod program;
mod program_run;
mod pseudo_terminal;
mod recorder;
mod remark;
mod requirement;
mod server_run;
#[cfg(target_os = "linux")]
mod stopped_terminal;
mod verdicts;
mod watch;
mod words;

pub use client_run::ClientRun;
pub use command_under_test::{COULD_NOT_GRADE, CommandUnderTest, VARIABLE, WRAPPER};
pub use contained::{CONTAINED, REMARK};
pub use deadline::Deadline;
pub use hint::Hint;
pub use netcat::command as netcat;
pub use network::NETWORKS;
pub use port::free_port;
pub use program::Program;
pub use program_run::ProgramRun;
pub use recorder::{Connection, End, Recorder, Reply};
pub use requirement::{Judged, NOT_JUDGED, Requirement, excerpt, fail, fail_again};
pub use server_run::{Response, ServerRun};
#[cfg(target_os = "linux")]
pub use stopped_terminal::STOPPED_TERMINAL;
pub use verdicts::VERDICTS;
pub use words::counted;

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::thread;
use std::time::{Duration, Instant};

/// How long any wait in a test lasts at most. Eight seconds: what takes milliseconds on a machine of one's own may take
/// seconds on a busy one, and a test against a program that hangs must end within ten all the same.
pub const TIME_LIMIT: Duration = Duration::from_secs(8);

/// Looks again and again, every few milliseconds, until `look` finds something or [`TIME_LIMIT`] is over: for what gives no
/// event to wait for, as a file that grows or a port that opens. `what` describes it for [`Timeout`].
///
/// ```
/// let found = common::testing::poll("the folder", || std::fs::metadata(".").ok()).unwrap();
/// assert!(found.is_dir());
/// ```
pub fn poll<T>(what: &str, look: impl FnMut() -> Option<T>) -> Result<T, Timeout> {
    poll_at_most(TIME_LIMIT, what, look)
}

/// As [`poll`], but not longer than this.
fn poll_at_most<T>(limit: Duration, what: &str, mut look: impl FnMut() -> Option<T>) -> Result<T, Timeout> {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return Ok(found);
        }
        if start.elapsed() >= limit {
            return Err(Timeout::new(format_args!("waited in vain for {what}")));
        }
        #[allow(clippy::disallowed_methods, reason = "there is no event to wait for, and the limit is there")]
        thread::sleep(Duration::from_millis(5));
    }
}

/// A number that no program under test can know beforehand: in a message, it tells what was received from what was made up.
///
/// ```
/// assert!(common::testing::unforeseen() < 100_000);
/// ```
#[must_use]
pub fn unforeseen() -> u64 {
    RandomState::new().hash_one(()) % 100_000
}

/// What was waited for did not happen in time. Its text says what happened instead.
#[derive(Clone, PartialEq, Eq)]
pub struct Timeout(String);

impl Timeout {
    /// With its text.
    #[must_use]
    pub fn new(text: impl fmt::Display) -> Self {
        Self(text.to_string())
    }
}

impl fmt::Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The same as [`Display`](fmt::Display): a test that unwraps shows it as it is meant to be read.
impl fmt::Debug for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl std::error::Error for Timeout {}
