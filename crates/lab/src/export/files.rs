//! The files of an exported folder: read here, and written there without losing anybody's work.

use common::Problem;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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
///
/// # Errors
///
/// A [`Problem`] if something cannot be read.
pub fn gather(path: &Path, name: &Path, files: &mut Files) -> Result<(), Problem> {
    if !path.is_dir() {
        files.insert(name.to_path_buf(), fs::read(path).map_err(|e| Problem::reading(path, &e))?);
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(|e| Problem::reading(path, &e))? {
        let entry = entry.map_err(|e| Problem::reading(path, &e))?;
        if !is_left_behind(&entry.file_name().to_string_lossy()) {
            gather(&entry.path(), &name.join(entry.file_name()), files)?;
        }
    }
    Ok(())
}

/// Writes the files into `folder`, tells which files were written over, and gives the folder a lock file.
///
/// # Errors
///
/// A [`Problem`] if something of the folder's would be lost: without `force` nothing is written over.
pub fn write(files: &Files, folder: &Path, force: bool) -> Result<(), Problem> {
    let lost: Vec<&Path> = files
        .iter()
        .filter(|(name, content)| fs::read(folder.join(name)).is_ok_and(|there| there != **content))
        .map(|(name, _)| name.as_path())
        .collect();
    if !lost.is_empty() && !force {
        return Err(Problem::new(
            format_args!("{} holds something else already, and is left as it is", folder.display()),
            format_args!("{} files would be written over: {}", lost.len(), names(&lost)),
            "name another folder; or write over them: --force",
        ));
    }
    for (name, content) in files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|e| Problem::file(parent, &e))?;
        fs::write(&path, content).map_err(|e| Problem::file(&path, &e))?;
    }
    if !lost.is_empty() {
        writeln!(io::stdout(), "written over: {}", names(&lost)).map_err(|e| Problem::output(&e))?;
    }
    lock(folder)
}

/// Gives the folder the workspace's lock file, less what it does not need: cargo takes that out, and changes no version.
fn lock(folder: &Path) -> Result<(), Problem> {
    let path = folder.join("Cargo.lock");
    fs::copy(root().join("Cargo.lock"), &path).map_err(|e| Problem::file(&path, &e))?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["update", "--workspace", "--offline"]).current_dir(folder);
    let done = command.stdout(Stdio::null()).stderr(Stdio::piped()).output();
    let done = done
        .map_err(|e| Problem::new("cargo could not be started", e, "check that Rust is installed: cargo --version"))?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    let first = said.lines().next().unwrap_or("it says nothing").to_string();
    Err(Problem::new("the exported folder cannot be built", first, "type cargo fetch here once, with the Internet"))
}

/// The first of them, and how many more there are.
fn names(paths: &[&Path]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<String> = paths.iter().take(SHOWN).map(|path| path.display().to_string()).collect();
    match paths.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Files, gather};
    use std::fs;
    use std::path::{Path, PathBuf};

    #[test]
    fn an_editors_copy_of_a_solution_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["main.rs", "main.rs~", "main.rs.orig", "main.rs.bak", ".main.rs.swp", "#main.rs#", "Cargo.lock"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let mut files = Files::new();
        gather(folder.path(), Path::new("src"), &mut files).unwrap();
        assert_eq!(files.into_keys().collect::<Vec<_>>(), [PathBuf::from("src/main.rs")]);
    }
}
