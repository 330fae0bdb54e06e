use super::classes::{likely, student_of_any_kind, test_with};
use crate::model::{Class, Exercise, Points, Student, Verdict};
use crate::report::classroom50::{Submission, classroom50};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::Value;

const ENVIRONMENT: &[(&str, &str)] = &[
    ("CLASSROOM", "networks"),
    ("ASSIGNMENT", "session-08"),
    ("SUBMISSION_TAG", "submit/2026-11-28T10-00-00Z-abc1234"),
    ("COMMIT_URL", "https://example.com/ana/commit/abc1234"),
    ("RELEASE_URL", "https://example.com/ana/releases/tag/submit"),
    ("REVIEW_URL", "https://example.com/ana/compare/1...2"),
];

fn submission(without: &str) -> Result<Submission, common::Problem> {
    let value = |name: &str| {
        ENVIRONMENT.iter().find(|(one, _)| *one == name && name != without).map(|(_, value)| (*value).to_string())
    };
    Submission::from_environment(value)
}

fn result(student: Student) -> Value {
    result_of(student, &submission("").unwrap())
}

fn result_of(student: Student, submission: &Submission) -> Value {
    let now: Timestamp = "2026-11-28T10:00:00.987654Z".parse().unwrap();
    let report = classroom50(&Class { students: vec![student] }, submission, now).unwrap();
    serde_json::from_str(&report).unwrap()
}

/// What `runner.py` and `result-v1.schema.json` of Classroom 50 ask of an autograder's file; the runner adds the keys `owner` and
/// `assignment_type` itself.
fn check(result: &Value) {
    let keys: Vec<&str> = result.as_object().unwrap().keys().map(String::as_str).collect();
    let mut wanted = [
        "schema",
        "classroom",
        "assignment",
        "submission",
        "commit",
        "release",
        "review",
        "datetime",
        "score",
        "max-score",
        "tests",
    ];
    wanted.sort_unstable();
    assert_eq!(keys, wanted, "additionalProperties: false");
    assert_eq!(result["schema"], "classroom50/result/v1");
    for name in ["classroom", "assignment", "submission", "commit", "release", "review", "datetime"] {
        assert!(!result[name].as_str().unwrap().is_empty(), "{name}");
    }
    assert!(result["submission"].as_str().unwrap().starts_with("submit/"));
    assert_eq!(result["datetime"], "2026-11-28T10:00:00Z");
    assert!(result["score"].as_u64().unwrap() <= result["max-score"].as_u64().unwrap());
    for test in result["tests"].as_array().unwrap() {
        assert!(!test["test-name"].as_str().unwrap().is_empty());
        assert!(test["passed"].is_boolean());
        assert!(test["score"].as_u64().unwrap() <= test["max-score"].as_u64().unwrap());
    }
}

proptest! {
    #[test]
    fn the_runner_takes_every_result(student in student_of_any_kind()) {
        check(&result(student));
    }
}

#[test]
fn points_are_counted_in_quarters() {
    let class = likely(1, 1);
    let of: Points = class.students[0].exercises.iter().map(Exercise::of).sum();
    let result = result(class.students[0].clone());
    assert_eq!(result["max-score"], of.quarters());
    assert_eq!(result["review"], "https://example.com/ana/compare/1...2");
}

/// "a machine's fault is never a zero"
#[test]
fn what_could_not_be_graded_counts_in_no_maximum() {
    let mut student = likely(1, 1).students.remove(0);
    student.exercises.truncate(1);
    student.exercises[0].tests = vec![
        test_with("required::one", Verdict::Pass, 12, 0),
        test_with("required::two", Verdict::CouldNotGrade, 8, 0),
    ];
    let result = result(student);
    check(&result);
    assert_eq!((&result["score"], &result["max-score"]), (&12.into(), &12.into()));
    assert_eq!(result["tests"][1]["test-name"], "client: two, could not grade");
}

#[test]
fn what_the_runner_did_not_say_is_named() {
    for (name, _) in ENVIRONMENT {
        match (*name, submission(name)) {
            ("REVIEW_URL", found) => {
                let result = result_of(likely(1, 1).students.remove(0), &found.unwrap());
                assert_eq!(result["review"], result["commit"]);
            }
            (name, Err(problem)) => assert!(problem.error().contains(name), "{problem}"),
            (name, Ok(_)) => panic!("{name} is not missed"),
        }
    }
}
