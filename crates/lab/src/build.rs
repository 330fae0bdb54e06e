//! Building the exercises, and finding what was built.

use common::Problem;
use serde_json::Value;
use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The programs by their names.
pub struct Programs(BTreeMap<String, PathBuf>);

impl Programs {
    /// Builds packages of this workspace, each of which has a program of the same name. Cargo tells on standard error what
    /// it does, if there is anything to do.
    pub fn build(packages: &[&str]) -> Result<Self, Problem> {
        let next = "look at what cargo says above; cargo build --workspace shows it again";
        // Inside `cargo run` and `cargo test` this names the cargo that runs.
        let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut command = Command::new(cargo);
        command.args(["build", "--message-format=json-render-diagnostics"]);
        for package in packages {
            command.args(["--package", package]);
        }
        let built = command.stderr(Stdio::inherit()).output().map_err(|e| {
            Problem::new("cargo could not be started", e, "check that Rust is installed: cargo --version")
        })?;
        if !built.status.success() {
            return Err(Problem::new("the programs could not be built", built.status.to_string(), next));
        }
        let found = String::from_utf8_lossy(&built.stdout).lines().filter_map(executable).collect();
        Self(found).with_all(packages, next)
    }

    /// Programs that somebody else has built, in one folder.
    pub fn in_folder(folder: &Path, names: &[&str]) -> Result<Self, Problem> {
        let program = |name: &&str| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX));
        let found = names.iter().map(|name| ((*name).to_string(), program(name))).filter(|(_, path)| path.is_file());
        Self(found.collect()).with_all(names, "name the folder that holds them")
    }

    /// The program's path.
    ///
    /// # Panics
    ///
    /// For a name that was not among those asked for.
    pub fn path(&self, name: &str) -> &Path {
        &self.0[name]
    }

    fn with_all(self, names: &[&str], next: &str) -> Result<Self, Problem> {
        match names.iter().find(|name| !self.0.contains_key(**name)) {
            None => Ok(self),
            Some(missing) => Err(Problem::new(
                format_args!("there is no program {missing}"),
                "it was not found among those built",
                next,
            )),
        }
    }
}

/// The name and path of a program, if the line is cargo's message about one ("compiler-artifact" in cargo's book, chapter
/// "External tools").
fn executable(line: &str) -> Option<(String, PathBuf)> {
    let message: Value = serde_json::from_str(line).ok()?;
    let name = message["target"]["name"].as_str()?;
    let path = message["executable"].as_str()?;
    Some((name.to_string(), PathBuf::from(path)))
}
