//! A student's folder, in which cargo works.

use crate::support::workspace::{files, root};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A student's folder.
pub struct Students {
    folder: PathBuf,
}

/// What cargo said, on both streams.
pub struct Output {
    pub is_success: bool,
    pub text: String,
}

impl Students {
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf() }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn cargo(&self, arguments: &[&str]) -> Output {
        let mut cargo = Command::new(env!("CARGO"));
        // One folder for all that is built by these tests, so that what they share is built once.
        cargo.args(arguments).current_dir(&self.folder).env("CARGO_TARGET_DIR", root().join("target/students"));
        let output = cargo.env("RUST_BACKTRACE", "0").env_remove("SESSION08_CMD").output().unwrap();
        let [stdout, stderr] =
            [output.stdout, output.stderr].map(|stream| String::from_utf8_lossy(&stream).into_owned());
        Output { is_success: output.status.success(), text: stdout + &stderr }
    }

    /// Puts files over those of one of its folders.
    pub fn fill(&self, from: &Path, folder: &str) {
        for (name, text) in files(from) {
            let path = self.folder.join(folder).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
}

/// What came of the required tests.
#[derive(Default)]
pub struct Verdict {
    pub failed: BTreeSet<String>,
    pub passed: BTreeSet<String>,
}

impl Verdict {
    pub fn of(output: &str) -> Self {
        let mut verdict = Self::default();
        for line in output.lines().filter_map(|line| line.strip_prefix("test required::")) {
            let Some((name, word)) = line.split_once(" ... ") else { continue };
            let names = if word == "ok" { &mut verdict.passed } else { &mut verdict.failed };
            names.insert(name.to_string());
        }
        verdict
    }
}
