//! `cargo lab export EXERCISE DIR`: one exercise as a folder that builds and tests alone, offline, anywhere.
//!
//! The folder is a workspace of its own, so that cargo asks no folder above it; `common` is inside; and the lock file names the
//! very versions that this workspace was tested with.

use common::Problem;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What no exercise is.
const NO_EXERCISES: &[&str] = &["common", "lab"];

/// What building leaves behind.
const LEFT_BEHIND: &[&str] = &["target", "Cargo.lock"];

/// The files of an exported folder: their contents, by their paths in it.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Writes `exercise` into `folder`.
///
/// # Errors
///
/// A [`Problem`] if there is no such exercise, or if something of the folder's would be lost: without `force` nothing is written
/// over. With it, what is written over is told.
pub fn run(exercise: &str, folder: &Path, force: bool) -> Result<(), Problem> {
    let root = root();
    let files = files_of(&root, exercise)?;
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
    for (name, content) in &files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|e| Problem::file(parent, &e))?;
        fs::write(&path, content).map_err(|e| Problem::file(&path, &e))?;
    }
    lock(&root, folder)?;
    tell(exercise, folder, &lost).map_err(|e| Problem::output(&e))
}

/// The workspace that this program is of.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files_of(root: &Path, exercise: &str) -> Result<Files, Problem> {
    let crates = root.join("crates");
    let there = fs::read_dir(&crates).map_err(|e| Problem::reading(&crates, &e))?;
    let mut exercises: Vec<String> =
        there.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    exercises.retain(|name| !NO_EXERCISES.contains(&name.as_str()));
    exercises.sort();
    if !exercises.iter().any(|name| name == exercise) {
        return Err(Problem::new(
            format_args!("there is no exercise {exercise}"),
            "no folder of that name is in crates",
            format_args!("take one of these: {}", exercises.join(", ")),
        ));
    }

    let mut files = Files::new();
    gather(&crates.join(exercise), Path::new(""), &mut files)?;
    gather(&crates.join("common"), Path::new("common"), &mut files)?;
    files.insert(PathBuf::from(".gitignore"), b"/target\n".to_vec());
    let manifest = Path::new("Cargo.toml");
    let text = String::from_utf8_lossy(&files[manifest]).into_owned();
    files.insert(manifest.to_path_buf(), on_its_own(&text).into_bytes());
    Ok(files)
}

/// A manifest for the folder: `common` is inside it, and it is a workspace.
fn on_its_own(manifest: &str) -> String {
    let manifest = manifest.replace("path = \"../common\"", "path = \"common\"");
    format!("{}\n\n# No folder above this one matters to cargo.\n[workspace]\n", manifest.trim_end())
}

fn gather(folder: &Path, name: &Path, files: &mut Files) -> Result<(), Problem> {
    for entry in fs::read_dir(folder).map_err(|e| Problem::reading(folder, &e))? {
        let entry = entry.map_err(|e| Problem::reading(folder, &e))?;
        if LEFT_BEHIND.iter().any(|left| entry.file_name() == *left) {
            continue;
        }
        let (path, name) = (entry.path(), name.join(entry.file_name()));
        if path.is_dir() {
            gather(&path, &name, files)?;
        } else {
            files.insert(name, fs::read(&path).map_err(|e| Problem::reading(&path, &e))?);
        }
    }
    Ok(())
}

/// Gives the folder the workspace's lock file, less what it does not need: cargo takes that out, and changes no version.
fn lock(root: &Path, folder: &Path) -> Result<(), Problem> {
    let path = folder.join("Cargo.lock");
    fs::copy(root.join("Cargo.lock"), &path).map_err(|e| Problem::file(&path, &e))?;
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

fn tell(exercise: &str, folder: &Path, lost: &[&Path]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    if !lost.is_empty() {
        writeln!(stdout, "written over: {}", names(lost))?;
    }
    writeln!(stdout, "{exercise} is in {}. Try it: cd {} && cargo test", folder.display(), folder.display())
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
