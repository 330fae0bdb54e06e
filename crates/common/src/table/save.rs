//! Never half a file: the new content is written beside the old, and takes its place in one step, rename(2).

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Duration;
use tempfile::{Builder, NamedTempFile};

/// After this time nobody is still writing a file that is not in its place yet. Saving takes milliseconds.
const ABANDONED_AFTER: Duration = Duration::from_secs(60);

/// Puts `content` in the place of the file `old`, which `path` names. The new file has the old one's mode, and its owner and group
/// where the system allows that.
pub fn replace(path: &Path, old: &File, content: &[u8]) -> io::Result<()> {
    let mut new = beside(path, &Builder::new())?;
    new.write_all(content)?;
    let old = old.metadata()?;
    if give(new.as_file(), &old).is_err() {
        // A team shares the file: only the administrator gives files away, but any member gives them to the team.
        give_group(new.as_file(), &old);
    }
    // After the owner: a change of owner takes rights away.
    new.as_file().set_permissions(old.permissions())?;
    new.as_file().sync_all()?;
    // std's rename, unlike tempfile's own, also replaces a file on Windows that is still open: this one is, and locked.
    fs::rename(new.into_temp_path(), path)?;
    sync_folder(path);
    Ok(())
}

/// Creates the file, all of it at once.
///
/// # Errors
///
/// [`io::ErrorKind::AlreadyExists`] if it is there by now.
pub fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut new = beside(path, &as_any_new_file())?;
    new.write_all(content)?;
    if let Ok(folder) = fs::metadata(folder(path)) {
        // An administrator who saves in a student's folder leaves a file that the student can change.
        let _ = give(new.as_file(), &folder);
    }
    new.as_file().sync_all()?;
    new.persist_noclobber(path).map_err(|e| e.error)?;
    sync_folder(path);
    Ok(())
}

/// A file in the same folder, for a rename does not cross file systems. It is deleted if it is not needed in the end.
fn beside(path: &Path, builder: &Builder) -> io::Result<NamedTempFile> {
    let mut builder = builder.clone();
    // Its own text would name a file that nobody has asked for.
    let prefix = prefix(path);
    remove_abandoned(folder(path), &prefix);
    builder.prefix(&prefix).tempfile_in(folder(path)).map_err(|e| io::Error::from(e.kind()))
}

/// `.IPs.txt.saving-`: hidden from a listing, and known as ours.
fn prefix(path: &Path) -> String {
    format!(".{}.saving-", path.file_name().unwrap_or_default().to_string_lossy())
}

/// Deletes what a program that was killed while saving has left.
fn remove_abandoned(folder: &Path, prefix: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !entry.file_name().to_string_lossy().starts_with(prefix) {
            continue;
        }
        let age = entry.metadata().and_then(|found| found.modified()).map(|time| time.elapsed());
        if matches!(age, Ok(Ok(age)) if age > ABANDONED_AFTER) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// With the mode that a new file has: what the user's umask leaves of it. Temporary files are for their owner alone.
#[cfg(unix)]
fn as_any_new_file() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

#[cfg(not(unix))]
fn as_any_new_file() -> Builder<'static, 'static> {
    Builder::new()
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Gives `file` the owner and the group of `like`. All or nothing: a failure of one leaves both.
#[cfg(unix)]
fn give(file: &File, like: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let own = file.metadata()?;
    if (own.uid(), own.gid()) == (like.uid(), like.gid()) {
        return Ok(());
    }
    fchown(file, Some(like.uid()), Some(like.gid()))
}

/// Gives `file` the group of `like`: allowed to its members, and no error to anybody else.
#[cfg(unix)]
fn give_group(file: &File, like: &fs::Metadata) {
    let _ = std::os::unix::fs::fchown(file, None, Some(std::os::unix::fs::MetadataExt::gid(like)));
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "it fails on unix")]
fn give(_: &File, _: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn give_group(_: &File, _: &fs::Metadata) {}

/// Makes the rename last a power failure, where the system knows how.
fn sync_folder(path: &Path) {
    #[cfg(unix)]
    let _ = File::open(folder(path)).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let _ = path;
}
