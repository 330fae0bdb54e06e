//! A program under test that is judged by what it shows, and by the files that it leaves.

use super::subject::COULD_NOT_GRADE;
use super::{Deadline, Program, Rule, Subject};
use std::path::Path;
use std::process::{Command, ExitStatus};

/// A run of a program with any arguments: `COMMAND ARGUMENTS…`.
///
/// For a program that talks with a peer there is [`Trial`](super::Trial), for a server [`Serving`](super::Serving).
pub struct Run {
    /// The program.
    pub program: Program,
    by_hand: String,
    notes: Vec<(&'static str, String)>,
}

impl Run {
    /// Starts the program with these arguments.
    ///
    /// # Panics
    ///
    /// If it does not start: then nothing can be graded.
    #[must_use]
    pub fn start(subject: &Subject, arguments: &[&str]) -> Self {
        Self::of(subject.command(arguments), subject.spoken(arguments))
    }

    /// Starts the program in this folder.
    ///
    /// # Panics
    ///
    /// If it does not start: then nothing can be graded.
    #[must_use]
    pub fn start_in(folder: &Path, subject: &Subject, arguments: &[&str]) -> Self {
        Self::of(subject.command_in(folder, arguments), subject.spoken(arguments))
    }

    fn of(command: Command, by_hand: String) -> Self {
        let program =
            Program::start(command).unwrap_or_else(|e| panic!("{COULD_NOT_GRADE}: {by_hand} cannot be started: {e}"));
        Self { program: program.with_deadline(Deadline::start()), by_hand, notes: Vec::new() }
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
    ///
    /// # Panics
    ///
    /// With what a beginner has to know, if it goes on.
    pub fn end(&mut self, rule: &Rule) -> ExitStatus {
        self.program.close_stdin();
        self.program
            .wait_for_end()
            .unwrap_or_else(|_| self.fail(rule, "a program that ends by itself", "it has not ended"))
    }

    /// Waits until this stands on its screen, and gives all that stands there.
    ///
    /// # Panics
    ///
    /// With what a beginner has to know, if it does not come to that in time.
    pub fn wait_for_screen(&self, rule: &Rule, expected: &str, stands_there: impl Fn(&str) -> bool) -> String {
        let screen = self.program.wait_for_stdout_until(expected, stands_there);
        screen.unwrap_or_else(|_| self.fail(rule, expected, "see its screen below"))
    }

    /// Fails with what was expected and what arrived, unless `holds`.
    ///
    /// # Panics
    ///
    /// Unless it holds.
    pub fn check(&self, holds: bool, rule: &Rule, expected: &str, arrived: &str) {
        if !holds {
            self.fail(rule, expected, arrived);
        }
    }

    /// Fails with all that a beginner needs to find the mistake.
    ///
    /// # Panics
    ///
    /// Always.
    pub fn fail(&self, rule: &Rule, expected: &str, arrived: &str) -> ! {
        rule.fail(expected, arrived, &self.notes, &self.program, &self.by_hand)
    }
}
