//! The kernel stamps what arrives with the time of day, and somebody may set that clock at any moment.
//!
//! So only the age of a stamp is read from it, at the same moment as the clock that is never set. Setting it in these microseconds
//! does no more harm than to show the time at which the program looked.

use std::time::{Duration, Instant, SystemTime};

/// If the program was put aside for longer than that between two readings, the clocks are read again.
const MAX_READING_GAP: Duration = Duration::from_micros(20);

/// How long a packet may have waited for the program, which was stopped by Ctrl-Z, say. Where the stamp is older than that, the
/// clock was set.
const MAX_STAMP_AGE: Duration = Duration::from_secs(3_000);

/// Both clocks at the same moment: the one that is never set, and the time of day.
pub fn both_clocks() -> (Instant, SystemTime) {
    let mut tries = 0;
    loop {
        let (before, time_of_day, now) = (Instant::now(), SystemTime::now(), Instant::now());
        tries += 1;
        if now - before < MAX_READING_GAP || tries == 3 {
            return (now, time_of_day);
        }
    }
}

/// When a packet with this stamp arrived, on the clock that is never set.
pub fn on_our_clock(now: Instant, time_of_day: SystemTime, stamp: SystemTime) -> Instant {
    let age = time_of_day.duration_since(stamp).unwrap_or_default();
    now.checked_sub(age).filter(|_| age < MAX_STAMP_AGE).unwrap_or(now)
}
