//! A class of three.

use crate::support::workspace::root;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A right chat, one that adds a newline, and nobody's.
const STUDENTS: &[(&str, Option<&str>)] = &[
    ("ana", Some("right/ex3-chat/the-lessons-own-way.py")),
    ("ben", Some("wrong/ex3-chat/adds-a-newline.py")),
    ("eva", None),
];

/// One student's folder.
pub fn submission(folder: &Path, name: &str) -> PathBuf {
    let (_, program) = STUDENTS.iter().find(|(student, _)| *student == name).unwrap();
    let folder = folder.to_path_buf();
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("README.md"), "Session 08\n").unwrap();
    if let Some(program) = program {
        fs::copy(root().join("crates/lab/submissions").join(program), folder.join("Ex3.py")).unwrap();
    }
    folder
}

/// Their repositories: bare ones, as a server has them. Their addresses, one a line.
pub fn repositories(folder: &Path) -> String {
    let mut addresses = String::new();
    for (name, _) in STUDENTS {
        let work = submission(&folder.join("work").join(name), name);
        let bare = folder.join("server").join(name).join("session-08.git");
        fs::create_dir_all(&bare).unwrap();
        git(&bare, &["init", "--quiet", "--bare", "--initial-branch=main"]);
        git(&work, &["init", "--quiet", "--initial-branch=main"]);
        git(&work, &["add", "--all"]);
        git(&work, &["-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "-m", "Session 08"]);
        git(&work, &["push", "--quiet", bare.to_str().unwrap(), "main"]);
        writeln!(addresses, "file://{}", bare.display()).unwrap();
    }
    addresses
}

fn git(folder: &Path, words: &[&str]) {
    super::run(Command::new("git").args(words).current_dir(folder), &[0]);
}
