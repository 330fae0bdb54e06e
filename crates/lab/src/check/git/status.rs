//! The output of `git status --porcelain=v2 --branch --no-renames --ignored -z`, see git-status(1).

use std::path::{Path, PathBuf};

/// What is checked out, and what is changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Status {
    pub has_commit: bool,
    /// None for a detached HEAD.
    pub branch: Option<String>,
    pub upstream: Option<String>,
    /// How many commits the upstream does not have; none if there is no such branch any more.
    pub ahead: Option<usize>,
    pub behind: Option<usize>,
    /// What is changed or new, in the student's folder.
    pub changed: Vec<PathBuf>,
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
            let paths = if kind == "!" { &mut status.ignored } else { &mut status.changed };
            paths.extend(path.and_then(|path| Some(Path::new(path).strip_prefix(prefix).ok()?.to_path_buf())));
            if kind == "#" {
                status.read_header(rest);
            }
        }
        status
    }

    fn read_header(&mut self, header: &str) {
        let (name, value) = header.split_once(' ').unwrap_or((header, ""));
        match name {
            "branch.oid" => self.has_commit = value != "(initial)",
            "branch.head" => self.branch = Some(value.to_string()).filter(|branch| branch != "(detached)"),
            "branch.upstream" => self.upstream = Some(value.to_string()),
            "branch.ab" => {
                let mut numbers = value.split(' ').map(|number| number.get(1..)?.parse().ok());
                (self.ahead, self.behind) = (numbers.next().flatten(), numbers.next().flatten());
            }
            _ => {}
        }
    }
}
