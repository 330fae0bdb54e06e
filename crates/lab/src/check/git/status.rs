//! The output of `git status --porcelain=v2 --branch --no-renames --ignored -z`, see git-status(1).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What is checked out, and what is changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// What is checked out; none before the first commit.
    pub commit: Option<String>,
    /// None for a detached HEAD.
    pub branch: Option<String>,
    pub upstream: Option<String>,
    /// What is changed or new, in the student's folder.
    pub changed: Vec<PathBuf>,
    /// What of it git knows, and is as in the last commit but for the file itself.
    pub not_added: BTreeSet<PathBuf>,
    /// What a .gitignore keeps out.
    pub ignored: Vec<PathBuf>,
}

impl Status {
    /// Reads it. Git's paths begin at the top of the repository: `prefix` is the way from there to the student's folder.
    pub fn parse(output: &str, prefix: &Path) -> Self {
        let mut status = Self::default();
        for entry in output.split('\0') {
            let (kind, rest) = entry.split_once(' ').unwrap_or((entry, ""));
            let path = match kind {
                "?" | "!" => Some(rest),
                "1" => rest.splitn(8, ' ').nth(7),
                "u" => rest.splitn(10, ' ').nth(9),
                _ => None,
            };
            if kind == "#" {
                status.read_header(rest);
            }
            let Some(path) = path.and_then(|path| Path::new(path).strip_prefix(prefix).ok()) else { continue };
            if kind == "1" && rest.starts_with(".M") {
                status.not_added.insert(path.to_path_buf());
            }
            if kind == "!" { &mut status.ignored } else { &mut status.changed }.push(path.to_path_buf());
        }
        status
    }

    fn read_header(&mut self, header: &str) {
        let (name, value) = header.split_once(' ').unwrap_or((header, ""));
        let value = Some(value.to_string());
        match name {
            "branch.oid" => self.commit = value.filter(|commit| commit != "(initial)"),
            "branch.head" => self.branch = value.filter(|branch| branch != "(detached)"),
            "branch.upstream" => self.upstream = value,
            _ => {}
        }
    }
}
