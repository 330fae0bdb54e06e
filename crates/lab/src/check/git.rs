//! Whether all is committed and pushed: what a fresh clone would have, as far as this disk knows it.

mod bounded_command;
mod config;
mod counted;
mod failure;
mod git_command;
mod nested;
mod operation;
mod pushed;
mod questions;
mod refs;
mod sparse;
mod status;
mod tracked;
mod uncommitted;

use super::unmerged::{self, conflict_in};
use counted::Counted;
use git_command::{Failure, Git};
use handin::item::{Item, Place, first_of};
use handin::shell;
use handin::student_folder::StudentFolder;
use questions::GitFile;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The name of its item.
pub const GIT: &str = "git";

/// The last item of the checklist. `items` are those that should be committed: those whose files are not what was written are
/// said to be so, whether there is a repository or not.
pub fn check(folder: &StudentFolder, items: &mut [Item]) -> Item {
    for item in items.iter_mut() {
        let counted = Counted::of(folder, std::slice::from_ref(item));
        let files: Vec<&Path> = counted.own_files().collect();
        unmerged::check(folder, item, &files);
    }
    let mut check = Check::new(folder, items);
    if let Err(failure) = Git::open(folder).and_then(|git| check.look(&git, items)) {
        check.explain(failure);
    }
    check.item
}

struct Check<'a> {
    item: Item,
    folder: &'a StudentFolder,
    counted: Counted,
    /// `git`, or `git -C FOLDER` for one who stands somewhere else.
    git: String,
    /// `add`, with what a sparse checkout wants to be told.
    add: &'static str,
}

impl<'a> Check<'a> {
    fn new(folder: &'a StudentFolder, items: &[Item]) -> Self {
        let git = if folder.is_here() { "git".to_string() } else { format!("git -C {}", shell::path(&folder.root)) };
        let counted = Counted::of(folder, items);
        Self { item: Item::new(GIT, "committed and pushed"), folder, counted, git, add: "add" }
    }

    /// Something to do, with the command for it. The first one is what to type next.
    fn open(&mut self, what: &str, command: &str) {
        self.item.open(None, format!("{what}: {command}"));
        self.item.next.get_or_insert_with(|| command.to_string());
    }

    fn look(&mut self, git: &Git, items: &mut [Item]) -> Result<(), Failure> {
        let status = git.status()?;
        let tracked = git.tracked()?;
        if git.config.is_on("core.sparsecheckout") {
            self.add = "add --sparse";
        }
        sparse::explain(self.folder, git, &tracked, items, &self.git);
        if self.look_for_a_nested_repository(&tracked) {
            return Ok(());
        }
        if status.commit.is_some() {
            self.item.place = Place::Here;
        }
        if git.has(GitFile::Lock) {
            let lock = git.path(GitFile::Lock);
            let typed =
                lock.strip_prefix(&git.folder).map_or_else(|_| shell::path(&lock), |own| self.folder.typed(own));
            let what = "another git command is running, or was ended half-way: close it, or, if there is none, delete its mark";
            self.open(what, &format!("rm {typed}"));
            return Ok(());
        }
        let unmerged = git.unmerged()?;
        let changed = status.changed.iter().filter(|path| tracked.get(path).is_some());
        let written = self.counted.files.iter().chain(&unmerged).chain(changed);
        let mut seen = BTreeSet::new();
        let conflicts: Vec<PathBuf> =
            written.filter(|file| seen.insert(*file) && conflict_in(self.folder, file).is_some()).cloned().collect();
        let operations = operation::half_done(git);
        self.explain_operations(git, &operations, &unmerged, &conflicts)?;
        if !conflicts.is_empty() {
            let files = list(conflicts.iter().map(PathBuf::as_path));
            let typed: Vec<String> = conflicts.iter().map(|file| self.folder.typed(file)).collect();
            self.open(&format!("{files} has the marks of a conflict"), &unmerged::edit(&first_of(&typed)));
            // Whatever is committed or pushed before, is committed with them.
            return Ok(());
        }
        if !operations.is_empty() {
            return Ok(());
        }
        if !unmerged.is_empty() {
            let commit = self.commit("add", unmerged.iter().map(PathBuf::as_path));
            self.open(
                &format!("{} had a conflict, and is not committed", list(unmerged.iter().map(PathBuf::as_path))),
                &commit,
            );
            return Ok(());
        }
        let replaced = git.replaced()?;
        if !replaced.is_empty() {
            let what = "git shows other objects in the place of some (git replace), and a clone does not";
            self.open(what, &format!("{} replace -d {}", self.git, replaced.join(" ")));
        }
        self.look_for_uncommitted(git, &status, &tracked)?;
        if status.commit.is_some() {
            self.look_for_unpushed(git, &status)?;
        }
        Ok(())
    }

    /// The command that commits these files and folders.
    fn commit<'b>(&self, add: &str, paths: impl Iterator<Item = &'b Path>) -> String {
        let paths: Vec<String> = paths.map(shell::path).collect();
        format!("{} {add} {} && {} commit -m \"Session 08\"", self.git, paths.join(" "), self.git)
    }

    /// The command that commits all that counts, but for what git would refuse to add; none if that is all.
    fn commit_all(&self, changed: &[&Path], ignored: &[PathBuf]) -> Option<String> {
        let sessions: Vec<&Path> = self.folder.sessions.iter().map(PathBuf::as_path).collect();
        let session = |part: &Path| sessions.iter().copied().find(|session| part.starts_with(session));
        let mut seen = BTreeSet::new();
        let is_changed =
            |path: &&Path| changed.iter().any(|changed| changed.starts_with(path) || path.starts_with(changed));
        // Without a repository nobody knows what is changed.
        let is_wanted = |path: &&Path| changed.is_empty() || session(path).is_some() || is_changed(path);
        let parts = self.counted.parts.iter().map(|part| part.whole.as_path()).filter(is_wanted);
        let support = self.counted.support.iter().map(PathBuf::as_path).filter(is_changed);
        let mut add: Vec<&Path> =
            parts.chain(support).map(|path| session(path).unwrap_or(path)).filter(|path| seen.insert(*path)).collect();
        if add.is_empty() {
            add.push(self.folder.sessions.first().map_or(Path::new(""), PathBuf::as_path));
        }
        add.retain(|path| !ignored.iter().any(|ignored| path.starts_with(ignored)));
        (!add.is_empty()).then(|| self.commit(self.add, add.into_iter()))
    }
}

/// The first of the files, as a finding names them.
fn list<'a>(files: impl Iterator<Item = &'a Path>) -> String {
    first_of(&files.map(shell::slashes).collect::<Vec<_>>())
}
