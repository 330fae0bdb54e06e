//! Which calls have to be made again: they failed, and nothing is wrong.

use std::io::{self, ErrorKind};

/// Whether `read` was only interrupted by a signal. Linux does so to one with a time limit, when the program goes on after Ctrl-Z
/// and `fg`: signal(7).
///
/// ```
/// use common::retry::must_read_again;
/// use std::io::ErrorKind;
///
/// assert!(must_read_again(&Err(ErrorKind::Interrupted.into())));
/// assert!(!must_read_again(&Ok(5)));
/// ```
#[must_use]
pub fn must_read_again(received: &io::Result<usize>) -> bool {
    received.as_ref().is_err_and(|e| e.kind() == ErrorKind::Interrupted)
}

/// Whether `accept` failed for this one client, who had left already (Windows calls that a reset), or was interrupted by a signal:
/// accept(2).
#[must_use]
pub fn must_accept_again<T>(accepted: &io::Result<T>) -> bool {
    use ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted, NotConnected};
    let kinds = [ConnectionAborted, ConnectionReset, Interrupted, NotConnected];
    accepted.as_ref().is_err_and(|e| kinds.contains(&e.kind()))
}
