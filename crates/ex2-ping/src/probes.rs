//! Every probe and its fate: answered, refused by the network, lost, or still on its way.

use crate::icmp::sequence_of;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How many probes are remembered: as many as there are sequence numbers.
const MAX_REMEMBERED: usize = 1 << 16;

/// What has become of a probe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Nothing has come yet.
    Waiting,
    /// The network said that it cannot arrive.
    Refused,
    /// A reply came.
    Answered,
}

#[derive(Debug)]
struct Probe {
    sent: Instant,
    fate: Fate,
}

/// What a reply was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The first to its probe, after this time.
    First(Duration),
    /// Another one to the same probe, after this time.
    Duplicate(Duration),
    /// To no probe that is remembered.
    Unknown,
}

/// The probes of a run, numbered from 1. Their numbers are 64 bits long; on the wire are the lower 16.
#[derive(Debug, Default)]
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

    /// Notes that the next probe was sent, and gives its number.
    pub fn send(&mut self, sent: Instant) -> u64 {
        if self.remembered.len() == MAX_REMEMBERED {
            let oldest = self.remembered.pop_front();
            self.forgotten += 1;
            self.waiting -= u64::from(oldest.is_some_and(|probe| probe.fate == Fate::Waiting));
        }
        self.remembered.push_back(Probe { sent, fate: Fate::Waiting });
        self.waiting += 1;
        self.sent()
    }

    /// Notes a reply to probe `number` that arrived `at` this time, and was `noticed` later.
    pub fn answer(&mut self, number: u64, at: Instant, noticed: Instant) -> Answer {
        let Some(probe) = self.get(number) else { return Answer::Unknown };
        // A reply before its request: the clock that stamps replies was set in between.
        let time =
            at.checked_duration_since(probe.sent).unwrap_or_else(|| noticed.saturating_duration_since(probe.sent));
        match std::mem::replace(&mut probe.fate, Fate::Answered) {
            Fate::Answered => return Answer::Duplicate(time),
            Fate::Waiting => self.waiting -= 1,
            Fate::Refused => {}
        }
        Answer::First(time)
    }

    /// Notes that the network refused probe `number`.
    pub fn refuse(&mut self, number: u64) {
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

#[cfg(test)]
mod tests {
    use super::{Answer, MAX_REMEMBERED, Probes};
    use std::time::{Duration, Instant};

    #[test]
    fn a_second_reply_is_a_duplicate_and_one_to_nothing_is_unknown() {
        let (mut probes, start) = (Probes::default(), Instant::now());
        let later = start + Duration::from_millis(3);
        assert_eq!(probes.send(start), 1);
        assert_eq!(probes.answer(1, later, later), Answer::First(Duration::from_millis(3)));
        assert_eq!(probes.answer(1, later, later), Answer::Duplicate(Duration::from_millis(3)));
        assert_eq!(
            (probes.answer(0, later, later), probes.answer(2, later, later)),
            (Answer::Unknown, Answer::Unknown)
        );
        assert!(!probes.is_any_waiting());
    }

    #[test]
    fn a_reply_after_an_error_counts_and_an_error_after_a_reply_takes_nothing_back() {
        let (mut probes, start) = (Probes::default(), Instant::now());
        probes.send(start);
        probes.refuse(1);
        assert!(!probes.is_any_waiting());
        assert_eq!(probes.answer(1, start, start), Answer::First(Duration::ZERO));
        probes.refuse(1);
        assert_eq!(probes.answer(1, start, start), Answer::Duplicate(Duration::ZERO));
        probes.refuse(2);
        assert!(!probes.is_any_waiting());
    }

    #[test]
    fn sequence_numbers_begin_anew_after_16_bits_and_the_oldest_probes_are_forgotten() {
        let (mut probes, start) = (Probes::default(), Instant::now());
        assert_eq!((probes.number_of(0), probes.number_of(1)), (None, None));
        for _ in 0..MAX_REMEMBERED + 5 {
            probes.send(start);
        }
        assert_eq!(probes.number_of(5), Some(65_541));
        assert_eq!(probes.number_of(6), Some(6));
        assert_eq!(probes.answer(5, start, start), Answer::Unknown);
        assert_eq!(probes.answer(6, start, start), Answer::First(Duration::ZERO));
        assert_eq!(probes.in_flight(start, Duration::from_secs(1)), MAX_REMEMBERED as u64 - 1);
    }

    #[test]
    fn a_reply_before_its_request_counts_from_when_it_was_noticed() {
        let (mut probes, start) = (Probes::default(), Instant::now());
        let sent = start + Duration::from_secs(5);
        probes.send(sent);
        let noticed = sent + Duration::from_millis(2);
        assert_eq!(probes.answer(1, start, noticed), Answer::First(Duration::from_millis(2)));
    }

    #[test]
    fn only_young_probes_are_in_flight() {
        let (mut probes, start) = (Probes::default(), Instant::now());
        probes.send(start);
        probes.send(start + Duration::from_secs(2));
        let now = start + Duration::from_millis(2_500);
        assert_eq!(probes.in_flight(now, Duration::from_secs(1)), 1);
        assert_eq!(probes.in_flight(now, Duration::from_secs(5)), 2);
    }
}
