//! One writer of a table at a time.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

/// A table's file, which no other program of ours saves as long as this value lives.
pub struct Locked {
    /// The file, open for reading; none if there is none yet.
    pub file: Option<File>,
    /// What keeps the others out where it is not the file itself.
    _guard: Option<File>,
}

/// Locks the file, whether it is there or not.
///
/// # Errors
///
/// [`ErrorKind::WouldBlock`] if another program holds the lock, or has replaced the file since.
pub fn lock(path: &Path) -> io::Result<Locked> {
    super::file::refuse_what_is_no_file(path)?;
    system::lock(path)
}

/// Opens the file, if it is there.
fn open(path: &Path) -> io::Result<Option<File>> {
    // Open for writing, since locks on NFS need that. It writes nothing: the file is replaced as a whole.
    let file = match File::options().read(true).write(true).open(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    // The administrator may write into a file that is read-only, and yet it is so on purpose.
    if file.metadata()?.permissions().readonly() {
        return Err(ErrorKind::PermissionDenied.into());
    }
    Ok(Some(file))
}

/// The lock is on the file itself, since a file only for locking would have to stay in the student's folder for ever.
#[cfg(unix)]
mod system {
    use super::{Locked, fs, io, open};
    use fs4::{FileExt, TryLockError};
    use std::io::ErrorKind;
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;

    pub fn lock(path: &Path) -> io::Result<Locked> {
        let Some(file) = open(path)? else { return Ok(Locked { file: None, _guard: None }) };
        // Any other error means that this file system has no locks, as some network drives: better saved than refused.
        if let Err(TryLockError::WouldBlock) = FileExt::try_lock(&file) {
            return Err(ErrorKind::WouldBlock.into());
        }
        // Saving replaces the file: the path may name a new one by now.
        let locked = file.metadata()?;
        match fs::metadata(path) {
            Ok(named) if (named.dev(), named.ino()) == (locked.dev(), locked.ino()) => {
                Ok(Locked { file: Some(file), _guard: None })
            }
            Err(e) if e.kind() != ErrorKind::NotFound => Err(e),
            _ => Err(ErrorKind::WouldBlock.into()),
        }
    }
}

/// A file that is open cannot be replaced everywhere (`MoveFileEx`), and its lock ends when it is closed. So the lock is a second file,
/// which the system deletes as soon as it is closed, also where the program is killed: `FILE_FLAG_DELETE_ON_CLOSE` of `CreateFile`.
#[cfg(windows)]
mod system {
    use super::{File, Locked, fs, io, open};
    use std::io::ErrorKind;
    use std::os::windows::fs::OpenOptionsExt as _;
    use std::path::Path;

    const FILE_FLAG_DELETE_ON_CLOSE: u32 = 0x0400_0000;
    const ERROR_ACCESS_DENIED: i32 = 5;
    const ERROR_SHARING_VIOLATION: i32 = 32;

    pub fn lock(path: &Path) -> io::Result<Locked> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = path.with_file_name(format!(".{name}.saving-lock"));
        let mut options = File::options();
        options.write(true).create(true).share_mode(0).custom_flags(FILE_FLAG_DELETE_ON_CLOSE);
        let guard = match options.open(&beside) {
            Ok(guard) => Some(guard),
            Err(e) if e.raw_os_error() == Some(ERROR_SHARING_VIOLATION) => return Err(ErrorKind::WouldBlock.into()),
            // It is just being deleted.
            Err(e) if e.raw_os_error() == Some(ERROR_ACCESS_DENIED) && fs::exists(&beside).unwrap_or(true) => {
                return Err(ErrorKind::WouldBlock.into());
            }
            // Nothing can be created there: writing beside the file will fail as well, and say why.
            Err(_) => None,
        };
        Ok(Locked { file: open(path)?, _guard: guard })
    }
}
