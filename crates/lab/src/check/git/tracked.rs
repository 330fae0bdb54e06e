//! What git has of the student's folder: `git ls-files -s -v -z`, see git-ls-files(1).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What git is told about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Nothing,
    /// Not to look at it (`--assume-unchanged`).
    NotToLook,
    /// That it is not to be here (`--skip-worktree`), as in a sparse checkout.
    NotToHaveIt,
}

#[derive(Default)]
pub struct Tracked {
    files: BTreeMap<PathBuf, Told>,
    /// Repositories of their own, of which it has only a name: submodules.
    submodules: BTreeSet<PathBuf>,
}

impl Tracked {
    pub fn parse(output: &str) -> Self {
        let mut tracked = Self::default();
        // `H 100644 0123…89 0<tab>session-08/Ex3.py`
        for entry in output.split('\0') {
            let Some((facts, path)) = entry.split_once('\t') else { continue };
            let mut facts = facts.split(' ');
            let told = match facts.next() {
                Some("S") => Told::NotToHaveIt,
                Some(tag) if tag.starts_with(|tag: char| tag.is_ascii_lowercase()) => Told::NotToLook,
                _ => Told::Nothing,
            };
            if facts.next() == Some("160000") {
                tracked.submodules.insert(PathBuf::from(path));
            } else {
                tracked.files.insert(PathBuf::from(path), told);
            }
        }
        tracked
    }

    pub fn get(&self, file: &Path) -> Option<Told> {
        self.files.get(file).copied()
    }

    pub fn files(&self) -> impl Iterator<Item = (&Path, Told)> {
        self.files.iter().map(|(path, told)| (path.as_path(), *told))
    }

    /// The submodule that this file is in.
    pub fn submodule_of(&self, file: &Path) -> Option<&Path> {
        file.ancestors().find_map(|folder| self.submodules.get(folder)).map(PathBuf::as_path)
    }

    /// The same file with other letters small and capital: on Windows and macOS that is one file, elsewhere two.
    pub fn other_case(&self, file: &Path) -> Option<&Path> {
        let name = small(file);
        self.files.keys().map(PathBuf::as_path).find(|path| *path != file && small(path) == name)
    }

    /// Of these files those that are one with another of git's where capitals make no difference.
    pub fn same_but_for_case(&self, files: &[PathBuf]) -> Vec<&Path> {
        let counted: BTreeSet<&Path> = files.iter().map(PathBuf::as_path).collect();
        let names: BTreeSet<String> = counted.iter().map(|file| small(file)).collect();
        let others = self.files.keys().map(PathBuf::as_path).filter(|path| !counted.contains(path));
        others.filter(|path| names.contains(&small(path))).collect()
    }
}

fn small(path: &Path) -> String {
    path.to_string_lossy().to_lowercase()
}
