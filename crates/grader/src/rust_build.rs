//! A submission in Rust, built: its `src` with our manifest, our lock file and our dependencies. What else it brings is not used.
//!
//! Each exercise has one folder to build in, whose `src` is exchanged, and all share one target folder: a student costs the compilation
//! of his own crate, and the disk what one student needs.

use crate::children;
use crate::sandbox::Sandbox;
use crate::work_folder::{self, WorkFolder};
use crate::workspace;
use common::Problem;
use serde_json::Value as Json;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use toml::{Table, Value};

/// How long the compiler may take: types can be written that keep it busy for ever.
const TIME_LIMIT: Duration = Duration::from_secs(120);

/// How much of what the compiler says is read, and shown.
const MESSAGES_LEN: u64 = 4 * 1024 * 1024;
const SHOWN_LEN: usize = 4_000;

/// Builds submissions, one at a time.
pub struct Builder {
    folder: PathBuf,
    /// The exercises that have a folder to build in.
    prepared: Mutex<Vec<String>>,
}

/// Why there is no program.
pub enum Failure {
    /// The compiler's first error in one line, and all that it said.
    DoesNotCompile(String, String),
    /// The machine is at fault.
    Machine(String),
    /// Ctrl-C.
    Interrupted,
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Machine(problem.to_string())
    }
}

impl Builder {
    /// Builds in the target folder of the workspace, where the next run finds the dependencies again.
    pub fn new() -> Self {
        Self { folder: workspace::root().join("target/grade"), prepared: Mutex::default() }
    }

    /// Builds the sources of `src` as this exercise, and puts the program into the work folder: its name there.
    pub fn build(&self, sandbox: &Sandbox, exercise: &str, src: &Path, work: &WorkFolder) -> Result<String, Failure> {
        let mut prepared = self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
        let package = self.folder.join(exercise);
        if !prepared.iter().any(|name| name == exercise) {
            prepare(exercise, &package)?;
            prepared.push(exercise.to_string());
        }
        let own = package.join("src");
        if own.exists() {
            fs::remove_dir_all(&own).map_err(Problem::writing(&own))?;
        }
        if src.is_dir() {
            work_folder::copy(src, &own).map_err(Problem::writing(&own))?;
        } else {
            fs::create_dir_all(&own).map_err(Problem::writing(&own))?;
            fs::copy(src, own.join("main.rs")).map_err(Problem::reading(src))?;
        }
        let built = self.compile(sandbox, exercise, &package, work)?;
        let name = built.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let program = work.home().join(&name);
        fs::copy(&built, &program).map_err(Problem::writing(&program))?;
        Ok(format!("./{name}"))
    }

    fn compile(
        &self,
        sandbox: &Sandbox,
        exercise: &str,
        package: &Path,
        work: &WorkFolder,
    ) -> Result<PathBuf, Failure> {
        let target = self.folder.join("target");
        let messages = work.file("messages");
        let mut cargo = sandbox.compiler(&workspace::cargo(), &self.folder, &workspace::package("common"));
        cargo.args(["build", "--quiet", "--offline", "--locked", "--message-format=json", "--bin", exercise]);
        cargo.current_dir(package).env("CARGO_TARGET_DIR", &target);
        cargo.env("CARGO_INCREMENTAL", "0").env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_TERM_COLOR", "never");
        cargo.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
        let output = |name| File::create(work.file(name)).map_err(Problem::writing(&work.file(name)));
        cargo.stdin(Stdio::null()).stdout(output("messages")?).stderr(output("errors")?);
        let ended = children::run(&mut cargo, TIME_LIMIT);
        let said = read(&messages);
        match ended {
            Ok(Some(status)) if status.success() => {
                let built = said.lines().filter_map(json).find_map(|message| {
                    (message["target"]["name"] == exercise)
                        .then(|| message["executable"].as_str().map(PathBuf::from))?
                });
                built.ok_or_else(|| Failure::Machine("cargo has built no program".to_string()))
            }
            Ok(Some(_)) => Err(why(&said, &read(&work.file("errors")))),
            Ok(None) => {
                let first = format!("the compiler was ended after {} s", TIME_LIMIT.as_secs());
                Err(Failure::DoesNotCompile(first.clone(), first))
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => Err(Failure::Interrupted),
            Err(e) => Err(Failure::Machine(e.to_string())),
        }
    }
}

/// The first error that is about the student's crate. Where there is none, cargo itself is at a loss.
fn why(messages: &str, errors: &str) -> Failure {
    let rendered: Vec<(String, String)> = messages.lines().filter_map(json).filter_map(|line| error(&line)).collect();
    match rendered.first() {
        Some((first, _)) => {
            let all: String = rendered.iter().map(|(_, text)| text.as_str()).collect();
            let cut = all.char_indices().nth(SHOWN_LEN).map_or(all.len(), |(end, _)| end);
            Failure::DoesNotCompile(first.clone(), all[..cut].to_string())
        }
        None => Failure::Machine(errors.trim().lines().next().unwrap_or("cargo says nothing").to_string()),
    }
}

/// `src/main.rs, line 3: cannot find value …`, and the compiler's picture of it.
fn error(message: &Json) -> Option<(String, String)> {
    let said = &message["message"];
    if message["reason"] != "compiler-message" || said["level"] != "error" {
        return None;
    }
    let text = said["message"].as_str()?;
    let place = said["spans"].as_array().and_then(|spans| spans.iter().find(|span| span["is_primary"] == true));
    let place = place.and_then(|span| Some(format!("{}, line {}: ", span["file_name"].as_str()?, span["line_start"])));
    Some((place.unwrap_or_default() + text, said["rendered"].as_str().unwrap_or(text).to_string()))
}

fn json(line: &str) -> Option<Json> {
    serde_json::from_str(line).ok()
}

fn read(file: &Path) -> String {
    let mut bytes = Vec::new();
    let opened = File::open(file);
    let _ = opened.and_then(|file| io::Read::read_to_end(&mut io::Read::take(file, MESSAGES_LEN), &mut bytes));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The exercise's folder to build in: our manifest and our lock file.
fn prepare(exercise: &str, package: &Path) -> Result<(), Problem> {
    let ours = workspace::package(exercise).join("Cargo.toml");
    let text = fs::read_to_string(&ours).map_err(Problem::reading(&ours))?;
    let mut manifest: Table = text.parse().map_err(|e| Problem::new("our manifest cannot be read", e, "correct it"))?;
    for section in ["example", "dev-dependencies", "target", "lints"] {
        let kept = manifest.remove(section).filter(|_| section == "target").map(without_dev_dependencies);
        manifest.extend(kept.map(|kept| (section.to_string(), kept)));
    }
    if let Some(common) = manifest.get_mut("dependencies").and_then(|all| all.get_mut("common")?.as_table_mut()) {
        let path = workspace::package("common").to_string_lossy().into_owned();
        common.insert("path".to_string(), Value::String(path));
    }
    manifest.insert("workspace".to_string(), Value::Table(Table::new()));
    let sources = package.join("src");
    fs::create_dir_all(&sources).map_err(Problem::writing(&sources))?;
    let main = sources.join("main.rs");
    fs::write(&main, "fn main() {}\n").map_err(Problem::writing(&main))?;
    let to = package.join("Cargo.toml");
    fs::write(&to, manifest.to_string()).map_err(Problem::writing(&to))?;
    let lock = package.join("Cargo.lock");
    fs::copy(workspace::root().join("Cargo.lock"), &lock).map_err(Problem::writing(&lock))?;
    // Takes out what this exercise does not need, and changes no version.
    let output = workspace::cargo_in(package).args(["update", "--workspace", "--offline", "--quiet"]).output();
    let output = output.map_err(|e| Problem::new("cargo could not be started", e, "check: cargo --version"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let next = "type cargo fetch here once, with the Internet";
    Err(Problem::new(format_args!("the lock file of {exercise} could not be made"), said, next))
}

/// The parts of `[target.'cfg(…)'.…]` that a program is built with.
fn without_dev_dependencies(target: Value) -> Value {
    let Value::Table(mut target) = target else { return target };
    for (_, platform) in &mut target {
        if let Some(platform) = platform.as_table_mut() {
            platform.remove("dev-dependencies");
        }
    }
    Value::Table(target)
}

/// What a submission brings that is not used: a sentence each.
pub fn not_used(package: &Path, exercise: &str) -> Vec<String> {
    let mut notes = Vec::new();
    for (name, what) in [
        ("build.rs", "a build script"),
        ("tests", "tests of its own"),
        ("benches", "benchmarks"),
        ("examples", "examples"),
        (".cargo", "settings of cargo (.cargo)"),
        ("rust-toolchain", "a toolchain file"),
        ("rust-toolchain.toml", "a toolchain file"),
        ("Cargo.lock", "a lock file"),
    ] {
        let is_ours = name == "tests" && is_same(&package.join(name), &workspace::package(exercise).join(name));
        if fs::symlink_metadata(package.join(name)).is_ok() && !is_ours {
            notes.push(format!("it brings {what}, which was not used"));
        }
    }
    let manifest = |folder: &Path| {
        let text = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        text.parse::<Table>().unwrap_or_default()
    };
    let (theirs, ours) = (manifest(package), manifest(&workspace::package(exercise)));
    let names = |manifest: &Table, section: &str| -> Vec<String> {
        manifest.get(section).and_then(Value::as_table).map(|all| all.keys().cloned().collect()).unwrap_or_default()
    };
    let known = names(&ours, "dependencies");
    for name in names(&theirs, "dependencies").iter().filter(|name| !known.contains(name)).take(10) {
        let name = common::text::escape_line(name.as_bytes());
        notes.push(format!("it depends on {name}, which is no dependency of the exercise, and was not used"));
    }
    for section in ["build-dependencies", "patch", "replace", "profile"] {
        if theirs.contains_key(section) {
            notes.push(format!("its manifest has a section {section}, which was not used"));
        }
    }
    notes
}

/// Whether the tests are those that a student is given: each of its files is ours. A release has fewer than we have.
fn is_same(theirs: &Path, ours: &Path) -> bool {
    const GIVEN: &str = "main.rs";
    let entries = fs::read_dir(theirs).into_iter().flatten().flatten();
    entries.take(100).all(|entry| {
        let (theirs, ours) = (entry.path(), ours.join(entry.file_name()));
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            return is_same(&theirs, &ours);
        }
        let is_file = |path: &Path| fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() < MESSAGES_LEN);
        entry.file_name() == GIVEN
            || (is_file(&theirs) && is_file(&ours) && fs::read(theirs).ok() == fs::read(ours).ok())
    })
}
