//! Every probe and its fate: answered, refused by the network, lost, or still on its way.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How many probes are remembered: as many as there are sequence numbers.
const MAX_REMEMBERED: usize = 1 << 16;

/// The sequence number on the wire of probe `number`: its lower 16 bits.
pub fn sequence_of(number: u64) -> u16 {
    (number & 0xffff) as u16
}

/// What has become of a probe.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Waiting,
    Refused,
    Answered,
}

struct Probe {
    sent: Instant,
    fate: Fate,
}

/// The probes of a session, numbered from 1. Their numbers are 64 bits long; on the wire are the lower 16.
#[derive(Default)]
pub struct Probes {
    /// The newest ones, the newest at the end.
    remembered: VecDeque<Probe>,
    /// How many were sent before those.
    forgotten: u64,
    /// How many wait for a reply.
    waiting: u64,
}

impl Probes {
    /// How many were sent.
    pub fn sent(&self) -> u64 {
        self.forgotten + self.remembered.len() as u64
    }

    /// The next probe was sent.
    pub fn record_sent(&mut self, sent: Instant) {
        if self.remembered.len() == MAX_REMEMBERED {
            let oldest = self.remembered.pop_front();
            self.forgotten += 1;
            self.waiting -= u64::from(oldest.is_some_and(|probe| probe.fate == Fate::Waiting));
        }
        self.remembered.push_back(Probe { sent, fate: Fate::Waiting });
        self.waiting += 1;
    }

    /// The round trip of a reply to probe `number`. None if no such probe is remembered.
    pub fn round_trip(&mut self, number: u64, arrived: Instant, read: Instant) -> Option<Duration> {
        let sent = self.get(number)?.sent;
        // A reply before its request: the clock that stamps replies was set in between.
        Some(arrived.checked_duration_since(sent).unwrap_or_else(|| read.saturating_duration_since(sent)))
    }

    /// A reply to probe `number` arrived: its round trip, and whether it is a duplicate. None if no such probe is remembered.
    pub fn record_reply(&mut self, number: u64, arrived: Instant, read: Instant) -> Option<(Duration, bool)> {
        let time = self.round_trip(number, arrived, read)?;
        let before = std::mem::replace(&mut self.get(number)?.fate, Fate::Answered);
        self.waiting -= u64::from(before == Fate::Waiting);
        Some((time, before == Fate::Answered))
    }

    /// The network refused probe `number`.
    pub fn record_error(&mut self, number: u64) {
        if let Some(probe) = self.get(number).filter(|probe| probe.fate == Fate::Waiting) {
            probe.fate = Fate::Refused;
            self.waiting -= 1;
        }
    }

    /// The number of the newest probe whose lower 16 bits are `sequence`; none if none was sent with them.
    pub fn number_of(&self, sequence: u16) -> Option<u64> {
        let newest = self.sent();
        let back = u64::from(sequence_of(newest).wrapping_sub(sequence));
        newest.checked_sub(back).filter(|&number| number > self.forgotten)
    }

    /// Whether some probe has no fate yet.
    pub fn is_any_waiting(&self) -> bool {
        self.waiting > 0
    }

    /// How many probes without a fate were sent less than `patience` ago: their replies may still be on their way.
    pub fn in_flight(&self, now: Instant, patience: Duration) -> u64 {
        let young = self.remembered.iter().rev().take_while(|probe| now.duration_since(probe.sent) < patience);
        young.filter(|probe| probe.fate == Fate::Waiting).count() as u64
    }

    fn get(&mut self, number: u64) -> Option<&mut Probe> {
        let index = number.checked_sub(self.forgotten + 1)?;
        self.remembered.get_mut(usize::try_from(index).ok()?)
    }
}
