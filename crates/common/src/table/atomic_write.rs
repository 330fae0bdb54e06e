//! Never half a file: the new content is written beside the old, and takes its place in one step, rename(2).

use super::lock::Locked;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Duration;
use tempfile::Builder;

/// After this time nobody is still writing a file that is not in its place yet. Saving takes milliseconds.
const ABANDONED_AFTER: Duration = Duration::from_secs(60);

/// Puts `content` in the place of the file that `path` names and that is locked, or creates the file. The lock ends with that.
///
/// The new file has the old one's mode, and its owner and group where the system allows that. One that is created has the mode of
/// any new file, and the owner of its folder: an administrator who saves in a student's folder leaves a file that is the student's.
///
/// # Errors
///
/// Without an old file [`io::ErrorKind::AlreadyExists`] if there is one by now.
pub fn write(path: &Path, mut locked: Locked, content: &[u8]) -> io::Result<()> {
    let is_new = locked.file.is_none();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let like = locked.file.as_ref().map_or_else(|| fs::metadata(folder), File::metadata)?;
    let prefix = format!(".{}.saving-", path.file_name().unwrap_or_default().to_string_lossy());
    remove_abandoned(folder, &prefix);

    let mut builder = Builder::new();
    #[cfg(unix)]
    if is_new {
        // What the user's umask leaves of it. Temporary files are for their owner alone.
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    // In the same folder, for a rename does not cross file systems. The error's own text would name a file that nobody knows.
    let mut new = builder.prefix(&prefix).tempfile_in(folder).map_err(|e| io::Error::from(e.kind()))?;
    new.write_all(content)?;
    #[cfg(unix)]
    give(new.as_file(), &like, !is_new);
    if !is_new {
        // After the owner: a change of owner takes rights away.
        new.as_file().set_permissions(like.permissions())?;
    }
    new.as_file().sync_all()?;
    if is_new {
        new.persist_noclobber(path).map_err(|e| e.error)?;
    } else {
        if cfg!(windows) {
            // What is open cannot be replaced everywhere: not on FAT, nor on many shares.
            locked.file = None;
        }
        // std's rename, unlike tempfile's, replaces a file on Windows even while another program has it open.
        fs::rename(new.into_temp_path(), path)?;
    }
    // Makes the rename last a power failure.
    #[cfg(unix)]
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
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

/// Gives `file` the owner and the group of `like`. Only the administrator gives files away; but where a team shares the file, any
/// member may give it to the team.
#[cfg(unix)]
fn give(file: &File, like: &fs::Metadata, is_shared: bool) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let is_theirs = file.metadata().is_ok_and(|own| (own.uid(), own.gid()) == (like.uid(), like.gid()));
    if !is_theirs && fchown(file, Some(like.uid()), Some(like.gid())).is_err() && is_shared {
        let _ = fchown(file, None, Some(like.gid()));
    }
}
