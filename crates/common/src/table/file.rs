//! Reading a table's file, and changing it so that two programs at once lose nothing.

use super::{Table, atomic_write, doubt, lock};
use crate::Problem;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How long the files may be that are read and written, in bytes: the lesson's have a few hundred.
const MAX_FILE_LEN: usize = 1024 * 1024;
/// How long another program that saves the file is waited for. Each of ours takes milliseconds.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);
/// How often it is tried while waiting: no system tells when a lock becomes free *and* takes a time limit.
const RETRY_INTERVAL: Duration = Duration::from_millis(5);

/// The first table of the file with these columns, see [`Table::parse`]; none if the file has no such table.
///
/// # Errors
///
/// A [`Problem`] if the file cannot be read, has more than 1 MiB, or is saved as UTF-16; if it may have rows that
/// [`Table::parse`] does not read; on Windows also if another program holds it for 5 seconds.
pub fn read(path: &Path, columns: &'static [&'static str]) -> Result<Option<Table>, Problem> {
    let bytes = content(path)?;
    let table = Table::parse(&bytes, columns);
    if table.is_some() {
        doubt::check(path, &bytes, columns)?;
    }
    Ok(table)
}

/// All of a file that may hold one of the lesson's tables.
///
/// # Errors
///
/// Those of [`read`], but for rows. A pipe or a device is refused, and not waited for.
pub fn content(path: &Path) -> Result<Vec<u8>, Problem> {
    refuse_what_is_no_file(path).map_err(Problem::reading(path))?;
    retry_while_held(path, || match File::open(path).and_then(|file| bytes(&file)) {
        Err(e) if is_held(&e) => Ok(None),
        read => check_text(path, read.map_err(Problem::reading(path))?).map(Some),
    })
}

/// Changes the file's table, and saves it: all of it or, if anything fails, nothing.
///
/// A file that is not there is created; one without such a table gets one at its end. Nothing is written where `change` fails
/// or changes nothing. Other programs that do the same wait. If one of them creates the file at the same moment, `change` is
/// called again with a new table; only what it returns the last time counts.
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
/// That of `change`, or a [`Problem`] if the file cannot be read or written, may have rows that [`Table::parse`] does not read, or
/// is held by another program for 5 seconds.
pub fn update<T>(
    path: &Path,
    columns: &'static [&'static str],
    mut change: impl FnMut(&mut Table) -> Result<T, Problem>,
) -> Result<T, Problem> {
    retry_while_held(path, || try_to_update(path, columns, &mut change))
}

/// The same at this moment; `None` if another program saves it at the same time.
fn try_to_update<T>(
    path: &Path,
    columns: &'static [&'static str],
    change: &mut impl FnMut(&mut Table) -> Result<T, Problem>,
) -> Result<Option<T>, Problem> {
    let target = behind_links(path);
    let locked = match lock::lock(&target) {
        Ok(locked) => locked,
        Err(e) if e.kind() == ErrorKind::WouldBlock || is_held(&e) => return Ok(None),
        Err(e) => return Err(Problem::writing(path)(e)),
    };
    let mut table = match &locked.file {
        None => Table::new(columns),
        Some(file) => {
            let read = match bytes(file) {
                Err(e) if is_held(&e) => return Ok(None),
                read => read.map_err(Problem::reading(path))?,
            };
            let bytes = check_text(path, read)?;
            doubt::check(path, &bytes, columns)?;
            Table::parse(&bytes, columns).unwrap_or_else(|| Table::below(&bytes, columns))
        }
    };
    let result = change(&mut table)?;
    if !table.changed {
        return Ok(Some(result));
    }
    let content = check_text(path, table.to_bytes())?;
    match atomic_write::write(&target, locked, &content) {
        // Somebody else was faster to create it, or reads it just now.
        Err(e) if e.kind() == ErrorKind::AlreadyExists || is_open(&e) => Ok(None),
        written => written.map(|()| Some(result)).map_err(Problem::writing(path)),
    }
}

/// Tries until there is a result. There is none while other programs hold the file: after [`LOCK_TIMEOUT`] that is an error.
fn retry_while_held<T>(path: &Path, mut attempt: impl FnMut() -> Result<Option<T>, Problem>) -> Result<T, Problem> {
    let start = Instant::now();
    loop {
        if let Some(result) = attempt()? {
            return Ok(result);
        }
        if start.elapsed() >= LOCK_TIMEOUT {
            return Err(Problem::new(
                format_args!("{} is being written by another program", path.display()),
                format!("it was not released in {} seconds", LOCK_TIMEOUT.as_secs()),
                "close that program, or wait until it has ended, and try again",
            ));
        }
        #[allow(clippy::disallowed_methods, reason = "no system waits for a lock with a time limit")]
        thread::sleep(RETRY_INTERVAL);
    }
}

/// Whether a file cannot be read because another program holds it. On Windows a lock keeps readers out as well, see
/// `LockFileEx`; these are `ERROR_SHARING_VIOLATION` and `ERROR_LOCK_VIOLATION`.
fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

/// Whether a file could not be replaced because another program has it open: `ERROR_ACCESS_DENIED` of `MoveFileEx`. A folder in which
/// nothing may be written has failed before, when the new file was created.
fn is_open(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32))
}

/// The whole content of a file, and of one that is too long the beginning.
fn bytes(file: &File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(MAX_FILE_LEN as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The same bytes, if they can be a text of the lesson.
fn check_text(path: &Path, bytes: Vec<u8>) -> Result<Vec<u8>, Problem> {
    if bytes.len() > MAX_FILE_LEN {
        return Err(Problem::new(
            format_args!("{} is too long for one of the lesson's files", path.display()),
            format!("it has more than {MAX_FILE_LEN} bytes"),
            "check whether it is the right file",
        ));
    }
    let has_mark = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if has_mark || bytes.contains(&0) {
        let mark = "it begins with the mark of UTF-16, which Windows calls Unicode";
        return Err(Problem::new(
            format_args!("{} is not saved as UTF-8", path.display()),
            if has_mark { mark } else { "it has a byte 0, as UTF-16 has, which Windows calls Unicode" },
            "open it in your editor, and save it as UTF-8",
        ));
    }
    Ok(bytes)
}

/// Folders, pipes and devices. A path that names nothing passes.
pub(super) fn refuse_what_is_no_file(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(ErrorKind::IsADirectory.into()),
        Ok(found) if !found.is_file() => Err(io::Error::other("it is no file, but a pipe or a device")),
        _ => Ok(()),
    }
}

/// The path that a symbolic link leads to, whether there is a file or not: the link has to stay a link.
fn behind_links(path: &Path) -> PathBuf {
    match (fs::canonicalize(path), fs::read_link(path)) {
        (Ok(file), _) => file,
        // It ends nowhere, so that it cannot go round for ever. An absolute one replaces all, as Path::join does.
        (Err(e), Ok(next)) if e.kind() == ErrorKind::NotFound => {
            behind_links(&path.parent().unwrap_or(Path::new("")).join(next))
        }
        _ => path.to_path_buf(),
    }
}
