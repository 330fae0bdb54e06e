//! An operation of git's that is half done: what it has put into the files is in no commit, or on no branch.

use super::Check;
use super::git_command::{Failure, Git};
use super::questions::GitFile;
use handin::shell;
use std::fs;
use std::path::PathBuf;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    Merge,
    CherryPick,
    Revert,
    /// One with `rebase-merge`; whether it stands at a commit of its own, or between two of them.
    Rebase {
        has_message: bool,
    },
    RebaseByPatches,
    Patches,
    Bisect,
}

impl Operation {
    /// What git calls it.
    fn word(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::CherryPick => "cherry-pick",
            Self::Revert => "revert",
            Self::Rebase { .. } | Self::RebaseByPatches => "rebase",
            Self::Patches => "am",
            Self::Bisect => "bisect",
        }
    }
}

/// All that are under way.
pub fn half_done(git: &Git) -> Vec<Operation> {
    let mut found = Vec::new();
    if git.has(GitFile::RebaseApply) {
        found.push(if git.has(GitFile::Applying) { Operation::Patches } else { Operation::RebaseByPatches });
    } else if git.has(GitFile::RebaseMerge) {
        found.push(Operation::Rebase { has_message: git.has(GitFile::RebaseMessage) });
    } else if git.has(GitFile::MergeHead) {
        found.push(Operation::Merge);
    } else if git.has_reference(GitFile::CherryPickHead) {
        found.push(Operation::CherryPick);
    } else if git.has_reference(GitFile::RevertHead) {
        found.push(Operation::Revert);
    } else if let Ok(todo) = fs::read_to_string(git.path(GitFile::Todo)) {
        // Between two commits.
        found.push(if todo.starts_with("revert") { Operation::Revert } else { Operation::CherryPick });
    }
    if git.has(GitFile::BisectLog) {
        found.push(Operation::Bisect);
    }
    found
}

impl Check<'_> {
    /// Each with its ways out. Files with marks of a conflict come before it.
    pub fn explain_operations(
        &mut self,
        git: &Git,
        operations: &[Operation],
        unmerged: &[PathBuf],
        conflicts: &[PathBuf],
    ) -> Result<(), Failure> {
        for operation in operations {
            let word = operation.word();
            let ways = match operation {
                Operation::Bisect => "git bisect reset ends it".to_string(),
                _ => format!("git {word} --continue ends it, git {word} --abort takes it back"),
            };
            let what = format!("git {word} is half done, and what it did is in no clone ({ways})");
            if conflicts.is_empty() {
                let command = self.way_out(git, *operation, unmerged)?;
                self.open(&what, &command);
            } else {
                self.item.open(None, format!("{what}; before that"));
            }
        }
        Ok(())
    }

    /// The command that ends it, as it stands. Git refuses to go on where nothing is left of a commit, or something is not added.
    fn way_out(&self, git: &Git, operation: Operation, unmerged: &[PathBuf]) -> Result<String, Failure> {
        let own = &self.git;
        let word = operation.word();
        let (has_added, has_changed) = (git.has_added(), git.has_changed()?);
        // An editor for the message would be one more thing to get out of.
        let go_on = format!("{own} -c core.editor=true {word} --continue");
        let all = format!("{own} add -u :/ && ");
        let conflicts: Vec<String> = unmerged.iter().map(|file| shell::path(file)).collect();
        let conflicts = format!("{own} {} {} && ", self.add, conflicts.join(" "));
        let is_clean = !has_added && !has_changed && unmerged.is_empty();
        Ok(match operation {
            Operation::Bisect if is_clean => format!("{own} bisect reset"),
            Operation::Bisect => format!("{own} stash && {own} bisect reset && {own} stash pop"),
            Operation::Patches if is_clean => format!("{own} am --abort"),
            Operation::RebaseByPatches if is_clean => format!("{own} rebase --skip"),
            Operation::CherryPick if is_clean && git.has_reference(GitFile::CherryPickHead) => {
                format!("{own} cherry-pick --skip")
            }
            Operation::Revert if is_clean && git.has_reference(GitFile::RevertHead) => format!("{own} revert --skip"),
            Operation::Rebase { has_message: false } if !is_clean => {
                format!("{all}{own} commit -m \"Session 08\" && {go_on}")
            }
            Operation::Rebase { .. } if has_changed => format!("{all}{go_on}"),
            _ if !unmerged.is_empty() => format!("{conflicts}{go_on}"),
            _ if has_changed && !has_added => format!("{all}{go_on}"),
            _ => go_on,
        })
    }
}
