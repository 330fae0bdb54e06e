//! The files of what is exported, read from this workspace.

use common::Problem;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What building and editors leave behind. An editor's copy of a solution must not come into a starter.
fn is_left_behind(name: &str) -> bool {
    let is_copy = [".bak", ".old", ".orig", ".rej", "~"].iter().any(|end| name.ends_with(end));
    matches!(name, "target" | "Cargo.lock" | "__pycache__") || is_copy || name.starts_with(['.', '#'])
}

/// The contents of files, by their paths in the folder.
pub type Files = BTreeMap<PathBuf, Vec<u8>>;

/// The workspace that this program is of.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Reads a file, or all files of a folder; `name` is what it will be called.
pub fn gather(path: &Path, name: &Path, files: &mut Files) -> Result<(), Problem> {
    if !path.is_dir() {
        files.insert(name.to_path_buf(), fs::read(path).map_err(Problem::reading(path))?);
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(Problem::reading(path))? {
        let entry = entry.map_err(Problem::reading(path))?;
        if !is_left_behind(&entry.file_name().to_string_lossy()) {
            gather(&entry.path(), &name.join(entry.file_name()), files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "../../tests/unit/files.rs"]
mod tests;
