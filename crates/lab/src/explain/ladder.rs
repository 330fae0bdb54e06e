//! The ladder on standard error: whole lines, of at most 79 columns, in letters that the terminal has.

mod printer;

use common::terminal;
use printer::Printer;
use std::io;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// How many columns a line has at most: one less than the 80 of the narrowest terminal in use.
pub const WIDTH: usize = 79;

/// Draws for all connections.
pub struct Ladder {
    /// When the first connection came.
    start: OnceLock<Instant>,
    is_ascii: bool,
    printer: Printer,
}

impl Ladder {
    /// Draws nothing yet. It fails where no thread can be started.
    pub fn new() -> io::Result<Self> {
        Ok(Self { start: OnceLock::new(), is_ascii: !terminal::is_utf8(), printer: Printer::start()? })
    }

    /// The time since the first connection came; with the first call it begins.
    pub fn time(&self) -> Duration {
        self.start.get_or_init(Instant::now).elapsed()
    }

    /// Safe text in letters that the terminal has.
    pub fn spell(&self, text: &str) -> String {
        if !self.is_ascii {
            return text.to_string();
        }
        let mut spelled = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '─' => spelled.push('-'),
                '▶' => spelled.push('>'),
                '◀' => spelled.push('<'),
                _ if character.is_ascii() => spelled.push(character),
                _ => spelled.extend(character.escape_unicode()),
            }
        }
        spelled
    }

    /// Draws these lines of safe text, in one piece: the lines of two connections are never mixed. What stands still with standard
    /// error is the drawing, and no connection.
    pub fn say(&self, lines: &str) {
        let width = terminal::stderr_width();
        let lines = terminal::wrapped(&self.spell(lines), width);
        self.printer.print(format!("{}{lines}\n", width.map_or(String::new(), own_line)));
    }

    /// Waits until all is drawn, as long as somebody reads it.
    pub fn flush(&self) {
        self.printer.flush();
    }
}

/// What begins a line of one's own on a terminal where another program's line may have no end yet, a prompt say: as many spaces as a row
/// has. From the left edge they end at the right one, from anywhere else in the next row. Then the spaces are erased. The terminal itself
/// could say where its cursor is, but to the command, which reads it.
fn own_line(width: usize) -> String {
    if cfg!(windows) || terminal::is_dumb() {
        String::new()
    } else {
        format!("{:columns$}\r\x1b[K", "", columns = width + 1)
    }
}
