//! The folder of one run: what the program may write is in it, and beside that what it cannot reach.

use common::Problem;
use fs4::FileExt;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// How much of a folder is copied: nobody hands in more beside a program of the lesson.
const MOST_FILES: usize = 2_000;
const MOST_BYTES: u64 = 50 * 1024 * 1024;
const MOST_LEVELS: usize = 12;

/// What tools make anew, and what is no part of a program.
const LEFT_OUT: [&str; 5] = ["target", "node_modules", "venv", "__pycache__", "dist"];

/// How the folder of all runs is called, and the file in it that is locked as long as they may go on.
const PREFIX: &str = "cargo-grade-";
const LOCK: &str = "lock";

/// The folder of all runs of this process. It is gone when this is dropped; where that was prevented, the next one that is made takes it away.
pub struct WorkFolders {
    folder: TempDir,
    _lock: File,
}

impl WorkFolders {
    /// A new one, in this folder.
    pub fn new_in(parent: &Path) -> Result<Self, Problem> {
        remove_abandoned(parent);
        let new = || {
            let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent)?;
            // It gets its name when it is locked: else somebody might take the folder for abandoned.
            let unnamed = folder.path().join("new");
            let lock = File::create(&unnamed)?;
            FileExt::lock(&lock)?;
            fs::rename(unnamed, folder.path().join(LOCK))?;
            Ok(Self { folder, _lock: lock })
        };
        new().map_err(Problem::writing(parent))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Removes what a process has left behind that was killed: nobody holds its lock.
fn remove_abandoned(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let lock = entry.path().join(LOCK);
        // Opening a pipe that somebody else has put there would wait for ever.
        let is_lock = is_ours && lock.symlink_metadata().is_ok_and(|lock| lock.is_file());
        let lock = is_lock.then(|| File::open(lock).ok()).flatten();
        if lock.is_some_and(|lock| FileExt::try_lock(&lock).is_ok()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The folder. It is gone when this is dropped.
pub struct WorkFolder(TempDir);

impl WorkFolder {
    /// A new one, in this folder.
    pub fn new_in(parent: &Path) -> Result<Self, Problem> {
        fs::create_dir_all(parent).map_err(Problem::writing(parent))?;
        let new = Self(tempfile::Builder::new().prefix("run-").tempdir_in(parent).map_err(Problem::writing(parent))?);
        fs::create_dir(new.home()).map_err(Problem::writing(&new.home()))?;
        Ok(new)
    }

    /// Where the program runs, and where it may write.
    pub fn home(&self) -> PathBuf {
        self.0.path().join("home")
    }

    /// A file that the program cannot reach.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// What was not copied, and why.
#[derive(Debug, Default)]
pub struct Copied {
    files: usize,
    bytes: u64,
    links: usize,
    is_cut: bool,
}

impl Copied {
    /// What a grader should know of it.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.is_cut {
            notes.push(format!(
                "its folder holds more than {MOST_FILES} files or {} MB: the rest is not there for it",
                MOST_BYTES / 1024 / 1024
            ));
        }
        if self.links > 0 {
            notes.push(format!("not there for it: {} in its folder", common::testing::counted(self.links, "link")));
        }
        notes
    }
}

/// Copies a folder's files, without those that are hidden, made by tools, or links, which may lead anywhere.
pub fn copy(from: &Path, to: &Path) -> io::Result<Copied> {
    let mut copied = Copied::default();
    copy_level(from, to, 0, &mut copied)?;
    Ok(copied)
}

fn copy_level(from: &Path, to: &Path, level: usize, copied: &mut Copied) -> io::Result<()> {
    fs::create_dir_all(to)?;
    let mut entries: Vec<_> = fs::read_dir(from)?.take(2 * MOST_FILES).collect::<io::Result<_>>()?;
    // Files first: what is beside the program is likelier to be needed than what is further down.
    entries.sort_by_key(|entry| (entry.file_type().is_ok_and(|kind| kind.is_dir()), entry.file_name()));
    for entry in entries {
        let name = entry.file_name();
        if name.to_string_lossy().starts_with('.') || LEFT_OUT.iter().any(|left_out| name == *left_out) {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_symlink() {
            copied.links += 1;
        } else if kind.is_dir() && level < MOST_LEVELS {
            copy_level(&entry.path(), &to.join(&name), level + 1, copied)?;
        } else if kind.is_file() {
            copy_file(&entry.path(), &to.join(&name), copied)?;
        }
        if copied.is_cut {
            break;
        }
    }
    Ok(())
}

/// Written anew and not cloned: with the time of now, so that a compiler sees that it has changed.
fn copy_file(from: &Path, to: &Path, copied: &mut Copied) -> io::Result<()> {
    let left = MOST_BYTES - copied.bytes;
    let mut bytes = Vec::new();
    File::open(from)?.take(left + 1).read_to_end(&mut bytes)?;
    copied.files += 1;
    if copied.files > MOST_FILES || bytes.len() as u64 > left {
        copied.is_cut = true;
        return Ok(());
    }
    copied.bytes += bytes.len() as u64;
    File::create(to)?.write_all(&bytes)?;
    // It may be a program that is run by its name.
    fs::set_permissions(to, fs::metadata(from)?.permissions())
}

#[cfg(all(test, unix))]
mod tests {
    use super::{MOST_BYTES, WorkFolder, WorkFolders, copy};
    use std::fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn what_a_killed_process_left_is_removed_and_what_is_in_use_stays() {
        let parent = tempfile::tempdir().unwrap();
        let in_use = WorkFolders::new_in(parent.path()).unwrap();
        let abandoned = parent.path().join("cargo-grade-killed");
        fs::create_dir_all(abandoned.join("run-1/home")).unwrap();
        fs::write(abandoned.join("lock"), "").unwrap();
        let another = WorkFolders::new_in(parent.path()).unwrap();
        assert!(!abandoned.exists() && in_use.path().exists());
        drop(WorkFolder::new_in(another.path()).unwrap());
        drop((in_use, another));
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_tools_made_is_left_out_and_links_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        for name in ["words", "target", ".git"] {
            fs::create_dir_all(from.join(name)).unwrap();
            fs::write(from.join(name).join("file"), "").unwrap();
        }
        fs::write(from.join("chat.py"), "print()").unwrap();
        symlink("/etc/hostname", from.join("link")).unwrap();
        let copied = copy(&from, &to).unwrap();
        assert_eq!(copied.notes(), ["not there for it: 1 link in its folder"]);
        assert_eq!(fs::read_to_string(to.join("chat.py")).unwrap(), "print()");
        assert!(to.join("words/file").is_file());
        assert!(["target", ".git", "link"].iter().all(|name| fs::symlink_metadata(to.join(name)).is_err()));
    }

    #[test]
    fn a_folder_that_is_too_large_is_cut_and_that_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs::create_dir_all(&from).unwrap();
        fs::write(from.join("a.py"), "print()").unwrap();
        // It has a length, and takes no room.
        fs::File::create(from.join("b.iso")).unwrap().set_len(MOST_BYTES + 1).unwrap();
        let copied = copy(&from, &to).unwrap();
        assert!(
            copied.notes()[0].starts_with("its folder holds more than 2000 files or 50 MB"),
            "{:?}",
            copied.notes()
        );
        assert!(to.join("a.py").is_file() && !to.join("b.iso").exists());
    }
}
