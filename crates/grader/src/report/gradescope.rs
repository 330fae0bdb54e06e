//! Gradescope's `results.json`: <https://gradescope-autograders.readthedocs.io/en/latest/specs/>.

use super::{only_student, words};
use crate::model::{Class, Exercise, Points, Test, Verdict};
use common::Problem;
use serde_json::{Value, json};

/// The results of one submission.
///
/// The score is the sum of the tests'. Gradescope would put a score of the whole in its place: there is none, but where there are no
/// tests, which Gradescope refuses without it.
///
/// What could not be graded has no results, and is an error: Gradescope then calls the submission one that failed through no fault of
/// the student's, and shows the teacher what was printed. A result could only be a zero.
pub fn gradescope(class: &Class) -> Result<String, Problem> {
    let student = only_student(class, "Gradescope")?;
    let test_of =
        |exercise: &Exercise| exercise.tests.iter().find(|test| test.verdict == Verdict::CouldNotGrade).cloned();
    if let Some((exercise, test)) = student.exercises.iter().find_map(|one| Some((one, test_of(one)?))) {
        return Err(Problem::new(
            format_args!("{} could not be graded", words::line(&exercise.name)),
            words::fault(&test).unwrap_or_default(),
            "install in setup.sh what is missing, build the autograder again, and regrade",
        ));
    }
    let tests: Vec<Value> = student
        .exercises
        .iter()
        .flat_map(|exercise| exercise.tests.iter().map(|test| result(exercise, test)))
        .collect();
    let mut results = json!({
        "execution_time": seconds(student.exercises.iter().map(|exercise| exercise.milliseconds).sum()),
        "output": output(&student.notes, &student.exercises),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
    });
    if tests.is_empty() {
        results["score"] = json!(0);
    }
    results["tests"] = Value::from(tests);
    Ok(format!("{results:#}\n"))
}

fn result(exercise: &Exercise, test: &Test) -> Value {
    // A bonus is added to a score, and to no maximum.
    let max_score = if test.is_extra { Points::default() } else { test.of };
    let mut result = json!({
        "name": format!("{}: {}", words::line(&exercise.name), words::title_with_bonus(test)),
        "score": decimal(test.points),
        "max_score": decimal(max_score),
        "status": if test.verdict == Verdict::Pass { "passed" } else { "failed" },
    });
    if let Some(fault) = words::fault(test) {
        let not_judged = if test.verdict == Verdict::NotJudged { "not judged: " } else { "" };
        let details = words::details(test).filter(|details| *details != fault);
        let details = details.map(|details| format!("\n\n{details}")).unwrap_or_default();
        result["output"] = Value::from(format!("{not_judged}{fault}{details}"));
    }
    result
}

/// What belongs to no test.
fn output(notes: &[String], exercises: &[Exercise]) -> String {
    let mut lines: Vec<String> = notes.iter().map(|note| words::line(note)).collect();
    for exercise in exercises {
        let name = words::line(&exercise.name);
        match &exercise.program {
            Some(program) => lines.push(format!("{name}: graded {}", words::line(program))),
            None => lines.push(format!("{name}: nothing was handed in")),
        }
        lines.extend(words::remarks(exercise).map(|remark| format!("{name}: {remark}")));
    }
    if exercises.is_empty() {
        lines.push("no exercise was found in this submission".to_string());
    }
    lines.join("\n")
}

/// Quarters are exact as binary fractions.
fn decimal(points: Points) -> f64 {
    f64::from(points.quarters()) / 4.0
}

#[allow(clippy::cast_precision_loss, reason = "no run takes 285,000 years")]
fn seconds(milliseconds: u64) -> f64 {
    milliseconds as f64 / 1000.0
}
