//! Grades one program or a class.

mod children;
mod class;
mod digest;
mod model;
mod one;
mod options;
mod points;
mod report;
mod run;
mod rust_build;
mod sandbox;
mod shard;
mod student;
mod submission;
mod suite;
mod tables;
mod verdicts;
mod work_folder;
mod workspace;

use clap::Parser as _;
use class::{Plan, Trouble};
use common::{Problem, interrupt};
use digest::Digest;
use model::Class;
use options::Options;
use points::Scheme;
use rust_build::Builder;
use sandbox::Sandbox;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;
use student::Grader;
use submission::Wanted;
use suite::Suite;
use work_folder::WorkFolders;

/// Something could not be graded.
const COULD_NOT_GRADE: u8 = 3;
const WRONG_USAGE: u8 = 2;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    if let Some(code) = sandbox::stages::run_if_named(&std::env::args_os().skip(1).collect::<Vec<_>>()) {
        std::process::exit(code);
    }
    let options = Options::parse();
    // Parts of a class that are put together were graded before.
    let task = if options.merge.is_empty() { Task::of(&options).map(Some) } else { Ok(None) };
    let (failure, result) = match task {
        Ok(task) => (COULD_NOT_GRADE, run(&options, task)),
        Err(problem) => (WRONG_USAGE, Err(problem.into())),
    };
    match result {
        Ok(class) => {
            let is_unclear =
                class.students.iter().flat_map(|student| &student.exercises).any(model::Exercise::could_not_grade);
            if is_unclear { ExitCode::from(COULD_NOT_GRADE) } else { ExitCode::SUCCESS }
        }
        Err(Trouble::Interrupted) => ExitCode::from(u8::try_from(interrupt::EXIT_CODE).unwrap_or(COULD_NOT_GRADE)),
        Err(Trouble::Problem(problem)) => common::problem::exit_code_or(Err(problem), ExitCode::from(failure)),
    }
}

/// What is to be graded.
enum Task {
    /// What a command runs, as this exercise.
    Command(String),
    /// One program of this exercise, which was found where the command line says.
    Program(String, submission::Program),
    /// Students.
    Students(Vec<class::Entry>, Wanted),
}

impl Task {
    fn of(options: &Options) -> Result<Self, Problem> {
        let names: Vec<&str> = handin::deliverables::names().collect();
        let (first, folders) = options.words.split_first().ok_or_else(|| nothing_to_grade(&names))?;
        let is_exercise = names.contains(&first.as_str()) && (!folders.is_empty() || !options.command.is_empty());
        if !options.command.is_empty() {
            return match (is_exercise, folders) {
                (true, []) => Ok(Self::Command(first.clone())),
                (false, _) => Err(no_exercise(first, &names)),
                (true, [folder, ..]) => Err(Problem::new(
                    format_args!("{folder} stands before a command"),
                    "a command is one program, and folders are others",
                    "leave one of them out",
                )),
            };
        }
        let template = options.template.as_deref().map_or(Ok(Vec::new()), words)?;
        let wanted = Wanted { exercise: is_exercise.then(|| first.clone()), template };
        let folders: Vec<PathBuf> =
            if is_exercise { folders } else { &options.words }.iter().map(PathBuf::from).collect();
        if let ([path], Some(exercise)) = (folders.as_slice(), &wanted.exercise) {
            if let Some(program) = one::named(path, exercise, &wanted) {
                return Ok(Self::Program(exercise.clone(), program));
            }
        }
        if let Some(missing) = folders.iter().find(|folder| !folder.is_dir()) {
            let error = format!("there is no folder {}", missing.display());
            let cause = if folders.len() == 1 { "it is no exercise either" } else { "it is not there, or no folder" };
            return Err(Problem::new(
                error,
                cause,
                format_args!("name a folder, or one of these: {}", names.join(", ")),
            ));
        }
        Ok(Self::Students(class::entries(&folders, options.outputs.are_of_one_student())?, wanted))
    }
}

fn nothing_to_grade(names: &[&str]) -> Problem {
    let next = format!("cargo grade ex3-chat -- python3 Ex3.py; exercises are {}", names.join(", "));
    Problem::new("there is nothing to grade", "neither an exercise nor a folder is named", next)
}

fn no_exercise(name: &str, names: &[&str]) -> Problem {
    let next = format!("take one of these: {}", names.join(", "));
    Problem::new(format_args!("there is no exercise {name}"), "it is not in exercises.toml", next)
}

fn words(template: &str) -> Result<Vec<String>, Problem> {
    let words = shell_words::split(template).unwrap_or_default();
    if words.iter().any(|word| word.contains(submission::FILE)) {
        return Ok(words);
    }
    let error = format!("--command {template} names no file");
    Err(Problem::new(
        error,
        "{file} stands for the program's file, and is missing",
        "for example --command 'java {file}'",
    ))
}

fn run(options: &Options, task: Option<Task>) -> Result<Class, Trouble> {
    children::end_on_ctrl_c()?;
    let class = match task {
        Some(task) => grade(options, task)?,
        None => shard::merge(&options.merge)?,
    };
    options.outputs.write(&class)?;
    Ok(class)
}

fn grade(options: &Options, task: Task) -> Result<Class, Trouble> {
    let scheme = Scheme::read(&workspace::list())?;
    let one = match &task {
        Task::Command(exercise) | Task::Program(exercise, _) => Some(exercise.as_str()),
        Task::Students(_, wanted) => wanted.exercise.as_deref(),
    };
    let exercises: Vec<&str> = one.map_or_else(|| scheme.exercises().collect(), |one| vec![one]);
    let suites = Suite::build(&scheme, &exercises)?;
    let sandbox = if options.no_sandbox { Sandbox::none() } else { Sandbox::new()? };
    for warning in sandbox.warnings() {
        let _ = writeln!(io::stderr(), "warning: {warning}");
    }
    let sandbox = exercises
        .iter()
        .fold(sandbox, |sandbox, exercise| sandbox.guarding(&workspace::package(exercise).join("tests/contract")));
    let work = WorkFolders::new_in(&std::env::temp_dir())?;
    let mut grader = Grader { suites, sandbox, builder: Builder::new(), work: work.path().to_path_buf() };
    match task {
        Task::Command(exercise) => one::grade_command(&grader, &grader.suites[&exercise], &options.command),
        Task::Program(exercise, program) => Ok(one::grade(&grader, &grader.suites[&exercise], &program)?),
        Task::Students(entries, wanted) => {
            grader.sandbox = grader.sandbox.guarding(&options.results);
            let cores = thread::available_parallelism().map_or(1, usize::from);
            let jobs = options.jobs.map_or(2 * cores, usize::from).min(entries.len().max(1));
            let shard = options.shard.unwrap_or_default();
            let basis = basis(&grader, &wanted);
            let plan = Plan { entries, wanted: &wanted, jobs, results: &options.results, shard, basis };
            class::grade(&grader, &plan)
        }
    }
}

/// All that a grade depends on besides what was handed in.
fn basis(grader: &Grader, wanted: &Wanted) -> Digest {
    let digest = Digest::default().with(&wanted.exercise).with(&wanted.template).with(&grader.sandbox.warnings());
    grader.suites.values().fold(digest, |digest, suite| digest.with(&suite.worth).with_stamp(&suite.binary))
}
