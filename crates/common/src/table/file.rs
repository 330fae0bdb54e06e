//! Reading a table's file, and changing it so that two programs at once lose nothing.

use super::{Table, save};
use crate::Problem;
use fs4::{FileExt, TryLockError};
use same_file::Handle;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How long the files may be that are read and written, in bytes: the lesson's have a few hundred.
const MAX_FILE_LEN: usize = 1024 * 1024;
/// How long another program that saves the file is waited for. Each of ours takes milliseconds.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);
/// How often it is tried while waiting: no system tells when a lock becomes free *and* takes a time limit.
const RETRY_INTERVAL: Duration = Duration::from_millis(5);
/// As many links as Linux follows: `path_resolution(7)`.
const MAX_SYMLINKS: usize = 40;

/// The first table of the file with these columns, see [`Table::parse`]; none if the file has no such table.
///
/// # Errors
///
/// A [`Problem`] if the file cannot be read, has more than 1 MiB, or is saved as UTF-16; on Windows also if another program
/// holds it for 5 seconds.
pub fn read(path: &Path, columns: &'static [&'static str]) -> Result<Option<Table>, Problem> {
    Ok(Table::parse(&content(path)?, columns))
}

/// All of a file that may hold one of the lesson's tables.
///
/// # Errors
///
/// Those of [`read`]. A pipe or a device is refused, and not waited for.
pub fn content(path: &Path) -> Result<Vec<u8>, Problem> {
    // A pipe would be waited for until somebody writes into it.
    refuse_what_is_no_file(path).map_err(Problem::reading(path))?;
    patiently(path, Instant::now(), || match File::open(path).and_then(|file| bytes(&file)) {
        Ok(bytes) => {
            refuse_what_is_no_text(path, &bytes)?;
            Ok(Some(bytes))
        }
        Err(e) if is_held(&e) => Ok(None),
        Err(e) => Err(Problem::reading(path)(e)),
    })
}

/// Changes the file's table, and saves it: all of it or, if anything fails, nothing.
///
/// A file that is not there is created; one without such a table gets one at its end. Nothing is written where `change` fails
/// or changes nothing. Meanwhile other programs that do the same wait. `change` is called again with a new table if somebody
/// else creates the file at the same moment; only what it returns the last time counts.
///
/// ```no_run
/// use common::table;
/// use std::path::Path;
///
/// table::update(Path::new("IPs.txt"), &["Machine", "IP"], |table| {
///     table.add(&["mobile", "10.1.128.39"]);
///     Ok(())
/// })?;
/// # Ok::<(), common::Problem>(())
/// ```
///
/// # Errors
///
/// That of `change`, or a [`Problem`] if the file cannot be read or written, or is held by another program for 5 seconds.
pub fn update<T>(
    path: &Path,
    columns: &'static [&'static str],
    mut change: impl FnMut(&mut Table) -> Result<T, Problem>,
) -> Result<T, Problem> {
    patiently(path, Instant::now(), || try_to_update(path, columns, &mut change))
}

/// The same at this moment; `None` if another program saves it at the same time.
fn try_to_update<T>(
    path: &Path,
    columns: &'static [&'static str],
    change: &mut impl FnMut(&mut Table) -> Result<T, Problem>,
) -> Result<Option<T>, Problem> {
    let target = behind_links(path);
    let locked = match lock(path, &target) {
        Err(Failure::NoFile) => None,
        Err(Failure::InUse) => return Ok(None),
        Err(Failure::Problem(problem)) => return Err(problem),
        Ok(file) => Some(file),
    };
    let mut table = match &locked {
        None => Table::new(columns),
        Some(file) => {
            let bytes = bytes(file).map_err(Problem::reading(path))?;
            refuse_what_is_no_text(path, &bytes)?;
            Table::parse(&bytes, columns).unwrap_or_else(|| Table::appended(&bytes, columns))
        }
    };
    let result = change(&mut table)?;
    if !table.changed {
        return Ok(Some(result));
    }
    let content = table.to_bytes();
    refuse_what_is_long(path, content.len())?;
    let saved = match &locked {
        None => save::create(&target, &content),
        Some(file) => save::replace(&target, file, &content),
    };
    match saved {
        Ok(()) => Ok(Some(result)),
        // Somebody else was faster to create it.
        Err(e) if locked.is_none() && e.kind() == io::ErrorKind::AlreadyExists => Ok(None),
        Err(e) => Err(Problem::writing(path)(e)),
    }
}

/// Tries until there is a result. There is none while other programs save the file: that is an error when
/// [`LOCK_TIMEOUT`] has passed since `start`.
fn patiently<T>(
    path: &Path,
    start: Instant,
    mut attempt: impl FnMut() -> Result<Option<T>, Problem>,
) -> Result<T, Problem> {
    loop {
        if let Some(result) = attempt()? {
            return Ok(result);
        }
        if start.elapsed() >= LOCK_TIMEOUT {
            return Err(Problem::new(
                format_args!("{} is being written by another program", path.display()),
                format!("it was not released in {} seconds", LOCK_TIMEOUT.as_secs()),
                "wait until that program has ended, and try again",
            ));
        }
        #[allow(clippy::disallowed_methods, reason = "no system waits for a lock with a time limit")]
        thread::sleep(RETRY_INTERVAL);
    }
}

/// Why there is no locked file.
enum Failure {
    NoFile,
    /// Another program holds the lock, or has replaced the file since.
    InUse,
    Problem(Problem),
}

/// Opens the file and locks it; what is locked is what the path names. The lock ends with the value.
///
/// The lock is on the file itself, since a file only for locking would have to stay in the student's folder for ever: who
/// waits for one that is deleted holds nothing in the end. A lock on the file has the same trouble, for saving replaces it.
/// Therefore the path is looked at again once the lock is held.
fn lock(path: &Path, target: &Path) -> Result<File, Failure> {
    let problem = |cause: io::Error| match cause.kind() {
        io::ErrorKind::NotFound => Failure::NoFile,
        _ => Failure::Problem(Problem::writing(path)(cause)),
    };
    refuse_what_is_no_file(target).map_err(problem)?;
    // Open for writing, since locks on NFS need that. It writes nothing: the file is replaced as a whole.
    let file = OpenOptions::new().read(true).write(true).open(target).map_err(problem)?;
    // The administrator may write into a file that is read-only, and yet it is so on purpose.
    if file.metadata().map_err(problem)?.permissions().readonly() {
        return Err(problem(io::ErrorKind::PermissionDenied.into()));
    }
    // Any other error means that this file system has no locks, as some network drives: better saved than refused.
    if let Err(TryLockError::WouldBlock) = FileExt::try_lock(&file) {
        return Err(Failure::InUse);
    }
    let ours = file.try_clone().and_then(Handle::from_file).map_err(problem)?;
    match Handle::from_path(target) {
        Ok(named) if named == ours => Ok(file),
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(problem(e)),
        // The path names a new file by now.
        _ => Err(Failure::InUse),
    }
}

/// Whether a file cannot be read because another program holds it. On Windows a lock keeps readers out as well, see
/// `LockFileEx`; these are `ERROR_SHARING_VIOLATION` and `ERROR_LOCK_VIOLATION`.
fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

/// The whole content of a file, and of one that is too long the beginning.
fn bytes(file: &File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(MAX_FILE_LEN as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Refuses what is no text of the lesson.
fn refuse_what_is_no_text(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    refuse_what_is_long(path, bytes.len())?;
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(Problem::new(
            format_args!("{} is not saved as UTF-8", path.display()),
            "it begins with the mark of UTF-16, which Windows calls Unicode",
            "open it in your editor, and save it as UTF-8",
        ));
    }
    Ok(())
}

fn refuse_what_is_long(path: &Path, length: usize) -> Result<(), Problem> {
    if length <= MAX_FILE_LEN {
        return Ok(());
    }
    Err(Problem::new(
        format_args!("{} is too long for one of the lesson's files", path.display()),
        format!("it has more than {MAX_FILE_LEN} bytes"),
        "check whether it is the right file",
    ))
}

/// Folders, pipes and devices. A path that names nothing passes.
fn refuse_what_is_no_file(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(found) if !found.is_file() => Err(io::Error::other("it is no file, but a pipe or a device")),
        _ => Ok(()),
    }
}

/// The path that a symbolic link leads to, whether there is a file or not: the link has to stay a link.
fn behind_links(path: &Path) -> PathBuf {
    let mut path = path.to_path_buf();
    for _ in 0..MAX_SYMLINKS {
        match fs::read_link(&path) {
            // An absolute one replaces all, as Path::join does.
            Ok(next) => path = path.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => break,
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::{LOCK_TIMEOUT, patiently};
    use std::path::Path;
    use std::time::Instant;

    #[test]
    fn what_others_save_again_and_again_is_waited_for_but_not_for_ever() {
        let long_ago = Instant::now().checked_sub(LOCK_TIMEOUT).unwrap();
        let mut tries = 0;
        let result = patiently::<()>(Path::new("IPs.txt"), long_ago, || {
            tries += 1;
            assert_eq!(tries, 1, "the time is over");
            Ok(None)
        });
        assert!(result.unwrap_err().to_string().starts_with("error: IPs.txt is being written by another program\n"));

        let mut tries = 0;
        let result = patiently(Path::new("IPs.txt"), Instant::now(), || {
            tries += 1;
            Ok((tries == 3).then_some(tries))
        });
        assert_eq!(result.unwrap(), 3);
    }
}
