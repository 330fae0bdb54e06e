//! `--log FILE`: one JSON object for each connection, a line each (JSON Lines).

mod entry;
mod file;

pub use entry::Entry;

use crate::console::Console;
use crate::queue::Queue;
use common::Problem;
use file::LogFile;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

/// At the end the last lines are waited for, but not for a disk that has taken nothing for this time.
const STALL_TIMEOUT: Duration = Duration::from_secs(1);
/// How many lines wait for a disk that stands still: at most 3 KB each.
const CAPACITY: usize = 16 * 1024;
/// How often it is looked at whether the file is still there.
const CHECK_INTERVAL: Duration = Duration::from_secs(1);

/// Where the event loop notes who is done with; a thread writes it down.
pub struct Log {
    path: PathBuf,
    queue: Arc<Queue<Entry>>,
    lost: Arc<AtomicU64>,
}

impl Log {
    /// Opens the file, to write at its end. What goes wrong later is told on the `console`.
    pub fn open(path: &Path, console: Console) -> Result<Self, Problem> {
        let file = LogFile::open(path).map_err(Problem::writing(path))?;
        let queue = Arc::new(Queue::new(CAPACITY));
        let lost = Arc::new(AtomicU64::new(0));
        let writer = Writer { file, lost: Arc::clone(&lost), console };
        let entries = Arc::clone(&queue);
        thread::Builder::new()
            .name("log".to_string())
            .spawn(move || writer.write_all(&entries))
            .map_err(Problem::threads)?;
        Ok(Self { path: path.to_path_buf(), queue, lost })
    }

    /// Notes a client that is done with.
    pub fn note(&self, entry: Entry) {
        self.queue.offer(entry);
    }

    /// Waits until all is written. What is wrong with it, if anything.
    pub fn close(&self) -> Option<Problem> {
        let written = self.queue.close(None, STALL_TIMEOUT);
        let cause = match self.lost.load(Relaxed) {
            0 if written => return None,
            lost if written => format!("{lost} lines could not be written, or are gone"),
            _ => "writing stands still".to_string(),
        };
        let error = format_args!("{} is not complete", self.path.display());
        Some(Problem::new(error, cause, "free some room on the disk, or name another file"))
    }
}

struct Writer {
    file: LogFile,
    lost: Arc<AtomicU64>,
    console: Console,
}

impl Writer {
    fn write_all(mut self, entries: &Queue<Entry>) {
        let mut checked = Instant::now();
        let mut batch = VecDeque::new();
        while let Some(dropped) = entries.take(CHECK_INTERVAL, &mut batch) {
            self.lost.fetch_add(dropped, Relaxed);
            if checked.elapsed() >= CHECK_INTERVAL {
                checked = Instant::now();
                self.check();
            }
            for entry in batch.drain(..) {
                if let Err(problem) = self.file.write(&entry.to_line()) {
                    // The first one that is lost is told at once, all of them at the end.
                    if self.lost.fetch_add(1, Relaxed) == 0 {
                        self.console.note(problem.to_string());
                    }
                }
                entries.progress();
            }
        }
        self.check();
        entries.finish();
    }

    /// A file that was deleted or moved is followed by a new one.
    fn check(&mut self) {
        if let Some((note, gone)) = self.file.check() {
            self.lost.fetch_add(gone, Relaxed);
            self.console.note(note);
        }
    }
}
