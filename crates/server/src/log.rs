//! `--log FILE`: one JSON object for each connection, a line each (JSON Lines).

use crate::console::Console;
use crate::limits::Refusal;
use crate::message::Message;
use crate::queue::Queue;
use crate::talk::Outcome;
use common::{Problem, text};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

/// How long the last lines may take at the end.
const LAST_LINES: Duration = Duration::from_secs(1);

/// What is noted of a connection.
#[derive(Serialize)]
pub struct Entry {
    /// When the client was done with, RFC 3339, UTC.
    time: Timestamp,
    /// The connection's number, none for a client that was refused.
    number: Option<u64>,
    address: IpAddr,
    port: u16,
    /// How many bytes the client sent, as far as they were read.
    bytes: u64,
    /// The first 1,024 bytes of them; what is not UTF-8 is U+FFFD.
    message: String,
    outcome: &'static str,
    /// How long the client was here, in milliseconds.
    ms: u128,
}

impl Entry {
    /// A client that was served.
    pub fn served(number: u64, from: SocketAddr, stayed: Duration, message: &Message, outcome: Outcome) -> Self {
        Self {
            number: Some(number),
            bytes: message.length,
            message: String::from_utf8_lossy(&message.kept).into_owned(),
            ..Self::new(
                from,
                stayed,
                match outcome {
                    Outcome::Answered => "answered",
                    Outcome::Reset => "reset",
                    Outcome::ResetBeforeMessage => "reset before a message",
                    Outcome::Silent => "silent",
                },
            )
        }
    }

    /// A client that was told why it is not served.
    pub fn refused(from: SocketAddr, stayed: Duration, refusal: Refusal) -> Self {
        Self::new(
            from,
            stayed,
            match refusal {
                Refusal::Full(_) => "refused: server full",
                Refusal::AddressFull(_) => "refused: too many from this address",
            },
        )
    }

    fn new(from: SocketAddr, stayed: Duration, outcome: &'static str) -> Self {
        Self {
            time: Timestamp::now(),
            number: None,
            address: from.ip(),
            port: from.port(),
            bytes: 0,
            message: String::new(),
            outcome,
            ms: stayed.as_millis(),
        }
    }
}

/// The file, and the one thread that writes to it.
pub struct Log {
    path: PathBuf,
    queue: Arc<Queue<String>>,
    lost: Arc<AtomicU64>,
}

impl Log {
    /// Opens the file, to write at its end. The first line that cannot be written is told on the `console`.
    pub fn open(path: &Path, console: Console) -> Result<Self, Problem> {
        let file = OpenOptions::new().create(true).append(true).open(path).map_err(|e| Problem::file(path, &e))?;
        let queue = Arc::new(Queue::new());
        let lost = Arc::new(AtomicU64::new(0));
        let writer = Writer { path: path.to_path_buf(), file, lost: Arc::clone(&lost), console };
        let lines = Arc::clone(&queue);
        thread::Builder::new()
            .name("log".to_string())
            .spawn(move || writer.write_all(&lines))
            .map_err(|e| Problem::file(path, &e))?;
        Ok(Self { path: path.to_path_buf(), queue, lost })
    }

    /// Notes a connection.
    pub fn note(&self, entry: &Entry) {
        self.queue.offer(to_line(entry));
    }

    /// Waits until all is written.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if a line was lost.
    pub fn close(&self) -> Result<(), Problem> {
        let written = self.queue.close(None, LAST_LINES);
        match self.lost.load(Relaxed) {
            0 if written => Ok(()),
            lost => Err(Problem::new(
                format_args!("{} is not complete", self.path.display()),
                if written { format!("{lost} lines could not be written") } else { "writing stands still".to_string() },
                "free some room on the disk, or name another file",
            )),
        }
    }
}

struct Writer {
    path: PathBuf,
    file: File,
    lost: Arc<AtomicU64>,
    console: Console,
}

impl Writer {
    fn write_all(mut self, lines: &Queue<String>) {
        while let Some(batch) = lines.take() {
            self.lost.fetch_add(batch.dropped, Relaxed);
            for line in batch.items {
                // One `write` for each line: the file is whole up to the last line, whenever the server ends.
                if let Err(e) = self.file.write_all(line.as_bytes()) {
                    if self.lost.fetch_add(1, Relaxed) == 0 {
                        self.console.aside(Problem::file(&self.path, &e).to_string());
                    }
                }
            }
        }
    }
}

/// JSON whose text is safe on a terminal: `serde_json` escapes U+0000 to U+001F, this the other invisible ones as well.
struct SafeJson;

impl Formatter for SafeJson {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut units = [0; 2];
        for character in fragment.chars() {
            if text::is_safe(character) {
                write!(writer, "{character}")?;
            } else {
                for unit in character.encode_utf16(&mut units) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}

fn to_line(entry: &Entry) -> String {
    let mut line = Vec::new();
    // Writing to memory cannot fail, nor can an entry's keys be anything but strings.
    let _ = entry.serialize(&mut Serializer::with_formatter(&mut line, SafeJson));
    line.push(b'\n');
    String::from_utf8(line).unwrap_or_default()
}
