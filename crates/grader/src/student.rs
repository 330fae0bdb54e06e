//! One student, or one program: each exercise found, run and judged.

use crate::model::{Exercise, Student};
use crate::run;
use crate::rust_build::{Builder, Failure};
use crate::sandbox::Sandbox;
use crate::submission::{FILE, Program, Submission, Wanted, find};
use crate::suite::Suite;
use crate::work_folder::{WorkFolder, copy};
use crate::{model, tables};
use common::Problem;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// What all students are graded with.
pub struct Grader {
    /// The tests, by exercise.
    pub suites: BTreeMap<String, Suite>,
    /// Where programs run.
    pub sandbox: Sandbox,
    /// Builds what is written in Rust.
    pub builder: Builder,
    /// Where the folders of the runs are.
    pub work: PathBuf,
}

/// Ctrl-C was pressed: what is graded half is not graded.
pub struct Interrupted;

impl Grader {
    /// Grades all that is in a student's folder.
    pub fn student(&self, name: &str, folder: &Path, wanted: &Wanted) -> Result<Student, Interrupted> {
        let mut student = Student { name: name.to_string(), exercises: Vec::new(), notes: Vec::new() };
        match find(folder, wanted) {
            Ok(found) => {
                for submission in &found {
                    student.exercises.push(self.submission(submission)?);
                }
            }
            Err(problem) => {
                // The folder cannot be read: somebody must look.
                let why = problem.to_string();
                student.exercises = self
                    .suites
                    .values()
                    .map(|suite| run::could_not_grade(suite, None, "the folder could not be looked at", &why))
                    .collect();
            }
        }
        Ok(student)
    }

    fn submission(&self, submission: &Submission) -> Result<Exercise, Interrupted> {
        let suite = &self.suites[submission.exercise];
        let mut exercise = match &submission.program {
            Some(program) => self.program(suite, program)?,
            None => Exercise {
                name: suite.exercise.clone(),
                program: None,
                tests: Vec::new(),
                contained: Vec::new(),
                notes: Vec::new(),
                milliseconds: 0,
            },
        };
        if let Some(table) = &submission.table {
            let mut tests = tables::judge(table, suite.of_table());
            tests.append(&mut exercise.tests);
            exercise.tests = tests;
            let file = table.file.as_ref().map(|file| file.display().to_string());
            exercise.program = exercise.program.or(file);
            exercise.notes.extend(table.findings().0.iter().map(|finding| {
                let line = finding.line.map(|line| format!("line {line}: ")).unwrap_or_default();
                format!("{}: {line}{}", finding.level.word(), finding.message)
            }));
        }
        Ok(exercise)
    }

    /// Grades one program.
    pub fn program(&self, suite: &Suite, program: &Program) -> Result<Exercise, Interrupted> {
        let work = match WorkFolder::new_in(&self.work) {
            Ok(work) => work,
            Err(problem) => return Ok(machine(suite, None, &problem)),
        };
        match program {
            Program::Missing { why } => Ok(run::not_judged(suite, None, why, why)),
            Program::Unknown { file } => {
                let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let why = "say how such a program is run: --command 'COMMAND {file}'";
                Ok(run::could_not_grade(suite, Some(name), "it is not known how this is run", why))
            }
            Program::Command { words, file } => {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                let words: Vec<String> = words.iter().map(|word| word.replace(FILE, &name)).collect();
                self.command(suite, &work, &words, &[(file.parent().unwrap_or(Path::new(".")), Path::new(""))])
            }
            Program::Rust { src, notes } => {
                let mut exercise = self.rust(suite, &work, src)?;
                exercise.notes.extend(notes.iter().cloned());
                Ok(exercise)
            }
        }
    }

    fn rust(&self, suite: &Suite, work: &WorkFolder, src: &Path) -> Result<Exercise, Interrupted> {
        match self.builder.build(&self.sandbox, &suite.exercise, src, work) {
            Ok(program) => self.run(suite, work, &[program]),
            Err(Failure::DoesNotCompile(first, all)) => {
                let text = format!("{}: the program does not compile: {first}\n{all}", common::testing::NOT_JUDGED);
                let summary = format!("it does not compile: {first}");
                Ok(run::not_judged(suite, Some(src.display().to_string()), &summary, &text))
            }
            Err(Failure::Machine(why)) => Ok(run::could_not_grade(suite, None, "it could not be built", &why)),
            Err(Failure::Interrupted) => Err(Interrupted),
        }
    }

    /// Grades what these words run. Each folder is copied to its place in the folder where they run.
    pub fn command(
        &self,
        suite: &Suite,
        work: &WorkFolder,
        words: &[String],
        folders: &[(&Path, &Path)],
    ) -> Result<Exercise, Interrupted> {
        let mut notes = Vec::new();
        for (from, to) in folders {
            match copy(from, &work.home().join(to)) {
                Ok(copied) => notes.extend(copied.notes()),
                Err(e) => return Ok(machine(suite, Some(run::shown(words)), &Problem::reading(from)(e))),
            }
        }
        let mut exercise = self.run(suite, work, words)?;
        exercise.notes.append(&mut notes);
        Ok(exercise)
    }

    fn run(&self, suite: &Suite, work: &WorkFolder, words: &[String]) -> Result<Exercise, Interrupted> {
        match run::grade(suite, &self.sandbox, work, words) {
            Ok(exercise) => Ok(exercise),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => Err(Interrupted),
            Err(e) => Ok(run::could_not_grade(suite, Some(run::shown(words)), "it could not be run", &e.to_string())),
        }
    }
}

fn machine(suite: &Suite, program: Option<String>, problem: &Problem) -> model::Exercise {
    run::could_not_grade(suite, program, "the machine is at fault", &problem.to_string())
}
