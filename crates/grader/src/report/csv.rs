//! A table for a spreadsheet: a row for each student.

use super::columns::columns;
use super::words;
use crate::model::{Class, Exercise, Points, Student, Verdict};
use csv::{QuoteStyle, Terminator, WriterBuilder};
use std::iter;

/// Comma-separated values as in RFC 4180: for each exercise its points, and what it could have; then the totals, the exercises that
/// somebody must look at, and the first fault of each.
///
/// What could not be graded has no points, and neither has its total: an empty cell is no zero.
pub fn csv(class: &Class) -> Vec<u8> {
    let exercises: Vec<&str> = columns(class).iter().map(|column| column.exercise).collect();
    let mut writer =
        WriterBuilder::new().terminator(Terminator::CRLF).quote_style(QuoteStyle::NonNumeric).from_writer(Vec::new());
    let headings = exercises.iter().flat_map(|name| [(*name).to_string(), format!("{name} of")]);
    let heading = iter::once("student".to_string()).chain(headings);
    let heading = heading.chain(["total", "of", "look at", "faults"].map(String::from)).collect();
    let rows = class.students.iter().map(|student| row(student, &exercises));
    for row in iter::once(heading).chain(rows) {
        // Nothing goes wrong in memory: all rows have as many cells.
        let _ = writer.write_record(row.iter().map(|text| cell(text)));
    }
    writer.into_inner().unwrap_or_default()
}

fn row(student: &Student, exercises: &[&str]) -> Vec<String> {
    let mut cells = vec![student.name.clone()];
    for name in exercises {
        let exercise = student.exercises.iter().find(|exercise| exercise.name == *name);
        cells.push(
            exercise
                .filter(|exercise| !exercise.could_not_grade())
                .map_or_else(String::new, |one| one.points().to_string()),
        );
        cells.push(exercise.map_or_else(String::new, |one| one.of().to_string()));
    }
    let sum = |points: fn(&Exercise) -> Points| student.exercises.iter().map(points).sum::<Points>().to_string();
    let to_look_at: Vec<&str> = student
        .exercises
        .iter()
        .filter(|exercise| exercise.could_not_grade())
        .map(|exercise| exercise.name.as_str())
        .collect();
    cells.push(if to_look_at.is_empty() { sum(Exercise::points) } else { String::new() });
    cells.push(sum(Exercise::of));
    cells.push(to_look_at.join(", "));
    cells.push(student.exercises.iter().filter_map(first_fault).collect::<Vec<_>>().join("; "));
    cells
}

fn first_fault(exercise: &Exercise) -> Option<String> {
    if exercise.program.is_none() {
        return Some(format!("{}: nothing was handed in", exercise.name));
    }
    let first = exercise.tests.iter().find(|test| !test.is_extra && test.verdict != Verdict::Pass)?;
    Some(format!("{}: {}", exercise.name, words::fault(first)?))
}

/// A text that no spreadsheet takes for a formula: an apostrophe stands in front of what looks like one.
/// <https://owasp.org/www-community/attacks/CSV_Injection>
fn cell(text: &str) -> String {
    let text = words::line(text);
    let first = text.trim_start().chars().next().unwrap_or(' ');
    if matches!(first, '=' | '+' | '-' | '@' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}') {
        format!("'{text}")
    } else {
        text
    }
}
