//! The figures at the end: how many, and the round trips.

use std::time::Duration;

/// What is counted, and the round trips summed up, in whole microseconds as ping does it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Probes sent, without those whose replies may still be on their way.
    pub transmitted: u64,
    /// Probes answered.
    pub received: u64,
    /// Further replies to the same probes.
    pub duplicates: u64,
    /// Replies whose checksum or content is wrong.
    pub corrupted: u64,
    /// Errors that the network told.
    pub errors: u64,
    /// Probes whose replies may still have been on their way when it was stopped.
    pub in_flight: u64,
    /// How many probes were on their way at once, at most.
    pub pipe: u64,
    /// From the first probe to the last one.
    pub time: Duration,
    /// The round trips, those of duplicates as well.
    pub trips: RoundTrips,
}

/// Round trips, summed up as they come: nobody knows how many there will be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundTrips {
    count: u64,
    sum: u128,
    sum_of_squares: u128,
    least: Option<u128>,
    most: u128,
}

/// What ping tells of the round trips, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The shortest.
    pub min: u128,
    /// Their mean.
    pub avg: u128,
    /// The longest.
    pub max: u128,
    /// Their standard deviation, which ping calls `mdev`.
    pub mdev: u128,
}

impl Statistics {
    /// Probes that were not answered, in percent.
    pub fn loss(&self) -> f64 {
        if self.transmitted == 0 {
            return 0.0;
        }
        // Counts above 2^53, which a float has no room for, take longer than anybody pings.
        #[allow(clippy::cast_precision_loss)]
        let [lost, transmitted] = [self.transmitted.saturating_sub(self.received), self.transmitted].map(|n| n as f64);
        lost * 100.0 / transmitted
    }
}

impl RoundTrips {
    /// Adds one.
    pub fn add(&mut self, trip: Duration) {
        let micros = trip.as_micros();
        self.count += 1;
        self.sum += micros;
        self.sum_of_squares += micros * micros;
        self.least = Some(self.least.map_or(micros, |least| least.min(micros)));
        self.most = self.most.max(micros);
    }

    /// The longest.
    pub fn longest(&self) -> Duration {
        Duration::from_micros(u64::try_from(self.most).unwrap_or(u64::MAX))
    }

    /// Their summary; none if there are none.
    pub fn summary(&self) -> Option<Summary> {
        let trips = u128::from(self.count);
        let avg = self.sum.checked_div(trips)?;
        // Divided last: a mean without its fraction, squared, would be wrong by more than the deviation.
        let mdev = (trips * self.sum_of_squares).saturating_sub(self.sum * self.sum).isqrt() / trips;
        Some(Summary { min: self.least?, avg, max: self.most, mdev })
    }
}

/// Microseconds as milliseconds.
pub fn milliseconds(micros: u128) -> f64 {
    // A float has room for 285 years of them.
    #[allow(clippy::cast_precision_loss)]
    let micros = micros as f64;
    micros / 1000.0
}

#[cfg(test)]
mod tests {
    use super::{RoundTrips, Statistics, Summary, milliseconds};
    use std::time::Duration;

    #[test]
    fn a_millisecond_has_a_thousand_microseconds() {
        assert_eq!(
            [milliseconds(0), milliseconds(1_234), milliseconds(5_000)].map(|ms| format!("{ms:.3}")),
            ["0.000", "1.234", "5.000"]
        );
    }

    #[test]
    fn the_mean_and_the_deviation_are_those_of_all_round_trips() {
        let mut trips = RoundTrips::default();
        assert_eq!(trips.summary(), None);
        for micros in [1_000, 2_000, 3_000, 4_000] {
            trips.add(Duration::from_micros(micros));
        }
        assert_eq!(trips.summary(), Some(Summary { min: 1_000, avg: 2_500, max: 4_000, mdev: 1_118 }));
        assert_eq!(trips.longest(), Duration::from_millis(4));
    }

    #[test]
    fn the_deviation_is_right_where_the_mean_has_a_fraction() {
        let mut trips = RoundTrips::default();
        for micros in [300_000, 300_001] {
            trips.add(Duration::from_micros(micros));
        }
        assert_eq!(trips.summary().map(|summary| summary.mdev), Some(0));
        trips.add(Duration::from_micros(300_010));
        assert_eq!(trips.summary().map(|summary| summary.mdev), Some(4));
    }

    #[test]
    fn loss_is_a_part_of_what_was_sent() {
        let statistics = Statistics { transmitted: 3, received: 2, ..Statistics::default() };
        assert!((statistics.loss() - 33.333).abs() < 0.001);
        assert!(Statistics::default().loss().abs() < f64::EPSILON);
    }
}
