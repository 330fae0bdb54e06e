//! A git repository within the student's folder: in the folder of the session, or of a program.
//!
//! The repository around it sees nothing of what is in there: `git add` adds only a reference to it, which leads nowhere on GitHub.

use super::super::deliverable::Deliverable;
use super::super::shell;
use super::super::work::Work;
use super::open;
use std::fs;
use std::path::{Path, PathBuf};

/// The first folder that is one, among those of the session and those with a file to hand in.
pub fn repository(work: &Work, parts: &[(PathBuf, PathBuf)]) -> Option<PathBuf> {
    let of_files = parts.iter().flat_map(|(file, _)| file.ancestors().skip(1).map(Path::to_path_buf));
    let mut folders = work.sessions.iter().cloned().chain(of_files);
    folders
        .find(|folder| !folder.as_os_str().is_empty() && fs::symlink_metadata(work.real(&folder.join(".git"))).is_ok())
}

/// In another repository: the inner one is put beside the student's folder, with all its history, and its files are added.
pub fn tell(found: &mut Deliverable, work: &Work, git: &str, inner: &Path, commit: &str) {
    let what = format!("{} is a git repository of its own: the one around it has none of its files", named(inner));
    let folder = shell::path(inner);
    // It may be there as a reference already.
    open(
        found,
        &what,
        format!("{} && {git} rm -r -q -f --cached --ignore-unmatch {folder} && {commit}", aside(work, inner)),
    );
}

/// In none.
pub fn tell_alone(found: &mut Deliverable, work: &Work, inner: &Path, init: &str) {
    let what = format!("the git repository is in {}, not in this folder", named(inner));
    let is_for_all = work.sessions.iter().any(|session| session == inner) && !work.has_crates();
    let next = if is_for_all {
        format!("cargo lab check {}", shell::path(&work.shown(inner)))
    } else {
        format!("{} && {init}", aside(work, inner))
    };
    open(found, &what, next);
}

/// The command that puts its `.git` beside the student's folder.
fn aside(work: &Work, inner: &Path) -> String {
    let name = inner.file_name().unwrap_or_default().to_string_lossy();
    let beside = work.shown(&Path::new("..").join(format!("{name}.git")));
    format!("mv {} {}", shell::path(&work.shown(&inner.join(".git"))), shell::path(&beside))
}

fn named(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
