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

/// What ping of iputils 20250605 says of these round trips, its own code run.
#[test]
fn the_deviation_is_pings_to_the_microsecond() {
    let cases: &[(&[u64], u128)] = &[
        (&[8, 3, 5, 4, 3], 2),
        (&[9, 5, 8, 7, 10], 1),
        (&[3, 8, 2, 8, 3, 5, 2], 2),
        (&[5, 7, 10, 7, 8], 1),
        (&[9, 6, 5, 3], 2),
        (&[1, 3], 1),
        (&[3, 3, 3], 0),
        (&[3, 1, 1], 0),
        (&[4, 35, 15, 16], 11),
        (&[39, 45, 22, 50, 24], 11),
        (&[300_000, 300_001, 300_010], 4),
    ];
    for &(trips, expected) in cases {
        assert_eq!(deviation(trips), expected, "{trips:?}");
    }
}

/// Beside the deviation by its definition: ping cuts the variance, and ends at a square root that is at most one too large.
#[test]
fn the_deviation_of_any_round_trips_is_pings() {
    let mut state = 1_u64;
    let lengths = [4, 11, 51, 1_001, 30_001, 2_000_001];
    let mut random = |below: u64| {
        // Knuth's linear congruential generator, of which the upper bits are good.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for longest in lengths.into_iter().cycle().take(20_000) {
        let count = 1 + random(20);
        let trips: Vec<u64> = (0..count).map(|_| random(longest)).collect();
        // The squares of the distances from the mean, all of them multiplied by the count, so that the mean has no fraction.
        let sum: i128 = trips.iter().map(|&trip| i128::from(trip)).sum();
        let count = i128::from(count);
        let squares: i128 = trips.iter().map(|&trip| (count * i128::from(trip) - sum).pow(2)).sum();
        let variance = squares / count.pow(3);
        let root = i128::try_from(deviation(&trips)).unwrap();
        let is_cut = root.pow(2) <= variance && variance + 1 < (root + 1).pow(2);
        let is_next = root > 0 && variance == root.pow(2) - 1;
        assert!(is_cut || is_next || (variance, root) == (0, 0), "{trips:?}: variance {variance}, mdev {root}");
    }
}

fn deviation(trips: &[u64]) -> u128 {
    let mut statistics = Statistics::default();
    for &micros in trips {
        statistics.add_reply(Duration::from_micros(micros), false);
    }
    statistics.round_trips().unwrap()[3]
}

#[test]
fn loss_is_a_part_of_what_was_sent() {
    let mut statistics = Statistics::default();
    (statistics.transmitted, statistics.received) = (3, 2);
    assert!((statistics.loss() - 33.333).abs() < 0.001);
    assert!(Statistics::default().loss().abs() < f32::EPSILON);
    // What iputils 20250605 prints: 23 of 31 are 74.19354… percent.
    for (lost, transmitted, expected) in
        [(23, 31, "74.1936"), (39, 41, "95.1219"), (46, 49, "93.8775"), (1, 3, "33.3333")]
    {
        (statistics.transmitted, statistics.received) = (transmitted, transmitted - lost);
        assert_eq!(crate::format::significant(statistics.loss().into()), expected);
    }
}
