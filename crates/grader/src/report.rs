//! The reports. Each is made of the class alone, so that all of them say the same of it.

mod classroom50;
mod columns;
mod csv;
mod gradescope;
mod html;
mod json;
mod junit;
mod markdown;
mod outputs;
mod save;
mod terminal;
mod words;

pub use outputs::Outputs;

use crate::model::{Class, Student};
use common::Problem;

/// The one student of a report that has room for no more.
fn only_student<'a>(class: &'a Class, report: &str) -> Result<&'a Student, Problem> {
    match class.students.as_slice() {
        [student] => Ok(student),
        students => Err(Problem::new(
            format_args!("there is no report for {report}"),
            format!("it is about one student, and {} were graded", students.len()),
            "grade one folder, or take --csv, --html or --junit, which are about a class",
        )),
    }
}

#[cfg(test)]
#[path = "../tests/unit/report/main.rs"]
mod tests;
