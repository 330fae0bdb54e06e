//! What the tests of an exercise say of one submission.

use super::{Names, Submission, THE_REST};
use common::testing::{COULD_NOT_GRADE, NOT_JUDGED};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// What the required tests said of one program.
pub struct Verdict {
    /// The names of all that ran.
    names: Names,
    /// The names of those that failed.
    failed: Names,
    /// The names of those that never got to their question.
    not_judged: Names,
    /// All that was printed.
    text: String,
}

impl Verdict {
    /// Runs the required tests against what the command runs.
    pub fn of(tests: &Path, command: &Value) -> Self {
        Self::of_tests(tests, command, "")
    }

    /// Runs those of them whose name begins so.
    pub fn of_tests(tests: &Path, command: &Value, name: &str) -> Self {
        let output = Command::new(tests)
            .args([&format!("required::{name}"), "--test-threads=4"])
            .env("SESSION08_CMD", command.to_string())
            .env("RUST_BACKTRACE", "0")
            .output()
            .unwrap();
        let (mut names, mut failed) = (Names::new(), Names::new());
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        for line in text.lines() {
            let Some((name, verdict)) = line.strip_prefix("test required::").and_then(|line| line.split_once(" ... "))
            else {
                continue;
            };
            names.insert(name.to_string());
            if verdict == "FAILED" {
                failed.insert(name.to_string());
            }
        }
        assert!(!text.contains(COULD_NOT_GRADE), "{text}");
        let mut verdict = Self { names, failed, not_judged: Names::new(), text };
        let is_judged = |name: &String| !verdict.report_of(name).trim_start().starts_with(NOT_JUDGED);
        let (failed, not_judged) = verdict.failed.iter().cloned().partition(is_judged);
        (verdict.failed, verdict.not_judged) = (failed, not_judged);
        verdict
    }

    /// All that was printed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What a test said that failed.
    fn report_of(&self, name: &str) -> &str {
        let from = self.text.split_once(&format!("---- required::{name} stdout ----")).map_or("", |(_, from)| from);
        from.split("\n---- ").next().unwrap_or_default().split("\nfailures:").next().unwrap_or_default().trim_end()
    }

    /// What is wrong with it, if anything is.
    pub fn against(&self, submission: &Submission, all: &Names) -> Option<String> {
        let name = submission.file.file_name().unwrap().to_string_lossy();
        if self.names != *all {
            return Some(format!("{name}: these did not run: {:?}\n{}\n", all - &self.names, self.text));
        }
        let rest = submission.not_judged.contains(THE_REST).then(|| all - &submission.fails);
        let not_judged = rest.as_ref().unwrap_or(&submission.not_judged);
        let reports: String = self.failed.union(&self.not_judged).map(|name| self.report_of(name)).collect();
        let unsaid: Vec<_> = submission.says.iter().filter(|words| !reports.contains(words.as_str())).collect();
        if (&self.failed, &self.not_judged) == (&submission.fails, not_judged) {
            return (!unsaid.is_empty()).then(|| format!("{name}: no report says {unsaid:?}:\n{reports}\n"));
        }
        let (too_much, too_little) = (&self.failed - &submission.fails, &submission.fails - &self.failed);
        let mut report = format!(
            "{name}: failed and should not have: {too_much:?}; passed and should have failed: {too_little:?}; \
             not judged: {:?} instead of {not_judged:?}\n",
            self.not_judged
        );
        for name in &too_much {
            let _ = writeln!(report, "{name}:{}", self.report_of(name));
        }
        Some(report)
    }
}

/// The names of all required tests.
pub fn names_of(tests: &Path) -> Names {
    let output = Command::new(tests).args(["required::", "--list", "--format=terse"]).output().unwrap();
    let list = String::from_utf8_lossy(&output.stdout).into_owned();
    let names = list.lines().filter_map(|line| line.strip_prefix("required::")?.strip_suffix(": test"));
    names.map(str::to_string).collect()
}
