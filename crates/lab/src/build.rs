//! Building programs of this workspace, and finding what was built.

use crate::export::root;
use common::Problem;
use serde_json::Value;
use std::collections::BTreeMap;
use std::env;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// Where programs are, by their names.
pub type Programs = BTreeMap<String, PathBuf>;

/// Builds packages, each of which has a program of the same name. What cargo has to say appears on standard error.
pub fn build(packages: &[&str]) -> Result<Programs, Problem> {
    let next = "look at what cargo says above; cargo build --workspace shows it again";
    let mut cargo = cargo();
    cargo.args(["build", "--message-format=json-render-diagnostics"]).stderr(Stdio::inherit());
    cargo.args(packages.iter().flat_map(|package| ["--package", package]));
    // Wherever the lab is called from, and by whatever name.
    cargo.current_dir(root());
    let built = output(&mut cargo)?;
    if !built.status.success() {
        return Err(Problem::new("the programs could not be built", built.status.to_string(), next));
    }
    let programs: Programs = String::from_utf8_lossy(&built.stdout).lines().filter_map(executable).collect();
    match packages.iter().find(|name| !programs.contains_key(**name)) {
        None => Ok(programs),
        Some(missing) => {
            Err(Problem::new(format!("there is no program {missing}"), "cargo has built none of this name", next))
        }
    }
}

/// The cargo that runs: inside `cargo run` and `cargo test` this names it.
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs cargo to its end.
pub fn output(cargo: &mut Command) -> Result<Output, Problem> {
    let next = "check that Rust is installed: cargo --version";
    cargo.output().map_err(|e| Problem::new("cargo could not be started", e, next))
}

/// The name and path of a program, if the line is cargo's message about one ("compiler-artifact" in cargo's book, chapter
/// "External tools").
fn executable(line: &str) -> Option<(String, PathBuf)> {
    let message: Value = serde_json::from_str(line).ok()?;
    let name = message["target"]["name"].as_str()?;
    let path = message["executable"].as_str()?;
    Some((name.to_string(), PathBuf::from(path)))
}
