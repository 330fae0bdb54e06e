//! `--report FILE…`: who came, from the logs of one or more servers.

use crate::log::Entry;
use crate::message::MAX_KEPT_LEN;
use crate::screen;
use crate::visitors::Visitors;
use common::{Problem, say, text};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The longest line that is read, in bytes: a message in which each byte became an escape of six, and as much again for the rest.
const MAX_LINE_LEN: usize = 12 * MAX_KEPT_LEN;

/// Prints the table that the server prints at its end, for all files together: they are one class.
pub fn run(files: &[PathBuf]) -> Result<ExitCode, Problem> {
    let visitors = Visitors::default();
    for path in files {
        let log = File::open(path).map_err(Problem::reading(path))?;
        let unread = read(BufReader::new(log), &visitors).map_err(Problem::reading(path))?;
        if unread > 0 {
            note_unread(path, unread);
        }
    }
    say(visitors.table(screen::stdout_width()).unwrap_or_else(|| "Nobody came.".to_string()))?;
    Ok(ExitCode::SUCCESS)
}

/// Adds the entries of a log to the visitors. How many lines are none.
fn read(mut log: impl BufRead, visitors: &Visitors) -> io::Result<u64> {
    let mut unread = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        if log.by_ref().take(MAX_LINE_LEN as u64).read_until(b'\n', &mut line)? == 0 {
            return Ok(unread);
        }
        // The rest of a line that is too long to be an entry
        if line.len() == MAX_LINE_LEN && !line.ends_with(b"\n") {
            log.skip_until(b'\n')?;
        }
        match serde_json::from_slice::<Entry>(&line) {
            Ok(entry) => add(&entry, visitors),
            Err(_) if line.trim_ascii().is_empty() => {}
            Err(_) => unread += 1,
        }
    }
}

fn add(entry: &Entry, visitors: &Visitors) {
    let (ip, arrival) = (entry.address, entry.arrival());
    if entry.number.is_none() {
        return visitors.rejected(ip, arrival);
    }
    visitors.arrived(ip, arrival);
    if entry.bytes > 0 {
        visitors.said(ip, arrival, entry.time, &text::escape_multiline(entry.message.as_bytes()), false);
    }
}

fn note_unread(path: &Path, lines: u64) {
    let problem = Problem::new(
        format_args!("lines of {} that are left out: {lines}", path.display()),
        "they are no entries of a log",
        "name a file that was written with --log",
    );
    problem.print();
}
