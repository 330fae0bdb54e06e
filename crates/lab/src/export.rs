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

use crate::check::shell;
use common::Problem;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What the students write: folders of `crates`. A new exercise is added here.
pub const EXERCISES: &[&str] = &["client", "ex2-ping", "ex3-chat", "ips", "server"];

/// What can be exported and is no exercise to be done.
pub const TOOLS: &[&str] = &["nc"];

/// What a starter has of the exercise's folder: not what tests the Extras needs.
const OF_A_STARTER: &[&str] = &["Cargo.toml", "STARTER.md", "src", "tests/contract"];

/// Writes `exercise` into `folder`.
///
/// # Errors
///
/// A [`Problem`] if there is no such exercise, or if something of the folder's would be lost: without `force` nothing is written
/// over. With it, what is written over is told.
pub fn run(exercise: &str, folder: &Path, version: Version, force: bool) -> Result<(), Problem> {
    let names = [EXERCISES, TOOLS].concat();
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
    if let Some(manifest) = files.get_mut(Path::new("Cargo.toml")) {
        *manifest = on_its_own(&String::from_utf8_lossy(manifest)).into_bytes();
    }
    add_lock(&mut files)?;
    write(&files, folder, force)?;
    let shown = shell::path(folder);
    writeln!(io::stdout(), "{exercise} is in {shown}. Try it: cd {shown} && cargo test").map_err(Problem::output)
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

/// What the root of a workspace says, and a folder that is copied has no other root than itself.
const OF_A_ROOT: &str = "# No folder above this one matters to cargo.
[workspace]

[profile.dev]
# Enough for a backtrace with line numbers; the rest makes builds slower and larger.
debug = \"line-tables-only\"
";

/// A manifest for the folder: `common` is inside it, and it is a workspace.
fn on_its_own(manifest: &str) -> String {
    let manifest = manifest.replace("path = \"../common\"", "path = \"common\"");
    format!("{}\n\n{OF_A_ROOT}", manifest.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{EXERCISES, OF_A_ROOT, TOOLS, root};
    use std::collections::BTreeSet;
    use std::fs;

    #[test]
    fn a_copy_is_built_as_the_workspace_is() {
        let workspace = fs::read_to_string(root().join("Cargo.toml")).unwrap();
        let (_, profile) = OF_A_ROOT.split_once("[profile.dev]").unwrap();
        assert!(workspace.ends_with(profile), "the workspace has another [profile.dev]:\n{workspace}");
    }

    #[test]
    fn every_package_is_listed_once() {
        let listed = || EXERCISES.iter().chain(TOOLS).copied().chain(["common", "lab"]).map(str::to_string);
        let folders = fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap());
        let packages = folders.filter(|folder| folder.path().join("Cargo.toml").is_file());
        let there: BTreeSet<String> = packages.map(|folder| folder.file_name().into_string().unwrap()).collect();
        assert_eq!(listed().collect::<BTreeSet<_>>(), there);
        assert_eq!(listed().count(), there.len());
    }
}
