//! How many clients are served at once, and how long a silent one is waited for.

use std::collections::HashMap;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The shortest time that a client may be silent, however full the server is.
const MIN_PATIENCE: Duration = Duration::from_secs(2);
/// How long patience stays short after there was no place for a client, or no descriptor or memory.
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
    all: Places,
    by_source: HashMap<IpAddr, Places>,
}

/// The places for all clients, or for those of one source.
#[derive(Default)]
struct Places {
    taken: u32,
    /// When there was none left for the last time, or the system was short of something.
    shortage: Option<Instant>,
}

/// The right to be served; it ends when this value is dropped.
pub struct Permit {
    limits: Arc<Limits>,
    source: IpAddr,
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
        if served.all.are_taken(self.most) {
            return Err(Rejection::Full(self.most));
        }
        let source = source(ip);
        let of_this_source = served.by_source.entry(source).or_default();
        if of_this_source.are_taken(self.most_per_address) {
            return Err(Rejection::AddressFull(self.most_per_address));
        }
        of_this_source.taken += 1;
        served.all.taken += 1;
        drop(served);
        Ok(Permit { limits: Arc::clone(self), source })
    }

    /// How long a client of `ip` may be silent now: all of `--patience` until three quarters of the places are taken, or of those for
    /// its address, then less and less, down to two seconds when the last one is. Two seconds as well as long as others come for whom
    /// there is none.
    pub fn patience(&self, ip: IpAddr) -> Duration {
        let served = self.lock();
        let of_this_source = served.by_source.get(&source(ip));
        let patience =
            of_this_source.map_or(self.patience, |places| places.patience(self.most_per_address, self.patience));
        served.all.patience(self.most, self.patience).min(patience)
    }

    /// The system is short of descriptors or memory: silent clients have to go sooner.
    pub fn note_shortage(&self) {
        self.lock().all.shortage = Some(Instant::now());
    }

    /// Whether the system has just been short of something, or all places were taken.
    pub fn is_short(&self) -> bool {
        self.lock().all.is_short()
    }

    fn lock(&self) -> MutexGuard<'_, Served> {
        self.served.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Places {
    /// Whether all are, which is noted as a shortage: there is somebody who wants one.
    fn are_taken(&mut self, most: u32) -> bool {
        let are_taken = self.taken >= most;
        if are_taken {
            self.shortage = Some(Instant::now());
        }
        are_taken
    }

    fn is_short(&self) -> bool {
        self.shortage.is_some_and(|since| since.elapsed() < SHORTAGE_COOLDOWN)
    }

    fn patience(&self, most: u32, asked: Duration) -> Duration {
        let (free, quarter) = (most - self.taken, most / 4);
        let shortened = if self.is_short() {
            MIN_PATIENCE
        } else if free < quarter {
            (asked * free / quarter).max(MIN_PATIENCE)
        } else {
            asked
        };
        shortened.min(asked)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut served = self.limits.lock();
        served.all.taken -= 1;
        if let Some(of_this_source) = served.by_source.get_mut(&self.source) {
            of_this_source.taken -= 1;
            if of_this_source.taken == 0 {
                served.by_source.remove(&self.source);
            }
        }
    }
}

/// What counts as one address. A computer has as many IPv6 addresses as it likes in its network, the first 64 bits (RFC 4291, section
/// 2.5.1; RFC 8981), so these count together. All link-local ones have the same 64 bits, wherever they are: each counts alone.
fn source(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V6(ip) if !ip.is_unicast_link_local() => Ipv6Addr::from_bits(ip.to_bits() >> 64 << 64).into(),
        _ => ip,
    }
}

#[cfg(test)]
#[path = "../tests/unit/limits.rs"]
mod tests;
