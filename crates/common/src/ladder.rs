//! `--explain`: every socket call as it happens, drawn as a ladder between the two sides.
//!
//! ```text
//!     0.043 ms  1 create   socket(IPv4, TCP)
//!     0.155 ms  2 connect  127.0.0.1:42312 ─────────────────▶ 127.0.0.1:8080
//!     0.180 ms  3 send     127.0.0.1:42312 ──── 24 bytes ───▶ 127.0.0.1:8080  HELLO FROM THE CLIENT!!!
//!     0.324 ms  4 receive  127.0.0.1:42312 ◀─── 31 bytes ──── 127.0.0.1:8080  Hello from the teacher's server
//!     0.341 ms    receive  127.0.0.1:42312 ◀───── end ─────── 127.0.0.1:8080  it sends nothing more
//!     0.352 ms  5 close    127.0.0.1:42312 ────── end ──────▶ 127.0.0.1:8080
//! ```
//!
//! The numbers are the lesson's steps: five for a client, seven for a server. The time is in milliseconds; it runs from the
//! moment when the ladder was made.

use crate::terminal;
use crate::text::{self, LineBreaks, SafeText};
use socket2::Socket;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::time::Instant;

/// A client's steps, in order. A rung has its step's number when the step is taken for the first time.
const CLIENT_STEPS: &[&str] = &["create", "connect", "send", "receive", "close"];
/// A server's steps, in order.
const SERVER_STEPS: &[&str] = &["create", "bind", "listen", "accept", "receive", "send", "close"];
/// The length of an arrow between the two sides, in columns.
const ARROW_WIDTH: usize = 18;
/// How many rungs are held back at most, however many pieces an answer has.
const MAX_HELD_RUNGS: usize = 10_000;
/// How many bytes of a message a rung shows at most.
const MAX_PREVIEW_LEN: usize = 40;

/// Where the rungs go: somebody's function, or nowhere.
type Sink = Option<Box<dyn FnMut(String) + Send>>;

/// Draws a rung for each call it is told of, or nothing at all when it is off.
///
/// ```
/// use common::Ladder;
/// use std::sync::mpsc;
///
/// let (rungs, drawn) = mpsc::channel();
/// let mut ladder = Ladder::for_server(move |rung| rungs.send(rung).unwrap());
/// ladder.created("127.0.0.1:8080".parse().unwrap());
/// assert!(drawn.recv().unwrap().ends_with("1 create   socket(IPv4, TCP)"));
/// ```
pub struct Ladder {
    sink: Sink,
    steps: &'static [&'static str],
    /// The steps that have been taken.
    taken: Vec<&'static str>,
    start: Instant,
    /// The two ends, known from `connected` or `accepted` on.
    ours: String,
    theirs: String,
    /// A client's rungs from the first `received` on: they must not stand in the middle of the answer, which goes to the same
    /// screen. They are drawn when the socket is closed.
    held: Option<Vec<String>>,
}

impl Ladder {
    /// A client's ladder, on standard error if `explain` is true, else one that draws nothing.
    ///
    /// What is received is drawn when the socket is closed: the answer goes to the same screen, and is not to be cut in
    /// pieces.
    #[must_use]
    pub fn for_client(explain: bool) -> Self {
        let on_stderr = |rung: String| {
            let _ = writeln!(io::stderr(), "{}", terminal::wrapped(&rung, terminal::stderr_width()));
        };
        Self::new(explain.then(|| Box::new(on_stderr) as Box<_>), CLIENT_STEPS)
    }

    /// A server's ladder: each rung, a line without its end, is given to `sink`.
    pub fn for_server(sink: impl FnMut(String) + Send + 'static) -> Self {
        Self::new(Some(Box::new(sink)), SERVER_STEPS)
    }

    /// A ladder that draws nothing.
    #[must_use]
    pub fn off() -> Self {
        Self::new(None, CLIENT_STEPS)
    }

    fn new(sink: Sink, steps: &'static [&'static str]) -> Self {
        Self {
            sink,
            steps,
            taken: Vec::new(),
            start: Instant::now(),
            ours: String::new(),
            theirs: String::new(),
            held: None,
        }
    }

    /// After `Socket::new`, with the address that the socket is for.
    pub fn created(&mut self, address: SocketAddr) {
        let family = if address.is_ipv6() { "IPv6" } else { "IPv4" };
        self.draw("create", &format!("socket({family}, TCP)"));
    }

    /// After `bind`.
    pub fn bound(&mut self, socket: &Socket) {
        if self.sink.is_some() {
            self.draw("bind", &spoken(socket.local_addr()));
        }
    }

    /// After `listen`: so many connections may wait to be accepted.
    pub fn listening(&mut self, backlog: i32) {
        self.draw("listen", &format!("{backlog} connections may wait"));
    }

    /// After `connect`.
    pub fn connected(&mut self, socket: &Socket) {
        self.meet(socket);
        self.arrow("connect", Direction::Right, "", "");
    }

    /// After `accept`, with the new socket that it gave.
    pub fn accepted(&mut self, socket: &Socket) {
        self.meet(socket);
        self.arrow("accept", Direction::Left, "", "");
    }

    /// After `send`, with all that was sent.
    pub fn sent(&mut self, bytes: &[u8]) {
        self.arrow("send", Direction::Right, &count(bytes.len() as u64), &preview(bytes));
    }

    /// After `recv`, with what it gave: the bytes, or none when the other side sends nothing more. An error is no rung.
    pub fn received(&mut self, received: &io::Result<&[u8]>) {
        if self.steps == CLIENT_STEPS {
            self.held.get_or_insert_default();
        }
        match received {
            Ok([]) => self.arrow("receive", Direction::Left, "end", "it sends nothing more"),
            Ok(bytes) => self.arrow("receive", Direction::Left, &count(bytes.len() as u64), &preview(bytes)),
            Err(_) => {}
        }
    }

    /// After several calls of `recv` that gave so many bytes which nobody looks at.
    pub fn drained(&mut self, bytes: u64) {
        self.arrow("receive", Direction::Left, &count(bytes), "read to its end, so that nothing is lost");
    }

    /// After `shutdown(Write)`.
    pub fn finished_sending(&mut self) {
        self.arrow("shutdown", Direction::Right, "end", "we send nothing more");
    }

    /// When the socket is closed.
    pub fn closed(&mut self) {
        self.draw_held();
        self.arrow("close", Direction::Right, "end", "");
    }

    fn draw_held(&mut self) {
        if let Some(sink) = &mut self.sink {
            self.held.take().into_iter().flatten().for_each(sink);
        }
    }

    fn meet(&mut self, socket: &Socket) {
        if self.sink.is_some() {
            self.ours = spoken(socket.local_addr());
            self.theirs = spoken(socket.peer_addr());
        }
    }

    fn arrow(&mut self, call: &'static str, direction: Direction, label: &str, remark: &str) {
        if self.sink.is_none() {
            return;
        }
        let label = if label.is_empty() { String::new() } else { format!(" {label} ") };
        let line = format!("{label:─^width$}", width = ARROW_WIDTH - 2);
        let arrow = match direction {
            Direction::Right => format!("─{line}▶"),
            Direction::Left => format!("◀{line}─"),
        };
        let rung = format!("{} {arrow} {}  {remark}", self.ours, self.theirs);
        self.draw(call, rung.trim_end());
    }

    fn draw(&mut self, call: &'static str, rung: &str) {
        let Some(sink) = &mut self.sink else { return };
        let step = self.steps.iter().position(|&step| step == call);
        let number = match step {
            Some(place) if !self.taken.contains(&call) => {
                self.taken.push(call);
                (place + 1).to_string()
            }
            _ => String::new(),
        };
        let milliseconds = self.start.elapsed().as_secs_f64() * 1000.0;
        let rung = format!("{milliseconds:>9.3} ms {number:>2} {call:<8} {rung}");
        match &mut self.held {
            Some(held) if held.len() < MAX_HELD_RUNGS => held.push(rung),
            Some(_) => {}
            None => sink(rung),
        }
    }
}

/// A program that ends with a problem still draws what has happened.
impl Drop for Ladder {
    fn drop(&mut self) {
        self.draw_held();
    }
}

#[derive(Clone, Copy)]
enum Direction {
    Right,
    Left,
}

fn spoken(address: io::Result<socket2::SockAddr>) -> String {
    address
        .ok()
        .and_then(|address| address.as_socket())
        .map_or_else(|| "(gone)".to_string(), |address: SocketAddr| address.to_string())
}

fn count(bytes: u64) -> String {
    if bytes == 1 { "1 byte".to_string() } else { format!("{bytes} bytes") }
}

fn preview(bytes: &[u8]) -> String {
    let Some(beginning) = bytes.get(..MAX_PREVIEW_LEN) else {
        return text::one_line(bytes);
    };
    // Not finished: a character that the cut divides is left out.
    let mut shown = String::new();
    SafeText::new(LineBreaks::Escaped).push(beginning, &mut shown);
    shown + "..."
}

#[cfg(test)]
mod tests {
    use super::{CLIENT_STEPS, Ladder, MAX_HELD_RUNGS};
    use std::sync::mpsc::{self, Receiver};

    fn client() -> (Ladder, Receiver<String>) {
        let (draw, drawn) = mpsc::channel();
        (Ladder::new(Some(Box::new(move |rung| draw.send(rung).unwrap())), CLIENT_STEPS), drawn)
    }

    #[test]
    fn rungs_are_held_back_within_bounds() {
        let (mut ladder, drawn) = client();
        for _ in 0..MAX_HELD_RUNGS + 5 {
            ladder.received(&Ok(b"x"));
        }
        assert_eq!(drawn.try_iter().count(), 0, "an answer is on the screen first");
        ladder.closed();
        assert_eq!(drawn.try_iter().count(), MAX_HELD_RUNGS + 1, "those held back, and the last step");
    }

    #[test]
    fn a_half_close_is_a_rung() {
        let (mut ladder, drawn) = client();
        ladder.finished_sending();
        let rung = drawn.recv().unwrap();
        assert!(rung.contains("shutdown") && rung.contains("we send nothing more"), "{rung}");
    }
}
