//! The programs to hand in: is there one, and is it more than its beginning? It is not run: the tests do that.

use super::deliverable::{Deliverable, State};
use super::find::{Candidate, best, candidates, in_folder, tell_too_large};
use super::names::{CHAT, CLIENT, Format, Known, SERVER};
use super::shell;
use super::work::{Kind, Work};
use common::table;
use std::path::{Path, PathBuf};

/// What stands in a program of this workspace that is still to be written: the sentences of its beginnings, and no others, as a
/// student's own message may be like them.
const NOT_WRITTEN: &[&str] =
    &["the chat is not written yet", "the server is not written yet", "the client is not written yet"];
/// How many files of a program are looked into.
const MAX_FILES: usize = 100;

struct Program {
    name: &'static str,
    title: &'static str,
    /// The exercise whose tests test it.
    exercise: &'static str,
    /// As the lesson calls its file.
    file: &'static str,
    known: &'static Known,
    /// Whether it is on the lesson's list of what to hand in.
    is_listed: bool,
}

const PROGRAMS: &[Program] = &[
    Program { name: "chat", title: "the chat", exercise: "ex3-chat", file: "Ex3.py", known: &CHAT, is_listed: true },
    Program {
        name: "server",
        title: "your own server",
        exercise: "server",
        file: "server.py",
        known: &SERVER,
        is_listed: true,
    },
    Program {
        name: "client",
        title: "the first client",
        exercise: "client",
        file: "client.py",
        known: &CLIENT,
        is_listed: false,
    },
];

/// All three of them. The client is a step on the way to the chat: nothing is ever open about it.
pub fn all(work: &Work) -> impl Iterator<Item = Deliverable> {
    PROGRAMS.iter().map(|program| check(work, program))
}

/// The best of what may be the program.
fn check(work: &Work, program: &Program) -> Deliverable {
    let mut candidates = candidates(work, program.known);
    // Notes about a program are none, and stand in nobody's way.
    candidates.retain(|candidate| {
        candidate.kind == Kind::Folder || candidate.kind == Kind::LinkOut || candidate.format == Format::Program
    });
    let found = best(&candidates, |candidate| judged(work, program, candidate));
    if program.is_listed {
        return found.unwrap_or_else(|| missing(work, program));
    }
    let mut found = found.unwrap_or_else(|| Deliverable::new(program.name, program.title)).optional();
    if found.state() == State::Missing {
        found.note(None, "it is a step on the way to the chat, and need not be handed in");
    }
    found
}

fn missing(work: &Work, program: &Program) -> Deliverable {
    let mut deliverable = Deliverable::new(program.name, program.title);
    let own_crate = Path::new("crates").join(program.exercise);
    if work.has_crates() {
        let main = own_crate.join("src/main.rs");
        deliverable.open(None, format!("there is no program: write it in {}", main.display()));
        // Without --vcs it would be a repository of its own where the workspace is in none yet.
        let new = format!("cargo new --vcs none {}, then ", typed(work, &own_crate));
        let new = if work.kind(&own_crate).is_none() { new } else { String::new() };
        deliverable.next = Some(new + &write(work, &main));
    } else {
        let place = work.place_for(program.file);
        deliverable.open(None, format!("there is no program: write it in {}, say", work.shown(&place).display()));
        deliverable.next = Some(write(work, &place));
    }
    tell_too_large(work, &mut deliverable);
    deliverable
}

/// What to do where no program is: there is nothing to test yet.
fn write(work: &Work, file: &Path) -> String {
    format!("write the program in {}", typed(work, file))
}

/// A path of the student's folder, as it is typed here.
fn typed(work: &Work, path: &Path) -> String {
    shell::path(&work.shown(path))
}

/// None for a folder of the workspace without a program: it is as good as not there.
fn judged(work: &Work, program: &Program, candidate: &Candidate) -> Option<Deliverable> {
    let mut deliverable = Deliverable::new(program.name, program.title);
    let open = |mut deliverable: Deliverable, why: &str, file: &Path| {
        deliverable.found_in(&candidate.path);
        deliverable.open(None, why);
        deliverable.next = Some(write(work, file));
        Some(deliverable)
    };
    let path = &candidate.path;
    let (main, files, own_crate) = match candidate.kind {
        Kind::LinkOut => {
            return open(deliverable, "it is a link out of this folder: put the program itself here", path);
        }
        Kind::Neither => {
            return open(deliverable, "it is no file, but a pipe, a device or a link to nothing", path);
        }
        Kind::File => (path.clone(), vec![path.clone()], None),
        Kind::Folder => match in_its_folder(work, program, path) {
            Some(found) => found,
            None if path.starts_with("crates") => return None,
            None => return open(deliverable, "no program is in this folder", &path.join(program.file)),
        },
    };
    deliverable.found_in(&main);
    let is_open = look_into(work, &mut deliverable, &main, &files);
    let test = test(work, program, &main, own_crate.as_deref());
    if is_open {
        deliverable.next = Some(test);
    } else {
        deliverable.ok("it is there, and not run here: its tests do that");
        deliverable.test = Some(test);
    }
    Some(deliverable)
}

/// Whether something is left to do, which is told.
fn look_into(work: &Work, deliverable: &mut Deliverable, main: &Path, files: &[PathBuf]) -> bool {
    let mut is_open = false;
    for file in files.iter().take(MAX_FILES) {
        let bytes = match table::content(&work.real(file)) {
            Ok(bytes) => bytes,
            Err(problem) => {
                deliverable.open(None, format!("{} could not be read: {}", file.display(), problem.cause()));
                is_open = true;
                continue;
            }
        };
        let text = String::from_utf8_lossy(&bytes);
        let is_comment = |line: &str| line.is_empty() || line.starts_with('#') || line.starts_with("//");
        let is_rust = file.extension().is_some_and(|extension| extension == "rs");
        let says_so = |line: &str| {
            is_rust && !is_comment(line.trim()) && NOT_WRITTEN.iter().any(|sentence| line.contains(sentence))
        };
        let unwritten = text.lines().position(says_so);
        let why = match unwritten {
            Some(_) if file == main => "it is not written yet".to_string(),
            Some(_) => format!("{} is not written yet", file.display()),
            None if file != main => continue,
            None if text.trim().is_empty() => "it is empty".to_string(),
            None if text.lines().all(|line| is_comment(line.trim())) => "nothing but comments is in it".to_string(),
            None => continue,
        };
        deliverable.open(unwritten.map(|line| line + 1), why);
        is_open = true;
    }
    is_open
}

/// The program in a folder of its own: its main file, all its files, and the folder if it is a crate.
fn in_its_folder(work: &Work, program: &Program, folder: &Path) -> Option<(PathBuf, Vec<PathBuf>, Option<PathBuf>)> {
    let files_of = |folder: &Path| -> Vec<PathBuf> {
        let rank = |name: &super::names::Name| {
            let known = name.is(program.known).or_else(|| name.is(&CLIENT)).or_else(|| name.is_main().then_some(1_000));
            (name.format == Format::Program).then_some(known.unwrap_or(2_000))
        };
        let found = in_folder(work, folder, rank);
        found.into_iter().filter(|found| found.kind == Kind::File).map(|found| found.path).collect()
    };
    let sources = folder.join("src");
    let main = sources.join("main.rs");
    if work.kind(&sources) == Some(Kind::Folder) && work.kind(&main) == Some(Kind::File) {
        return Some((main, files_of(&sources), Some(folder.to_path_buf())));
    }
    let files = files_of(folder);
    Some((files.first()?.clone(), files, None))
}

/// The command that tests it.
fn test(work: &Work, program: &Program, main: &Path, own_crate: Option<&Path>) -> String {
    let Program { exercise, .. } = program;
    if let Some(own_crate) = own_crate {
        if own_crate == Path::new("crates").join(exercise) && work.is_here() {
            return format!("cargo test -p {exercise} required");
        }
        let manifest = shell::path(&work.shown(&own_crate.join("Cargo.toml")));
        return format!("cargo test --manifest-path {manifest} required");
    }
    let shown = work.shown(main);
    let file = shown.strip_prefix(".").unwrap_or(&shown).to_string_lossy().into_owned();
    let words = match main.extension().and_then(|extension| extension.to_str()) {
        Some("py" | "py3") => vec!["python3".to_string(), file],
        Some("sh") => vec!["bash".to_string(), file],
        Some("js" | "mjs") => vec!["node".to_string(), file],
        Some("rb") => vec!["ruby".to_string(), file],
        Some("pl") => vec!["perl".to_string(), file],
        // It has to be built first, and only the student knows how.
        _ => vec!["YOUR PROGRAM".to_string()],
    };
    let command = serde_json::json!(words).to_string();
    format!("SESSION08_CMD={} cargo test -p {exercise} required", shell::quoted(&command))
}
