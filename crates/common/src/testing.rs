//! What the tests of the exercises need: a [`Recorder`], which is a peer on loopback that notes what arrives, and a
//! [`Program`], which is any program started, watched and ended for certain.
//!
//! Nothing here sleeps and hopes: each wait is for an event, and ends with [`Late`] after [`TIME_LIMIT`].

mod captured;
mod program;
mod recorder;
mod shared;

pub use program::Program;
pub use recorder::{Connection, End, Recorder, Reply};

use std::fmt;
use std::time::Duration;

/// How long any wait in a test lasts at most. Ten seconds: what takes milliseconds on a machine of one's own may take
/// seconds on a busy one, and a test against a program that hangs must end all the same.
pub const TIME_LIMIT: Duration = Duration::from_secs(10);

/// What was waited for did not happen in time. Its text says what happened instead.
#[derive(Clone, PartialEq, Eq)]
pub struct Late(String);

impl Late {
    fn new(text: impl fmt::Display) -> Self {
        Self(text.to_string())
    }
}

impl fmt::Display for Late {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The same as [`Display`](fmt::Display): a test that unwraps shows it as it is meant to be read.
impl fmt::Debug for Late {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl std::error::Error for Late {}
