//! What this computer knows of a remote repository: its branches, as they were when it last heard of them.

use super::git_command::{Failure, Git};
use super::questions::GitFile;
use std::collections::BTreeSet;
use std::fs;

/// What a new repository's first branch is called, if nobody says otherwise: git-init(1).
const FIRST_BRANCHES: &[&str] = &["main", "master"];

pub struct Remote {
    pub name: String,
    /// Its branches, and those of them that have what is checked out.
    pub branches: BTreeSet<String>,
    pub with_head: BTreeSet<String>,
    /// The one that a clone begins with. If nobody has said it, the only one, or what such a branch is called as a rule.
    pub first: Option<String>,
}

impl Remote {
    /// Its branch, in git's whole words.
    pub fn reference(&self, branch: &str) -> String {
        format!("refs/remotes/{}/{branch}", self.name)
    }
}

impl Git {
    /// The repository to which `git push` leads from this branch: git-push(1), and gitglossary(7) for the names.
    pub fn push_remote(&self, branch: Option<&str>) -> Option<&str> {
        let remotes = self.config.remotes();
        let of_branch = |key: &str| self.config.get(&format!("branch.{}.{key}", branch?));
        let told =
            [of_branch("pushremote"), self.config.get("remote.pushdefault"), of_branch("remote"), Some("origin")];
        let known = told.into_iter().flatten().find(|name| remotes.contains(name));
        known.or(remotes.first().copied())
    }

    /// The branch there that the local one is configured to follow.
    pub fn followed(&self, remote: &str, branch: Option<&str>) -> Option<&str> {
        let of_branch = |key: &str| self.config.get(&format!("branch.{}.{key}", branch?));
        of_branch("merge").filter(|_| of_branch("remote") == Some(remote))?.strip_prefix("refs/heads/")
    }

    /// Whether this computer is ever told of that branch: not in a clone with `--single-branch`, or `--depth`.
    pub fn hears_of(&self, remote: &str, branch: &str) -> bool {
        let specs = self.config.all(&format!("remote.{remote}.fetch"));
        specs.into_iter().any(|spec| {
            let (there, here) = spec.trim_start_matches('+').split_once(':').unwrap_or_default();
            let is = |pattern: &str, name: String| match pattern.split_once('*') {
                Some((before, after)) => name.starts_with(before) && name.ends_with(after),
                None => pattern == name,
            };
            is(there, format!("refs/heads/{branch}")) && is(here, format!("refs/remotes/{remote}/{branch}"))
        })
    }

    pub fn remote(&self, name: &str) -> Result<Remote, Failure> {
        let all = format!("refs/remotes/{name}/");
        // One remote may be called like a branch of another one.
        let others = self.config.remotes();
        let longer: Vec<String> = others
            .iter()
            .filter(|other| other.len() > name.len())
            .map(|other| format!("refs/remotes/{other}/"))
            .collect();
        let is_own = |reference: &&str| !longer.iter().any(|other| reference.starts_with(other.as_str()));
        let branches = |output: &str| -> BTreeSet<String> {
            let own = output.lines().filter(is_own).filter_map(|line| line.strip_prefix(&all));
            own.filter(|branch| *branch != "HEAD").map(str::to_string).collect()
        };
        let list =
            |options: &[&str]| self.run(&[&["for-each-ref", "--format=%(refname)"], options, &[all.as_str()]].concat());
        let (known, with_head) = (branches(&list(&[])?), branches(&list(&["--contains=HEAD"])?));
        let head = self.run(&["symbolic-ref", "--quiet", &format!("{all}HEAD")]).unwrap_or_default();
        let said = head.trim_end().strip_prefix(&all).map(str::to_string).filter(|branch| known.contains(branch));
        let only = known.first().filter(|_| known.len() == 1).cloned();
        let usual = || {
            let mut usual = FIRST_BRANCHES.iter().filter(|branch| known.contains(**branch));
            usual.next().filter(|_| usual.next().is_none()).map(ToString::to_string)
        };
        let first = said.or(only).or_else(usual);
        Ok(Remote { name: name.to_string(), branches: known, with_head, first })
    }

    /// Where the history ends that this computer has, though there is more of it: all of that came from a remote repository.
    pub fn ends_of_history(&self) -> BTreeSet<String> {
        let list = fs::read_to_string(self.path(GitFile::Shallow)).unwrap_or_default();
        list.lines().map(str::to_string).collect()
    }

    /// The commits that no branch of the remote repository has, as far as this computer knows.
    pub fn missing_in(&self, remote: &str) -> Result<BTreeSet<String>, Failure> {
        let output = self.run(&["rev-list", "HEAD", "--not", &format!("--remotes={remote}")])?;
        Ok(output.lines().map(str::to_string).collect())
    }

    /// A name for a new branch that is none yet, here or there.
    pub fn new_branch(&self, remote: Option<&Remote>) -> Result<String, Failure> {
        let output = self.run(&["for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads/"])?;
        let is_taken = |name: &str| {
            let is_it = |other: &str| other == name || other.starts_with(&format!("{name}/"));
            output.lines().any(is_it) || remote.is_some_and(|remote| remote.branches.iter().any(|other| is_it(other)))
        };
        let names = (2..).map(|number| format!("session-08-{number}"));
        Ok(["session-08".to_string()].into_iter().chain(names).find(|name| !is_taken(name)).unwrap_or_default())
    }
}
