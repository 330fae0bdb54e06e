//! The workshop around the exercises.

mod build;
mod check;
mod demo;
mod explain;
mod export;
mod release;

use clap::{Parser, Subcommand};
use common::problem::exit_code;
use export::Version;
use std::path::PathBuf;
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
    /// Shows the whole session on this computer, with the commands that a student types
    Demo,
    /// Writes one exercise into a folder of its own, which builds and tests alone, offline, anywhere
    #[command(after_help = "Example: cargo lab export ex3-chat ../my-chat")]
    Export {
        /// The exercise, as its folder in crates is called
        exercise: String,
        /// The folder; it is made if it is not there
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// The exercise to be done, instead of the solution
        #[arg(long)]
        starter: bool,
        /// Write over files that are there, and list all of them
        #[arg(long)]
        force: bool,
    },
    /// Writes the repository for the students: each exercise to be done, and all that they do not have to write
    #[command(after_help = "Example: cargo lab release ../session-08-students")]
    Release {
        /// The folder; it is made if it is not there
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Write over files that are there, and list all of them
        #[arg(long)]
        force: bool,
        /// Commit it with git, so that it only has to be pushed
        #[arg(long)]
        git: bool,
    },
}

fn main() -> ExitCode {
    match Options::parse().command.unwrap_or(Command::Check(check::Options::default())) {
        Command::Check(options) => check::run(&options),
        Command::Explain(options) => explain::run(options),
        Command::Demo => exit_code(demo::run()),
        Command::Export { exercise, folder, starter, force } => {
            let version = if starter { Version::Starter } else { Version::Solution };
            exit_code(export::run(&exercise, &folder, version, force))
        }
        Command::Release { folder, force, git } => exit_code(release::run(&folder, force, git)),
    }
}
