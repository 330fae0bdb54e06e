//! The lock file of what is exported: the very versions that this workspace was tested with.

use super::folder::put;
use super::{Files, root};
use crate::build;
use common::Problem;
use std::fs;
use std::path::PathBuf;

/// Adds this workspace's lock file, less what the files do not need: cargo takes that out, and changes no version. A [`Problem`] if
/// cargo cannot do so: a package is not on this computer yet, say.
pub fn add_lock(files: &mut Files) -> Result<(), Problem> {
    // In a folder of its own, so that nothing is written where it was asked for before all is known to work.
    let folder = tempfile::tempdir().map_err(Problem::writing(&std::env::temp_dir()))?;
    put(files, folder.path())?;
    let path = folder.path().join("Cargo.lock");
    fs::copy(root().join("Cargo.lock"), &path).map_err(Problem::writing(&path))?;

    let done = build::output(build::cargo().args(["update", "--workspace", "--offline"]).current_dir(folder.path()))?;
    if !done.status.success() {
        let text = String::from_utf8_lossy(&done.stderr).into_owned();
        // A warning may come before it.
        let error = text.lines().find(|line| line.starts_with("error")).or(text.lines().next());
        return Err(Problem::new(
            "the lock file of what is exported could not be made",
            error.map_or("cargo says nothing", |line| line.trim_start_matches("error: ")),
            "type cargo fetch here once, with the Internet",
        ));
    }
    files.insert(PathBuf::from("Cargo.lock"), fs::read(&path).map_err(Problem::reading(&path))?);
    Ok(())
}
