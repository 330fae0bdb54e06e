//! The ping, run to its end, and its lines taken apart.

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use common::testing::{COULD_NOT_GRADE, TIME_LIMIT};

/// The ping, with what the test adds.
pub fn ping() -> Command {
    let mut command = Command::new(cargo_bin!("ex2-ping"));
    command.timeout(TIME_LIMIT);
    command
}

/// What a run has said on standard output, with this exit code.
///
/// A computer that does not let this user ping is no fault of the program's: the test cannot say anything about it then.
pub fn stdout_of(arguments: &[&str], code: i32) -> String {
    let output = ping().args(arguments).output().unwrap();
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!stderr.contains("does not allow you to ping"), "{COULD_NOT_GRADE}: this machine allows no ping\n{stderr}");
    assert_eq!(output.status.code(), Some(code), "stdout:\n{stdout}\nstderr:\n{stderr}");
    stdout.into_owned()
}

/// A text with each number in it replaced by `#`, so that two runs of ping can be compared.
pub fn without_numbers(text: &str) -> String {
    let mut shape = String::new();
    for character in text.chars() {
        match character {
            '0'..='9' | '.' if shape.ends_with('#') => {}
            '0'..='9' => shape.push('#'),
            _ => shape.push(character),
        }
    }
    shape
}
