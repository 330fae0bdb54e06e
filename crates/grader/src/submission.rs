//! What a student handed in for one exercise, and how it is run.

use crate::rust_build;
use common::Problem;
use handin::deliverables::{CHAT, CLIENT, Deliverable, IPS, IPS_PROGRAM, PING_PROGRAM, PINGS, SERVER};
use handin::item::{Item, State};
use handin::student_folder::StudentFolder;
use handin::{programs, tables};
use std::path::{Path, PathBuf};

/// A student's program, found and not yet run.
#[derive(Debug)]
pub enum Program {
    /// Words that run a file, in a folder that goes with it. `{file}` in them stands for the file's name there.
    Command {
        /// The words.
        words: Vec<String>,
        /// The file.
        file: PathBuf,
    },
    /// Sources in Rust: a folder `src`, or one file.
    Rust {
        /// The sources.
        src: PathBuf,
        /// What is there and is not used.
        notes: Vec<String>,
    },
    /// Nobody knows how it is run.
    Unknown {
        /// The file.
        file: PathBuf,
    },
    /// It is begun at most.
    Missing {
        /// Why.
        why: String,
    },
}

/// What was handed in for an exercise.
pub struct Submission {
    /// The exercise, as in `exercises.toml`.
    pub exercise: &'static str,
    /// The table, if the exercise has one.
    pub table: Option<Item>,
    /// The program, if it is asked for: one that fills in a table is only where students write it.
    pub program: Option<Program>,
}

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// This exercise alone.
    pub exercise: Option<String>,
    /// How programs in other languages are run: words with `{file}` among them.
    pub template: Vec<String>,
}

/// All that a student has handed in, in the order of the lesson.
pub fn find(folder: &Path, wanted: &Wanted) -> Result<Vec<Submission>, Problem> {
    let folder = StudentFolder::open(Some(folder))?;
    let mut found = Vec::new();
    let is_wanted = |name: &str| wanted.exercise.as_deref().is_none_or(|only| only == name);
    let mut tables = tables::check(&folder).into_iter();
    for (table, program) in [(&IPS, &IPS_PROGRAM), (&PINGS, &PING_PROGRAM)] {
        let table_found = tables.next();
        if is_wanted(table.exercise) {
            let own = programs::check_crate(&folder, program).map(|item| of_item(&folder, &item, program, wanted));
            found.push(Submission { exercise: table.exercise, table: table_found, program: own });
        }
    }
    for deliverable in [&CLIENT, &CHAT, &SERVER] {
        if is_wanted(deliverable.exercise) {
            let item = programs::check(&folder, deliverable);
            // A step on the way to the chat, which nobody has to hand in.
            if deliverable.is_required || item.file.is_some() || wanted.exercise.is_some() {
                let program = Some(of_item(&folder, &item, deliverable, wanted));
                found.push(Submission { exercise: deliverable.exercise, table: None, program });
            }
        }
    }
    Ok(found)
}

fn of_item(folder: &StudentFolder, item: &Item, deliverable: &Deliverable, wanted: &Wanted) -> Program {
    match &item.file {
        // What is behind it is somebody else's: our own solution, or the grader's files.
        Some(file) if leads_out(folder, file) => Program::Missing { why: "it is a link out of the folder".to_string() },
        // Whether anybody has begun it is for the tests to say, if it can be run.
        Some(file) => match of_file(&folder.real.join(file), deliverable.exercise, wanted) {
            Program::Unknown { .. } if item.is_untouched() => {
                let why = item.findings().0.first().map_or("nobody has begun it", |finding| &finding.message);
                Program::Missing { why: why.to_string() }
            }
            program => program,
        },
        None if item.state() == State::NotHere => {
            Program::Missing { why: "it is not in this copy of the folder".to_string() }
        }
        None => Program::Missing { why: "nothing was handed in".to_string() },
    }
}

/// Whether a link on the way to this file leads to one that is not in the folder.
fn leads_out(folder: &StudentFolder, file: &Path) -> bool {
    folder.real.join(file).canonicalize().is_ok_and(|real| !real.starts_with(&folder.real))
}

/// How a file is run.
pub fn of_file(file: &Path, exercise: &str, wanted: &Wanted) -> Program {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    if extension == "rs" {
        let package = file.ancestors().nth(2).filter(|package| package.join("Cargo.toml").is_file());
        let package =
            package.filter(|package| file.strip_prefix(package).is_ok_and(|rest| rest == Path::new("src/main.rs")));
        return match package {
            Some(package) => of_package(package, exercise),
            None => Program::Rust { src: file.to_path_buf(), notes: Vec::new() },
        };
    }
    let words = match programs::interpreter(file) {
        _ if !wanted.template.is_empty() => wanted.template.clone(),
        Some(interpreter) => vec![interpreter.to_string(), FILE.to_string()],
        // It compiles a single file by itself, JEP 330.
        None if extension == "java" => vec!["java".to_string(), FILE.to_string()],
        None => return Program::Unknown { file: file.to_path_buf() },
    };
    Program::Command { words, file: file.to_path_buf() }
}

/// What stands for the file in a command.
pub const FILE: &str = "{file}";

/// A package of cargo's.
pub fn of_package(package: &Path, exercise: &str) -> Program {
    Program::Rust { src: package.join("src"), notes: rust_build::not_used(package, exercise) }
}
