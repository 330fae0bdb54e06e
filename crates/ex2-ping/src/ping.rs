//! Ping: sends a probe each interval, and tells what becomes of it.

use crate::echo::{Arrival, EchoSocket, NetworkError, Reply, has_no_room, random};
use crate::event::{self, Event};
use crate::icmp::{HEADER_LEN, PAYLOAD_LEN, sequence_of};
use crate::news::{Listener, News};
use crate::probes::{Answer, Probes};
use crate::statistics::Statistics;
use common::Problem;
use std::io;
use std::time::{Duration, Instant};

/// How long a reply to the last probe is waited for where nobody says so and none has ever come: as ping does.
const DEFAULT_WAIT: Duration = Duration::from_secs(10);

/// How long to wait when the system has no room for one more packet.
const SEND_RETRY_INTERVAL: Duration = Duration::from_millis(10);

/// How long a flood waits for a reply before it sends the next probe all the same.
const FLOOD_INTERVAL: Duration = Duration::from_millis(10);

/// How long a reply may be on its way at least, before any has come.
const INITIAL_PATIENCE: Duration = Duration::from_secs(1);

/// How many packets are taken in a row before looking at the clock: whoever floods this computer stops nothing else.
const MAX_RECEIVE_BATCH: usize = 64;

/// How many probes, and how often.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How many probes; without a number they go on until Ctrl-C.
    pub count: Option<u64>,
    /// The time from one probe to the next. 0: as soon as the last one is answered, for measuring on loopback.
    pub interval: Duration,
    /// How long a reply to the last probe is waited for if none has ever come.
    pub wait: Option<Duration>,
    /// When all must be done.
    pub until: Option<Instant>,
}

/// Pings until all is done, or until `stop`.
///
/// # Errors
///
/// A [`Problem`] if the listener has one, or if the socket fails.
pub fn ping(
    socket: &mut EchoSocket,
    settings: &Settings,
    stop: &Event,
    listener: &mut impl Listener,
) -> Result<Statistics, Problem> {
    let mut run = Run::begin(socket, settings, listener);
    while !stop.has_happened() {
        let now = Instant::now();
        run.send_if_due(now)?;
        run.receive()?;
        // What arrived before `now` has been received: on a busy computer the program itself may be late, and not the reply.
        if run.is_done(now) {
            break;
        }
        run.wait(stop)?;
    }
    Ok(run.end(stop))
}

struct Run<'a, L> {
    socket: &'a mut EchoSocket,
    settings: &'a Settings,
    listener: &'a mut L,
    probes: Probes,
    statistics: Statistics,
    /// What marks the payload of this run: a reply to anybody else's request does not carry it.
    token: u64,
    begin: Instant,
    last_sent: Option<Instant>,
    next_probe: Instant,
}

impl<'a, L: Listener> Run<'a, L> {
    fn begin(socket: &'a mut EchoSocket, settings: &'a Settings, listener: &'a mut L) -> Self {
        let now = Instant::now();
        Self {
            socket,
            settings,
            listener,
            probes: Probes::default(),
            statistics: Statistics::default(),
            token: random(),
            begin: now,
            last_sent: None,
            next_probe: now,
        }
    }

    fn has_sent_all(&self) -> bool {
        self.settings.count.is_some_and(|count| self.probes.sent() >= count)
    }

    fn is_done(&self, now: Instant) -> bool {
        self.has_sent_all() && !self.probes.is_any_waiting() || self.end_of_waiting().is_some_and(|end| now >= end)
    }

    /// When nothing more will be waited for, as far as that is known.
    fn end_of_waiting(&self) -> Option<Instant> {
        let last_wait = match self.statistics.received {
            0 => self.settings.wait.unwrap_or(DEFAULT_WAIT),
            _ => self.patience(),
        };
        let last = self.last_sent.filter(|_| self.has_sent_all()).map(|sent| sent + last_wait);
        [last, self.settings.until].into_iter().flatten().min()
    }

    /// How long a reply may be on its way: twice as long as the slowest so far, and at least an interval.
    fn patience(&self) -> Duration {
        let slowest =
            if self.statistics.received == 0 { INITIAL_PATIENCE } else { self.statistics.trips.longest() * 2 };
        slowest.max(self.settings.interval)
    }

    fn send_if_due(&mut self, now: Instant) -> Result<(), Problem> {
        if self.has_sent_all() || now < self.next_probe {
            return Ok(());
        }
        let number = self.probes.sent() + 1;
        let sequence = sequence_of(number);
        match self.socket.send(sequence, &payload(number, self.token)) {
            Ok(sent) => {
                self.probes.send(sent);
            }
            Err(e) if has_no_room(&e) => {
                self.next_probe = now + SEND_RETRY_INTERVAL;
                return Ok(());
            }
            Err(cause) => {
                self.probes.send(now);
                self.probes.refuse(number);
                self.listener.on_news(News::NotSent { sequence, cause })?;
                // Perhaps this computer has another address now: the next probe tries with that.
                let _ = self.socket.reopen();
            }
        }
        self.last_sent = Some(now);
        // From the time at which it was due, so that delays do not add up: poll(2) waits up to a millisecond too long. But of a
        // long sleep not more than one probe is made up for.
        let interval = if self.settings.interval.is_zero() { FLOOD_INTERVAL } else { self.settings.interval };
        let due = self.next_probe + interval;
        self.next_probe = if due + interval < now { now } else { due };
        Ok(())
    }

    fn receive(&mut self) -> Result<(), Problem> {
        for _ in 0..MAX_RECEIVE_BATCH {
            let Some(arrival) = self.socket.receive().map_err(failed)? else { break };
            match arrival {
                Arrival::Reply(reply) => self.take_reply(&reply)?,
                Arrival::Error(error) => self.take_error(error)?,
                Arrival::Foreign => {}
            }
            // A flood: as soon as all are answered, instead of after FLOOD_INTERVAL. Only `scripts/bench_ping.py` notices it.
            if self.settings.interval.is_zero() && !self.probes.is_any_waiting() {
                self.next_probe = Instant::now();
                break;
            }
        }
        Ok(())
    }

    fn take_reply(&mut self, reply: &Reply) -> Result<(), Problem> {
        let Some(number) = marked(&reply.payload, self.token).filter(|&number| sequence_of(number) == reply.sequence)
        else {
            return Ok(());
        };
        let (from, sequence, ttl) = (reply.from, reply.sequence, reply.ttl);
        let bytes = HEADER_LEN + reply.payload.len();
        if !reply.intact || reply.payload != payload(number, self.token) {
            self.statistics.corrupted += 1;
            let what = if reply.intact { "WRONG DATA" } else { "BAD CHECKSUM" };
            return self.listener.on_news(News::Corrupted { from, sequence, ttl, bytes, what });
        }
        let (time, is_duplicate) = match self.probes.answer(number, reply.at, reply.noticed) {
            Answer::First(time) => (time, false),
            Answer::Duplicate(time) => (time, true),
            Answer::Unknown => return Ok(()),
        };
        self.statistics.trips.add(time);
        self.note_pipe(number);
        let count = if is_duplicate { &mut self.statistics.duplicates } else { &mut self.statistics.received };
        *count += 1;
        self.listener.on_news(News::Reply { from, sequence, ttl, bytes, time, is_duplicate })
    }

    fn take_error(&mut self, error: NetworkError) -> Result<(), Problem> {
        let Some(number) = self.probes.number_of(error.sequence) else {
            return Ok(());
        };
        if error.icmp.is_final() {
            self.probes.refuse(number);
        }
        self.statistics.errors += 1;
        self.note_pipe(number);
        self.listener.on_news(News::Refused(error))
    }

    /// Notes how many probes have been on their way at once: those from `number` to the newest one.
    fn note_pipe(&mut self, number: u64) {
        self.statistics.pipe = self.statistics.pipe.max(self.probes.sent() - number + 1);
    }

    fn wait(&mut self, stop: &Event) -> Result<(), Problem> {
        let now = Instant::now();
        let next_probe = (!self.has_sent_all()).then_some(self.next_probe);
        let mut until = [next_probe, self.end_of_waiting()].into_iter().flatten().min();
        let mut events = vec![stop];
        if let Some((event, at)) = self.listener.waits_for() {
            events.push(event);
            until = Some(until.map_or(at, |until| until.min(at)));
        }
        if until.is_none_or(|until| until > now) {
            event::wait(&events, Some(self.socket.socket()), until)?;
        }
        self.listener.go_on()
    }

    fn end(mut self, stop: &Event) -> Statistics {
        let now = Instant::now();
        // Who ends it early cannot say that the last ones are lost.
        let is_early = stop.has_happened() || self.settings.until.is_some_and(|until| now >= until);
        let in_flight = if is_early { self.probes.in_flight(now, self.patience()) } else { 0 };
        self.statistics.in_flight = in_flight;
        self.statistics.transmitted = self.probes.sent() - in_flight;
        self.statistics.time = self.last_sent.map_or(Duration::ZERO, |sent| sent - self.begin);
        self.statistics
    }
}

/// What a probe carries: its number and the run's mark, 8 bytes each, and a pattern that shows if a byte was changed.
fn payload(number: u64, token: u64) -> [u8; PAYLOAD_LEN] {
    let mut payload = [0; PAYLOAD_LEN];
    for (byte, value) in payload.iter_mut().zip(0..) {
        *byte = value;
    }
    payload[..8].copy_from_slice(&number.to_be_bytes());
    payload[8..16].copy_from_slice(&token.to_be_bytes());
    payload
}

/// The number of the probe that a reply carries, if it has the run's mark.
fn marked(payload: &[u8], token: u64) -> Option<u64> {
    let (number, rest) = payload.split_first_chunk()?;
    let mark = rest.first_chunk()?;
    (u64::from_be_bytes(*mark) == token).then(|| u64::from_be_bytes(*number))
}

fn failed(cause: io::Error) -> Problem {
    Problem::new("the socket failed while waiting for replies", cause, "check that this computer is still connected")
}
