//! The folder that is exported to: nobody's work in it is lost.

use super::{Files, root};
use common::{Problem, text};
use handin::item::first_of;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};

/// Writes the files into `folder`, and lists what it writes over and which other sources are there.
///
/// Without `force` nothing is written over. With it, nothing is written all the same if the folder belongs to this workspace, if it
/// is not certain yet where it is, or if a link or a folder stands where a file is to be.
pub fn write(files: &Files, folder: &Path, force: bool) -> Result<(), Problem> {
    refuse_a_way_back(folder)?;
    refuse_this_workspace(folder)?;
    let mut lost = Vec::new();
    for (name, content) in files {
        if would_be_lost(folder, name, content)? {
            lost.push(escape(name));
        }
    }
    if !lost.is_empty() && !force {
        return Err(Problem::new(
            format_args!("{} holds something else already, and is left as it is", folder.display()),
            format!("{} files would be written over: {}", lost.len(), first_of(&lost)),
            "name another folder; or write over them: --force",
        ));
    }
    list("written over", &lost)?;
    put(files, folder)?;
    list("left there, and not a part of it", &other_sources(files, folder))
}

/// Writes the files, whatever is there.
pub fn put(files: &Files, folder: &Path) -> Result<(), Problem> {
    for (name, content) in files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(Problem::writing(parent))?;
        fs::write(&path, content).map_err(Problem::writing(&path))?;
    }
    Ok(())
}

/// A `..` behind a folder that is still to be made: nothing is found there now, so nothing would count as lost, and once the folder
/// is made the same path leads to another one, which may hold somebody's work.
fn refuse_a_way_back(folder: &Path) -> Result<(), Problem> {
    let mut way = PathBuf::new();
    for part in folder.components() {
        // Before the first part stands this folder, which is there.
        if part == Component::ParentDir && !Path::new(".").join(&way).exists() {
            let cause = format!("it leads through {}, which is not there", escape(&way));
            return Err(not_written(folder, cause, "name the folder without a way back out of another one"));
        }
        way.push(part);
    }
    Ok(())
}

/// The solutions stand in this workspace: a starter must not be written over them.
fn refuse_this_workspace(folder: &Path) -> Result<(), Problem> {
    let Ok(root) = root().canonicalize() else { return Ok(()) };
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let there = absolute.ancestors().find_map(|ancestor| ancestor.canonicalize().ok()).unwrap_or_default();
    let is_inside = there.starts_with(&root) && !there.starts_with(root.join("target"));
    let is_around = folder.canonicalize().is_ok_and(|folder| root.starts_with(folder));
    if is_inside || is_around {
        let cause = "it belongs to the workspace with the solutions".to_string();
        return Err(not_written(folder, cause, "name a folder beside it, for example ../my-exercise"));
    }
    Ok(())
}

fn not_written(folder: &Path, cause: String, next: &str) -> Problem {
    Problem::new(format_args!("{} is not written to", folder.display()), cause, next)
}

/// Whether something else is there that writing this file would destroy.
fn would_be_lost(folder: &Path, name: &Path, content: &[u8]) -> Result<bool, Problem> {
    let path = folder.join(name);
    // A link in a stranger's folder may lead anywhere.
    for parent in name.ancestors().skip(1).filter(|part| !part.as_os_str().is_empty()).map(|part| folder.join(part)) {
        if fs::symlink_metadata(&parent).is_ok_and(|metadata| !metadata.is_dir()) {
            return Err(in_the_way(&parent, "a folder"));
        }
    }
    match fs::symlink_metadata(&path) {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(false),
        Err(e) => Err(Problem::reading(&path)(e)),
        Ok(metadata) if !metadata.is_file() => Err(in_the_way(&path, "a file")),
        Ok(_) => Ok(fs::read(&path).map_err(Problem::reading(&path))? != content),
    }
}

fn in_the_way(path: &Path, wanted: &str) -> Problem {
    Problem::new(
        format_args!("{} is in the way", escape(path)),
        format!("{wanted} is to be written there, and it is something else: a link, say"),
        "name another folder, or move it away; nothing was written",
    )
}

/// Sources in `src` and `tests` that are not among the files: of a solution that was there before, or a student's own.
fn other_sources(files: &Files, folder: &Path) -> Vec<String> {
    let folders = files.keys().flat_map(|name| name.ancestors());
    let mut waiting: BTreeSet<PathBuf> =
        folders.filter(|name| name.ends_with("src") || name.ends_with("tests")).map(Path::to_path_buf).collect();
    let mut others = Vec::new();
    while let Some(parent) = waiting.pop_first() {
        for entry in fs::read_dir(folder.join(&parent)).into_iter().flatten().flatten() {
            let name = parent.join(entry.file_name());
            // A link is no folder here: it may lead anywhere.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                waiting.insert(name);
            } else if name.extension().is_some_and(|extension| extension == "rs") && !files.contains_key(&name) {
                others.push(escape(&name));
            }
        }
    }
    others
}

fn list(what: &str, names: &[String]) -> Result<(), Problem> {
    let mut stdout = io::stdout().lock();
    names.iter().try_for_each(|name| writeln!(stdout, "{what}: {name}")).map_err(Problem::output)
}

fn escape(path: &Path) -> String {
    text::escape_line(path.as_os_str().as_encoded_bytes())
}
