//! One connection: what one end sends is passed on to the other, in order, and so are its end and its reset.

mod connecting;

pub use connecting::refuse;

use super::lane::{CLIENT, Lane, SERVER};
use super::send_queue;
use mio::event::Event;
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use socket2::SockRef;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::Shutdown;
use std::ops::Range;
use std::time::{Duration, Instant};

/// How many bytes are on their way through the relay at most, in each direction.
const BUFFER_LEN: usize = 64 * 1024;
/// How often a thread that waits for the network looks at the clock.
const TICK: Duration = Duration::from_millis(250);
/// How often the system's send queue is looked at before a reset: there is no event for it.
const QUEUE_TICK: Duration = Duration::from_millis(5);
/// How long an end that takes nothing keeps back a reset, or the end of `explain` once the command has ended.
const DELIVERY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a server that keeps its side open is waited for once the command has ended.
const END_TIMEOUT: Duration = Duration::from_secs(2);
/// How long a child that the command has left behind may go on sending.
const CHILDREN_TIMEOUT: Duration = Duration::from_secs(30);

/// What an end is watched for. Urgent bytes are told by Linux alone.
#[cfg(target_os = "linux")]
const INTERESTS: Interest = Interest::READABLE.add(Interest::WRITABLE).add(Interest::PRIORITY);
#[cfg(not(target_os = "linux"))]
const INTERESTS: Interest = Interest::READABLE.add(Interest::WRITABLE);

/// Lets the socket close with a reset (RST): socket(7), `SO_LINGER`. What the system has not sent yet is thrown away.
fn reset(socket: &TcpStream) {
    let _ = SockRef::from(socket).set_linger(Some(Duration::ZERO));
}

/// One of the two ends.
struct End {
    socket: TcpStream,
    /// A piece that it has sent, and which part of it the other end has not taken yet.
    buffer: Vec<u8>,
    unsent: Range<usize>,
    /// Whether nothing more is to be read from it.
    has_ended: bool,
    /// How the connection to it broke off, if it did.
    failure: Option<ErrorKind>,
}

impl End {
    /// Whether all that it sends has been passed on.
    fn is_done(&self) -> bool {
        self.has_ended && self.unsent.is_empty()
    }
}

/// A client and its server.
pub struct Connection {
    ends: [End; 2],
    poll: Poll,
    lane: Lane,
}

impl Connection {
    pub fn new(client: TcpStream, server: TcpStream, poll: Poll, lane: Lane) -> Self {
        let mut index = 0;
        let ends = [client, server].map(|mut socket| {
            // A piece goes on at once, and an urgent byte in its place among the others. A connection that is lost already refuses
            // some of this, and says so when it is read.
            let _ = SockRef::from(&socket).set_tcp_nodelay(true);
            let _ = SockRef::from(&socket).set_out_of_band_inline(true);
            let _ = poll.registry().register(&mut socket, Token(index), INTERESTS);
            index += 1;
            End { socket, buffer: vec![0; BUFFER_LEN], unsent: 0..0, has_ended: false, failure: None }
        });
        Self { ends, poll, lane }
    }

    /// Passes everything on until both ends have ended or one has broken off. Once the command `is_over` neither is waited for for ever.
    fn relay(mut self, is_over: impl Fn() -> bool) {
        let mut last_move = Instant::now();
        let mut over_since = None;
        loop {
            let has_moved = self.broken().is_none() && (self.pass(CLIENT) | self.pass(SERVER));
            if has_moved {
                last_move = Instant::now();
            }
            if let Some(index) = self.broken() {
                return self.pass_reset(index);
            }
            if self.ends.iter().all(End::is_done) {
                return;
            }
            if is_over() {
                let since = over_since.get_or_insert_with(Instant::now).elapsed();
                let is_delivered = self.ends.iter().all(|end| end.unsent.is_empty());
                let patience = if is_delivered { END_TIMEOUT } else { DELIVERY_TIMEOUT };
                if last_move.elapsed() >= patience || since >= CHILDREN_TIMEOUT {
                    // What was not taken is lost: that is no end in order.
                    for index in [CLIENT, SERVER].into_iter().filter(|&index| !self.ends[index].unsent.is_empty()) {
                        reset(&self.ends[1 - index].socket);
                    }
                    return self.lane.note("still open: it is cut, since the program has ended");
                }
            }
            if !has_moved {
                self.wait(TICK);
            }
        }
    }

    /// Which end has broken off, if one has.
    fn broken(&self) -> Option<usize> {
        self.ends.iter().position(|end| end.failure.is_some())
    }

    /// A step with what the end at `index` sends; whether there was one.
    fn pass(&mut self, index: usize) -> bool {
        let (from, to) = (&self.ends[index], &self.ends[1 - index]);
        if !from.unsent.is_empty() {
            match (&to.socket).write(&from.buffer[from.unsent.clone()]) {
                Ok(length) => self.ends[index].unsent.start += length,
                Err(e) if must_wait(&e) => return false,
                Err(e) => {
                    self.ends[index].unsent = 0..0;
                    self.break_off(1 - index, e.kind());
                }
            }
            return true;
        }
        if from.has_ended {
            return false;
        }
        let is_lost = to.failure.is_some();
        let from = &mut self.ends[index];
        match from.socket.read(&mut from.buffer) {
            Err(e) if must_wait(&e) => return false,
            // Linux says a reset only once: where `write` has got it, `read` gives 0.
            Ok(0) if from.failure.is_none() => {
                from.has_ended = true;
                self.lane.ended(index);
                let _ = self.ends[1 - index].socket.shutdown(Shutdown::Write);
            }
            // Nobody can take it any more.
            Ok(1..) if is_lost => {}
            Ok(length @ 1..) => {
                from.unsent = 0..length;
                self.lane.piece(index, &from.buffer[..length]);
            }
            result => {
                from.has_ended = true;
                self.break_off(index, result.map_or_else(|e| e.kind(), |_| ErrorKind::ConnectionReset));
            }
        }
        true
    }

    /// The end at `index` has broken off. What it sent before may still wait to be read: only after that it is drawn.
    fn break_off(&mut self, index: usize, kind: ErrorKind) {
        let end = &mut self.ends[index];
        let kind = *end.failure.get_or_insert(kind);
        if end.has_ended {
            self.lane.broke_off(index, kind);
        }
    }

    /// The end at `index` has broken off: the other one gets all that was sent before, and then a reset.
    fn pass_reset(&mut self, index: usize) {
        let other = 1 - index;
        let mut queue = u64::MAX;
        let mut last_move = Instant::now();
        while self.ends[other].failure.is_none() && queue > 0 {
            let mut has_moved = self.pass(index);
            // Thrown away: an end that is sending comes to read only after that. Much at a time, since looking at the queue is slow.
            let until = Instant::now() + QUEUE_TICK;
            while self.pass(other) && Instant::now() < until {}
            if self.ends[index].is_done() {
                // A reset throws away what the system has not delivered yet.
                let length = send_queue::length(&self.ends[other].socket);
                has_moved |= length < queue;
                queue = length;
            }
            if has_moved {
                last_move = Instant::now();
            } else if last_move.elapsed() >= DELIVERY_TIMEOUT {
                self.lane.note("the other side takes nothing: the last bytes before the reset are lost");
                break;
            }
            self.wait(if has_moved { Duration::ZERO } else { QUEUE_TICK });
        }
        reset(&self.ends[other].socket);
    }

    /// Waits until an end can be read or written, or has broken off. A reset that comes after the end of what an end sends is found
    /// only here: there is nothing more to read from it.
    fn wait(&mut self, timeout: Duration) {
        let mut events = Events::with_capacity(8);
        let _ = self.poll.poll(&mut events, Some(timeout));
        self.lane.tick();
        for event in events.iter().filter(|event| event.is_priority()) {
            self.lane.urgent(event.token().0);
        }
        for event in events.iter().filter(|event| is_error(event)) {
            self.note_error(event.token().0);
        }
    }

    fn note_error(&mut self, index: usize) {
        let error = self.ends[index].socket.take_error().ok().flatten();
        if self.ends[index].failure.is_none() {
            self.break_off(index, error.map_or(ErrorKind::ConnectionReset, |error| error.kind()));
        }
    }
}

/// Windows says it otherwise; elsewhere an end is closed for writing also where both sides have ended well.
fn is_error(event: &Event) -> bool {
    event.is_error() || (cfg!(windows) && event.is_write_closed())
}

fn must_wait(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}
