//! Programs by others that read reports: `.ci/run peers` fetches them into `target/readers`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where they are.
pub fn folder() -> PathBuf {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/readers");
    std::env::var_os("READERS").map_or(default, PathBuf::from)
}

/// A script of `tests/peers`.
pub fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers").join(name)
}

/// What a reader of `kind` says of a report. It fails the test if the reader refuses it.
pub fn read(kind: &str, report: &[u8]) -> String {
    let folder_of_report = tempfile::tempdir().unwrap();
    let file = folder_of_report.path().join("report");
    fs::write(&file, report).unwrap();
    run(Command::new(folder().join("bin/python")).arg(script("read_report.py")).arg(kind).arg(&file))
}

/// The output of a program that ends well.
pub fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}: .ci/run peers fetches the readers"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{command:?}\n{text}\n{}", String::from_utf8_lossy(&output.stderr));
    text
}
