//! The report for a person at a terminal.

use crate::model::Class;
use std::io::{self, Write};

/// Writes the class.
pub fn write(class: &Class, mut out: impl Write) -> io::Result<()> {
    for student in &class.students {
        for exercise in &student.exercises {
            writeln!(out, "{} {}: {} of {}", student.name, exercise.name, exercise.points(), exercise.of())?;
        }
    }
    Ok(())
}
