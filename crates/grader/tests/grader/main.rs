//! Grading, tested from outside.

mod class;
mod gallery;
mod points;
mod program;
mod usage;
mod support {
    pub mod grade;
}
