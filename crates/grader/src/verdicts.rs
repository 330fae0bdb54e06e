//! What the tests have said, out of the file that they write ([`common::testing::VERDICTS`]), made into the model.
//!
//! A pass has two witnesses: the test's own line that it came to its end, and the test harness. Where they disagree, or a test has said
//! nothing, the fault is nobody's that could be told from here: it could not be graded. An `assert!` of a test in `required` is no verdict
//! about a program either; a test outside `required` has no other way to say that it fails.

use crate::model::{Points, Report, Test, Verdict};
use crate::points::Worth;
use common::text;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// How much of a report is kept: of a thousand programs that say much, all must find room.
const REPORT_LEN: usize = 6_000;

/// How much of either file is read. Reports are bounded, so only a machine at fault has more.
const FILE_LEN: u64 = 16 * 1024 * 1024;

/// How long a summary is.
const SUMMARY_LEN: usize = 200;

/// A line of the file.
#[derive(Debug, Deserialize)]
struct Line {
    test: Option<String>,
    is: Kind,
    #[serde(default)]
    contract: String,
    #[serde(default)]
    expected: String,
    #[serde(default)]
    arrived: String,
    #[serde(default)]
    hint: String,
    #[serde(default, rename = "try it")]
    try_it: String,
    #[serde(default)]
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Begun,
    Passed,
    Failed,
    #[serde(rename = "not judged")]
    NotJudged,
    #[serde(rename = "could not grade")]
    CouldNotGrade,
    Panicked,
}

/// All that was said in one run.
#[derive(Debug, Default)]
pub struct Verdicts {
    lines: BTreeMap<String, Vec<Line>>,
    /// What the harness says: the names of the tests that passed for it.
    passed: Vec<String>,
}

impl Verdicts {
    /// Reads what the tests and the harness have said.
    pub fn read(file: &Path, harness: &Path) -> io::Result<Self> {
        let mut verdicts = Self::default();
        for line in beginning(file)?.lines() {
            // Half a line is the last word of a test that was ended.
            let Ok(line) = serde_json::from_str::<Line>(line) else { continue };
            verdicts.lines.entry(line.test.clone().unwrap_or_default()).or_default().push(line);
        }
        let harness = beginning(harness)?;
        // What programs wrote is shown after this heading only.
        let results = harness.split("\nfailures:\n").next().unwrap_or_default();
        let passed = results.lines().filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... ok"));
        verdicts.passed = passed.map(str::to_string).collect();
        Ok(verdicts)
    }

    /// What became of a test. `end` says how the run ended, for a test that has said nothing.
    pub fn test(&self, worth: &Worth, end: &str) -> Test {
        let (verdict, report) = self.verdict(worth, end);
        let points = if verdict == Verdict::Pass { worth.points } else { Points::default() };
        Test { name: worth.test.clone(), verdict, points, of: worth.points, is_extra: worth.is_extra, report }
    }

    fn verdict(&self, worth: &Worth, end: &str) -> (Verdict, Option<Report>) {
        let lines = self.lines.get(&worth.test).map_or(&[][..], Vec::as_slice);
        // The machine's fault comes first: what else was said may be its consequence.
        let by = |kind: Kind| lines.iter().find(|line| line.is == kind);
        if let Some(line) = by(Kind::CouldNotGrade) {
            return (Verdict::CouldNotGrade, Some(line.report()));
        }
        for (kind, verdict) in [(Kind::Failed, Verdict::Fail), (Kind::NotJudged, Verdict::NotJudged)] {
            if let Some(line) = by(kind) {
                return (verdict, Some(line.report()));
            }
        }
        let harness_agrees = self.passed.contains(&worth.test);
        match by(Kind::Panicked) {
            Some(line) if worth.is_extra => (Verdict::Fail, Some(line.report())),
            Some(line) => (Verdict::CouldNotGrade, Some(at_fault("the test itself failed", &line.text))),
            None if by(Kind::Passed).is_some() && harness_agrees => (Verdict::Pass, None),
            None => (Verdict::CouldNotGrade, Some(at_fault("the test came to no verdict", end))),
        }
    }
}

/// A report of a machine, or of a test, that is at fault.
pub fn at_fault(what: &str, why: &str) -> Report {
    let summary = cut(&format!("{what}: {}", first_line(why)), SUMMARY_LEN);
    Report { text: cut(&format!("{what}: {why}"), REPORT_LEN), summary, ..Report::default() }
}

fn beginning(file: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(fs::File::open(file)?, FILE_LEN), &mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

impl Line {
    fn report(&self) -> Report {
        let cut = |text: &str| cut(text, REPORT_LEN);
        Report {
            summary: self.summary(),
            contract: cut(&self.contract),
            expected: cut(&self.expected),
            arrived: cut(&self.arrived),
            hint: cut(&self.hint),
            try_it: cut(&self.try_it),
            text: cut(&self.text),
        }
    }

    /// The fault in one line: what was asked for, and what came; or how the report begins.
    fn summary(&self) -> String {
        let summary = match self.is {
            Kind::Failed if !self.contract.is_empty() => {
                format!("{}; but what came is: {}", self.contract, first_line(&self.arrived))
            }
            _ => first_line(&self.text).to_string(),
        };
        cut(&summary, SUMMARY_LEN)
    }
}

fn first_line(text: &str) -> &str {
    text.trim().lines().next().unwrap_or_default()
}

/// The beginning of a text, safe to show: a program's own words may stand in it.
fn cut(text: &str, length: usize) -> String {
    let mut end = text.len().min(length);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let more = if end < text.len() { " …" } else { "" };
    let lines: Vec<String> = text[..end].split('\n').map(|line| text::escape_line(line.as_bytes())).collect();
    lines.join("\n") + more
}

#[cfg(test)]
mod tests {
    use super::{Points, Verdict, Verdicts, Worth};
    use std::fs;

    /// What becomes of the test `required::it_sends`, of which the tests and the harness have said this.
    #[track_caller]
    fn becomes(said: &str, harness: &str) -> Verdict {
        let folder = tempfile::tempdir().unwrap();
        let files = ["verdicts", "harness"].map(|name| folder.path().join(name));
        fs::write(&files[0], said).unwrap();
        fs::write(&files[1], harness).unwrap();
        let points = Points::from_quarters(4);
        let worth = Worth { test: "required::it_sends".to_string(), points, is_extra: false, needs: None };
        let test = Verdicts::read(&files[0], &files[1]).unwrap().test(&worth, "the end");
        assert_eq!(test.points, if test.verdict == Verdict::Pass { points } else { Points::default() });
        assert_eq!(test.report.is_none(), test.verdict == Verdict::Pass);
        test.verdict
    }

    const BEGUN: &str = "{\"test\":\"required::it_sends\",\"is\":\"begun\"}\n";
    const PASSED: &str = "{\"test\":\"required::it_sends\",\"is\":\"passed\"}\n";
    const FAILED: &str = "{\"test\":\"required::it_sends\",\"is\":\"failed\",\"text\":\"no bytes\"}\n";
    const OK: &str = "running 1 test\ntest required::it_sends ... ok\n";

    #[test]
    fn a_pass_needs_both_witnesses() {
        assert_eq!(becomes(&format!("{BEGUN}{PASSED}"), OK), Verdict::Pass);
        assert_eq!(becomes(BEGUN, OK), Verdict::CouldNotGrade);
        assert_eq!(becomes("", OK), Verdict::CouldNotGrade);
        assert_eq!(becomes(&format!("{BEGUN}{PASSED}"), "running 1 test\n"), Verdict::CouldNotGrade);
        // What a program has written is shown behind that heading.
        let shown = format!("test required::it_sends ... FAILED\n\nfailures:\n\n{OK}");
        assert_eq!(becomes(&format!("{BEGUN}{PASSED}"), &shown), Verdict::CouldNotGrade);
        // Half a line, and one of another test.
        assert_eq!(becomes(&format!("{BEGUN}{}", &PASSED[..20]), OK), Verdict::CouldNotGrade);
        assert_eq!(becomes(&PASSED.replace("it_sends", "it_closes"), OK), Verdict::CouldNotGrade);
    }

    #[test]
    fn what_is_worse_counts_and_a_fault_of_the_machine_before_all() {
        assert_eq!(becomes(&format!("{BEGUN}{FAILED}{PASSED}"), OK), Verdict::Fail);
        let of = |kind: &str| FAILED.replace("failed", kind);
        assert_eq!(becomes(&of("not judged"), ""), Verdict::NotJudged);
        assert_eq!(becomes(&format!("{FAILED}{}", of("could not grade")), ""), Verdict::CouldNotGrade);
        assert_eq!(becomes(&of("panicked"), ""), Verdict::CouldNotGrade);
    }

    /// A program's own words may stand in a report.
    #[test]
    fn no_report_speaks_to_the_terminal() {
        assert_eq!(super::cut("one\x1b[2J\ntwo\u{202e}", 100), "one\\x1b[2J\ntwo\\u{202e}");
        assert_eq!(super::cut("señor", 3), "se …");
    }
}
