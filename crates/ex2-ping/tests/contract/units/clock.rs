//! The kernel's time stamps, on the clock that is never set.

use crate::clock::on_our_clock;
use std::time::{Duration, Instant, SystemTime};

/// What the program makes of a stamp that is so much older than the clock; negative: younger.
fn age(seconds: f64) -> f64 {
    let (now, clock) = (Instant::now() + Duration::from_secs(10_000), SystemTime::now());
    let offset = Duration::from_secs_f64(seconds.abs());
    let stamp = if seconds < 0.0 { clock + offset } else { clock - offset };
    (now - on_our_clock(now, clock, stamp)).as_secs_f64()
}

#[test]
fn a_stamp_is_as_old_on_one_clock_as_on_the_other() {
    assert!((age(0.003) - 0.003).abs() < 1e-6);
    assert!((age(1.5) - 1.5).abs() < 1e-6);
}

#[test]
fn a_clock_that_was_set_in_between_does_no_harm() {
    assert!(age(-5.0).abs() < 1e-9, "set back: the stamp is from the future");
    assert!(age(3_600.0).abs() < 1e-9, "set forward: the stamp is an hour old");
}
