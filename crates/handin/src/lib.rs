//! What is handed in: found in a student's folder, whatever it is called, and judged as far as nothing has to be run. Its users are
//! `cargo lab check` and `cargo grade`.
//!
//! It reads, and changes nothing. The folder may be a stranger's.

mod candidates;
pub mod deliverables;
pub mod filenames;
pub mod helpers;
pub mod item;
pub mod programs;
pub mod shell;
pub mod student_folder;
pub mod tables;
