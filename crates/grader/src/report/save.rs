//! Puts a report where it was asked for: never half of one.

use common::Problem;
use common::table::atomic_write;
use common::table::lock::lock;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Writes a report to the file at `path`, or to standard output if that is `-`.
pub fn save(path: &Path, report: &[u8]) -> Result<(), Problem> {
    if path == Path::new("-") {
        return io::stdout().lock().write_all(report).map_err(Problem::output);
    }
    put(path, report).map_err(Problem::writing(path))
}

fn put(path: &Path, report: &[u8]) -> io::Result<()> {
    // A link stays one: the file that it leads to is another.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    match fs::metadata(path) {
        // A pipe or a device is no file that another could take the place of.
        Ok(found) if !found.is_file() && !found.is_dir() => {
            fs::OpenOptions::new().write(true).open(path)?.write_all(report)
        }
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        _ => atomic_write::write(path, lock(path)?, report),
    }
}
