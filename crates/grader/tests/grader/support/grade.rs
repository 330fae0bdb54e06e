//! `cargo grade` in a folder of its own.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// Long enough for a crowded machine to build the tests.
const TIME_LIMIT: Duration = Duration::from_secs(600);

/// A table of IPs that is done.
pub const IPS: &str = "\
| Machine | Interface | Date | Place | IP |
|---------|-----------|------|-------|----|
| mobile | Wifi | 12/11/2026 | home | 192.168.1.37 |
| mobile | Wifi | 13/11/2026 | Alcorcon Lab | 10.1.128.40 |
| Lab computer | Wire | 13/11/2026 | Alcorcon Lab | 212.128.254.129 |
";

/// A folder with students in it.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, whose folders are made.
    pub fn write(&self, name: &str, content: &str) -> PathBuf {
        let file = self.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, content).unwrap();
        file
    }

    /// `cargo grade` in this folder. What runs there is harmless: no sandbox is needed, and not every machine has one.
    pub fn grade(&self, arguments: &[&str]) -> Command {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("grader");
        command.arg("--no-sandbox").args(arguments).current_dir(self.path()).timeout(TIME_LIMIT);
        command
    }

    /// Grades, and gives what `--json` says. The exit code must be this.
    pub fn graded(&self, arguments: &[&str], code: i32) -> Value {
        self.grade(&[&["--json", "class.json"], arguments].concat()).assert().code(code);
        self.json("class.json")
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&fs::read(self.path().join(name)).unwrap()).unwrap()
    }
}

/// One exercise of a student.
pub fn exercise<'a>(class: &'a Value, student: &str, name: &str) -> &'a Value {
    let students = class["students"].as_array().unwrap();
    let found = students.iter().find(|one| one["name"] == student).unwrap_or_else(|| panic!("no {student}: {class:#}"));
    let exercises = found["exercises"].as_array().unwrap();
    exercises.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("no {name}: {found:#}"))
}

/// The verdicts of its tests, a word each.
pub fn verdicts(exercise: &Value) -> Vec<(&str, &str)> {
    let tests = exercise["tests"].as_array().unwrap().iter();
    tests.map(|test| (test["name"].as_str().unwrap(), test["verdict"].as_str().unwrap())).collect()
}

/// What it earned, in quarters.
pub fn quarters(exercise: &Value) -> u64 {
    exercise["tests"].as_array().unwrap().iter().map(|test| test["points"].as_u64().unwrap()).sum()
}
