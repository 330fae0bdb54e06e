//! The tests of an exercise, run on one program.

use crate::children;
use crate::model::{Exercise, Points, Report, Test, Verdict};
use crate::points::Worth;
use crate::sandbox::Sandbox;
use crate::suite::Suite;
use crate::verdicts::{Verdicts, at_fault};
use crate::work_folder::WorkFolder;
use crate::workspace;
use common::testing::{VARIABLE, VERDICTS, counted};
use common::text;
use std::fs::{self, File};
use std::io;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long all tests of one program may take: far more than one that hangs needs, also on a crowded machine.
const TIME_LIMIT: Duration = Duration::from_secs(240);

/// How many tests of one program run at once: they wait most of the time.
const TESTS_AT_ONCE: &str = "--test-threads=4";

/// How many processes for each processor are running, on an average of a minute, where a machine counts as crowded: there the tests begin
/// to wait longer too. Students graded side by side come to half of that: each run alone keeps all others waiting.
const CROWDED: f64 = 6.0;

/// Runs a command to its end: beside others, or alone.
type Runner = fn(&mut Command, Duration) -> io::Result<Option<ExitStatus>>;

/// A program, and what it is graded with.
struct Run<'a> {
    suite: &'a Suite,
    sandbox: &'a Sandbox,
    work: &'a WorkFolder,
    words: &'a [String],
}

/// Grades the program that these words run in the work folder. The only error is that of Ctrl-C.
///
/// On a crowded machine a right program may come too late: what does not pass there is run again, with no other program beside it, and it is
/// the second run that counts.
pub fn grade(suite: &Suite, sandbox: &Sandbox, work: &WorkFolder, words: &[String]) -> io::Result<Exercise> {
    let start = Instant::now();
    let run = Run { suite, sandbox, work, words };
    let mut tests = run.verdicts(&suite.of_program().collect::<Vec<_>>(), children::run)?;
    let mut notes = Vec::new();
    let doubtful: Vec<&Worth> = worth_that_did_not_pass(suite, &tests).filter(|_| is_crowded()).collect();
    if !doubtful.is_empty() {
        let again = run.verdicts(&doubtful, children::run_alone)?;
        notes.push(replace(&mut tests, again));
    }
    notes.extend(take_what_is_not_earned(suite, &mut tests));
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

fn worth_that_did_not_pass<'a>(suite: &'a Suite, tests: &[Test]) -> impl Iterator<Item = &'a Worth> {
    suite.of_program().zip(tests).filter(|(_, test)| test.verdict != Verdict::Pass).map(|(worth, _)| worth)
}

/// Puts the tests of a second run in the place of those of the first, and says so.
fn replace(tests: &mut [Test], again: Vec<Test>) -> String {
    let (count, passed) = (again.len(), again.iter().filter(|test| test.verdict == Verdict::Pass).count());
    for second in again {
        if let Some(first) = tests.iter_mut().find(|first| first.name == second.name) {
            *first = second;
        }
    }
    format!(
        "this computer was crowded: {} that had not passed ran once more, with no other program beside, and that counts; {passed} passed then",
        counted(count, "test")
    )
}

/// Linux says so, proc(5) `loadavg`; elsewhere a machine counts as idle.
fn is_crowded() -> bool {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    exceeds(&load, thread::available_parallelism().map_or(1, usize::from))
}

/// Whether `0.20 0.18 0.12 1/80 11206`, whose first number is the average of a minute, is too much for so many processors.
fn exceeds(load: &str, processors: usize) -> bool {
    let minute: f64 = load.split(' ').next().and_then(|minute| minute.parse().ok()).unwrap_or_default();
    f64::from(u32::try_from(processors).unwrap_or(1)) * CROWDED < minute
}

impl Run<'_> {
    /// Runs these tests once.
    fn verdicts(&self, tests: &[&Worth], run: Runner) -> io::Result<Vec<Test>> {
        let end = match self.run(tests, run) {
            Ok(Some(status)) => format!("the tests ended with {status}"),
            Ok(None) => format!("the tests were ended after {} s", TIME_LIMIT.as_secs()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => format!("the tests could not be run: {error}"),
        };
        let verdicts = Verdicts::read(&self.work.file("verdicts"), &self.work.file("harness")).unwrap_or_default();
        Ok(tests.iter().map(|worth| verdicts.test(worth, &end)).collect())
    }

    fn run(&self, tests: &[&Worth], run: Runner) -> io::Result<Option<ExitStatus>> {
        let (suite, work) = (self.suite, self.work);
        File::create(work.file("verdicts"))?;
        let mut command = self.sandbox.test_binary(&suite.binary, &work.home());
        command.current_dir(workspace::package(&suite.exercise));
        command.args(tests.iter().map(|worth| worth.test.as_str())).args(["--exact", TESTS_AT_ONCE]);
        command.env(VARIABLE, serde_json::to_string(self.words)?).env(VERDICTS, work.file("verdicts"));
        // The folder in which the command counts as typed.
        command.env("PWD", work.home()).env("RUST_BACKTRACE", "0").env_remove("RUST_TEST_THREADS");
        command.stdin(Stdio::null());
        command.stdout(File::create(work.file("harness"))?).stderr(File::create(work.file("errors"))?);
        run(&mut command, TIME_LIMIT)
    }
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

#[cfg(test)]
mod tests {
    use super::{Points, Test, Verdict, exceeds, replace};

    #[test]
    fn the_second_run_counts_and_a_note_says_so() {
        let test = |name: &str, verdict| Test {
            name: name.to_string(),
            verdict,
            points: Points::default(),
            of: Points::default(),
            is_extra: false,
            report: None,
        };
        let mut tests = vec![
            test("it_sends", Verdict::Pass),
            test("it_closes", Verdict::Fail),
            test("it_answers", Verdict::CouldNotGrade),
        ];
        let again = vec![test("it_closes", Verdict::Pass), test("it_answers", Verdict::Fail)];
        let note = replace(&mut tests, again);
        assert_eq!(
            tests.iter().map(|test| test.verdict).collect::<Vec<_>>(),
            [Verdict::Pass, Verdict::Pass, Verdict::Fail]
        );
        assert!(note.contains("2 tests that had not passed") && note.ends_with("1 passed then"), "{note}");
    }

    #[test]
    fn a_machine_is_crowded_with_more_than_six_processes_for_each_processor() {
        assert!(exceeds("12.10 2.00 1.00 3/80 11206", 2));
        assert!(!exceeds("11.90 20.00 30.00 3/80 11206", 2));
        assert!(!exceeds("", 2));
    }
}
