//! A command about a stranger's files: neither its time nor its output is without end.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _, Seek as _};
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use wait_timeout::ChildExt as _;

const TIMEOUT: Duration = Duration::from_secs(10);
/// How often the length of its output is looked at: a disk is full within seconds.
const LOOK: Duration = Duration::from_millis(100);
/// How many bytes it may write: 4 MiB.
const OUTPUT_LEN: u64 = 4 * 1024 * 1024;

/// What it wrote until its end. An error of the kind `NotFound` says that there is no such program.
pub fn output(command: &mut Command) -> io::Result<Output> {
    // Into files: on a pipe, what the command has started and left behind would be waited for.
    let file = || tempfile::tempfile().map_err(io::Error::other);
    let (stdout, stderr) = (file()?, file()?);
    command.stdout(stdout.try_clone()?).stderr(stderr.try_clone()?);
    let is_too_long =
        || [&stdout, &stderr].iter().any(|file| file.metadata().is_ok_and(|file| file.len() > OUTPUT_LEN));
    let mut child = command.spawn()?;
    let start = Instant::now();
    let status = loop {
        match child.wait_timeout(LOOK) {
            Ok(None) if start.elapsed() < TIMEOUT && !is_too_long() => {}
            ended => break ended,
        }
    };
    if !matches!(status, Ok(Some(_))) {
        let _ = child.kill();
        let _ = child.wait();
    }
    if is_too_long() {
        return Err(io::Error::other("it says too much, more than 4 MiB"));
    }
    let status = status?.ok_or_else(|| io::Error::new(ErrorKind::TimedOut, "it did not end in 10 seconds"))?;
    Ok(Output { status, stdout: content(stdout)?, stderr: content(stderr)? })
}

fn content(mut file: File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}
