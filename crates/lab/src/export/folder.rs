//! The folder that is exported to: nobody's work in it is lost.

use super::{Files, root};
use crate::check::item::first_of;
use common::{Problem, text};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};

/// How many entries of folders are looked at for other sources.
const MAX_ENTRIES: usize = 10_000;

/// Writes the files into `folder`. What is written over is told before that, and then what else is among the sources.
///
/// # Errors
///
/// A [`Problem`] if something of the folder's would be lost: without `force` nothing is written over. And, with it too, if the
/// folder belongs to this workspace, if it is not certain yet where it is, or if a link or a folder stands where a file is to be.
/// Nothing is written then.
pub fn write(files: &Files, folder: &Path, force: bool) -> Result<(), Problem> {
    refuse_a_way_back(folder)?;
    refuse_this_workspace(folder)?;
    let mut lost = Vec::new();
    for (name, content) in files {
        if would_be_lost(folder, name, content)? {
            lost.push(name.as_path());
        }
    }
    if !lost.is_empty() && !force {
        let names: Vec<String> = lost.iter().map(|name| shown(name)).collect();
        return Err(Problem::new(
            format_args!("{} holds something else already, and is left as it is", folder.display()),
            format!("{} files would be written over: {}", lost.len(), first_of(&names)),
            "name another folder; or write over them: --force",
        ));
    }
    tell("written over", &lost)?;
    put(files, folder)?;
    let others = other_sources(files, folder);
    tell("left there, and not a part of it", &others.iter().map(PathBuf::as_path).collect::<Vec<_>>())
}

/// Writes the files, whatever is there.
///
/// # Errors
///
/// A [`Problem`] if one cannot be written.
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
    let mut missing: Option<PathBuf> = None;
    for part in folder.components() {
        way.push(part);
        match &missing {
            Some(missing) if part == Component::ParentDir => {
                return Err(Problem::new(
                    format_args!("{} is not written to", shown(folder)),
                    format!("it leads through {}, which is not there", shown(missing)),
                    "name the folder without a way back out of another one",
                ));
            }
            None if !way.exists() => missing = Some(way.clone()),
            _ => {}
        }
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
        return Err(Problem::new(
            format_args!("{} is not written to", folder.display()),
            "it belongs to the workspace with the solutions",
            "name a folder beside it, for example ../my-exercise",
        ));
    }
    Ok(())
}

/// Whether something else is there that writing this file would destroy.
fn would_be_lost(folder: &Path, name: &Path, content: &[u8]) -> Result<bool, Problem> {
    let path = folder.join(name);
    // A link in a stranger's folder may lead anywhere.
    let on_the_way = name.ancestors().skip(1).filter(|part| !part.as_os_str().is_empty()).map(|part| folder.join(part));
    for parent in on_the_way {
        match fs::symlink_metadata(&parent) {
            Ok(metadata) if !metadata.is_dir() => return Err(in_the_way(&parent, "a folder")),
            _ => {}
        }
    }
    match fs::symlink_metadata(&path) {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(false),
        Err(e) => Err(Problem::reading(&path)(e)),
        Ok(metadata) if !metadata.is_file() => Err(in_the_way(&path, "a file")),
        Ok(metadata) if metadata.len() != content.len() as u64 => Ok(true),
        Ok(_) => Ok(fs::read(&path).map_err(Problem::reading(&path))? != content),
    }
}

fn in_the_way(path: &Path, wanted: &str) -> Problem {
    Problem::new(
        format_args!("{} is in the way", text::escape_line(path.as_os_str().as_encoded_bytes())),
        format!("{wanted} is to be written there, and it is something else: a link, say"),
        "name another folder, or move it away; nothing was written",
    )
}

/// Sources beside what is written, or deeper in its `src` and `tests`, which are not among the files: those of a solution that was there
/// before, or a student's own. In a folder that is too large, some of them.
fn other_sources(files: &Files, folder: &Path) -> BTreeSet<PathBuf> {
    let mut known: BTreeSet<PathBuf> = files.keys().filter_map(|name| name.parent()).map(Path::to_path_buf).collect();
    let mut waiting: Vec<PathBuf> = known.iter().cloned().collect();
    let mut others = BTreeSet::new();
    let mut left = MAX_ENTRIES;
    while let Some(parent) = waiting.pop() {
        for entry in fs::read_dir(folder.join(&parent)).into_iter().flatten().flatten().take(left) {
            left -= 1;
            let name = parent.join(entry.file_name());
            // A link is no folder here: it may lead anywhere.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                let has_sources = name.iter().any(|part| part == "src" || part == "tests");
                if has_sources && known.insert(name.clone()) {
                    waiting.push(name);
                }
            } else if name.extension().is_some_and(|extension| extension == "rs") && !files.contains_key(&name) {
                others.insert(name);
            }
        }
    }
    others
}

fn tell(what: &str, names: &[&Path]) -> Result<(), Problem> {
    let mut stdout = io::stdout().lock();
    names.iter().try_for_each(|name| writeln!(stdout, "{what}: {}", shown(name))).map_err(Problem::output)
}

fn shown(path: &Path) -> String {
    text::escape_line(path.as_os_str().as_encoded_bytes())
}
