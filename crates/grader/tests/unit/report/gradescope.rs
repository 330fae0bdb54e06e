use super::classes::{any_class, hostile, likely, student_of_any_kind, test_with};
use super::readers;
use crate::model::{Class, Exercise, Points, Student, Verdict};
use crate::report::gradescope::gradescope;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

/// What Gradescope's page on the format names.
const KEYS: &[&str] = &[
    "score",
    "execution_time",
    "output",
    "output_format",
    "test_output_format",
    "test_name_format",
    "visibility",
    "stdout_visibility",
    "extra_data",
    "tests",
    "leaderboard",
];
const TEST_KEYS: &[&str] = &[
    "score",
    "max_score",
    "status",
    "name",
    "name_format",
    "number",
    "output",
    "output_format",
    "tags",
    "visibility",
    "extra_data",
];

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn check(student: Student) {
    let expected: Points = student.exercises.iter().map(Exercise::points).sum();
    let report = gradescope(&Class { students: vec![student] }).unwrap();
    let results: Value = serde_json::from_str(&report).unwrap();
    assert!(keys(&results).is_subset(&KEYS.iter().copied().collect()), "{report}");
    let tests = results["tests"].as_array().unwrap();
    for test in tests {
        assert!(keys(test).is_subset(&TEST_KEYS.iter().copied().collect()), "{report}");
        assert!(["passed", "failed"].contains(&test["status"].as_str().unwrap()));
        assert_eq!(test["status"] == "failed", test.get("output").is_some());
    }
    let sum: f64 = tests.iter().map(|test| test["score"].as_f64().unwrap()).sum();
    assert!((sum * 4.0 - f64::from(expected.quarters())).abs() < f64::EPSILON);
    // It would take the place of the sum, and is wanted where there is nothing to sum.
    assert_eq!(results.get("score").is_some(), tests.is_empty());
}

proptest! {
    #[test]
    fn the_score_is_the_sum_of_the_tests(mut student in student_of_any_kind()) {
        for exercise in &mut student.exercises {
            exercise.tests.retain(|test| test.verdict != Verdict::CouldNotGrade);
        }
        check(student);
    }

    #[test]
    fn a_class_has_no_results(class in any_class()) {
        prop_assume!(class.students.len() != 1);
        prop_assert!(gradescope(&class).is_err());
    }
}

/// "a machine's fault is never a zero"
#[test]
fn what_could_not_be_graded_is_an_error_and_no_zero() {
    let mut class = likely(1, 1);
    class.students[0].exercises[1].tests[2] = test_with("required::it_sends", Verdict::CouldNotGrade, 4, 0);
    let problem = gradescope(&class).unwrap_err();
    assert_eq!(problem.error(), "ex3-chat could not be graded");
    assert_eq!(problem.cause(), "python3 has no module named colorama");
}

#[test]
fn a_bonus_adds_to_the_score_and_to_no_maximum() {
    let mut class = likely(1, 1);
    class.students[0].exercises.truncate(1);
    class.students[0].exercises[0].tests = vec![test_with("extra::it_shows_the_answer", Verdict::Pass, 0, 0)];
    let results: Value = serde_json::from_str(&gradescope(&class).unwrap()).unwrap();
    assert_eq!((&results["tests"][0]["score"], &results["tests"][0]["max_score"]), (&0.25.into(), &0.0.into()));
}

#[test]
#[ignore = "needs target/readers"]
fn gslocal_reads_the_results() {
    let mut class = likely(1, 1);
    let results = gradescope(&class).unwrap();
    let read = readers::read("gradescope", results.as_bytes());
    let sum = |points: fn(&Exercise) -> Points| {
        f64::from(class.students[0].exercises.iter().map(points).sum::<Points>().quarters()) / 4.0
    };
    let expected = format!("{:.2} / {:.2}", sum(Exercise::points), sum(Exercise::of));
    assert!(read.contains(&expected), "{expected}: {read}");
    class = Class { students: hostile().students.into_iter().take(1).collect() };
    class.students[0].exercises[0].tests.pop();
    readers::read("gradescope", gradescope(&class).unwrap().as_bytes());
}
