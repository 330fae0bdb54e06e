//! A class: several students at a time, each result kept as soon as it is there, so that an interrupted run goes on where it was.

use crate::children;
use crate::digest::Digest;
use crate::model::{Class, Student};
use crate::student::{Grader, Interrupted};
use crate::submission::Wanted;
use crate::{run, shard::Shard};
use common::Problem;
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write as _};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// One student to grade.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The name of the folder; with those above it where several have the same.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
}

/// A result that is kept, and what it is the result of.
#[derive(Serialize, Deserialize)]
struct Kept {
    digest: String,
    student: Student,
}

/// How a class is graded.
pub struct Plan<'a> {
    /// The students.
    pub entries: Vec<Entry>,
    /// What of each.
    pub wanted: &'a Wanted,
    /// How many at a time.
    pub jobs: usize,
    /// Where the results are kept.
    pub results: &'a Path,
    /// Which part of the class.
    pub shard: Shard,
    /// What the grades depend on besides the students' folders.
    pub basis: Digest,
}

/// Grades the class. The students are in the order of their names.
pub fn grade(grader: &Grader, plan: &Plan) -> Result<Class, Trouble> {
    let kept = plan.results.join("students");
    fs::create_dir_all(&kept).map_err(Problem::writing(&kept))?;
    let mine: Vec<&Entry> = plan.shard.of(&plan.entries);
    let bar = progress(mine.len());
    let next = AtomicUsize::new(0);
    let trouble: Mutex<Option<Problem>> = Mutex::new(None);
    thread::scope(|scope| {
        let work = || {
            while let Some(entry) = mine.get(next.fetch_add(1, Ordering::SeqCst)) {
                if children::is_interrupted() {
                    return;
                }
                bar.set_message(entry.name.clone());
                match one(grader, plan, entry, &kept) {
                    Ok(()) => bar.inc(1),
                    Err(Trouble::Interrupted) => return,
                    Err(Trouble::Problem(problem)) => {
                        // Without a place for results nothing is worth its time.
                        next.store(mine.len(), Ordering::SeqCst);
                        trouble.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get_or_insert(problem);
                    }
                }
            }
        };
        for number in 1..plan.jobs {
            // With fewer hands it takes longer.
            let _ = thread::Builder::new().name(format!("grader {number}")).spawn_scoped(scope, work);
        }
        work();
    });
    bar.finish_and_clear();
    if let Some(problem) = trouble.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        return Err(problem.into());
    }
    if children::is_interrupted() {
        return Err(Trouble::Interrupted);
    }
    let students = mine.iter().map(|entry| read(&file(&kept, entry)).map(|kept| kept.student));
    Ok(Class { students: students.collect::<Result<_, _>>()? })
}

/// Why a class is not graded to its end.
pub enum Trouble {
    /// Ctrl-C was pressed.
    Interrupted,
    /// Something else.
    Problem(Problem),
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Interrupted> for Trouble {
    fn from(_: Interrupted) -> Self {
        Self::Interrupted
    }
}

/// Grades one student, unless that was done before with the same result to come.
fn one(grader: &Grader, plan: &Plan, entry: &Entry, folder: &Path) -> Result<(), Trouble> {
    let digest = plan.basis.clone().with_folder(&entry.folder).finish();
    let file = file(folder, entry);
    let before = read(&file).ok().filter(|before| before.digest == digest);
    // Where the machine was at fault it may be better now.
    if before.is_some_and(|before| !before.student.exercises.iter().any(crate::model::Exercise::could_not_grade)) {
        return Ok(());
    }
    let grade = || grader.student(&entry.name, &entry.folder, plan.wanted);
    let student = panic::catch_unwind(AssertUnwindSafe(grade)).unwrap_or_else(|_| Ok(broken(grader, entry)))?;
    Ok(keep(&file, &Kept { digest, student })?)
}

/// A fault of this program stops nobody else's grading.
fn broken(grader: &Grader, entry: &Entry) -> Student {
    let what = "grading it has failed";
    let suites = grader.suites.values();
    let exercises = suites.map(|suite| run::could_not_grade(suite, None, what, "this is a fault of cargo grade"));
    Student { name: entry.name.clone(), exercises: exercises.collect(), notes: Vec::new() }
}

/// Where a student's result is kept: a folder's name may hold what a file's may not, so it is only a part of it.
fn file(folder: &Path, entry: &Entry) -> PathBuf {
    let plain = |character: &char| character.is_ascii_alphanumeric() || *character == '-';
    let readable: String = entry.name.chars().filter(plain).take(40).collect();
    folder.join(format!("{readable}-{}.json", Digest::default().with(&entry.name).finish()))
}

fn read(file: &Path) -> Result<Kept, Problem> {
    let text = fs::read(file).map_err(Problem::reading(file))?;
    serde_json::from_slice(&text)
        .map_err(|e| Problem::new(format_args!("{} is no result", file.display()), e, "delete it, and grade again"))
}

/// Written beside it and renamed: a result is whole, or not there.
fn keep(file: &Path, kept: &Kept) -> Result<(), Problem> {
    let failed = Problem::writing(file);
    let write = || {
        let mut new = tempfile::NamedTempFile::new_in(file.parent().unwrap_or(Path::new(".")))?;
        serde_json::to_writer(&mut new, kept)?;
        new.flush()?;
        new.persist(file).map_err(|e| e.error)
    };
    write().map(drop).map_err(failed)
}

/// Shown on a terminal alone.
fn progress(students: usize) -> ProgressBar {
    let bar = ProgressBar::new(students as u64);
    let style = ProgressStyle::with_template("{pos}/{len} {bar:30} {eta} {msg:.30}");
    style.map_or(bar.clone(), |style| bar.with_style(style))
}

/// The students of a command line: the folders that it names; or those in the one folder that it names, unless something of the lesson
/// is in that folder itself, or a report is wanted that has room for one student.
pub fn entries(folders: &[PathBuf], is_one_student: bool) -> Result<Vec<Entry>, Problem> {
    let mut found = match folders {
        [one] if !is_one_student => {
            let below = subfolders(one)?;
            match work_in(one)? {
                None => below,
                Some(work) => {
                    if below.iter().any(|other| is_numbered_like(other, &work)) {
                        note_one_student(one, &work);
                    }
                    vec![one.clone()]
                }
            }
        }
        all => all.to_vec(),
    };
    found.sort();
    found.dedup();
    let mut entries: Vec<Entry> = Vec::new();
    for folder in found {
        fs::read_dir(&folder).map_err(Problem::reading(&folder))?;
        let real = folder.canonicalize().map_err(Problem::reading(&folder))?;
        let own = real.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let is_taken = entries.iter().any(|entry| entry.name == own);
        let name = if is_taken { folder.to_string_lossy().into_owned() } else { own };
        entries.push(Entry { name: common::text::escape_line(name.as_bytes()), folder });
    }
    entries.sort();
    Ok(entries)
}

fn subfolders(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(Problem::reading(folder))? {
        let entry = entry.map_err(Problem::reading(folder))?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !is_hidden && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// Whether only the numbers of two names differ: s7 and s8 may be two students, or two sessions of one.
fn is_numbered_like(other: &Path, name: &str) -> bool {
    let without_number = |name: &str| name.trim_end_matches(|character: char| character.is_ascii_digit()).to_string();
    let other = other.file_name().unwrap_or_default().to_string_lossy();
    let is_numbered = name.ends_with(|character: char| character.is_ascii_digit());
    is_numbered && *other != *name && without_number(&other) == without_number(name)
}

fn note_one_student(folder: &Path, work: &str) {
    let (shown, work) = (folder.display().to_string(), common::text::escape_line(work.as_bytes()));
    let _ = writeln!(
        io::stderr(),
        "note: {} is graded as one student's, since {work} in it is a folder of the session. If it holds a class, name each \
         student's folder: {}",
        common::text::escape_line(shown.as_bytes()),
        common::text::quote_for_shell(&shown) + "/*"
    );
}

/// A file, a package or a folder of the session that is in it: then it is one student's.
fn work_in(folder: &Path) -> Result<Option<String>, Problem> {
    use handin::deliverables::Deliverable;
    use handin::filenames::{Filename, Format};
    for entry in fs::read_dir(folder).map_err(Problem::reading(folder))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_folder = entry.path().is_dir();
        let is_work = if is_folder {
            Filename::of_folder(&name).is_the_session() || name == "crates"
        } else {
            let file = Filename::of_file(&name);
            let is_kind = matches!(file.format, Format::Text | Format::Program);
            name == "Cargo.toml" || (is_kind && Deliverable::all().any(|deliverable| file.rank(deliverable).is_some()))
        };
        if is_work {
            return Ok(Some(name));
        }
    }
    Ok(None)
}
