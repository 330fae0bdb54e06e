//! Files that a test has to itself.

use common::testing::poll;
use std::path::{Path, PathBuf};

/// A path of its own for one test, in the folder that cargo keeps for that.
pub fn scratch(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let _ = std::fs::remove_file(&path);
    path
}

/// The lines of a file, as soon as there are so many.
pub fn wait_for_lines(path: &Path, number: usize) -> Vec<String> {
    let lines = || {
        let text = std::fs::read_to_string(path).ok()?;
        (text.matches('\n').count() >= number).then(|| text.lines().map(String::from).collect())
    };
    poll(&format!("{number} lines in the log"), lines).unwrap()
}
