//! The student's folder, and where in it the session is.

use super::filenames::Filename;
use super::item::Item;
use super::shell;
use common::Problem;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How many names are read in all: nobody hands in so many files, and in a stranger's folder a few links make one folder many.
const NAMES_READ: usize = 20_000;
const CRATES: &str = "crates";
/// What is no student's own.
const NOT_OWN: &[&str] = &["target", "node_modules", "venv"];

/// The student's folder. Paths that it takes and gives begin in it, unless they say otherwise.
#[derive(Default)]
pub struct StudentFolder {
    /// As the student would name it from here.
    pub root: PathBuf,
    /// The whole path without links, to know what leads out of it.
    pub real: PathBuf,
    /// The folders of the session in it.
    pub sessions: Vec<PathBuf>,
    /// The names in each folder that was read.
    names: RefCell<BTreeMap<PathBuf, Vec<String>>>,
    names_left: Cell<usize>,
    /// The first folder of which not all was read.
    too_large: RefCell<Option<PathBuf>>,
}

/// What a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A pipe, a device, a link to nothing: nothing that can be handed in.
    Neither,
    /// A link that leads out of the student's folder. It is not followed.
    LinkOut,
}

impl Kind {
    /// Why it cannot be handed in, and what to do.
    #[must_use]
    pub fn refusal(self) -> Option<&'static str> {
        match self {
            Self::File | Self::Folder => None,
            Self::Neither => Some("it is not a file, but a pipe, a device or a link to nothing"),
            Self::LinkOut => Some("it is a link out of this folder: put the file itself here"),
        }
    }
}

impl StudentFolder {
    /// The given folder. Without one the current folder or, if it has no folder of the session, the next one above it that has,
    /// within the same git checkout.
    pub fn open(folder: Option<&Path>) -> Result<Self, Problem> {
        let root = folder.map_or_else(here_or_above, whole);
        let no_folder = |cause: io::Error| {
            Problem::new(
                format_args!("{} could not be looked at", root.display()),
                cause,
                "name the folder that holds session-08: cargo lab check FOLDER",
            )
        };
        let real = root.canonicalize().map_err(no_folder)?;
        fs::read_dir(&real).map_err(no_folder)?;
        let mut found = Self { root, real, names_left: Cell::new(NAMES_READ), ..Self::default() };
        found.sessions = found.find_sessions();
        Ok(found)
    }

    /// A path for a command that is typed here.
    pub fn typed(&self, path: &Path) -> String {
        shell::path(&self.root.join(path))
    }

    /// Whether it is the current folder.
    pub fn is_here(&self) -> bool {
        env::current_dir().and_then(|here| here.canonicalize()).is_ok_and(|here| here == self.real)
    }

    /// Whether it is a workspace like this one.
    pub fn has_crates(&self) -> bool {
        self.kind(Path::new(CRATES)) == Some(Kind::Folder)
    }

    /// Where deliverables may be, the likeliest place first.
    pub fn places(&self) -> Vec<PathBuf> {
        let crates = self.has_crates().then(|| PathBuf::from(CRATES));
        self.sessions.iter().cloned().chain([PathBuf::new()]).chain(crates).collect()
    }

    /// Where a file of the session belongs.
    pub fn place_for(&self, name: &str) -> PathBuf {
        let is_session = self.real.file_name().is_some_and(|own| is_the_session(&own.to_string_lossy()));
        let place = if is_session { PathBuf::new() } else { PathBuf::from("session-08") };
        self.sessions.first().cloned().unwrap_or(place).join(name)
    }

    /// The names in a folder, sorted, without those that are hidden. What is read of a folder that is too large is chance.
    pub fn names(&self, folder: &Path) -> Vec<String> {
        self.names.borrow_mut().entry(folder.to_path_buf()).or_insert_with(|| self.read_names(folder)).clone()
    }

    fn read_names(&self, folder: &Path) -> Vec<String> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.real.join(folder)).into_iter().flatten().flatten() {
            let Some(left) = self.names_left.get().checked_sub(1) else {
                self.too_large.borrow_mut().get_or_insert_with(|| folder.to_path_buf());
                break;
            };
            self.names_left.set(left);
            names.extend(entry.file_name().into_string().ok().filter(|name| !name.starts_with('.')));
        }
        names.sort();
        names
    }

    /// What is missing may be in a folder of which not all was read.
    pub fn note_too_large(&self, missing: &mut Item) {
        if let Some(folder) = self.too_large.borrow().as_ref() {
            let folder = self.typed(folder);
            missing.note(None, format!("{folder} holds so much that not all of it was read: it may be in there"));
        }
    }

    /// What is there; none if nothing is.
    pub fn kind(&self, path: &Path) -> Option<Kind> {
        let real = self.real.join(path);
        let is_link = fs::symlink_metadata(&real).ok()?.is_symlink();
        if is_link && real.canonicalize().is_ok_and(|target| !target.starts_with(&self.real)) {
            return Some(Kind::LinkOut);
        }
        Some(match fs::metadata(&real) {
            Ok(found) if found.is_file() => Kind::File,
            Ok(found) if found.is_dir() => Kind::Folder,
            _ => Kind::Neither,
        })
    }

    /// A link that should be the folder of the session, and leads out.
    pub fn session_behind_a_link(&self) -> Option<PathBuf> {
        self.inside(Path::new(""), Kind::LinkOut, is_the_session).into_iter().next()
    }

    /// In the folder, or one level deeper: a student may keep several subjects in one checkout.
    fn find_sessions(&self) -> Vec<PathBuf> {
        let root = Path::new("");
        let found = self.inside(root, Kind::Folder, is_the_session);
        if !found.is_empty() {
            return found;
        }
        let near = self.inside(root, Kind::Folder, |name| !NOT_OWN.contains(&name));
        near.iter().flat_map(|folder| self.inside(folder, Kind::Folder, is_the_session)).collect()
    }

    fn inside(&self, folder: &Path, kind: Kind, is_wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
        let names = self.names(folder);
        let paths = names.iter().filter(|name| is_wanted(name)).map(|name| folder.join(name));
        paths.filter(|path| self.kind(path) == Some(kind)).collect()
    }
}

fn is_the_session(name: &str) -> bool {
    Filename::of_folder(name).is_the_session()
}

/// Who names the folder `session-08` of this workspace means all of the workspace: the programs are beside it.
fn whole(folder: &Path) -> PathBuf {
    let real = folder.canonicalize().unwrap_or_default();
    let is_session = real.file_name().is_some_and(|name| is_the_session(&name.to_string_lossy()));
    let above = folder.join("..");
    if is_session && above.join(CRATES).is_dir() { above } else { folder.to_path_buf() }
}

/// The current folder, or the one above it in which the session is.
fn here_or_above() -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    let mut way = PathBuf::new();
    for folder in here.ancestors() {
        let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
        if entries.any(|entry| is_the_session(&entry.file_name().to_string_lossy()) && entry.path().is_dir()) {
            return if way.as_os_str().is_empty() { PathBuf::from(".") } else { way };
        }
        // What is above the checkout is another matter.
        if folder.join(".git").exists() {
            break;
        }
        way.push("..");
    }
    PathBuf::from(".")
}
