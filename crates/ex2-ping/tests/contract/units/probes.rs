//! What becomes of each probe.

use crate::probes::Probes;
use std::time::{Duration, Instant};

/// As many as there are sequence numbers.
const MAX_REMEMBERED: usize = 1 << 16;

fn round_trip(millis: u64, is_duplicate: bool) -> (Duration, bool) {
    (Duration::from_millis(millis), is_duplicate)
}

#[test]
fn a_second_reply_is_a_duplicate_and_one_to_nothing_is_unknown() {
    let (mut probes, start) = (Probes::default(), Instant::now());
    let later = start + Duration::from_millis(3);
    probes.record_sent(start);
    assert_eq!(probes.record_reply(1, later, later), Some(round_trip(3, false)));
    assert_eq!(probes.record_reply(1, later, later), Some(round_trip(3, true)));
    assert_eq!((probes.record_reply(0, later, later), probes.record_reply(2, later, later)), (None, None));
    assert!(!probes.is_any_waiting());
}

#[test]
fn a_reply_after_an_error_counts_and_an_error_after_a_reply_takes_nothing_back() {
    let (mut probes, start) = (Probes::default(), Instant::now());
    probes.record_sent(start);
    probes.record_error(1);
    assert!(!probes.is_any_waiting());
    assert_eq!(probes.record_reply(1, start, start), Some(round_trip(0, false)));
    probes.record_error(1);
    assert_eq!(probes.record_reply(1, start, start), Some(round_trip(0, true)));
    probes.record_error(2);
    assert!(!probes.is_any_waiting());
}

#[test]
fn sequence_numbers_begin_anew_after_16_bits_and_the_oldest_probes_are_forgotten() {
    let (mut probes, start) = (Probes::default(), Instant::now());
    assert_eq!((probes.number_of(0), probes.number_of(1)), (None, None));
    for _ in 0..MAX_REMEMBERED + 5 {
        probes.record_sent(start);
    }
    assert_eq!((probes.number_of(5), probes.number_of(6)), (Some(65_541), Some(6)));
    assert_eq!(probes.record_reply(5, start, start), None);
    assert_eq!(probes.record_reply(6, start, start), Some(round_trip(0, false)));
    assert_eq!(probes.in_flight(start, Duration::from_secs(1)), MAX_REMEMBERED as u64 - 1);
}

#[test]
fn a_reply_before_its_request_counts_from_when_it_was_read() {
    let (mut probes, start) = (Probes::default(), Instant::now());
    let sent = start + Duration::from_secs(5);
    probes.record_sent(sent);
    assert_eq!(probes.record_reply(1, start, sent + Duration::from_millis(2)), Some(round_trip(2, false)));
}

#[test]
fn only_young_probes_are_in_flight() {
    let (mut probes, start) = (Probes::default(), Instant::now());
    probes.record_sent(start);
    probes.record_sent(start + Duration::from_secs(2));
    let now = start + Duration::from_millis(2_500);
    assert_eq!(probes.in_flight(now, Duration::from_secs(1)), 1);
    assert_eq!(probes.in_flight(now, Duration::from_secs(5)), 2);
}
