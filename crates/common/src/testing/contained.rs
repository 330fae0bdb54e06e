//! What a grader should know of a program beside the verdicts.

use std::env;
use std::fs::OpenOptions;
use std::io::Write as _;

/// The environment variable that names the file for it, a line each. No program under test gets it.
pub const CONTAINED: &str = "SESSION08_CONTAINED";

/// How a line begins that is no reproach.
pub const REMARK: &str = "note: ";

/// Notes what a program did that it must not do, and that was contained.
pub fn note(what: &str) {
    write(what);
}

/// Notes something else.
pub fn remark(what: &str) {
    write(&format!("{REMARK}{what}"));
}

fn write(line: &str) {
    let Some(notes) = env::var_os(CONTAINED) else { return };
    let opened = OpenOptions::new().append(true).create(true).open(notes);
    // What cannot be noted happened all the same.
    let _ = opened.and_then(|mut notes| notes.write_all(format!("{line}\n").as_bytes()));
}
