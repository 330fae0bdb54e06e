//! Classroom 50's `result.json`, in its form `classroom50/result/v1`:
//! <https://github.com/foundation50/classroom50/wiki/Advanced-Autograding>.

use super::{only_student, words};
use crate::model::{Class, Exercise, Points, Test, Verdict};
use common::Problem;
use jiff::Timestamp;
use serde_json::{Value, json};

/// What Classroom 50's runner says of a submission, in the environment of the autograder.
pub struct Submission {
    classroom: String,
    assignment: String,
    tag: String,
    commit: String,
    release: String,
    review: String,
}

impl Submission {
    /// What the environment says; `variable` gives the value of one.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Problem> {
        let text = |name: &str| {
            variable(name).filter(|value| !value.is_empty()).ok_or_else(|| {
                Problem::new(
                    format_args!("there is no report for Classroom 50 without {name}"),
                    "its runner puts that into the environment of an autograder",
                    "call this from autograder.py, or set it yourself to try it",
                )
            })
        };
        let commit = text("COMMIT_URL")?;
        Ok(Self {
            classroom: text("CLASSROOM")?,
            assignment: text("ASSIGNMENT")?,
            tag: text("SUBMISSION_TAG")?,
            release: text("RELEASE_URL")?,
            // There is none where the submission is the first commit.
            review: text("REVIEW_URL").unwrap_or_else(|_| commit.clone()),
            commit,
        })
    }
}

/// The result of one submission, graded `now`.
///
/// It has whole numbers only, so that all of them are in quarters of a point. A bonus raises a score to the maximum, and not above
/// it: the runner refuses that. What could not be graded counts in no maximum, since it is no zero.
pub fn classroom50(class: &Class, submission: &Submission, now: Timestamp) -> Result<String, Problem> {
    let student = only_student(class, "Classroom 50")?;
    let tests =
        || student.exercises.iter().flat_map(|exercise| exercise.tests.iter().map(move |test| (exercise, test)));
    let max_score: u32 = tests().filter(|(_, test)| !test.is_extra).map(|(_, test)| quarters_of(test)).sum();
    let score: Points = tests().map(|(_, test)| test.points).sum();
    let result = json!({
        "schema": "classroom50/result/v1",
        "classroom": submission.classroom,
        "assignment": submission.assignment,
        "submission": submission.tag,
        "commit": submission.commit,
        "release": submission.release,
        "review": submission.review,
        "datetime": now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "score": score.quarters().min(max_score),
        "max-score": max_score,
        "tests": tests().map(|(exercise, test)| result(exercise, test)).collect::<Vec<_>>(),
    });
    Ok(format!("{result:#}\n"))
}

fn result(exercise: &Exercise, test: &Test) -> Value {
    let mut name = format!("{}: {}", words::line(&exercise.name), words::title_with_bonus(test));
    if matches!(test.verdict, Verdict::NotJudged | Verdict::CouldNotGrade) {
        name = format!("{name}, {}", words::verdict(test.verdict));
    }
    let mut result = json!({
        "test-name": name,
        "passed": test.verdict == Verdict::Pass,
        "score": test.points.quarters().min(quarters_of(test)),
        "max-score": quarters_of(test),
    });
    // The runner keeps what else a test has.
    if let Some(fault) = words::fault(test) {
        result["message"] = Value::from(fault);
    }
    result
}

fn quarters_of(test: &Test) -> u32 {
    if test.verdict == Verdict::CouldNotGrade { 0 } else { test.of.quarters() }
}
