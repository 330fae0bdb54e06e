//! Why a wall of the sandbox could not be built.

use nix::errno::Errno;
use std::fmt::Display;
use std::io;

/// What was tried, and what the system said.
#[derive(Debug)]
pub struct Failure {
    pub what: String,
    pub cause: io::Error,
}

/// Adds to an error what was tried.
pub trait Trying<T> {
    fn trying(self, what: impl Display) -> Result<T, Failure>;
}

impl<T> Trying<T> for io::Result<T> {
    fn trying(self, what: impl Display) -> Result<T, Failure> {
        self.map_err(|cause| Failure { what: what.to_string(), cause })
    }
}

impl<T> Trying<T> for Result<T, Errno> {
    fn trying(self, what: impl Display) -> Result<T, Failure> {
        self.map_err(io::Error::from).trying(what)
    }
}
