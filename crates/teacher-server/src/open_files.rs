//! How many files this program may have open: each client is one.

/// Raises the limit as far as the system allows, and tells for how many clients there is room beside so many `others`. None: no limit is
/// known.
#[cfg(unix)]
pub fn raise_limit(others: u64) -> Option<u64> {
    use nix::sys::resource::{Resource::RLIMIT_NOFILE, getrlimit, setrlimit};
    /// What the server needs besides its clients: the streams, the listener, the log, the event loop, a file that is looked at.
    const RESERVED: u64 = 20;
    /// What macOS allows at most, whatever its limit says: `OPEN_MAX` in setrlimit(2).
    const OPEN_MAX: u64 = 10_240;

    let (soft, hard) = getrlimit(RLIMIT_NOFILE).ok()?;
    let raised = [hard, hard.min(OPEN_MAX)]
        .into_iter()
        .find(|&limit| limit > soft && setrlimit(RLIMIT_NOFILE, limit, hard).is_ok());
    Some(raised.unwrap_or(soft).saturating_sub(RESERVED + others))
}

/// Windows has no such limit.
#[cfg(windows)]
pub fn raise_limit(_others: u64) -> Option<u64> {
    None
}
