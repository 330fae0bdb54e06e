//! Where untrusted code runs. There are two walls: the outer one is around the tests and the program together, which have a network of
//! their own; the inner one is around the program alone, which sees no file but its own and has limits.
//!
//! This one has no walls yet.

use common::Problem;
use std::path::Path;
use std::process::Command;

/// What this machine offers, found out once.
#[derive(Debug)]
pub struct Sandbox;

impl Sandbox {
    /// The best that this machine offers, or what is missing and how to get it.
    pub fn new() -> Result<Self, Problem> {
        Ok(Self)
    }

    /// No sandbox at all, for a grader who has said so: programs run as any other does.
    #[must_use]
    pub fn none() -> Self {
        Self
    }

    /// Guards another folder: the grader's own results, say.
    #[must_use]
    pub fn guarding(self, folder: &Path) -> Self {
        let _ = folder;
        self
    }

    /// What a grader should know of what this machine does not offer, a sentence each. They are shown once for each run.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        vec!["programs run without a sandbox: as you, with your files and your network".to_string()]
    }

    /// The command that runs the tests, inside the outer wall. The caller adds arguments and variables. `scratch` is the folder in which
    /// the program under test may write: its own files are there already, and so are the tests' temporary ones. The inner wall's words
    /// are in the variable [`common::testing::WRAPPER`].
    #[must_use]
    pub fn test_binary(&self, binary: &Path, scratch: &Path) -> Command {
        let mut command = Command::new(binary);
        command.env("TMPDIR", scratch);
        command
    }

    /// The command that builds a student's code, which must not read more than `sources` and what a toolchain needs, and writes into
    /// `target` alone. Procedural macros and build scripts are ours; `include_str!` is not.
    #[must_use]
    pub fn build(&self, cargo: &Path, sources: &Path, target: &Path) -> Command {
        let _ = (sources, target);
        Command::new(cargo)
    }

    /// What the program did meanwhile that it must not do and that was contained, a sentence each.
    #[must_use]
    pub fn incidents(&self, scratch: &Path) -> Vec<String> {
        let _ = scratch;
        Vec::new()
    }
}
