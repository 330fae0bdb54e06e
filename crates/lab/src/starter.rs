//! The workshop around the exercises, as the students have it.

mod check;
mod explain;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The workshop around the exercises.
#[derive(Debug, Parser)]
#[command(
    name = "cargo lab",
    bin_name = "cargo lab",
    version,
    after_help = "Example: cargo lab check\n\nWithout a command it is cargo lab check."
)]
struct Options {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Shows the session's checklist: each deliverable done, missing or wrong, and what to type next
    #[command(
        after_help = "Exit code: 0 if nothing is open, 1 if something is, 2 if the folder cannot be looked at.\n\nExample: cargo lab check ../ana"
    )]
    Check(check::Options),
    /// Draws what passes between a client and a server, both in any language, as a ladder on standard error
    #[command(
        override_usage = "cargo lab explain COMMAND IP PORT...\n       cargo lab explain --listen PORT IP PORT",
        after_help = "Exit code: the command's own; 1 if it cannot be started, 2 for wrong usage.\n\n\
                      Example: cargo lab explain nc 127.0.0.1 8080"
    )]
    Explain(explain::Options),
}

fn main() -> ExitCode {
    match Options::parse().command.unwrap_or(Command::Check(check::Options::default())) {
        Command::Check(options) => check::run(&options),
        Command::Explain(options) => explain::run(options),
    }
}
