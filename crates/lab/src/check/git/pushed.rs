//! What is committed and not in the remote repository, as this computer last heard of it.

use super::git_command::{Failure, Git};
use super::refs::Remote;
use super::status::Status;
use super::{Check, list};
use common::text::quote_for_shell;
use std::path::{Path, PathBuf};

const DETACHED: &str = "no branch is checked out (a detached HEAD): a commit made now is soon lost";

impl Check<'_> {
    pub fn look_for_unpushed(&mut self, git: &Git, status: &Status) -> Result<(), Failure> {
        let branch = status.branch.as_deref();
        let Some(name) = git.push_remote(branch) else {
            let new = if branch.is_none() {
                format!("{} switch -c {} && ", self.git, git.new_branch(None)?)
            } else {
                String::new()
            };
            let add = format!("{} remote add origin https://github.com/YOU/REPOSITORY.git", self.git);
            let push = format!("{} push -u origin {}", self.git, branch.map_or("HEAD".to_string(), quoted));
            self.open("there is no remote repository to push to", &format!("{new}{add} && {push}"));
            return Ok(());
        };
        let remote = git.remote(name)?;
        let followed = git.followed(name, branch).or(branch).unwrap_or_default().to_string();
        let first = remote.first.clone();
        if let Some(first) = first.as_ref().filter(|first| remote.with_head.contains(*first)) {
            return self.look_at_the_tip(git, status, &remote, first);
        }
        let place = Some(&followed).filter(|branch| remote.with_head.contains(*branch)).or(remote.with_head.first());
        match (place, &first) {
            (None, _) => self.explain_unpushed(git, status, &remote, &followed),
            (Some(place), Some(first)) => self.explain_other_branch(git, &remote, place, first),
            (Some(place), None) => {
                let tell = format!("{} remote set-head {name} --auto", self.git);
                self.item.note(None, format!("with which branch a clone of {name} begins is not known here: {tell}"));
                self.look_at_the_tip(git, status, &remote, place)
            }
        }
    }

    /// What is checked out is in that branch: has it the same files at its end?
    fn look_at_the_tip(&mut self, git: &Git, status: &Status, remote: &Remote, branch: &str) -> Result<(), Failure> {
        let reference = remote.reference(branch);
        let place = format!("{}/{branch}", remote.name);
        if git.ahead_and_behind("HEAD", &reference)?.1 > 0 {
            // A partial clone has not all of it.
            let Ok(files) = self.different_in(git, &reference) else {
                self.open_or_note(
                    status,
                    &format!("what {place} has of it by now is not on this computer"),
                    &self.pull(status, remote, branch),
                );
                return Ok(());
            };
            if !files.is_empty() {
                let what =
                    format!("{place} has newer commits, with another {}", list(files.iter().map(PathBuf::as_path)));
                self.open_or_note(status, &what, &self.pull(status, remote, branch));
            }
        }
        if status.branch.is_none() {
            self.item.note(None, DETACHED);
        }
        self.say_done(status, &place);
        Ok(())
    }

    /// A commit that was checked out alone is an older one by intention.
    fn open_or_note(&mut self, status: &Status, what: &str, command: &str) {
        if status.branch.is_some() {
            self.open(what, command);
        } else {
            self.item.note(None, what);
        }
    }

    fn say_done(&mut self, status: &Status, place: &str) {
        if !self.item.is_open() {
            let there = if status.upstream.as_deref() == Some(place) { "" } else { "the remote repository, " };
            self.item.ok(format!("all is committed, and pushed to {there}{place}"));
        }
    }

    fn different_in(&self, git: &Git, commit: &str) -> Result<Vec<PathBuf>, Failure> {
        let wholes: Vec<&Path> = self.counted.parts.iter().map(|part| part.whole.as_path()).collect();
        if wholes.is_empty() { Ok(Vec::new()) } else { git.different_in(commit, &wholes) }
    }

    /// It is in a branch that nobody sees who clones the repository.
    fn explain_other_branch(&mut self, git: &Git, remote: &Remote, place: &str, first: &str) -> Result<(), Failure> {
        let (own, name) = (self.git.clone(), &remote.name);
        let behind = git.ahead_and_behind("HEAD", &remote.reference(first))?.1;
        let push = format!("{own} push {name} HEAD:{}", quoted(first));
        // Whatever is changed anywhere, and even if GitHub made its branch with a README of its own.
        let merge = format!("{own} merge --no-edit --autostash --allow-unrelated-histories");
        let merge = format!("{merge} {}", quoted(&format!("{name}/{first}")));
        let what = format!("it is in {name}/{place} only, and a clone of {name} begins with {first}");
        let is_cut = behind > 0 && !git.ends_of_history().is_empty();
        let command = match behind {
            0 => push,
            _ if is_cut => self.fetch_all(remote),
            _ => format!("{merge} && {push}"),
        };
        self.open(&what, &command);
        Ok(())
    }

    fn explain_unpushed(&mut self, git: &Git, status: &Status, remote: &Remote, followed: &str) -> Result<(), Failure> {
        let (own, name) = (self.git.clone(), remote.name.clone());
        let ends = git.ends_of_history();
        if ends.intersection(&git.missing_in(&name)?).next().is_some() {
            let is_untouched = status.commit.as_ref().is_some_and(|commit| ends.contains(commit));
            self.explain_shallow(git, status, remote, followed, is_untouched);
            return Ok(());
        }
        self.note_other_remotes(git, &name)?;
        let Some(branch) = status.branch.as_deref() else {
            let new = git.new_branch(Some(remote))?;
            self.open(DETACHED, &format!("{own} switch -c {new} && {own} push -u {name} {new}"));
            return Ok(());
        };
        let first_push = format!("{own} push -u {name} {}", quoted(branch));
        if remote.branches.contains(followed) {
            let (ahead, behind) = git.ahead_and_behind("HEAD", &remote.reference(followed))?;
            let commits = if ahead == 1 { "1 commit is".to_string() } else { format!("{ahead} commits are") };
            let pull = if behind > 0 { self.pull(status, remote, followed) + " && " } else { String::new() };
            let push = match status.upstream.as_deref() == Some(&format!("{name}/{followed}")) {
                true if followed == branch && git.config.get("push.default") != Some("nothing") => {
                    format!("{own} push")
                }
                // Git does not guess which of two names is meant.
                true => format!("{own} push {name} HEAD:{}", quoted(followed)),
                false => first_push,
            };
            self.open(&format!("{commits} not pushed"), &format!("{pull}{push}"));
        } else if !git.hears_of(&name, followed) {
            let only = "(--single-branch, or --depth)";
            let what = format!("whether {branch} is pushed cannot be told in a clone of some branches {only}");
            let hear = format!("{own} remote set-branches --add {name} {}", quoted(branch));
            self.open(&what, &format!("{hear} && {first_push}"));
        } else if git.followed(&name, Some(branch)).is_some() {
            self.open(&format!("{name}/{followed}, to which it belongs, is not there yet, or is gone"), &first_push);
        } else {
            self.open("the branch was never pushed", &first_push);
        }
        Ok(())
    }

    /// How two commits belong together is not known where the history between them is missing.
    fn explain_shallow(&mut self, git: &Git, status: &Status, remote: &Remote, followed: &str, is_untouched: bool) {
        let first = remote.first.as_deref().unwrap_or(followed);
        let place = format!("{}/{first}", remote.name).trim_end_matches('/').to_string();
        let is_same = || self.different_in(git, &remote.reference(first)).is_ok_and(|files| files.is_empty());
        if is_untouched && remote.branches.contains(first) && is_same() {
            return self.say_done(status, &place);
        }
        let what = format!("what is not in {place} cannot be told in a clone with a part of the history (--depth)");
        let fetch = self.fetch_all(remote);
        self.open(&what, &fetch);
    }

    fn fetch_all(&self, remote: &Remote) -> String {
        format!("{} fetch --unshallow {}", self.git, remote.name)
    }

    fn pull(&self, status: &Status, remote: &Remote, branch: &str) -> String {
        let is_known = status.upstream.as_deref() == Some(&format!("{}/{branch}", remote.name));
        let place = if is_known { String::new() } else { format!(" {} {}", remote.name, quoted(branch)) };
        format!("{} pull --rebase --autostash{place}", self.git)
    }

    /// It may be another one that is handed in.
    fn note_other_remotes(&mut self, git: &Git, name: &str) -> Result<(), Failure> {
        for other in git.config.remotes().into_iter().filter(|other| *other != name) {
            if let Some(branch) = git.remote(other)?.with_head.first() {
                let place = format!("{other}/{branch}");
                let follow = format!("{} branch -u {}", self.git, quoted(&place));
                self.item.note(None, format!("it is in {place}, not in {name}; if that is what you hand in: {follow}"));
            }
        }
        Ok(())
    }
}

/// A branch in a command. One that begins with a dash would be an option.
fn quoted(branch: &str) -> String {
    if branch.starts_with('-') { "HEAD".to_string() } else { quote_for_shell(branch) }
}
