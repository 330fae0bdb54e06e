//! The tests of an exercise: one program, built once, that grades every submission.

use crate::points::{Scheme, Worth};
use crate::workspace;
use common::Problem;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The tests of one exercise.
#[derive(Clone, Debug)]
pub struct Suite {
    /// The exercise, as in `exercises.toml`.
    pub exercise: String,
    /// The program that holds the tests.
    pub binary: PathBuf,
    /// What each of them earns: those of `required`, then those with a bonus.
    pub worth: Vec<Worth>,
}

impl Suite {
    /// Builds the tests of these exercises. A [`Problem`] if they do not build, or do not fit the list of points.
    pub fn build(scheme: &Scheme, exercises: &[&str]) -> Result<BTreeMap<String, Self>, Problem> {
        let mut built = BTreeMap::new();
        for (exercise, binary) in binaries(exercises)? {
            let tests: Vec<String> = names(&binary)?.into_iter().filter(|name| is_for_programs(name)).collect();
            let tables = handin::tables::rows_of(&exercise);
            let of_table = tables.iter().map(|row| crate::tables::test_name(row));
            let of_table = of_table.chain((!tables.is_empty()).then(crate::tables::first));
            let all: Vec<String> = tests.into_iter().chain(of_table).collect();
            let worth = scheme.worth(&exercise, &all)?;
            built.insert(exercise.clone(), Self { exercise, binary, worth });
        }
        Ok(built)
    }

    /// What the tests of a program earn.
    pub fn of_program(&self) -> impl Iterator<Item = &Worth> {
        self.worth.iter().filter(|worth| !crate::tables::is_of_table(&worth.test))
    }

    /// What the rows of a table earn.
    pub fn of_table(&self) -> impl Iterator<Item = &Worth> {
        self.worth.iter().filter(|worth| crate::tables::is_of_table(&worth.test))
    }
}

/// A test's own tests are about no program.
fn is_for_programs(name: &str) -> bool {
    !name.contains("::tests::")
}

/// The programs that hold the tests.
fn binaries(exercises: &[&str]) -> Result<Vec<(String, PathBuf)>, Problem> {
    let root = workspace::root();
    let mut cargo = workspace::cargo_in(&root);
    // All of them at once, as `cargo test --workspace` has built them: a part of them would be built anew, with other features.
    cargo.args(["test", "--quiet", "--no-run", "--workspace", "--test", "contract"]);
    cargo.arg("--message-format=json-render-diagnostics").stderr(Stdio::inherit());
    let next = "look at what cargo says above; cargo test --workspace --no-run shows it again";
    let output = cargo.output().map_err(|e| Problem::new("cargo could not be started", e, "check: cargo --version"))?;
    if !output.status.success() {
        return Err(Problem::new("the tests could not be built", output.status.to_string(), next));
    }
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut found: Vec<(String, PathBuf)> = messages.lines().filter_map(contract).collect();
    found.retain(|(name, _)| exercises.contains(&name.as_str()));
    match exercises.iter().find(|name| !found.iter().any(|(found, _)| found == *name)) {
        Some(name) => Err(Problem::new(format_args!("{name} has no tests"), "cargo has built none", next)),
        None => Ok(found),
    }
}

/// The package and the program, if the line is cargo's message about one.
fn contract(line: &str) -> Option<(String, PathBuf)> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message["target"]["name"] != "contract" {
        return None;
    }
    let folder = Path::new(message["manifest_path"].as_str()?).parent()?;
    let name = folder.file_name()?.to_str()?;
    Some((name.to_string(), PathBuf::from(message["executable"].as_str()?)))
}

/// The names of the tests in a program.
fn names(binary: &Path) -> Result<Vec<String>, Problem> {
    let output = Command::new(binary).args(["--list", "--format=terse"]).output();
    let output = output.map_err(|e| {
        Problem::new(format_args!("{} could not be started", binary.display()), e, "build it again: cargo clean")
    })?;
    let list = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(list.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_string).collect())
}
