//! The report for a person at a terminal: a table for a class, and all there is to say of one student.

use crate::model::{Class, Exercise, Points, Report, Student, Test, Verdict};
use common::columns;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Writes it.
pub fn write(class: &Class, mut out: impl Write) -> io::Result<()> {
    match class.students.as_slice() {
        [] => writeln!(out, "there is nobody to grade"),
        [student] => student.exercises.iter().try_for_each(|exercise| details(&mut out, student, exercise)),
        students => table(&mut out, students),
    }
}

fn details(out: &mut impl Write, student: &Student, exercise: &Exercise) -> io::Result<()> {
    let program = exercise.program.as_deref().unwrap_or("nothing was handed in");
    let name = if student.name.is_empty() { String::new() } else { format!("{}, ", student.name) };
    writeln!(out, "{name}{}: {program}\n", exercise.name)?;
    for test in &exercise.tests {
        let word = word(test.verdict);
        let (points, of) = (test.points.to_string(), test.of.to_string());
        writeln!(out, "  {word:<15} {points:>5} of {of:<5} {}", short(&test.name))?;
        if let Some(report) = &test.report {
            writeln!(out, "                  {}", report.summary)?;
        }
    }
    // Many tests may say the same.
    let mut said: BTreeSet<&str> = BTreeSet::new();
    for (test, report) in exercise.tests.iter().filter_map(|test| Some((test, test.report.as_ref()?))) {
        if report.text != report.summary && said.insert(&report.text) {
            full(out, test, report)?;
        }
    }
    for contained in &exercise.contained {
        writeln!(out, "\n  contained: {contained}")?;
    }
    for note in student.notes.iter().chain(&exercise.notes) {
        writeln!(out, "\n  note: {note}")?;
    }
    let (points, of) = (exercise.points(), exercise.of());
    writeln!(out, "\n  {points} of {of} points{}\n", if exercise.could_not_grade() { LOOK } else { "" })
}

const LOOK: &str = ", and not all could be graded: somebody must look";

fn full(out: &mut impl Write, test: &Test, report: &Report) -> io::Result<()> {
    writeln!(out, "\n  {}\n    {}", short(&test.name), report.text.replace('\n', "\n  "))
}

/// A test's name without the module that all have.
fn short(name: &str) -> &str {
    name.strip_prefix("required::").unwrap_or(name)
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "FAIL",
        Verdict::NotJudged => "not judged",
        Verdict::CouldNotGrade => "COULD NOT GRADE",
    }
}

/// A row for each student, a column for each exercise that anybody has.
fn table(out: &mut impl Write, students: &[Student]) -> io::Result<()> {
    let mut names: Vec<&str> = Vec::new();
    for exercise in students.iter().flat_map(|student| &student.exercises) {
        if !names.contains(&exercise.name.as_str()) {
            names.push(&exercise.name);
        }
    }
    names.sort_by_key(|name| handin::deliverables::names().position(|known| known == *name));
    let heading = ["student"].into_iter().chain(names.iter().copied()).chain(["points"]).map(str::to_string).collect();
    let mut rows: Vec<Vec<String>> = vec![heading];
    for student in students {
        let of = |name: &&str| student.exercises.iter().find(|exercise| exercise.name == **name);
        let cells = names.iter().map(|name| of(name).map_or("-".to_string(), cell));
        let total: Points = student.exercises.iter().map(Exercise::points).sum();
        let total = total.to_string() + mark(student.exercises.iter().any(Exercise::could_not_grade));
        rows.push([student.name.clone()].into_iter().chain(cells).chain([total]).collect());
    }
    for line in columns::align(&rows) {
        writeln!(out, "{line}")?;
    }
    let unclear = students.iter().filter(|student| student.exercises.iter().any(Exercise::could_not_grade)).count();
    if unclear > 0 {
        writeln!(out, "\n!  not all could be graded, {unclear} of {}: somebody must look", students.len())?;
    }
    Ok(())
}

fn cell(exercise: &Exercise) -> String {
    let points = if exercise.program.is_none() && exercise.points() == Points::default() && !exercise.could_not_grade()
    {
        "nothing".to_string()
    } else {
        format!("{} of {}", exercise.points(), exercise.of())
    };
    points + mark(exercise.could_not_grade())
}

fn mark(could_not_grade: bool) -> &'static str {
    if could_not_grade { " !" } else { "" }
}
