//! What the stages of the sandbox tell each other.

use serde::{Deserialize, Serialize};
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// How a program is contained.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// The one folder of this computer in which it may write.
    pub scratch: PathBuf,
    /// Folders that must not change, and that it does not see. If it writes there all the same, the report says so.
    pub guarded: Vec<PathBuf>,
    /// The file for what it did that was contained.
    pub notes: PathBuf,
    /// The user that it is on this computer, where root may choose one: nobody's number. Else it is the user who grades.
    pub uid: Option<u32>,
    pub limits: Limits,
}

/// How much a program may use.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Limits {
    /// Processes and threads at a time.
    pub processes: u64,
    /// Bytes of memory, all of its processes together.
    pub memory: u64,
    /// Bytes that it may write to disk.
    pub disk: u64,
}

const MEBI: u64 = 1 << 20;

impl Limits {
    /// More than any program of the lesson needs in any language, and little enough that several of them do no harm. Java has threads
    /// for each processor.
    pub fn for_cores(cores: usize) -> Self {
        Self { processes: (8 * cores as u64).max(64), memory: 300 * MEBI, disk: 50 * MEBI }
    }
}

impl Plan {
    /// Notes something that was contained. It stands there once, however often it happens.
    pub fn note(&self, what: &str) {
        note(&self.notes, what);
    }
}

/// Each line is written at once, so that those of several programs do not mix.
pub fn note(notes: &Path, what: &str) {
    let opened = OpenOptions::new().append(true).create(true).open(notes);
    // What cannot be noted was contained all the same.
    let _ = opened.and_then(|mut notes| notes.write_all(format!("{what}\n").as_bytes()));
}

/// How many bytes, as a person says it.
pub fn mebibytes(bytes: u64) -> String {
    format!("{} MB", bytes / MEBI)
}
