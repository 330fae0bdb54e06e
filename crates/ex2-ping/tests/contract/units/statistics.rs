//! The figures at the end.

use crate::statistics::{RoundTrips, Statistics};
use std::time::Duration;

#[test]
fn the_mean_and_the_deviation_are_those_of_all_round_trips() {
    let mut trips = RoundTrips::default();
    assert_eq!(trips.summary(), None);
    for micros in [1_000, 2_000, 3_000, 4_000] {
        trips.add(Duration::from_micros(micros));
    }
    assert_eq!(trips.summary(), Some([1_000, 2_500, 4_000, 1_118]));
    assert_eq!(trips.longest(), Duration::from_millis(4));
}

#[test]
fn the_deviation_is_right_where_the_mean_has_a_fraction() {
    let mut trips = RoundTrips::default();
    for micros in [300_000, 300_001] {
        trips.add(Duration::from_micros(micros));
    }
    assert_eq!(trips.summary().map(|[.., mdev]| mdev), Some(0));
    trips.add(Duration::from_micros(300_010));
    assert_eq!(trips.summary().map(|[.., mdev]| mdev), Some(4));
}

#[test]
fn loss_is_a_part_of_what_was_sent() {
    let statistics = Statistics { transmitted: 3, received: 2, ..Statistics::default() };
    assert!((statistics.loss() - 33.333).abs() < 0.001);
    assert!(Statistics::default().loss().abs() < f64::EPSILON);
}
