//! What counts: the files that a fresh clone has to have, and where in the folder a change matters.

use handin::helpers::{files_below, helpers};
use handin::item::{Item, State};
use handin::student_folder::{Kind, StudentFolder};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// How many links lead from one to another at most.
const LINKS_FOLLOWED: usize = 8;
/// What a workspace of Rust's needs beside its crates.
const OF_A_WORKSPACE: &[&str] = &["Cargo.toml", "Cargo.lock", ".cargo", "exercises.toml"];

/// A file that was judged, and the file or folder that belongs to it.
pub struct Part {
    pub file: PathBuf,
    pub whole: PathBuf,
}

#[derive(Default)]
pub struct Counted {
    pub parts: Vec<Part>,
    /// What a fresh clone has to have, without folders. The files of the parts come first.
    pub files: Vec<PathBuf>,
    /// What the parts need beside them: links on the way to them, the other crates of a workspace.
    pub support: Vec<PathBuf>,
    links: Vec<PathBuf>,
    /// Links that lead out of the folder, or would from elsewhere: a clone has the link alone.
    pub outside: Vec<PathBuf>,
}

impl Counted {
    /// What belongs to these items.
    pub fn of(folder: &StudentFolder, items: &[Item]) -> Self {
        let mut counted = Self::default();
        // One that is begun and need not be there does not have to be committed either.
        for item in items.iter().filter(|item| item.state() != State::Missing) {
            let Some(file) = &item.file else { continue };
            counted.add(folder, file);
            for helper in helpers(folder, file) {
                counted.add(folder, &helper);
            }
        }
        counted.add_workspace(folder);
        let files = counted.parts.iter().map(|part| &part.file).chain(&counted.links).cloned();
        let mut files: Vec<PathBuf> = files.collect();
        for whole in counted.parts.iter().map(|part| &part.whole).chain(&counted.support) {
            if folder.kind(&whole.join("Cargo.toml")) == Some(Kind::File) {
                files.extend(files_below(folder, whole).into_iter().filter(|file| is_source(file)));
            }
        }
        let mut seen = BTreeSet::new();
        files.retain(|file| seen.insert(file.clone()));
        counted.files = files;
        counted
    }

    /// The files of the parts alone.
    pub fn own_files(&self) -> impl Iterator<Item = &Path> {
        self.files
            .iter()
            .map(PathBuf::as_path)
            .filter(|file| self.parts.iter().any(|part| file.starts_with(&part.whole)))
    }

    /// Whatever changes in here matters.
    pub fn wholes(&self) -> impl Iterator<Item = &Path> {
        self.parts.iter().map(|part| &part.whole).chain(&self.support).map(PathBuf::as_path)
    }

    /// The file without links on its way, and each of those links, which git has as files of their own.
    fn add(&mut self, folder: &StudentFolder, file: &Path) {
        let mut file = file.to_path_buf();
        for _ in 0..LINKS_FOLLOWED {
            let Some((link, target)) = first_link(folder, &file) else { break };
            if !self.links.contains(&link) {
                self.links.push(link.clone());
                self.support.push(link.clone());
            }
            let Some(target) = target else {
                self.outside.extend((!self.outside.contains(&link)).then_some(link));
                return;
            };
            file = target;
        }
        if !self.parts.iter().any(|part| part.file == file) {
            self.parts.push(Part { whole: whole(folder, &file), file });
        }
    }

    /// A crate of a workspace is not built without the others.
    fn add_workspace(&mut self, folder: &StudentFolder) {
        let is_member = |part: &Part| part.whole.starts_with("crates");
        if folder.kind(Path::new("Cargo.toml")) != Some(Kind::File) || !self.parts.iter().any(is_member) {
            return;
        }
        let crates = folder.names(Path::new("crates")).into_iter().map(|name| Path::new("crates").join(name));
        let members = crates.filter(|path| folder.kind(&path.join("Cargo.toml")) == Some(Kind::File));
        let others = OF_A_WORKSPACE.iter().map(PathBuf::from).filter(|path| folder.kind(path).is_some());
        self.support.extend(others.chain(members));
    }
}

/// What cargo needs of a crate.
fn is_source(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "rs" || extension == "toml")
}

/// The first link on the way to a file, and where the file is behind it: none if that leads out of the folder.
fn first_link(folder: &StudentFolder, file: &Path) -> Option<(PathBuf, Option<PathBuf>)> {
    let mut way = PathBuf::new();
    let mut parts = file.components();
    while let Some(part) = parts.next() {
        way.push(part);
        let Ok(target) = fs::read_link(folder.real.join(&way)) else { continue };
        let target = normal(&way.parent().unwrap_or(Path::new("")).join(target).join(parts.as_path()));
        return Some((way, target));
    }
    None
}

/// The path without `..`; none if it leads out.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => normal.push(name),
            Component::ParentDir if normal.pop() => {}
            Component::CurDir => {}
            _ => return None,
        }
    }
    Some(normal)
}

/// What belongs to the file: the folder of a program that has one, else the file alone.
fn whole(folder: &StudentFolder, file: &Path) -> PathBuf {
    let depths = folder.places().into_iter().filter(|place| file.starts_with(place));
    let depth = depths.map(|place| place.components().count()).max().unwrap_or(0);
    file.components().take(depth + 1).collect()
}
