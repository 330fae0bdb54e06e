//! `cargo lab export EXERCISE DIR`: one exercise as a folder that builds and tests alone, offline, anywhere.
//!
//! The folder is a workspace of its own, so that cargo asks no folder above it; `common` is inside; and the lock file names the
//! very versions that this workspace was tested with.

mod files;
mod folder;
mod lock;
mod version;

pub use files::{Files, gather, root};
pub use folder::write;
pub use lock::add_lock;
pub use version::Version;

use common::Problem;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What no exercise is.
const NO_EXERCISES: &[&str] = &["common", "lab"];

/// What can be exported and is no exercise to be done: a tool.
const TOOLS: &[&str] = &["nc"];

/// What a starter has of the exercise's folder: not what tests the Extras needs.
const OF_A_STARTER: &[&str] = &["Cargo.toml", "STARTER.md", "src", "tests/contract"];

/// Writes `exercise` into `folder`.
///
/// # Errors
///
/// A [`Problem`] if there is no such exercise, or if something of the folder's would be lost: without `force` nothing is written
/// over. With it, what is written over is told.
pub fn run(exercise: &str, folder: &Path, version: Version, force: bool) -> Result<(), Problem> {
    let names = names()?;
    if !names.iter().any(|name| name == exercise) {
        return Err(Problem::new(
            format_args!("there is no exercise {exercise}"),
            "no folder of that name is in crates",
            format_args!("take one of these: {}", names.join(", ")),
        ));
    }
    let mut files = files_of(exercise, version)?;
    gather(&root().join("crates/common"), Path::new("common"), &mut files)?;
    // So that `cargo fmt` leaves it as it is.
    gather(&root().join("rustfmt.toml"), Path::new("rustfmt.toml"), &mut files)?;
    files.insert(PathBuf::from(".gitignore"), b"/target\n".to_vec());
    if let Some(manifest) = files.get_mut(Path::new("Cargo.toml")) {
        *manifest = on_its_own(&String::from_utf8_lossy(manifest)).into_bytes();
    }
    add_lock(&mut files)?;
    write(&files, folder, force)?;
    let shown = folder.display();
    writeln!(io::stdout(), "{exercise} is in {shown}. Try it: cd {shown} && cargo test")
        .map_err(|e| Problem::output(&e))
}

/// The files of an exercise's folder, in this version.
///
/// # Errors
///
/// A [`Problem`] if one cannot be read, or if a tool is to be done as an exercise.
pub fn files_of(exercise: &str, version: Version) -> Result<Files, Problem> {
    let mut files = Files::new();
    gather(&root().join("crates").join(exercise), Path::new(""), &mut files)?;
    if version == Version::Starter {
        if TOOLS.contains(&exercise) {
            return Err(Problem::new(
                format_args!("there is no starter of {exercise}"),
                "it is a tool, and not an exercise to be done",
                "export it without --starter",
            ));
        }
        files.retain(|name, _| OF_A_STARTER.iter().any(|kept| name.starts_with(kept)));
    }
    version.of(files)
}

/// The names of all that can be exported.
fn names() -> Result<Vec<String>, Problem> {
    let crates = root().join("crates");
    let there = fs::read_dir(&crates).map_err(|e| Problem::reading(&crates, &e))?;
    let mut names: Vec<String> =
        there.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !NO_EXERCISES.contains(&name.as_str()));
    names.sort();
    Ok(names)
}

/// A manifest for the folder: `common` is inside it, and it is a workspace.
fn on_its_own(manifest: &str) -> String {
    let manifest = manifest.replace("path = \"../common\"", "path = \"common\"");
    format!("{}\n\n# No folder above this one matters to cargo.\n[workspace]\n", manifest.trim_end())
}
