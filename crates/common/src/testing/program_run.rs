//! A program under test that is judged by what it shows, and by the files that it leaves.

use super::patience::Patience;
use super::{CommandUnderTest, Judged, Program, Requirement};
use std::path::Path;
use std::process::ExitStatus;

/// A run of a program with any arguments: `COMMAND ARGUMENTS…`.
///
/// For a program that talks with a peer there is [`ClientRun`](super::ClientRun), for a server [`ServerRun`](super::ServerRun).
pub struct ProgramRun {
    /// The program.
    pub program: Program,
    by_hand: String,
    notes: Vec<(&'static str, String)>,
}

impl ProgramRun {
    /// Starts the program with these arguments.
    #[must_use]
    pub fn start(under_test: &CommandUnderTest, arguments: &[&str]) -> Self {
        Self::of(under_test.start(arguments, Patience::constant()))
    }

    /// Starts the program in this folder.
    #[must_use]
    pub fn start_in(folder: &Path, under_test: &CommandUnderTest, arguments: &[&str]) -> Self {
        Self::of(under_test.start_in(folder, arguments, Patience::constant()))
    }

    fn of(program: Program) -> Self {
        let by_hand = program.command().to_string();
        Self { program, by_hand, notes: Vec::new() }
    }

    /// What a failure says behind `try it:`, where that is not the command alone.
    #[must_use]
    pub fn tried_with(mut self, by_hand: String) -> Self {
        self.by_hand = by_hand;
        self
    }

    /// What a failure shows besides: a heading, and what belongs under it.
    pub fn note(&mut self, heading: &'static str, content: impl Into<String>) {
        self.notes.push((heading, content.into()));
    }

    /// Ends its input, and waits for its end. How it ends is no matter here.
    pub fn end(&mut self, requirement: &Requirement) -> ExitStatus {
        self.program.close_stdin();
        self.program.wait_for_end().unwrap_or_else(|_| {
            self.fail(requirement, "a program that ends by itself", "your program is still running")
        })
    }

    /// Waits until this stands on its screen, and gives all that stands there.
    pub fn wait_for_screen(
        &self,
        requirement: &Requirement,
        expected: &str,
        stands_there: impl Fn(&str) -> bool,
    ) -> String {
        let screen = self.program.wait_for_screen(expected, stands_there);
        screen.unwrap_or_else(|_| self.fail(requirement, expected, "see its screen below"))
    }
}

impl Judged for ProgramRun {
    fn program(&self) -> &Program {
        &self.program
    }

    fn has_acted(&self) -> bool {
        // What it does is what it shows.
        true
    }

    fn fail(&self, requirement: &Requirement, expected: &str, arrived: &str) -> ! {
        requirement.fail(expected, arrived, &self.notes, self, &self.by_hand)
    }
}
