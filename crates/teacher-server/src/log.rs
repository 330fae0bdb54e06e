//! `--log FILE`: one JSON object for each connection, a line each (JSON Lines).

mod entry;

pub use entry::Entry;

use crate::accept::Client;
use crate::console::Console;
use crate::message::Message;
use crate::queue::Queue;
use common::Problem;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// At the end the last lines are waited for, but not for a disk that has taken nothing for this time.
const STALL_TIMEOUT: Duration = Duration::from_secs(1);

/// The file, and the one thread that writes to it.
pub struct Log {
    path: PathBuf,
    queue: Arc<Queue<String>>,
    lost: Arc<AtomicU64>,
    /// Those who are here, by their numbers, and what they said: they are noted as well if the server stops before they
    /// are done.
    here: Mutex<BTreeMap<u64, (Client, Message)>>,
}

impl Log {
    /// Opens the file, to write at its end. The first line that cannot be written is told on the `console`.
    pub fn open(path: &Path, console: Console) -> Result<Self, Problem> {
        let file = open_to_append(path).map_err(Problem::writing(path))?;
        let queue = Arc::new(Queue::new());
        let lost = Arc::new(AtomicU64::new(0));
        let writer = Writer { path: path.to_path_buf(), file, lost: Arc::clone(&lost), console };
        let lines = Arc::clone(&queue);
        thread::Builder::new()
            .name("log".to_string())
            .spawn(move || writer.write_all(&lines))
            .map_err(Problem::threads)?;
        Ok(Self { path: path.to_path_buf(), queue, lost, here: Mutex::default() })
    }

    /// A client came.
    pub fn came(&self, client: Client) {
        self.here().insert(client.number, (client, Message::default()));
    }

    /// It said something.
    pub fn said(&self, client: Client, message: &Message) {
        // If the server stops just now, `close` has noted it already, and it must not be noted again.
        if let Some((_, said)) = self.here().get_mut(&client.number) {
            *said = message.clone();
        }
    }

    /// It is done with.
    pub fn went(&self, client: Client, entry: &Entry) {
        if self.here().remove(&client.number).is_some() {
            self.note(entry);
        }
    }

    /// Notes a client that was never here, or one that is done with.
    pub fn note(&self, entry: &Entry) {
        self.queue.offer(entry.to_line());
    }

    /// Notes those who are still here, and waits until all is written.
    pub fn close(&self) -> Result<(), Problem> {
        self.note_those_here();
        let written = self.queue.close(None, STALL_TIMEOUT);
        match self.lost.load(Relaxed) {
            0 if written => Ok(()),
            lost => Err(Problem::new(
                format_args!("{} is not complete", self.path.display()),
                if written { format!("{lost} lines could not be written") } else { "writing stands still".to_string() },
                "free some room on the disk, or name another file",
            )),
        }
    }

    fn note_those_here(&self) {
        for (client, message) in std::mem::take(&mut *self.here()).into_values() {
            self.note(&Entry::new(client, &message, "server stopped"));
        }
    }

    fn here(&self) -> MutexGuard<'_, BTreeMap<u64, (Client, Message)>> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
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
        let mut broken = false;
        while let Some(batch) = lines.take() {
            self.lost.fetch_add(batch.dropped, Relaxed);
            for line in batch.items {
                // One `write` for each line: the file is whole up to the last line, whenever the server ends. After a line
                // that was written in part, the next one begins on a line of its own.
                let start = if broken { "\n" } else { "" };
                let written = self.file.write_all([start, &line].concat().as_bytes());
                broken = written.is_err();
                if let Err(e) = written {
                    if self.lost.fetch_add(1, Relaxed) == 0 {
                        self.console.note(Problem::writing(&self.path)(e).to_string());
                    }
                }
                lines.progress();
            }
        }
    }
}

/// Opens a file to write at its end, which is made the end of a line.
fn open_to_append(path: &Path) -> io::Result<File> {
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    let ends_in_the_middle = || -> io::Result<bool> {
        let mut last = [b'\n'];
        let mut reader = File::open(path)?;
        reader.seek(SeekFrom::End(-1))?;
        reader.read_exact(&mut last)?;
        Ok(last != [b'\n'])
    };
    let metadata = file.metadata()?;
    // A file that may be written and not read is taken as it is.
    if metadata.is_file() && metadata.len() > 0 && ends_in_the_middle().unwrap_or(false) {
        file.write_all(b"\n")?;
    }
    Ok(file)
}

#[cfg(test)]
#[path = "../tests/unit/log.rs"]
mod tests;
