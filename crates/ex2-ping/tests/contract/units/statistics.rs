//! The figures at the end.

use crate::statistics::Statistics;
use std::time::Duration;

#[test]
fn the_mean_and_the_deviation_are_those_of_all_round_trips() {
    let mut statistics = Statistics::default();
    assert_eq!(statistics.round_trips(), None);
    for micros in [1_000, 2_000, 3_000, 4_000] {
        statistics.add_reply(Duration::from_micros(micros), false);
    }
    assert_eq!(statistics.round_trips(), Some([1_000, 2_500, 4_000, 1_118]));
    assert_eq!(statistics.longest(), Duration::from_millis(4));
}

#[test]
fn the_deviation_is_right_where_the_mean_has_a_fraction() {
    let mut statistics = Statistics::default();
    for micros in [300_000, 300_001] {
        statistics.add_reply(Duration::from_micros(micros), false);
    }
    assert_eq!(statistics.round_trips().map(|[.., mdev]| mdev), Some(0));
    statistics.add_reply(Duration::from_micros(300_010), true);
    assert_eq!(statistics.round_trips().map(|[.., mdev]| mdev), Some(4));
}

#[test]
fn loss_is_a_part_of_what_was_sent() {
    let mut statistics = Statistics::default();
    (statistics.transmitted, statistics.received) = (3, 2);
    assert!((statistics.loss() - 33.333).abs() < 0.001);
    assert!(Statistics::default().loss().abs() < f64::EPSILON);
}
