//! What a command answers. The repository that it is asked about may be a stranger's: neither its time nor its words are without end.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};
use wait_timeout::ChildExt as _;

/// How long it may take for one answer.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How often it is looked at how much it has said: a disk is full within seconds.
const LOOK: Duration = Duration::from_millis(100);
/// How long an answer may be, in bytes: 4 MiB.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// How it ended.
pub enum Answer {
    /// With success; what it said on standard output.
    Said(String),
    /// With what it said on standard error.
    Failed(String),
    Slow,
    TooLong,
    /// There is no such program.
    NotFound,
}

impl Answer {
    /// Runs the command to its end, or until it has said too much.
    ///
    /// # Errors
    ///
    /// If it could not be started, or what it said could not be read.
    pub fn of(command: &mut Command) -> io::Result<Self> {
        let (mut output, mut errors) = (tempfile::tempfile()?, tempfile::tempfile()?);
        command.stdout(output.try_clone()?).stderr(errors.try_clone()?);
        let mut child = match command.spawn() {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Self::NotFound),
            spawned => spawned?,
        };
        let ended = end(&mut child, &[&output, &errors]);
        if !matches!(ended, Ok(Some(_))) {
            let _ = child.kill();
            let _ = child.wait();
        }
        if is_too_long(&output)? || is_too_long(&errors)? {
            return Ok(Self::TooLong);
        }
        Ok(match ended? {
            None => Self::Slow,
            Some(status) if status.success() => Self::Said(all(&mut output)?),
            Some(_) => Self::Failed(all(&mut errors)?),
        })
    }
}

/// None if it did not end by itself.
fn end(child: &mut Child, said: &[&File]) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    while start.elapsed() < TIMEOUT {
        if let Some(status) = child.wait_timeout(LOOK)? {
            return Ok(Some(status));
        }
        for file in said {
            if is_too_long(file)? {
                return Ok(None);
            }
        }
    }
    Ok(None)
}

fn is_too_long(file: &File) -> io::Result<bool> {
    Ok(file.metadata()?.len() > MAX_BYTES)
}

fn all(file: &mut File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
