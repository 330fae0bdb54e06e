//! A script for many requests: each is lost, doubled or held back by chance, though by the same chance in each run.

use super::Action;
use std::time::Duration;

/// How bad a network is. The three chances are from 0 to 1, and independent of each other.
#[derive(Clone, Copy, Debug)]
pub struct Conditions {
    /// How late each answer is.
    pub delay: Duration,
    /// The chance that there is no answer.
    pub loss: f64,
    /// The chance that there are two.
    pub duplicates: f64,
    /// The chance that an answer is held back, so that others overtake it.
    pub reorder: f64,
    /// For how long.
    pub hold: Duration,
    /// Another seed, another run.
    pub seed: u64,
}

/// Each answer comes at once.
impl Default for Conditions {
    fn default() -> Self {
        let hold = Duration::from_millis(20);
        Self { delay: Duration::ZERO, loss: 0.0, duplicates: 0.0, reorder: 0.0, hold, seed: 0 }
    }
}

impl Conditions {
    /// What happens to the request with this number.
    pub fn actions(&self, number: u64) -> Vec<Action> {
        let happens = |what: u64, chance: f64| random(self.seed, number, what) < chance;
        if happens(0, self.loss) {
            return Vec::new();
        }
        let after = if happens(1, self.reorder) { self.delay + self.hold } else { self.delay };
        let answers = if happens(2, self.duplicates) { 2 } else { 1 };
        vec![Action::Reply { after }; answers]
    }
}

/// A number from 0 to 1 that looks like chance: `SplitMix64` (Steele, Lea, Flood, 2014).
fn random(seed: u64, number: u64, what: u64) -> f64 {
    let state = [seed, number, what].into_iter().fold(0, |state: u64, word| mix(state ^ word));
    // The upper half is enough, and a float holds it exactly.
    f64::from(u32::try_from(state >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}

fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
