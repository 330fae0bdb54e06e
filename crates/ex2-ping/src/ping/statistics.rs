//! The figures at the end: how many, and the round trips.

use std::time::Duration;

/// Counts, and round trips in whole microseconds, as ping has them; those of duplicates are among them.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    /// Probes sent, without those in flight.
    pub transmitted: u64,
    pub received: u64,
    pub duplicates: u64,
    /// Replies whose checksum is wrong.
    pub corrupted: u64,
    /// Network errors.
    pub errors: u64,
    /// Replies to this program that belong to no request.
    pub strays: u64,
    /// If none was received: echo replies that came to this computer meanwhile, as far as the system counts them.
    pub unclaimed: u64,
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

    /// Probes that were not answered, in percent. Ping has a float of 32 bits for it, which now and then changes the last of six digits.
    // Counts above 2^53, which a float has no room for, take longer than anybody pings.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
    pub fn loss(&self) -> f32 {
        if self.transmitted == 0 {
            return 0.0;
        }
        let lost = self.transmitted.saturating_sub(self.received);
        (lost as f64 * 100.0 / self.transmitted as f64) as f32
    }

    /// The longest round trip.
    pub fn longest(&self) -> Duration {
        Duration::from_micros(u64::try_from(self.max).unwrap_or(u64::MAX))
    }

    /// Minimum, mean, maximum and standard deviation of the round trips, if there are any: ping's min, avg, max and mdev, each to the
    /// microsecond that iputils 20250605 gives. (If all of them together took more than 35 minutes, ping's own mdev is too large.)
    pub fn round_trips(&self) -> Option<[u128; 4]> {
        let count = u128::from(self.received + self.duplicates);
        let avg = self.sum.checked_div(count)?;
        // Divided last: a mean without its fraction, squared, would be wrong by more than the deviation.
        let variance = (count * self.sum_of_squares).saturating_sub(self.sum * self.sum) / (count * count);
        Some([self.min?, avg, self.max, square_root(variance)])
    }
}

/// The square root as ping has it. Newton's iteration in whole numbers ends above the root for 3, 8, 15 and so on: those just below a
/// square.
fn square_root(number: u128) -> u128 {
    let next = number.isqrt() + 1;
    if number > 0 && number + 1 == next * next { next } else { next - 1 }
}
