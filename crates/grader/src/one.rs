//! One program, named on the command line.

use crate::class::Trouble;
use crate::model::{Class, Exercise, Student};
use crate::student::{Grader, Interrupted};
use crate::submission::{Program, Wanted, of_file, of_package};
use crate::suite::Suite;
use crate::work_folder::WorkFolder;
use std::path::{Component, Path, PathBuf};

/// The program that is meant by a file, or by a folder that is a package of cargo's. None for another folder: that is a student's.
pub fn named(path: &Path, exercise: &str, wanted: &Wanted) -> Option<Program> {
    if path.join("src/main.rs").is_file() {
        return Some(of_package(path, exercise));
    }
    path.is_file().then(|| of_file(&path.canonicalize().unwrap_or_else(|_| path.to_path_buf()), exercise, wanted))
}

/// Grades it.
pub fn grade(grader: &Grader, suite: &Suite, program: &Program) -> Result<Class, Interrupted> {
    Ok(class_of(grader.program(suite, program)?))
}

/// Grades what a command runs that is typed here. What it names of this folder goes with it, and all that is beside that.
pub fn grade_command(grader: &Grader, suite: &Suite, words: &[String]) -> Result<Class, Trouble> {
    let work = WorkFolder::new_in(&grader.work)?;
    let (words, folders) = beside(words);
    let folders: Vec<(&Path, &Path)> = folders.iter().map(|(from, to)| (from.as_path(), to.as_path())).collect();
    Ok(class_of(grader.command(suite, &work, &words, &folders)?))
}

fn class_of(exercise: Exercise) -> Class {
    Class { students: vec![Student { name: String::new(), exercises: vec![exercise], notes: Vec::new() }] }
}

/// The words as they are in a folder of their own, and the folders that go there: those in which the files are that the words name.
fn beside(words: &[String]) -> (Vec<String>, Vec<(PathBuf, PathBuf)>) {
    let mut folders: Vec<(PathBuf, PathBuf)> = Vec::new();
    let mut moved = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let path = Path::new(word);
        // A bare name at the beginning is looked up in PATH.
        let is_file = path.is_file() && (index > 0 || path.components().count() > 1) && !is_systems(path);
        if !is_file {
            moved.push(word.clone());
            continue;
        }
        let parent = path.parent().unwrap_or(Path::new(""));
        let is_below = parent.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        let (to, word) = if is_below && path.is_relative() {
            (parent.to_path_buf(), word.clone())
        } else {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            (PathBuf::new(), if index == 0 { format!("./{name}") } else { name.into_owned() })
        };
        let from = if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_path_buf() };
        if !folders.contains(&(from.clone(), to.clone())) {
            folders.push((from, to));
        }
        moved.push(word);
    }
    (moved, folders)
}

/// Whether every program sees it anyway.
fn is_systems(path: &Path) -> bool {
    ["/usr", "/bin", "/sbin", "/lib", "/opt", "/etc"].iter().any(|system| path.starts_with(system))
}

#[cfg(test)]
mod tests {
    use super::beside;
    use std::path::{Path, PathBuf};

    #[test]
    fn what_a_command_names_goes_with_it() {
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let of = |all: &[&str]| beside(&words(all));
        // A test runs in the folder of its package.
        assert_eq!(of(&["python3", "Cargo.toml"]), (words(&["python3", "Cargo.toml"]), vec![(".".into(), "".into())]));
        let below = vec![(PathBuf::from("src"), PathBuf::from("src"))];
        assert_eq!(of(&["./src/main.rs", "-u"]).0, words(&["./src/main.rs", "-u"]));
        assert_eq!(of(&["sh", "src/main.rs"]), (words(&["sh", "src/main.rs"]), below));
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs");
        let file = file.to_str().unwrap();
        assert_eq!(of(&[file]).0, words(&["./main.rs"]));
        assert_eq!(of(&["sh", file]).0, words(&["sh", "main.rs"]));
        // An interpreter, and what is no file.
        assert_eq!(of(&["/usr/bin/env", "python3", "127.0.0.1"]).1, []);
    }
}
