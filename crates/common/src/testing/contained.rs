//! What a grader should know of a program beside the verdicts.

use std::collections::BTreeSet;
use std::env;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

/// The environment variable that names the file for it, a line each. No program under test gets it.
pub const CONTAINED: &str = "SESSION08_CONTAINED";

/// How a line begins that is no reproach.
pub const REMARK: &str = "note: ";

/// How many different lines are written: the program decides how many there could be.
const MAX_LINES: usize = 20;

/// Notes what a program did that it must not do, and that was contained.
pub fn note(what: &str) {
    write_once(what.to_string());
}

/// Notes something else.
pub fn remark(what: &str) {
    write_once(format!("{REMARK}{what}"));
}

/// Notes it if a program has printed what only the tests print: a verdict of its own.
pub fn note_forgery(printed: &str) {
    let is_verdict = |line: &str| {
        (line.starts_with("test ") && line.trim_end().ends_with("... ok"))
            || line.starts_with("test result: ")
            || (line.starts_with('{') && line.contains("\"is\"") && line.contains("\"passed\""))
    };
    if printed.lines().map(str::trim_start).any(is_verdict) {
        note("it printed a verdict as the tests do");
    }
}

fn write_once(line: String) {
    static WRITTEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let Some(notes) = env::var_os(CONTAINED) else { return };
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    if written.len() >= MAX_LINES || written.contains(&line) {
        return;
    }
    let opened = OpenOptions::new().append(true).create(true).open(notes);
    // What cannot be noted happened all the same.
    let _ = opened.and_then(|mut notes| notes.write_all(format!("{line}\n").as_bytes()));
    written.insert(line);
}
