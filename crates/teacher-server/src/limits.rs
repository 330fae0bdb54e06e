//! How many clients are served at once, and how long a silent one is waited for.

use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The shortest time that a client may be silent, however full the server is.
const MIN_PATIENCE: Duration = Duration::from_secs(2);
/// How long after a shortage of descriptors or memory patience stays short.
const SHORTAGE_COOLDOWN: Duration = Duration::from_secs(5);

/// Counts the clients that are being served.
pub struct Limits {
    most: u32,
    most_per_address: u32,
    patience: Duration,
    served: Mutex<Served>,
}

#[derive(Default)]
struct Served {
    total: u32,
    /// When the system was short of something for the last time.
    shortage: Option<Instant>,
    by_address: HashMap<IpAddr, u32>,
}

/// The right to be served; it ends when this value is dropped.
pub struct Permit {
    limits: Arc<Limits>,
    ip: IpAddr,
}

/// Why a client is not served, in the words that it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// As many clients as `--max-clients` says are being served.
    Full(u32),
    /// As many clients of that address as `--max-per-address` says are being served.
    AddressFull(u32),
}

impl Rejection {
    /// In fixed words, for the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Full(_) => "rejected: server full",
            Self::AddressFull(_) => "rejected: too many from this address",
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full(most) => write!(f, "The server is full ({most} of {most} places taken). Try again in a moment."),
            Self::AddressFull(most) => {
                write!(f, "Your address has {most} of {most} connections already. Close some and try again.")
            }
        }
    }
}

impl Limits {
    /// At most `most` clients at once, at most `most_per_address` of them with the same address.
    pub fn new(most: u32, most_per_address: u32, patience: Duration) -> Self {
        Self { most, most_per_address, patience, served: Mutex::default() }
    }

    /// A permit for one more client of `ip`.
    pub fn admit(self: &Arc<Self>, ip: IpAddr) -> Result<Permit, Rejection> {
        let mut served = self.lock();
        if served.total >= self.most {
            return Err(Rejection::Full(self.most));
        }
        let of_this_address = served.by_address.entry(ip).or_default();
        if *of_this_address >= self.most_per_address {
            return Err(Rejection::AddressFull(self.most_per_address));
        }
        *of_this_address += 1;
        served.total += 1;
        drop(served);
        Ok(Permit { limits: Arc::clone(self), ip })
    }

    /// How long a client of `ip` may be silent now: all of `--patience` until three quarters of the permits are taken, or of
    /// those for its address, then less and less, down to two seconds when the last one is. Two seconds as well when the
    /// system has just been short of something.
    pub fn patience(&self, ip: IpAddr) -> Duration {
        let served = self.lock();
        let of_this_address = served.by_address.get(&ip).copied().unwrap_or_default();
        let short = served.shortage.is_some_and(|since| since.elapsed() < SHORTAGE_COOLDOWN);
        let patience = if short {
            MIN_PATIENCE
        } else {
            let by_all = self.patience_with(self.most - served.total, self.most);
            by_all.min(self.patience_with(self.most_per_address.saturating_sub(of_this_address), self.most_per_address))
        };
        patience.min(self.patience)
    }

    fn patience_with(&self, free: u32, of: u32) -> Duration {
        let quarter = of.div_ceil(4);
        if free >= quarter { self.patience } else { (self.patience * free / quarter).max(MIN_PATIENCE) }
    }

    /// The system is short of descriptors or memory: silent clients have to go sooner.
    pub fn note_shortage(&self) {
        self.lock().shortage = Some(Instant::now());
    }

    fn lock(&self) -> MutexGuard<'_, Served> {
        self.served.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut served = self.limits.lock();
        served.total -= 1;
        if let Some(of_this_address) = served.by_address.get_mut(&self.ip) {
            *of_this_address -= 1;
            if *of_this_address == 0 {
                served.by_address.remove(&self.ip);
            }
        }
    }
}

#[cfg(test)]
#[path = "../tests/unit/limits.rs"]
mod tests;
