//! What counts and is not in the last commit.

use super::git_command::{Failure, Git};
use super::status::Status;
use super::tracked::{Told, Tracked};
use super::{Check, list};
use handin::shell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The files that are not as they should be in git, by what is to be done about them.
#[derive(Default)]
struct Findings<'a> {
    ignored: Vec<&'a Path>,
    /// Called otherwise in git, but for small and capital letters.
    renamed: Vec<(&'a Path, &'a Path)>,
    not_looked_at: Vec<&'a Path>,
    left_out: Vec<&'a Path>,
}

impl Check<'_> {
    pub fn look_for_uncommitted(&mut self, git: &Git, status: &Status, tracked: &Tracked) -> Result<(), Failure> {
        let counted = self.counted.files.clone();
        let found = find(&self.folder.real, &counted, status, tracked);
        let is_of = |changed: &Path| {
            self.counted.wholes().any(|whole| changed.starts_with(whole) || whole.starts_with(changed))
        };
        let mut changed: Vec<&Path> = status.changed.iter().map(PathBuf::as_path).filter(|path| is_of(path)).collect();
        // In the order of the checklist.
        let part_of = |path: &&Path| self.counted.wholes().position(|whole| path.starts_with(whole));
        changed.sort_by_key(|path| part_of(path).unwrap_or(usize::MAX));
        let others: Vec<&Path> = status.changed.iter().map(PathBuf::as_path).filter(|path| !is_of(path)).collect();
        let perhaps = self.look_for_filters(git, status, &counted, &mut changed)?;

        let to_add: Vec<&Path> = changed.iter().copied().chain(perhaps.iter().map(PathBuf::as_path)).collect();
        let commit = self.commit_all(&to_add, &status.ignored);
        let files = self.files_of(&changed);
        let what = match (status.commit.is_none(), files.is_empty()) {
            (true, _) => Some("nothing is committed yet".to_string()),
            (false, true) => None,
            (false, false) => Some(format!("not committed: {}", list(files.iter().map(PathBuf::as_path)))),
        };
        let perhaps = list(perhaps.iter().map(PathBuf::as_path));
        let perhaps = Some(format!("perhaps not committed: {perhaps}")).filter(|_| !perhaps.is_empty());
        for what in what.into_iter().chain(perhaps) {
            if let Some(commit) = &commit {
                self.open(&what, commit);
            }
        }
        self.explain_files(&found);
        let doubles = tracked.same_but_for_case(&counted);
        if !doubles.is_empty() {
            let what = "is in git twice but for its capitals: on Windows and macOS a clone has only one of the two";
            self.item.note(None, format!("{} {what}", list(doubles.into_iter())));
        }
        if status.commit.is_some() && !others.is_empty() {
            self.item
                .note(None, format!("other files are not committed, if they matter: {}", list(others.into_iter())));
        }
        Ok(())
    }

    fn explain_files(&mut self, found: &Findings) {
        let git = self.git.clone();
        if !found.ignored.is_empty() {
            let command = self.commit(&format!("{} -f", self.add), found.ignored.iter().copied());
            self.open(&format!(".gitignore keeps out: {}", list(found.ignored.iter().copied())), &command);
        }
        for (option, files) in
            [("--no-assume-unchanged", &found.not_looked_at), ("--no-skip-worktree", &found.left_out)]
        {
            if !files.is_empty() {
                let typed: Vec<String> = files.iter().map(|file| shell::path(file)).collect();
                let what = format!("git is told not to look at {}", list(files.iter().copied()));
                self.open(&what, &format!("{git} update-index {option} {}", typed.join(" ")));
            }
        }
        for (file, old) in &found.renamed {
            let what = format!(
                "{} is called {} in git, which is another file on Linux",
                shell::slashes(file),
                shell::slashes(old)
            );
            let forget = format!("{git} rm -q --cached {}", shell::path(old));
            let add = self.commit("-c core.ignoreCase=false add", [*file].into_iter());
            self.open(&what, &format!("{forget} && {add}"));
        }
        let outside = std::mem::take(&mut self.counted.outside);
        for link in &outside {
            let typed = self.folder.typed(link);
            let what = format!("{} is a link, and a clone has not what it leads to", shell::slashes(link));
            self.open(&what, &format!("put the file itself at {typed}"));
        }
    }

    /// Of a folder that is new git says no more than its name.
    fn files_of(&self, changed: &[&Path]) -> Vec<PathBuf> {
        let mut seen = BTreeSet::new();
        let mut files = Vec::new();
        for path in changed {
            let inside = self.counted.parts.iter().map(|part| &part.file).filter(|file| file.starts_with(path));
            let inside: Vec<PathBuf> = inside.cloned().collect();
            files.extend(if inside.is_empty() { vec![path.to_path_buf()] } else { inside });
        }
        files.retain(|file| seen.insert(file.clone()));
        files
    }

    /// What goes through a filter is not compared, since no filter is started here. Gives those files that were written to since git
    /// last read them, and takes all from what is certainly changed.
    fn look_for_filters(
        &mut self,
        git: &Git,
        status: &Status,
        files: &[PathBuf],
        changed: &mut Vec<&Path>,
    ) -> Result<Vec<PathBuf>, Failure> {
        let mut all: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
        all.extend(changed.iter().filter(|path| status.not_added.contains(**path)));
        let mut seen = BTreeSet::new();
        all.retain(|file| seen.insert(*file) && !status.ignored.iter().any(|ignored| file.starts_with(ignored)));
        let filtered = git.filtered(&all)?;
        if filtered.is_empty() {
            return Ok(Vec::new());
        }
        let unsure: Vec<&Path> =
            filtered.iter().map(|(file, _)| *file).filter(|file| status.not_added.contains(*file)).collect();
        let untouched = git.untouched(&unsure)?;
        changed.retain(|file| !unsure.contains(file));
        let perhaps = unsure.iter().filter(|file| !untouched.contains(file)).map(|file| file.to_path_buf()).collect();
        let names = list(filtered.iter().map(|(file, _)| *file));
        self.item.note(
            None,
            format!("not looked at, as a filter changes it on its way into git, and none is started here: {names}"),
        );
        if filtered.iter().any(|(_, filter)| filter == "lfs") {
            self.item.note(
                None,
                "whether the content is in the store of Git LFS is not looked at: git lfs push --all origin",
            );
        }
        Ok(perhaps)
    }
}

/// Which of the files git has not, or does not look at, and why.
fn find<'a>(real: &Path, files: &'a [PathBuf], status: &Status, tracked: &'a Tracked) -> Findings<'a> {
    let mut found = Findings::default();
    for file in files {
        let covers = |paths: &[PathBuf]| paths.iter().any(|path| file.starts_with(path));
        let Ok(stat) = fs::symlink_metadata(real.join(file)) else { continue };
        match tracked.get(file) {
            Some(Told::NotToLook) => found.not_looked_at.push(file),
            Some(Told::NotToHaveIt) => found.left_out.push(file),
            Some(Told::Nothing) => {}
            None if covers(&status.changed) => {}
            None if covers(&status.ignored) => found.ignored.push(file),
            // Git has neither folders nor pipes.
            None if !stat.is_file() && !stat.is_symlink() => {}
            None => found.renamed.extend(tracked.other_case(file).map(|old| (file.as_path(), old))),
        }
    }
    found
}
