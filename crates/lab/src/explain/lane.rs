//! What is drawn of one connection.
//!
//! ```text
//!     0.000 ms  1  127.0.0.1:42312 ─────── connect ───────▶ 127.0.0.1:8080
//!                  the server sees it come from the relay: 127.0.0.1:50044
//!     0.180 ms  1  127.0.0.1:42312 ────── 24 bytes ───────▶ 127.0.0.1:8080
//!                  | HELLO FROM THE CLIENT!!!
//! ```

use super::ladder::{Ladder, WIDTH};
use common::address::format_pair;
use common::text::{LineBreaks, SafeText, escape_line};
use common::{Problem, terminal};
use std::io::ErrorKind;
use std::mem;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The index of the end that has connected.
pub const CLIENT: usize = 0;
/// The index of the end that was connected to.
pub const SERVER: usize = 1;

/// How many pieces of an end are drawn in each [`WINDOW`], one by one; the others are added up.
const MAX_PIECES: usize = 10;
const WINDOW: Duration = Duration::from_secs(1);
/// The columns of an arrow: the shortest has room for a whole buffer's `65536 bytes`.
const MIN_ARROW: usize = 16;
const MAX_ARROW: usize = 24;

/// Draws one connection.
pub struct Lane {
    ladder: Arc<Ladder>,
    number: usize,
    /// How the two ends are called on each rung.
    names: [String; 2],
    sides: [Side; 2],
}

/// What is remembered of the pieces that an end sends.
struct Side {
    /// A character may be cut in two by the pieces.
    text: SafeText,
    /// When the first of these pieces could come, and how many have.
    window: Instant,
    pieces: usize,
    /// How many bytes were not drawn one by one, and in how many pieces.
    hidden: (usize, usize),
    is_urgent_told: bool,
}

impl Lane {
    pub fn new(ladder: Arc<Ladder>, number: usize, client: SocketAddr, server: SocketAddr) -> Self {
        let names = [client, server].map(format_pair);
        let sides = [CLIENT, SERVER].map(|_| Side {
            text: SafeText::new(LineBreaks::Escaped),
            window: Instant::now(),
            pieces: 0,
            hidden: (0, 0),
            is_urgent_told: false,
        });
        let mut lane = Self { ladder, number, names, sides };
        if lane.room() < MIN_ARROW {
            // Two IPv6 addresses may be longer than a line.
            lane.note(&format!("client: {}", lane.names[CLIENT]));
            lane.note(&format!("server: {}", lane.names[SERVER]));
            lane.names = ["client".to_string(), "server".to_string()];
        }
        lane
    }

    /// The connection is made. The server sees the relay at this address.
    pub fn connected(&self, relay: Option<SocketAddr>) {
        let seen = relay.map(|relay| format!("the server sees it come from the relay: {}", format_pair(relay)));
        self.rung(CLIENT, "connect", seen.as_slice());
    }

    /// No connection to the server could be made.
    pub fn not_connected(&self, problem: &Problem) {
        self.rung(CLIENT, "connect", &[]);
        let cause = escape_line(problem.cause().as_bytes());
        let notes = [problem.error().to_string(), cause, "the client sees a reset instead".to_string()];
        self.rung(SERVER, "no connection", &notes);
    }

    /// The end at `index` has sent this.
    pub fn piece(&mut self, index: usize, bytes: &[u8]) {
        self.tick();
        let side = &mut self.sides[index];
        if side.pieces == MAX_PIECES {
            side.hidden = (side.hidden.0 + bytes.len(), side.hidden.1 + 1);
            side.text = SafeText::new(LineBreaks::Escaped);
            return;
        }
        side.pieces += 1;
        let mut shown = String::new();
        side.text.push(bytes, &mut shown);
        let excerpt = self.excerpt(&shown);
        self.rung(index, &count(bytes.len()), &[excerpt]);
    }

    /// It sends nothing more.
    pub fn ended(&mut self, index: usize) {
        self.draw_hidden(index);
        self.rung(index, "end (FIN)", &[]);
    }

    /// The connection to it broke off.
    pub fn broke_off(&mut self, index: usize, kind: ErrorKind) {
        self.draw_hidden(index);
        match kind {
            ErrorKind::TimedOut | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
                self.rung(index, "lost", &[format!("{kind}; the other side sees a reset instead")]);
            }
            _ => self.rung(index, "reset (RST)", &[]),
        }
    }

    /// Among what it sends is an urgent byte, which loses that mark here.
    pub fn urgent(&mut self, index: usize) {
        if !std::mem::replace(&mut self.sides[index].is_urgent_told, true) {
            self.rung(index, "urgent data", &["it is passed on as an ordinary byte, in its place".to_string()]);
        }
    }

    /// Something else about the connection.
    pub fn note(&self, note: &str) {
        self.ladder.say(&format!("{}{note}", self.head()));
    }

    /// Draws what was added up, once its window is over.
    pub fn tick(&mut self) {
        for index in [CLIENT, SERVER] {
            if self.sides[index].window.elapsed() >= WINDOW {
                self.draw_hidden(index);
                self.sides[index].window = Instant::now();
                self.sides[index].pieces = 0;
            }
        }
    }

    fn draw_hidden(&mut self, index: usize) {
        let (bytes, pieces) = mem::take(&mut self.sides[index].hidden);
        if pieces > 0 {
            self.rung(index, &count(bytes), &[format!("in {pieces} more pieces")]);
        }
    }

    /// As much of a piece as fits into a line.
    fn excerpt(&self, shown: &str) -> String {
        // Four combining marks may stand on each character.
        let beginning: String = shown.chars().take(5 * WIDTH).collect();
        let columns = WIDTH - self.head().len() - "| ...".len();
        match terminal::wrapped(&self.ladder.spell(&beginning), Some(columns)).split_once('\n') {
            Some((line, _)) => format!("| {line}..."),
            None => format!("| {}", self.ladder.spell(&beginning)),
        }
    }

    fn rung(&self, from: usize, label: &str, notes: &[String]) {
        let head = self.head();
        let [client, server] = &self.names;
        let line = format!("{:─^width$}", format!(" {label} "), width = self.room().min(MAX_ARROW) - 2);
        let arrow = if from == CLIENT { format!("─{line}▶") } else { format!("◀{line}─") };
        let indent = format!("\n{:width$}", "", width = head.len());
        let notes: String = notes.iter().flat_map(|note| [&indent, note]).map(String::as_str).collect();
        self.ladder.say(&format!("{head}{client} {arrow} {server}{notes}"));
    }

    /// How many columns a rung has for its arrow.
    fn room(&self) -> usize {
        let used = self.head().len() + self.names.iter().map(|name| name.len() + 1).sum::<usize>();
        WIDTH.saturating_sub(used)
    }

    /// What each rung begins with: the time, and the connection's number.
    fn head(&self) -> String {
        let seconds = self.ladder.time().as_secs_f64();
        let time = if seconds < 100.0 { format!("{:>9.3} ms", seconds * 1000.0) } else { format!("{seconds:>10.3} s") };
        format!("{time} {:>2}  ", self.number)
    }
}

fn count(bytes: usize) -> String {
    if bytes == 1 { "1 byte".to_string() } else { format!("{bytes} bytes") }
}
