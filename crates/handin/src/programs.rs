//! The programs to hand in: is there one, and is it more than its starter? None is run here: the tests do that.

mod skeleton;

use super::candidates::{Candidate, best, candidates, inside};
use super::deliverables::{CLIENT, Deliverable};
use super::filenames::{Filename, Format};
use super::item::{Item, State};
use super::student_folder::{Kind, StudentFolder};
use common::{table, text};
use std::path::{Path, PathBuf};

/// What stands in a starter where the student's part is still missing.
const NOT_WRITTEN: &str = "Problem::not_written(";
/// In a check that a finished program may keep.
const RETURN_NOT_WRITTEN: &str = "return Err(Problem::not_written(";
/// What the student's part replaces in a starter.
const PLACEHOLDER: &str = "let _ = ";
const MAIN_OF_A_CRATE: &str = "src/main.rs";
/// What only a workspace like this one has.
const WORKSHOP: &str = "crates/lab";
/// How many files of a program are read.
const FILES_READ: usize = 100;

/// The best of the files that may be the program.
pub fn check(folder: &StudentFolder, deliverable: &Deliverable) -> Item {
    let mut candidates = candidates(folder, deliverable);
    // Notes about a program are none, and stand in nobody's way.
    candidates.retain(|candidate| {
        matches!(candidate.kind, Kind::Folder | Kind::LinkOut) || candidate.format == Format::Program
    });
    let found = best(&candidates, |candidate| judge(folder, deliverable, candidate));
    if deliverable.is_required {
        return found.unwrap_or_else(|| missing(folder, deliverable));
    }
    let mut item = found.unwrap_or_else(|| {
        let mut item = Item::of(deliverable);
        item.untouched();
        item
    });
    if item.state() == State::Missing {
        item.note(None, "it is a step on the way to the chat, and need not be handed in");
    }
    item
}

/// The program of an exercise whose table is handed in: in a workspace like this one the student writes it too.
pub fn check_crate(folder: &StudentFolder, deliverable: &Deliverable) -> Option<Item> {
    let own = folder.places().into_iter().map(|place| place.join(deliverable.exercise));
    let is_crate = |path: &PathBuf| folder.kind(&path.join("Cargo.toml")) == Some(Kind::File);
    let Some(path) = own.into_iter().find(is_crate) else {
        // Deleting it makes the list no greener.
        let is_workspace = folder.kind(Path::new(WORKSHOP)) == Some(Kind::Folder);
        return is_workspace.then(|| missing(folder, deliverable));
    };
    let candidate = Candidate { path, kind: Kind::Folder, format: Format::Bare };
    Some(judge(folder, deliverable, &candidate).unwrap_or_else(|| missing(folder, deliverable)))
}

fn missing(folder: &StudentFolder, deliverable: &Deliverable) -> Item {
    let mut item = Item::of(deliverable);
    let own_crate = Path::new("crates").join(deliverable.exercise);
    let main = if folder.has_crates() { own_crate.join(MAIN_OF_A_CRATE) } else { folder.place_for(deliverable.file) };
    to_write(folder, &mut item, &format!("there is no program: write it in {}", folder.typed(&main)), &main);
    if folder.has_crates() && folder.kind(&own_crate).is_none() {
        // Without --vcs it would be a repository of its own where the workspace is in none yet.
        let new = format!("cargo new --vcs none {}, then ", folder.typed(&own_crate));
        item.next = item.next.map(|next| new + &next);
    }
    folder.note_too_large(&mut item);
    item
}

/// There is nothing to test yet.
fn to_write(folder: &StudentFolder, item: &mut Item, why: &str, file: &Path) {
    item.open_untouched(None, why);
    item.next = Some(format!("write the program in {}", folder.typed(file)));
}

/// None for a folder of the workspace without a program: it is as good as not there.
fn judge(folder: &StudentFolder, deliverable: &Deliverable, candidate: &Candidate) -> Option<Item> {
    let path = &candidate.path;
    let is_folder = candidate.kind == Kind::Folder;
    let files = if is_folder { files_in(folder, deliverable, path) } else { vec![path.clone()] };
    if files.is_empty() && path.starts_with("crates") {
        return None;
    }
    let mut item = Item::of(deliverable);
    item.found_in(files.first().unwrap_or(path));
    if let Some(why) = candidate.kind.refusal() {
        item.open(None, why);
        item.next = Some(format!("write the program in {}", folder.typed(path)));
        return Some(item);
    }
    if files.is_empty() {
        to_write(folder, &mut item, "this folder holds no program", &path.join(deliverable.file));
        return Some(item);
    }
    for file in files.iter().take(FILES_READ) {
        look_into(folder, &mut item, file, file == &files[0]);
    }
    if item.state() == State::Done && files.iter().take(FILES_READ).all(|file| is_skeleton(folder, file)) {
        item.open_untouched(None, "it has no step yet: only imports, constants and comments");
    }
    if item.state() == State::Done {
        item.ok("it is written; its test says whether it is right");
        item.test = Some(test(folder, deliverable, &files[0]));
    } else if item.is_untouched() {
        item.next = Some(format!("write the program in {}", folder.typed(&files[0])));
    } else {
        item.next = Some(test(folder, deliverable, &files[0]));
    }
    Some(item)
}

/// What is left to do in a file of the program.
fn look_into(folder: &StudentFolder, item: &mut Item, file: &Path, is_main: bool) {
    let name = file.display();
    let bytes = match table::content(&folder.real.join(file)) {
        Ok(bytes) => bytes,
        Err(problem) => return item.open(None, format!("{name} could not be read: {}", problem.cause())),
    };
    let text = String::from_utf8_lossy(&bytes);
    if let Some(line) = unwritten_line(file, &text) {
        let name = if is_main { "it".to_string() } else { name.to_string() };
        item.open_untouched(Some(line), format!("{name} is not written yet"));
    } else if is_main && text.trim().is_empty() {
        item.open_untouched(None, "it is empty");
    } else if is_main && !text.lines().any(|line| is_code(line.trim())) {
        item.open_untouched(None, "it has nothing but comments");
    }
}

/// Where a starter in Rust says that the student's part is still missing, counted from 1. A finished program may keep the check that
/// returns this error: then the line `let _ = …;`, which the student's part replaces, tells the two apart.
fn unwritten_line(file: &Path, text: &str) -> Option<usize> {
    if file.extension().is_none_or(|extension| extension != "rs") {
        return None;
    }
    let is_check = |line: &str| line.starts_with(RETURN_NOT_WRITTEN);
    let has_check = text.lines().any(|line| is_check(line.trim()));
    let is_unwritten = |line: &str| {
        let is_placeholder = has_check && line.starts_with(PLACEHOLDER);
        is_placeholder || (is_code(line) && line.contains(NOT_WRITTEN) && !is_check(line))
    };
    text.lines().position(|line| is_unwritten(line.trim())).map(|line| line + 1)
}

fn is_code(line: &str) -> bool {
    !(line.is_empty() || line.starts_with('#') || line.starts_with("//"))
}

/// One that cannot be read may be anything.
fn is_skeleton(folder: &StudentFolder, file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let content = table::content(&folder.real.join(file));
    content.is_ok_and(|bytes| skeleton::is_skeleton(&String::from_utf8_lossy(&bytes), extension))
}

/// The files of a program in a folder of its own, first that in which it begins: `src/main.rs` of a crate, else the one with the
/// likeliest name.
fn files_in(folder: &StudentFolder, deliverable: &Deliverable, path: &Path) -> Vec<PathBuf> {
    let main = path.join(MAIN_OF_A_CRATE);
    let is_crate = folder.kind(&path.join("src")) == Some(Kind::Folder) && folder.kind(&main) == Some(Kind::File);
    let rank = |name: &Filename| {
        // The lesson's chat begins as a copy of the client.
        let known = name.rank(deliverable).or_else(|| name.rank(&CLIENT)).or(name.is_main().then_some(1_000));
        (name.format == Format::Program && !(is_crate && name.is_starter())).then_some(known.unwrap_or(2_000))
    };
    let found = inside(folder, &if is_crate { path.join("src") } else { path.to_path_buf() }, rank);
    let files = found.into_iter().filter(|found| found.kind == Kind::File).map(|found| found.path);
    let (mut first, others): (Vec<_>, Vec<_>) = files.partition(|file| *file == main);
    first.extend(others);
    first
}

/// The command that tests it.
fn test(folder: &StudentFolder, deliverable: &Deliverable, main: &Path) -> String {
    let exercise = deliverable.exercise;
    if let Some(own_crate) = main.ancestors().nth(2).filter(|_| main.ends_with(MAIN_OF_A_CRATE)) {
        if own_crate == Path::new("crates").join(exercise) && folder.is_here() {
            return format!("cargo test -p {exercise} required");
        }
        return format!("cargo test --manifest-path {} required", folder.typed(&own_crate.join("Cargo.toml")));
    }
    let path = folder.root.join(main);
    let file = path.strip_prefix(".").unwrap_or(&path).to_string_lossy();
    // Others have to be built first, and only the student knows how.
    let words = interpreter(main).map_or(vec!["YOUR PROGRAM"], |interpreter| vec![interpreter, &file]);
    let command = text::quote_for_shell(&serde_json::json!(words).to_string());
    if cfg!(windows) {
        format!("$env:SESSION08_CMD = {command}; cargo test -p {exercise} required")
    } else {
        format!("SESSION08_CMD={command} cargo test -p {exercise} required")
    }
}

/// What runs a program of this name, if it is run from its source.
#[must_use]
pub fn interpreter(file: &Path) -> Option<&'static str> {
    match file.extension()?.to_str()? {
        "py" | "py3" => Some("python3"),
        "sh" => Some("bash"),
        "js" | "mjs" => Some("node"),
        "rb" => Some("ruby"),
        "pl" => Some("perl"),
        _ => None,
    }
}
