//! `JUnit` XML, which CI services read: the form that all of them share, <https://github.com/testmoapp/junitxml>.

use super::words;
use crate::model::{Class, Exercise, Student, Test, Verdict};
use common::Problem;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::time::Duration;

/// One suite for each exercise of each student.
pub fn junit(class: &Class) -> Result<String, Problem> {
    let mut report = Report::new("cargo grade");
    for student in &class.students {
        report.add_test_suites(student.exercises.iter().map(|exercise| suite(student, exercise)));
    }
    report.to_string().map_err(|e| {
        Problem::new("the JUnit report could not be made", e, "take another report: --json, --csv or --html")
    })
}

fn suite(student: &Student, exercise: &Exercise) -> TestSuite {
    let exercise_name = words::line(&exercise.name);
    let name = match student.name.as_str() {
        "" => exercise_name,
        name => format!("{} / {exercise_name}", words::line(name)),
    };
    let mut suite = TestSuite::new(name.clone());
    suite.set_time(Duration::from_millis(exercise.milliseconds));
    suite.add_test_cases(exercise.tests.iter().map(|test| case(&name, test)));
    let remarks: Vec<String> = words::remarks(exercise).collect();
    if !remarks.is_empty() {
        suite.set_system_out(remarks.join("\n"));
    }
    suite
}

fn case(suite: &str, test: &Test) -> TestCase {
    let fault = words::fault(test).unwrap_or_default();
    let details = words::details(test).unwrap_or_else(|| fault.clone());
    let mut status = match test.verdict {
        Verdict::Pass => TestCaseStatus::success(),
        Verdict::Fail => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Verdict::NotJudged => TestCaseStatus::skipped(),
        Verdict::CouldNotGrade => TestCaseStatus::non_success(NonSuccessKind::Error),
    };
    if test.verdict != Verdict::Pass {
        status.set_message(fault.clone()).set_description(details);
    }
    let mut case = TestCase::new(words::title_with_bonus(test), status);
    case.set_classname(suite);
    if test.verdict == Verdict::NotJudged {
        // What converts reports loses the reason of a skipped test.
        case.set_system_out(format!("not judged: {fault}"));
    }
    case
}
