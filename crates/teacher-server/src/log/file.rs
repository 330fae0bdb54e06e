//! The file of the log, which somebody may move, empty or delete while the server writes to it.

use common::Problem;
use same_file::Handle;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// A file, open to write at its end.
pub struct LogFile {
    path: PathBuf,
    /// None where it is gone, and no new one can be had.
    handle: Option<Handle>,
    /// How many lines were written to it, and how long it is at least.
    lines: u64,
    length: u64,
    /// Whether the last line may have been written in part.
    is_broken: bool,
}

impl LogFile {
    /// Opens a file to write at its end.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        let metadata = file.metadata()?;
        let length = metadata.len();
        // A file that may be written and not read is taken as it is.
        let is_broken = metadata.is_file() && length > 0 && ends_in_the_middle(path).unwrap_or(false);
        Ok(Self { path: path.to_path_buf(), handle: Some(Handle::from_file(file)?), lines: 0, length, is_broken })
    }

    /// Writes a line, with one `write`: the file is whole up to the last line, whenever the server ends. After a line that was
    /// written in part, the next one begins on a line of its own.
    pub fn write(&mut self, line: &str) -> Result<(), Problem> {
        let start = if self.is_broken { "\n" } else { "" };
        let text = [start, line].concat();
        let written = match &mut self.handle {
            Some(handle) => handle.as_file_mut().write_all(text.as_bytes()),
            None => Err(ErrorKind::NotFound.into()),
        };
        self.is_broken = written.is_err();
        if written.is_ok() {
            self.lines += 1;
            self.length += text.len() as u64;
        }
        written.map_err(Problem::writing(&self.path))
    }

    /// Looks whether the path still names this file, and goes on in a new one if not: what is to be told, and how many lines are gone.
    pub fn check(&mut self) -> Option<(String, u64)> {
        let Some(handle) = &self.handle else {
            let _ = self.begin_anew();
            return None;
        };
        let metadata = handle.as_file().metadata().ok().filter(Metadata::is_file)?;
        let is_there = match Handle::from_path(&self.path) {
            Ok(found) => found == *handle,
            // Of one that may not be read nobody knows.
            Err(e) => e.kind() != ErrorKind::NotFound,
        };
        let (what, gone) = if !is_there && is_deleted(&metadata) {
            ("deleted", self.lines)
        } else if !is_there {
            ("moved", 0)
        } else if metadata.len() < self.length {
            ("emptied or cut", self.lines)
        } else {
            self.length = metadata.len();
            return None;
        };
        let lines = if gone > 0 { format!(", with {gone} of this server's lines in it") } else { String::new() };
        let next = match self.begin_anew() {
            Ok(()) => "a new one is begun".to_string(),
            Err(e) => format!("no new one can be had: {e}"),
        };
        Some((format!("note: {} was {what}{lines}; {next}", self.path.display()), gone))
    }

    /// Goes on in the file that the path names now, or in a new one.
    fn begin_anew(&mut self) -> io::Result<()> {
        self.handle = None;
        *self = Self::open(&self.path)?;
        Ok(())
    }
}

fn ends_in_the_middle(path: &Path) -> io::Result<bool> {
    let mut last = [b'\n'];
    let mut reader = File::open(path)?;
    reader.seek(SeekFrom::End(-1))?;
    reader.read_exact(&mut last)?;
    Ok(last != [b'\n'])
}

/// Whether no path names the file any more.
#[cfg(unix)]
fn is_deleted(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(metadata) == 0
}

/// Whether no path names the file any more, which Windows does not tell.
#[cfg(not(unix))]
fn is_deleted(_: &Metadata) -> bool {
    false
}
