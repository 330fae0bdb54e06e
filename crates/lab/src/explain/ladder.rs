//! The ladder on standard error: whole lines, of at most 79 columns, in letters that the terminal has.

use common::terminal;
use std::env;
use std::io::{self, Write as _};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// How many columns a line has at most: one less than the 80 of the narrowest terminal in use.
pub const WIDTH: usize = 79;

/// Draws for all connections.
pub struct Ladder {
    /// When the first connection came.
    start: OnceLock<Instant>,
    is_ascii: bool,
}

impl Ladder {
    pub fn new() -> Self {
        // The first of these that is not empty counts: locale(7). A console of Windows takes UTF-16, whatever they say.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| env::var(name).ok());
        let locale = locale.into_iter().find(|value| !value.is_empty()).unwrap_or_default().to_lowercase();
        let is_ascii = !cfg!(windows) && !locale.contains("utf-8") && !locale.contains("utf8");
        Self { start: OnceLock::new(), is_ascii }
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

    /// Draws these lines of safe text, in one piece: the lines of two connections are never mixed. Where nobody reads standard error
    /// any more, everything is passed on all the same.
    pub fn say(&self, lines: &str) {
        let lines = terminal::wrapped(&self.spell(lines), terminal::stderr_width());
        let _ = io::stderr().write_all(format!("{lines}\n").as_bytes());
    }
}
