//! A summary in GitHub's Markdown, for the page of a workflow's run: `$GITHUB_STEP_SUMMARY`.

use super::columns::columns;
use super::words;
use crate::model::{Class, Exercise, Student, Test, Verdict};
use std::fmt::Write as _;

/// GitHub takes a mebibyte for each step, and drops a longer summary as a whole.
const MAX_LEN: usize = 1_000_000;

/// One student's exercises with all faults; or a class, a line for each student.
pub fn markdown(class: &Class) -> String {
    match class.students.as_slice() {
        [student] => of_student(student),
        _ => of_class(class),
    }
}

fn of_student(student: &Student) -> String {
    let mut summary =
        Summary(format!("## {}\n\n| exercise | points | of |\n|---|--:|--:|\n", plain(&words::name(student))));
    for exercise in &student.exercises {
        summary.add(&format!("| {} | {} | {} |\n", plain(&exercise.name), points(exercise), exercise.of()));
    }
    for note in &student.notes {
        summary.add(&format!("\n- {}\n", plain(note)));
    }
    for exercise in &student.exercises {
        summary.add(&of_exercise(exercise));
        let is_open = |test: &&Test| test.verdict != Verdict::Pass && !test.is_extra && exercise.program.is_some();
        for test in exercise.tests.iter().filter(is_open) {
            summary.add(&of_test(test));
        }
    }
    summary.0
}

fn of_exercise(exercise: &Exercise) -> String {
    let mut text = format!("\n### {}\n\n", plain(&exercise.name));
    let passed = exercise.tests.iter().filter(|test| test.verdict == Verdict::Pass).count();
    let _ = match &exercise.program {
        Some(program) => writeln!(text, "{}: {passed} of {} tests passed.\n", plain(program), exercise.tests.len()),
        None => writeln!(text, "Nothing was handed in.\n"),
    };
    for remark in words::remarks(exercise) {
        let _ = writeln!(text, "- {}", plain(&remark));
    }
    text
}

fn of_test(test: &Test) -> String {
    let (title, verdict) = (plain(&words::title(test)), words::verdict(test.verdict));
    let fault = plain(&words::fault(test).unwrap_or_default());
    // An empty line would end the HTML.
    let details = html(&words::details(test).unwrap_or_default()).replace('\n', "&#10;");
    format!("\n<details><summary><b>{title}</b>: {verdict}. {fault}</summary><pre>{details}</pre></details>\n")
}

fn of_class(class: &Class) -> String {
    let columns = columns(class);
    let lines = "--:|".repeat(columns.len() + 1);
    let names = columns.iter().fold(String::new(), |names, column| names + &plain(column.exercise) + " | ");
    let heading = format!("| student | {names}total |\n|---|{lines}");
    let mut summary = Summary(format!("## {} students\n\n{heading}\n", class.students.len()));
    for student in &class.students {
        let mut row = format!("| {} |", plain(&words::name(student)));
        for column in &columns {
            let exercise = student.exercises.iter().find(|exercise| exercise.name == column.exercise);
            let _ = write!(row, " {} |", exercise.map_or_else(String::new, points));
        }
        let total = if student.exercises.iter().any(Exercise::could_not_grade) {
            "look at it".to_string()
        } else {
            student.exercises.iter().map(Exercise::points).sum::<crate::model::Points>().to_string()
        };
        summary.add(&format!("{row} {total} |\n"));
    }
    summary.0
}

fn points(exercise: &Exercise) -> String {
    if exercise.could_not_grade() { "could not grade".to_string() } else { exercise.points().to_string() }
}

/// A text that grows to its limit, and then says that there was more.
struct Summary(String);

impl Summary {
    const MORE: &'static str = "\n(There is more. It is in the other reports.)\n";

    fn add(&mut self, text: &str) {
        if self.0.ends_with(Self::MORE) {
        } else if self.0.len() + text.len() > MAX_LEN {
            self.0.push_str(Self::MORE);
        } else {
            self.0.push_str(text);
        }
    }
}

/// A text on one line that is only a text: no mark of Markdown or HTML has a meaning when it is written as a number (`CommonMark`,
/// "entity and numeric character references").
fn plain(text: &str) -> String {
    html(&words::line(text))
}

fn html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '!'..='/' | ':'..='@' | '['..='`' | '{'..='~' => {
                let _ = write!(safe, "&#{};", u32::from(character));
            }
            _ => safe.push(character),
        }
    }
    safe
}
