//! The tests of an exercise, run on one program.

use crate::children;
use crate::model::{Exercise, Points, Report, Test, Verdict};
use crate::points::Worth;
use crate::sandbox::Sandbox;
use crate::suite::Suite;
use crate::verdicts::{Verdicts, at_fault};
use crate::work_folder::WorkFolder;
use crate::workspace;
use common::testing::{VARIABLE, VERDICTS};
use common::text;
use std::fs::File;
use std::io;
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How long all tests of one program may take: one that hangs takes twenty seconds, and on a crowded machine eight times that.
const TIME_LIMIT: Duration = Duration::from_secs(240);

/// How many tests of one program run at once: they wait most of the time.
const TESTS_AT_ONCE: &str = "--test-threads=4";

/// Grades the program that these words run in the work folder.
pub fn grade(suite: &Suite, sandbox: &Sandbox, work: &WorkFolder, words: &[String]) -> io::Result<Exercise> {
    let start = Instant::now();
    let end = run(suite, sandbox, work, words);
    if let Err(error) = &end {
        if error.kind() == io::ErrorKind::Interrupted {
            return Err(io::ErrorKind::Interrupted.into());
        }
    }
    let end = match end {
        Ok(Some(status)) => format!("the tests ended with {status}"),
        Ok(None) => format!("the tests were ended after {} s", TIME_LIMIT.as_secs()),
        Err(error) => format!("the tests could not be run: {error}"),
    };
    let verdicts = Verdicts::read(&work.file("verdicts"), &work.file("harness")).unwrap_or_default();
    let mut tests: Vec<Test> = suite.of_program().map(|worth| verdicts.test(worth, &end)).collect();
    let mut notes = take_what_is_not_earned(suite, &mut tests);
    notes.extend(sandbox.remarks(&work.home()));
    Ok(Exercise {
        name: suite.exercise.clone(),
        program: Some(shown(words)),
        tests,
        contained: sandbox.incidents(&work.home()),
        notes,
        milliseconds: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
    })
}

/// Takes the points of tests that passed where the one that they need did not. Their verdicts stay.
fn take_what_is_not_earned(suite: &Suite, tests: &mut [Test]) -> Vec<String> {
    let passed: Vec<String> =
        tests.iter().filter(|test| test.verdict == Verdict::Pass).map(|test| test.name.clone()).collect();
    let mut notes = Vec::new();
    for (test, worth) in tests.iter_mut().zip(suite.of_program()) {
        let Some(needed) = worth.needs.as_ref().filter(|needed| !passed.contains(needed)) else { continue };
        if test.points > Points::default() {
            test.points = Points::default();
            notes.push(format!("what passed earns nothing, since {needed} did not pass (needs, in exercises.toml)"));
        }
    }
    notes.dedup();
    notes
}

fn run(suite: &Suite, sandbox: &Sandbox, work: &WorkFolder, words: &[String]) -> io::Result<Option<ExitStatus>> {
    File::create(work.file("verdicts"))?;
    let mut tests = sandbox.test_binary(&suite.binary, &work.home());
    tests.current_dir(workspace::package(&suite.exercise));
    tests.args(suite.of_program().map(|worth| worth.test.as_str())).args(["--exact", TESTS_AT_ONCE]);
    tests.env(VARIABLE, serde_json::to_string(words)?).env(VERDICTS, work.file("verdicts"));
    // The folder in which the command counts as typed.
    tests.env("PWD", work.home()).env("RUST_BACKTRACE", "0").env_remove("RUST_TEST_THREADS");
    tests.stdin(Stdio::null()).stdout(File::create(work.file("harness"))?).stderr(File::create(work.file("errors"))?);
    children::run(&mut tests, TIME_LIMIT)
}

/// A command as one types it in a shell.
pub fn shown(words: &[String]) -> String {
    words.iter().map(|word| text::quote_for_shell(word)).collect::<Vec<_>>().join(" ")
}

/// An exercise of which no test was run.
pub fn not_run<'a>(
    exercise: &str,
    program: Option<String>,
    worth: impl Iterator<Item = &'a Worth>,
    verdict: Verdict,
    report: &Report,
) -> Exercise {
    let test = |worth: &Worth| Test {
        name: worth.test.clone(),
        verdict,
        points: Points::default(),
        of: worth.points,
        is_extra: worth.is_extra,
        report: Some(report.clone()),
    };
    let (name, tests) = (exercise.to_string(), worth.map(test).collect());
    Exercise { name, program, tests, contained: Vec::new(), notes: Vec::new(), milliseconds: 0 }
}

/// An exercise that could not be graded, since the machine is at fault.
pub fn could_not_grade(suite: &Suite, program: Option<String>, what: &str, why: &str) -> Exercise {
    not_run(&suite.exercise, program, suite.of_program(), Verdict::CouldNotGrade, &at_fault(what, why))
}

/// An exercise whose tests have nothing to judge.
pub fn not_judged(suite: &Suite, program: Option<String>, summary: &str, text: &str) -> Exercise {
    let report = Report { text: text.to_string(), ..at_fault(summary, "") };
    let report = Report { summary: summary.to_string(), ..report };
    not_run(&suite.exercise, program, suite.of_program(), Verdict::NotJudged, &report)
}
