//! What a table of a class has columns for: the exercises and tests that any student has, in the order of the lesson.

use crate::model::{Class, Test};

/// An exercise, and its tests.
#[derive(Debug, PartialEq, Eq)]
pub struct Column<'a> {
    pub exercise: &'a str,
    /// The test of the first student who has it: all have its name, its maximum, and whether it is a bonus.
    pub tests: Vec<&'a Test>,
}

/// The columns of a class.
pub fn columns(class: &Class) -> Vec<Column<'_>> {
    let mut columns: Vec<Column<'_>> = Vec::new();
    for student in &class.students {
        let names = student.exercises.iter().map(|exercise| exercise.name.as_str());
        let found = names.map(|exercise| Column { exercise, tests: Vec::new() });
        merge(&mut columns, found, |one, other| one.exercise == other.exercise);
        for exercise in &student.exercises {
            let Some(column) = columns.iter_mut().find(|column| column.exercise == exercise.name) else { continue };
            merge(&mut column.tests, exercise.tests.iter(), |one, other| one.name == other.name);
        }
    }
    columns
}

/// Adds what `all` has not yet, behind what stands before it in `found`: a student who has not everything does not change the order.
fn merge<T>(all: &mut Vec<T>, found: impl Iterator<Item = T>, is_same: impl Fn(&T, &T) -> bool) {
    let mut place = 0;
    for one in found {
        if let Some(known) = all.iter().position(|other| is_same(&one, other)) {
            place = known + 1;
        } else {
            all.insert(place, one);
            place += 1;
        }
    }
}
