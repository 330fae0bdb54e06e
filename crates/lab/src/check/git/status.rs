//! What `git status --porcelain=v2 --branch -z` says, see git-status(1).

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
}

impl Status {
    /// Reads it. Git's paths begin at the top of the repository: `prefix` is the way from there to the student's folder.
    pub fn parse(said: &str, prefix: &Path) -> Self {
        let mut status = Self::default();
        let mut entries = said.split('\0');
        while let Some(entry) = entries.next() {
            let (kind, rest) = entry.split_once(' ').unwrap_or((entry, ""));
            let path = match kind {
                "#" => {
                    status.header(rest);
                    continue;
                }
                "?" => Some(rest),
                "1" => rest.splitn(8, ' ').nth(7),
                "u" => rest.splitn(10, ' ').nth(9),
                "2" => {
                    // What it was called before is an entry of its own.
                    entries.next();
                    rest.splitn(9, ' ').nth(8)
                }
                _ => None,
            };
            let own = path.and_then(|path| Path::new(path).strip_prefix(prefix).ok());
            status.changed.extend(own.map(Path::to_path_buf));
        }
        status
    }

    fn header(&mut self, header: &str) {
        let (name, value) = header.split_once(' ').unwrap_or((header, ""));
        match name {
            "branch.oid" => self.has_commit = value != "(initial)",
            "branch.head" => self.branch = Some(value.to_string()).filter(|branch| branch != "(detached)"),
            "branch.upstream" => self.upstream = Some(value.to_string()),
            "branch.ab" => {
                let number = |text: Option<&str>| text?.get(1..)?.parse().ok();
                let mut numbers = value.split(' ');
                (self.ahead, self.behind) = (number(numbers.next()), number(numbers.next()));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Status;
    use std::path::{Path, PathBuf};

    #[test]
    fn every_kind_of_entry_is_read() {
        let said = "# branch.oid 1f\0# branch.head main\0# branch.upstream origin/main\0# branch.ab +2 -1\0\
                    1 .M N... 100644 100644 100644 aa bb work/session-08/my IPs.txt\0\
                    2 R. N... 100644 100644 100644 aa bb R100 work/new.py\0work/old.py\0\
                    u UU N... 100644 100644 100644 100644 aa bb cc work/both.py\0\
                    ? work/S08/\0? other/x\0! work/target/\0";
        let changed = ["session-08/my IPs.txt", "new.py", "both.py", "S08"].map(PathBuf::from).to_vec();
        let expected = Status {
            has_commit: true,
            branch: Some("main".to_string()),
            upstream: Some("origin/main".to_string()),
            ahead: Some(2),
            behind: Some(1),
            changed,
        };
        assert_eq!(Status::parse(said, Path::new("work/")), expected);
        assert_eq!(
            Status::parse("# branch.oid (initial)\0# branch.head (detached)\0", Path::new("")),
            Status::default()
        );
    }
}
