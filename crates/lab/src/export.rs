//! `cargo lab export EXERCISE DIR`: one exercise as a folder that builds and tests alone, offline, anywhere.
//!
//! The folder is a workspace of its own, so that cargo asks no folder above it; `common` is inside; and the lock file names the
//! very versions that this workspace was tested with.

mod files;
mod folder;
mod lock;
mod manifest;
mod starter;

pub use files::{Files, gather, root};
pub use folder::write;
pub use lock::add_lock;
pub use starter::Version;

use common::Problem;
use handin::deliverables::names;
use handin::shell;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What can be exported and is no exercise to be done.
pub const TOOLS: &[&str] = &["nc"];

/// Writes `exercise` into `folder`. Without `force` nothing is written over; with it, what is written over is listed.
pub fn run(exercise: &str, folder: &Path, version: Version, force: bool) -> Result<(), Problem> {
    let names: Vec<&str> = names().chain(TOOLS.iter().copied()).collect();
    if !names.contains(&exercise) {
        return Err(Problem::new(
            format_args!("there is no exercise {exercise}"),
            "it is not among those that can be exported",
            format_args!("take one of these: {}", names.join(", ")),
        ));
    }
    let mut files = files_of(exercise, version)?;
    gather(&root().join("crates/common"), Path::new("common"), &mut files)?;
    // So that `cargo fmt` leaves it as it is.
    gather(&root().join("rustfmt.toml"), Path::new("rustfmt.toml"), &mut files)?;
    files.insert(PathBuf::from(".gitignore"), b"/target\n".to_vec());
    manifest::edit(&mut files, manifest::on_its_own);
    add_lock(&mut files)?;
    write(&files, folder, force)?;
    let shown = shell::path(folder);
    writeln!(io::stdout(), "{exercise} is in {shown}. Try it: cd {shown} && cargo test").map_err(Problem::output)
}

/// The files of a package's folder, in this version.
pub fn files_of(package: &str, version: Version) -> Result<Files, Problem> {
    let mut files = Files::new();
    gather(&root().join("crates").join(package), Path::new(""), &mut files)?;
    match version {
        Version::Solution => Ok(starter::solution(files)),
        Version::Starter if TOOLS.contains(&package) => Err(Problem::new(
            format_args!("there is no starter of {package}"),
            "it is a tool, and not an exercise to be done",
            "export it without --starter",
        )),
        Version::Starter => starter::starter(&files),
    }
}
