//! What the printer thread does: lines become text, for a pipe as in the lesson, for a class one a connection.
//!
//! The line that stays in sight is written after all others, without a line break, and is wiped before the next ones: with a carriage
//! return and spaces, which every terminal knows. Nothing has to be undone on the way out, even of a crash, and a terminal that is
//! resized, or was used by a shell meanwhile (Ctrl-Z), is right again with the next line.

use crate::console::Line;
use crate::queue::Queue;
use crate::visit::Client;
use crate::visitors::Visitors;
use common::address::format_ip;
use common::text::CONTINUATION;
use common::{Problem, terminal};
use std::collections::VecDeque;
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::sync::Arc;
use std::time::Duration;

/// How much is written in one go, in bytes: little enough to notice whether a slow screen still makes progress.
const CHUNK_LEN: usize = 4096;
/// How wide a terminal is that does not tell.
const USUAL_WIDTH: usize = 79;
const NO_LIMIT: Duration = Duration::MAX;

/// What the printer thread knows.
pub struct Screen<'a> {
    queue: &'a Queue<Line>,
    is_for_a_class: bool,
    /// Text for standard output that has not been written.
    pending: String,
    /// The connection whose lines were the last ones.
    current: u64,
    failed: bool,
    /// How wide the terminals at standard output and standard error are; none where that is a file or a pipe.
    width: Option<usize>,
    error_width: Option<usize>,
    /// What stays in sight, and whether it is on the screen now.
    pinned: String,
    is_drawn: bool,
    /// Whose table was asked for.
    asked: Option<Arc<Visitors>>,
}

impl<'a> Screen<'a> {
    /// A screen that shows what the queue holds.
    pub fn new(queue: &'a Queue<Line>, is_for_a_class: bool) -> Self {
        Self {
            queue,
            is_for_a_class,
            pending: String::new(),
            current: 0,
            failed: false,
            width: stdout_width(),
            error_width: stderr_width(),
            pinned: String::new(),
            is_drawn: false,
            asked: None,
        }
    }

    /// Shows all lines to the last one.
    pub fn show_all(mut self) {
        let mut lines = VecDeque::new();
        while let Some(lost) = self.queue.take(NO_LIMIT, &mut lines) {
            self.width = self.width.and_then(|_| stdout_width());
            self.error_width = self.error_width.and_then(|_| stderr_width());
            self.wipe();
            lines.drain(..).for_each(|line| self.show(line));
            if let Some(visitors) = self.asked.take() {
                self.print(&visitors.table(self.width).unwrap_or_else(|| "Nobody has come so far.".to_string()));
            }
            if lost > 0 {
                self.show(Line::Note(format!("note: {lost} lines were dropped: the screen was standing still")));
            }
            self.draw();
            self.flush();
        }
        self.queue.finish();
    }

    fn show(&mut self, line: Line) {
        match line {
            Line::Waiting(address) => {
                self.print(&format!("Waiting for connections at {}, {}", format_ip(address), address.port()));
            }
            Line::Connection(Client { number, from, .. }) => {
                self.current = number;
                self.print(&format!("CONNECTION: {number}. From the IP: {}", format_ip(from)));
            }
            Line::Message { client, name, text } if self.is_for_a_class => {
                self.print_row(client.number, &name.unwrap_or_else(|| format_ip(client.from)), &text);
            }
            Line::Message { client: Client { number, from, .. }, text, .. } => {
                // Others came in between: say whose message it is.
                if self.current != number {
                    self.print(&format!("From connection {number} ({}):", format_ip(from)));
                }
                self.current = number;
                self.print(&format!("Message from client: {text}"));
            }
            Line::Remark { client, name, text } if self.is_for_a_class => {
                self.print_row(client.number, &name.unwrap_or_else(|| format_ip(client.from)), &format!("({text})"));
            }
            Line::Remark { client: Client { number, from, .. }, text, .. } => {
                self.note(&format!("note: connection {number} ({}) {text}", format_ip(from)));
            }
            Line::Plain(text) => self.print(&text),
            Line::Note(text) => self.note(&text),
            Line::Pinned(text) => self.pinned = text,
            // Each batch draws it again.
            Line::Redraw => {}
            // However often that is asked, one answer at a time is enough.
            Line::WhoCame(visitors) => self.asked = Some(visitors),
            Line::Last(visitors) => {
                self.asked = None;
                self.pinned.clear();
                // A terminal shows `^C` first: the last words begin on a line of their own.
                if self.width.is_some() && !self.is_for_a_class {
                    self.pending.push('\n');
                }
                let table = visitors.table(self.width).map(|table| format!("\n\n{table}")).unwrap_or_default();
                self.print(&format!("Server stopped by the user{table}"));
            }
        }
    }

    fn print(&mut self, text: &str) {
        match self.width {
            Some(_) => self.pending.push_str(&terminal::wrapped(text, self.width)),
            None => self.pending.push_str(text),
        }
        self.pending.push('\n');
    }

    /// One line for a connection.
    fn print_row(&mut self, number: u64, who: &str, text: &str) {
        let on_one_line = text.replace(&["\n", CONTINUATION].concat(), " | ");
        let row = cut(&format!("{number:>5}  {who:<15}  {on_one_line}"), self.width);
        self.print(&row);
    }

    fn note(&mut self, text: &str) {
        self.flush();
        let _ = writeln!(io::stderr(), "{}", terminal::wrapped(text, self.error_width));
    }

    /// Wipes what stays in sight, and what was typed behind it, so that other lines can be written.
    fn wipe(&mut self) {
        if std::mem::take(&mut self.is_drawn) {
            let columns = self.width.unwrap_or_default();
            self.pending = format!("\r{:columns$}\r", "");
        }
    }

    fn draw(&mut self) {
        if self.is_for_a_class && !self.pinned.is_empty() {
            self.pending.push_str(&cut(&self.pinned, self.width));
            self.is_drawn = true;
        }
    }

    /// Writes what is pending. A screen that is gone is no reason to stop: the clients get their answers all the same.
    fn flush(&mut self) {
        let mut stdout = io::stdout();
        let written: io::Result<()> = self.pending.as_bytes().chunks(CHUNK_LEN).try_for_each(|chunk| {
            stdout.write_all(chunk)?;
            stdout.flush()?;
            self.queue.progress();
            Ok(())
        });
        self.pending.clear();
        match written {
            Err(e) if e.kind() != ErrorKind::BrokenPipe && !self.failed => {
                self.failed = true;
                let _ = writeln!(io::stderr(), "{}", Problem::output(e));
            }
            _ => {}
        }
    }
}

/// How many columns of the terminal at standard output are used; none where that is a file or a pipe.
pub fn stdout_width() -> Option<usize> {
    io::stdout().is_terminal().then(|| terminal::stdout_width().unwrap_or(USUAL_WIDTH))
}

fn stderr_width() -> Option<usize> {
    io::stderr().is_terminal().then(|| terminal::stderr_width().unwrap_or(USUAL_WIDTH))
}

/// A line of text, cut before the edge of the terminal.
pub fn cut(line: &str, width: Option<usize>) -> String {
    const DOTS: &str = "...";
    let lines = |width: Option<usize>| terminal::wrapped(line, width);
    if !lines(width).contains('\n') {
        return line.to_string();
    }
    let shorter = lines(width.map(|width| width.saturating_sub(DOTS.len())));
    shorter.split('\n').next().unwrap_or_default().to_string() + DOTS
}
