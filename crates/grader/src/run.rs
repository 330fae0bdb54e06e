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
use std::fs::{self, File};
use std::io;
use std::process::{ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long all tests of one program may take: one that hangs takes twenty seconds, and on a crowded machine eight times that.
const TIME_LIMIT: Duration = Duration::from_secs(240);

/// How many tests of one program run at once: they wait most of the time.
const TESTS_AT_ONCE: &str = "--test-threads=4";

/// How many processes for each processor are running, on an average of a minute, where a machine counts as crowded.
const CROWDED: f64 = 3.0;

/// Grades the program that these words run in the work folder.
///
/// On a crowded machine a right program may come too late. What does not pass there is tried once more, one program at a time: what
/// passes then, passes.
pub fn grade(suite: &Suite, sandbox: &Sandbox, work: &WorkFolder, words: &[String]) -> io::Result<Exercise> {
    static SECOND_TRY: Mutex<()> = Mutex::new(());
    let start = Instant::now();
    let mut tests = verdicts(suite, sandbox, work, words)?;
    if tests.iter().any(|test| test.verdict != Verdict::Pass) && is_crowded() {
        let _alone = SECOND_TRY.lock().unwrap_or_else(PoisonError::into_inner);
        tests = better_of(tests, verdicts(suite, sandbox, work, words)?);
    }
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

/// Runs the tests once. The only error is that of Ctrl-C.
fn verdicts(suite: &Suite, sandbox: &Sandbox, work: &WorkFolder, words: &[String]) -> io::Result<Vec<Test>> {
    let end = match run(suite, sandbox, work, words) {
        Ok(Some(status)) => format!("the tests ended with {status}"),
        Ok(None) => format!("the tests were ended after {} s", TIME_LIMIT.as_secs()),
        Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
        Err(error) => format!("the tests could not be run: {error}"),
    };
    let verdicts = Verdicts::read(&work.file("verdicts"), &work.file("harness")).unwrap_or_default();
    Ok(suite.of_program().map(|worth| verdicts.test(worth, &end)).collect())
}

/// Each test as it passed, if it did in either run, and else as it was the second time.
fn better_of(first: Vec<Test>, second: Vec<Test>) -> Vec<Test> {
    let tests = first.into_iter().zip(second);
    tests.map(|(first, second)| if first.verdict == Verdict::Pass { first } else { second }).collect()
}

/// Linux says so, proc(5) `loadavg`; elsewhere a machine counts as idle.
fn is_crowded() -> bool {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: f64 = load.split(' ').next().and_then(|minute| minute.parse().ok()).unwrap_or_default();
    let processors = thread::available_parallelism().map_or(1, usize::from);
    f64::from(u32::try_from(processors).unwrap_or(1)) * CROWDED < load
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

#[cfg(test)]
mod tests {
    use super::{Points, Test, Verdict, better_of};

    #[test]
    fn what_passes_in_one_of_two_runs_passes_and_else_the_second_counts() {
        let test = |verdict| Test {
            name: String::new(),
            verdict,
            points: Points::default(),
            of: Points::default(),
            is_extra: false,
            report: None,
        };
        let run = |verdicts: [Verdict; 3]| verdicts.map(test).to_vec();
        let first = run([Verdict::Pass, Verdict::Fail, Verdict::CouldNotGrade]);
        let second = run([Verdict::NotJudged, Verdict::Pass, Verdict::Fail]);
        assert_eq!(better_of(first, second), run([Verdict::Pass, Verdict::Pass, Verdict::Fail]));
    }
}
