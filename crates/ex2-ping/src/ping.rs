//! Ping: sends an echo request each interval, and looks at what comes back. The loop stands in [`ping`].

mod event;
mod payload;
mod probes;
mod statistics;

pub use event::{Damage, Observer, PingEvent};
pub use statistics::Statistics;

use crate::echo_socket::{Arrival, EchoSocket, NetworkError, Reply, has_no_room, random};
use crate::icmp::Version;
use crate::latch::Latch;
use common::Problem;
use payload::{damage, number_in, payload};
use probes::{Probes, sequence_of};
use std::io;
use std::time::{Duration, Instant};

/// How long to wait when the system has no room for one more packet.
const SEND_RETRY_INTERVAL: Duration = Duration::from_millis(10);

/// How long a reply may be on its way at least, before any has come.
const INITIAL_PATIENCE: Duration = Duration::from_secs(1);

/// How many packets are taken in a row before looking at the clock: a flood of them must not stop everything else.
const MAX_RECEIVE_BATCH: usize = 64;

/// How many probes, and how often.
pub struct Settings {
    /// How many probes; without a number they go on until Ctrl-C.
    pub count: Option<u64>,
    /// The time from one probe to the next.
    pub interval: Duration,
    /// How long a reply to the last probe is waited for if none has ever come.
    pub wait: Duration,
    /// When all must be done.
    pub deadline: Option<Instant>,
}

/// Pings until all is done, or until Ctrl-C.
pub fn ping(
    socket: &mut EchoSocket,
    settings: &Settings,
    stop: &Latch,
    observer: &mut impl Observer,
) -> Result<Statistics, Problem> {
    let mut session = Session::new(socket, settings, observer);
    while !stop.is_set() {
        let now = Instant::now();
        if let Some(due) = session.next_probe.filter(|&due| now >= due) {
            session.send_probe(now, due);
        }
        session.receive().map_err(failed)?;
        // What arrived before `now` has been received: on a busy computer the program itself may be late, and not the reply.
        if session.is_done(now) {
            break;
        }
        let time = stop.time_to_wait(session.next_deadline());
        session.socket.wait(time).map_err(failed)?;
    }
    Ok(session.end(stop))
}

/// One destination being pinged.
struct Session<'a, O> {
    socket: &'a mut EchoSocket,
    settings: &'a Settings,
    observer: &'a mut O,
    probes: Probes,
    statistics: Statistics,
    /// What marks the payloads of this session: a reply to anybody else's request does not carry it.
    token: u64,
    /// How many echo replies this computer had got before.
    replies_before: u64,
    begin: Instant,
    last_sent: Instant,
    /// When the next probe is due; none if all have been sent.
    next_probe: Option<Instant>,
}

impl<'a, O: Observer> Session<'a, O> {
    fn new(socket: &'a mut EchoSocket, settings: &'a Settings, observer: &'a mut O) -> Self {
        let begin = Instant::now();
        let (probes, statistics, token) = (Probes::default(), Statistics::default(), random());
        let replies_before = socket.count_replies();
        let (last_sent, next_probe) = (begin, Some(begin));
        Self { socket, settings, observer, probes, statistics, token, replies_before, begin, last_sent, next_probe }
    }

    fn is_done(&self, now: Instant) -> bool {
        let is_all_answered = self.next_probe.is_none() && !self.probes.is_any_waiting();
        is_all_answered || self.end_of_waiting().is_some_and(|end| now >= end)
    }

    /// When nothing more will be waited for, as far as that is known.
    fn end_of_waiting(&self) -> Option<Instant> {
        // Where wrong replies come, right ones would have come as well.
        let is_silent = self.statistics.received == 0 && self.statistics.strays == 0;
        let wait = if is_silent { self.settings.wait } else { self.patience() };
        let last = if self.next_probe.is_none() { Some(self.last_sent + wait) } else { None };
        [last, self.settings.deadline].into_iter().flatten().min()
    }

    /// How long a reply may be on its way: twice as long as the slowest so far, and at least an interval.
    fn patience(&self) -> Duration {
        let has_replies = self.statistics.received > 0;
        let slowest = if has_replies { self.statistics.longest() * 2 } else { INITIAL_PATIENCE };
        slowest.max(self.settings.interval)
    }

    /// When there is something to do even if nothing arrives.
    fn next_deadline(&self) -> Option<Instant> {
        [self.next_probe, self.end_of_waiting()].into_iter().flatten().min()
    }

    /// Sends the next probe, which is due since a moment ago.
    fn send_probe(&mut self, now: Instant, due: Instant) {
        let number = self.probes.sent() + 1;
        let sequence = sequence_of(number);
        match self.socket.send(sequence, &payload(number, self.token)) {
            Ok(sent) => self.probes.record_sent(sent),
            Err(e) if has_no_room(&e) => {
                self.next_probe = Some(now + SEND_RETRY_INTERVAL);
                return;
            }
            Err(cause) => {
                self.probes.record_sent(now);
                self.probes.record_error(number);
                self.observer.on_event(PingEvent::NotSent { sequence, cause });
            }
        }
        self.last_sent = now;
        // From the time at which it was due, so that delays do not add up: poll(2) waits up to a millisecond too long. But of a
        // long sleep not more than one probe is made up for.
        let interval = self.settings.interval;
        let next = if due + interval * 2 < now { now } else { due + interval };
        self.next_probe = if self.settings.count == Some(number) { None } else { Some(next) };
    }

    fn receive(&mut self) -> io::Result<()> {
        for _ in 0..MAX_RECEIVE_BATCH {
            match self.socket.receive()? {
                None => break,
                Some(Arrival::Reply(reply)) => self.take_reply(reply),
                Some(Arrival::Error(error)) => self.take_error(error),
                Some(Arrival::Foreign) => {}
            }
        }
        Ok(())
    }

    fn take_reply(&mut self, reply: Reply) {
        if !reply.intact {
            return self.take_corrupted(reply);
        }
        let number = match self.number_of(&reply) {
            Ok(number) => number,
            Err(why) => return self.take_stray(&reply, why),
        };
        let damage = damage(&reply.payload);
        if let Some((time, is_duplicate)) = self.probes.record_reply(number, reply.arrived, reply.read) {
            self.statistics.add_reply(time, is_duplicate);
            self.note_pipe(number);
            self.observer.on_event(PingEvent::Reply { reply, time, is_duplicate, damage });
        }
    }

    /// The number of the probe that a reply belongs to, or why it belongs to none; nothing if it is another program's.
    fn number_of(&self, reply: &Reply) -> Result<u64, Option<&'static str>> {
        match number_in(&reply.payload, self.token) {
            Some(_) if !reply.is_mine => Err(Some("its identifier is not that of the request")),
            Some(number) if sequence_of(number) == reply.sequence => Ok(number),
            Some(_) => Err(Some("its sequence number is not that of the request")),
            // A stranger's may be for another ping whose identifier happens to be the same.
            None if reply.is_mine && !reply.is_stranger => Err(Some("its payload is not that of a request")),
            None => Err(None),
        }
    }

    fn take_corrupted(&mut self, reply: Reply) {
        // What else stands in it may be wrong as well.
        let number = self.probes.number_of(reply.sequence).filter(|_| reply.is_mine);
        let time = number.and_then(|number| self.probes.round_trip(number, reply.arrived, reply.read));
        let Some(time) = time else { return };
        self.statistics.corrupted += 1;
        self.observer.on_event(PingEvent::Corrupted { reply, time });
    }

    /// Tells of the first one, and counts them all: strangers may send any number.
    fn take_stray(&mut self, reply: &Reply, why: Option<&'static str>) {
        let Some(why) = why else { return };
        self.statistics.strays += 1;
        if self.statistics.strays == 1 {
            self.observer.on_event(PingEvent::Stray { from: reply.from, why });
        }
    }

    fn take_error(&mut self, error: NetworkError) {
        let Some(number) = self.probes.number_of(error.sequence) else { return };
        if error.icmp.is_final() {
            self.probes.record_error(number);
        }
        self.statistics.errors += 1;
        // With IPv6 ping does not note it.
        if error.icmp.version == Version::V4 {
            self.note_pipe(number);
        }
        self.observer.on_event(PingEvent::NetworkError(error));
    }

    /// Notes how many probes have been on their way at once: those from `number` to the newest one.
    fn note_pipe(&mut self, number: u64) {
        self.statistics.pipe = self.statistics.pipe.max(self.probes.sent() - number + 1);
    }

    fn end(mut self, stop: &Latch) -> Statistics {
        let now = Instant::now();
        // A ping that is ended early cannot say that its last probes are lost.
        let is_early = stop.is_set() || self.settings.deadline.is_some_and(|deadline| now >= deadline);
        let in_flight = if is_early { self.probes.in_flight(now, self.patience()) } else { 0 };
        if self.statistics.received == 0 {
            self.statistics.unclaimed = self.socket.count_replies().saturating_sub(self.replies_before);
        }
        self.statistics.in_flight = in_flight;
        self.statistics.transmitted = self.probes.sent() - in_flight;
        self.statistics.time = self.last_sent - self.begin;
        self.statistics
    }
}

fn failed(cause: io::Error) -> Problem {
    Problem::new("the socket failed while waiting for replies", cause, "check that this computer is still connected")
}
