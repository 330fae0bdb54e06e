//! The student's folder, and where in it the session is.

use super::names::Name;
use common::Problem;
use std::env;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// How many entries of a folder are looked at.
const MOST: usize = 2_000;
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
        let no_folder = |cause: &io::Error| {
            Problem::new(
                format_args!("{} could not be looked at", root.display()),
                cause,
                "name the folder that holds session-08: cargo lab check FOLDER",
            )
        };
        let real = root.canonicalize().map_err(|e| no_folder(&e))?;
        fs::read_dir(&real).map_err(|e| no_folder(&e))?;
        let mut work = Self { root, real, sessions: Vec::new() };
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
        let own = self.real.file_name().is_some_and(|own| Name::of_folder(&own.to_string_lossy()).is_the_session());
        let place = if own { PathBuf::new() } else { PathBuf::from("session-08") };
        self.sessions.first().cloned().unwrap_or(place).join(name)
    }

    /// The names in a folder, sorted, without those that are hidden.
    pub fn names(&self, folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(self.real(folder)).into_iter().flatten().flatten().take(MOST);
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        names
    }

    /// What is there; none if nothing is.
    pub fn kind(&self, path: &Path) -> Option<Kind> {
        let real = self.real(path);
        let kind = |found: &Metadata| match () {
            () if found.is_file() => Kind::File,
            () if found.is_dir() => Kind::Folder,
            () => Kind::Neither,
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
        let is_one = |path: &PathBuf| {
            let name = path.to_string_lossy();
            Name::of_folder(&name).is_the_session() && self.kind(path) == Some(Kind::LinkOut)
        };
        self.names(Path::new("")).into_iter().map(PathBuf::from).find(is_one)
    }

    /// In the folder, or one level deeper: a student may keep several subjects in one checkout.
    fn find_sessions(&self) -> Vec<PathBuf> {
        let folders = |folder: &Path| -> Vec<PathBuf> {
            let names = self.names(folder).into_iter().filter(|name| !NOT_OWN.contains(&name.as_str()));
            names.map(|name| folder.join(name)).filter(|path| self.kind(path) == Some(Kind::Folder)).collect()
        };
        let is_one = |path: &PathBuf| {
            path.file_name().is_some_and(|name| Name::of_folder(&name.to_string_lossy()).is_the_session())
        };
        let near = folders(Path::new(""));
        let found: Vec<PathBuf> = near.iter().filter(|path| is_one(path)).cloned().collect();
        if !found.is_empty() {
            return found;
        }
        near.iter().flat_map(|path| folders(path)).filter(is_one).collect()
    }
}

/// Who names the folder `session-08` of this workspace means all of the workspace: the programs are beside it.
fn whole(folder: &Path) -> PathBuf {
    let real = folder.canonicalize().unwrap_or_default();
    let is_session = real.file_name().is_some_and(|name| Name::of_folder(&name.to_string_lossy()).is_the_session());
    let above = folder.join("..");
    if is_session && above.join(CRATES).is_dir() { above } else { folder.to_path_buf() }
}

/// The current folder, or the one above it in which the session is.
fn here_or_above() -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    let mut way = PathBuf::new();
    for folder in here.ancestors() {
        let names = fs::read_dir(folder).into_iter().flatten().flatten().take(MOST);
        let has_session = names
            .filter(|entry| Name::of_folder(&entry.file_name().to_string_lossy()).is_the_session())
            .any(|entry| entry.path().is_dir());
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
