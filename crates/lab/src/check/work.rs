//! The student's folder, and where in it the session is.

use super::names::Name;
use common::Problem;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::env;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// How many names of a folder are read: nobody hands in so many files, and a folder may be a stranger's.
const MAX_NAMES: usize = 10_000;
/// How many in all: a few links make one folder many.
const MAX_ALL_NAMES: usize = 200_000;
/// In how many folders the session's is looked for.
const MAX_FOLDERS: usize = 2_000;
/// Where programs of this workspace are.
const CRATES: &str = "crates";
/// What is no student's own.
const NOT_OWN: &[&str] = &["target", "node_modules", "venv"];

/// The student's folder.
pub struct Work {
    /// As the student would name it from here.
    pub root: PathBuf,
    /// Without links, to know what leads out of it.
    real: PathBuf,
    /// The folders of the session, in `root`.
    pub sessions: Vec<PathBuf>,
    /// Folders with so much in them that not all of it was looked at.
    too_large: RefCell<BTreeSet<PathBuf>>,
    /// How many more names are read.
    names_left: Cell<usize>,
}

/// What a name in the folder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    /// A pipe, a device, a link to nothing: nothing that can be handed in.
    Neither,
    /// A link that leads out of the student's folder. It is not followed.
    LinkOut,
}

impl Work {
    /// The given folder. Without one the current folder or, if it has no folder of the session, the next one above it that has,
    /// within the same git checkout.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if it is no folder that can be read.
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
        let (too_large, names_left) = (RefCell::default(), Cell::new(MAX_ALL_NAMES));
        let mut work = Self { root, real, sessions: Vec::new(), too_large, names_left };
        work.sessions = work.find_sessions();
        Ok(work)
    }

    /// The whole path of the folder.
    pub fn folder(&self) -> String {
        self.real.to_string_lossy().into_owned()
    }

    /// A path of the student's folder, as it is named from here.
    pub fn shown(&self, path: &Path) -> PathBuf {
        self.root.join(path)
    }

    /// The same for opening it.
    pub fn real(&self, path: &Path) -> PathBuf {
        self.real.join(path)
    }

    /// The same file, with no link to a folder on the way: as git knows it.
    pub fn without_links(&self, path: &Path) -> PathBuf {
        let whole = path.parent().and_then(|folder| self.real(folder).canonicalize().ok());
        let folder = whole.as_deref().and_then(|whole| whole.strip_prefix(&self.real).ok());
        folder.zip(path.file_name()).map_or_else(|| path.to_path_buf(), |(folder, name)| folder.join(name))
    }

    /// Whether the student stands in this folder.
    pub fn is_here(&self) -> bool {
        env::current_dir().and_then(|here| here.canonicalize()).is_ok_and(|here| here == self.real)
    }

    /// Whether it is a workspace like this one.
    pub fn has_crates(&self) -> bool {
        self.kind(Path::new(CRATES)) == Some(Kind::Folder)
    }

    /// Where deliverables may be, the likeliest place first.
    pub fn places(&self) -> Vec<PathBuf> {
        let mut places = self.sessions.clone();
        places.push(PathBuf::new());
        if self.has_crates() {
            places.push(PathBuf::from(CRATES));
        }
        places
    }

    /// Where a file of the session belongs.
    pub fn place_for(&self, name: &str) -> PathBuf {
        let own = self.real.file_name().is_some_and(|own| is_the_session(&own.to_string_lossy()));
        let place = if own { PathBuf::new() } else { PathBuf::from("session-08") };
        self.sessions.first().cloned().unwrap_or(place).join(name)
    }

    /// The wanted names in a folder, sorted, without those that are hidden. What is seen of a folder that is too large is chance: it
    /// is among [`Work::too_large`] then.
    pub fn names(&self, folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let mut entries = fs::read_dir(self.real(folder)).into_iter().flatten().flatten();
        let left = self.names_left.get();
        let mut read = 0;
        let mut names: Vec<String> = entries
            .by_ref()
            .take(MAX_NAMES.min(left))
            .inspect(|_| read += 1)
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| !name.starts_with('.') && is_wanted(name))
            .collect();
        self.names_left.set(left - read);
        if entries.next().is_some() {
            self.too_large.borrow_mut().insert(folder.to_path_buf());
        }
        names.sort();
        names
    }

    /// A folder of which not all was looked at.
    pub fn too_large(&self) -> Option<PathBuf> {
        self.too_large.borrow().first().cloned()
    }

    /// What is there; none if nothing is.
    pub fn kind(&self, path: &Path) -> Option<Kind> {
        let real = self.real(path);
        let kind = |found: &Metadata| {
            if found.is_file() {
                Kind::File
            } else if found.is_dir() {
                Kind::Folder
            } else {
                Kind::Neither
            }
        };
        let found = fs::symlink_metadata(&real).ok()?;
        if !found.is_symlink() {
            return Some(kind(&found));
        }
        Some(match (real.canonicalize(), fs::metadata(&real)) {
            (Ok(target), _) if !target.starts_with(&self.real) => Kind::LinkOut,
            (Ok(_), Ok(found)) => kind(&found),
            _ => Kind::Neither,
        })
    }

    /// A link that should be the folder of the session, and leads out.
    pub fn session_behind_a_link(&self) -> Option<PathBuf> {
        let sessions = self.names(Path::new(""), is_the_session).into_iter().map(PathBuf::from);
        sessions.into_iter().find(|path| self.kind(path) == Some(Kind::LinkOut))
    }

    /// In the folder, or one level deeper: a student may keep several subjects in one checkout.
    fn find_sessions(&self) -> Vec<PathBuf> {
        let folders = |folder: &Path, is_wanted: &dyn Fn(&str) -> bool| -> Vec<PathBuf> {
            let names = self.names(folder, is_wanted).into_iter().map(|name| folder.join(name));
            names.filter(|path| self.kind(path) == Some(Kind::Folder)).collect()
        };
        let root = Path::new("");
        let found = folders(root, &is_the_session);
        if !found.is_empty() {
            return found;
        }
        let mut near = folders(root, &|name| !NOT_OWN.contains(&name));
        if near.len() > MAX_FOLDERS {
            self.too_large.borrow_mut().insert(root.to_path_buf());
            near.truncate(MAX_FOLDERS);
        }
        near.iter().flat_map(|path| folders(path, &is_the_session)).collect()
    }
}

fn is_the_session(name: &str) -> bool {
    Name::of_folder(name).is_the_session()
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
        let has_session = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .any(|entry| is_the_session(&entry.file_name().to_string_lossy()) && entry.path().is_dir());
        if has_session {
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
