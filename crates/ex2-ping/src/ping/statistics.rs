//! The figures at the end: how many, and the round trips.

use std::time::Duration;

/// Counts, and round trips in whole microseconds, as ping has them; those of duplicates are among them.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    /// Probes sent, without those in flight.
    pub transmitted: u64,
    pub received: u64,
    pub duplicates: u64,
    /// Replies whose checksum or content is wrong.
    pub corrupted: u64,
    /// Network errors.
    pub errors: u64,
    /// Probes whose replies may still have been on their way when it was stopped.
    pub in_flight: u64,
    /// How many probes were on their way at once, at most.
    pub pipe: u64,
    /// From the first probe to the last one.
    pub time: Duration,
    sum: u128,
    sum_of_squares: u128,
    min: Option<u128>,
    max: u128,
}

impl Statistics {
    /// Counts a reply.
    pub fn add_reply(&mut self, round_trip: Duration, is_duplicate: bool) {
        let count = if is_duplicate { &mut self.duplicates } else { &mut self.received };
        *count += 1;
        let micros = round_trip.as_micros();
        self.sum += micros;
        self.sum_of_squares += micros * micros;
        self.min = Some(self.min.map_or(micros, |min| min.min(micros)));
        self.max = self.max.max(micros);
    }

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

    /// The longest round trip.
    pub fn longest(&self) -> Duration {
        Duration::from_micros(u64::try_from(self.max).unwrap_or(u64::MAX))
    }

    /// Minimum, mean, maximum and standard deviation of the round trips, if there are any: ping's min, avg, max and mdev.
    pub fn round_trips(&self) -> Option<[u128; 4]> {
        let count = u128::from(self.received + self.duplicates);
        let avg = self.sum.checked_div(count)?;
        // Divided last: a mean without its fraction, squared, would be wrong by more than the deviation.
        let mdev = (count * self.sum_of_squares).saturating_sub(self.sum * self.sum).isqrt() / count;
        Some([self.min?, avg, self.max, mdev])
    }
}
