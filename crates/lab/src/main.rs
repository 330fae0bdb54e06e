//! The workshop around the exercises.

mod autograder;
mod build;
mod check;
mod completions;
mod demo;
mod explain;
mod export;
mod man;
mod release;

use autograder::Service;
use clap::{CommandFactory as _, Parser, Subcommand};
use clap_complete::Shell;
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
    before_help = "Example: cargo lab check",
    after_help = "Without a command it is cargo lab check."
)]
struct Options {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Shows what is done, missing or wrong, and what to type next
    #[command(
        before_help = "Example: cargo lab check ../ana",
        after_help = "Exit code: 0 if nothing is open, 1 if something is, 2 if there is no folder."
    )]
    Check(check::Options),
    /// Draws what passes between a client and a server, in any language
    #[command(
        override_usage = "cargo lab explain COMMAND IP PORT...\n       cargo lab explain --listen PORT IP PORT",
        before_help = "Example: cargo lab explain nc 127.0.0.1 8080",
        after_help = "Exit code: the command's own; 1 if it cannot be started, 2 for wrong usage."
    )]
    Explain(explain::Options),
    /// Prints what a shell needs to finish words at the key Tab
    #[command(before_help = "Example: cargo lab completions bash", after_help = completions::HOW_TO_INSTALL)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Writes a manual page for each command into a folder
    #[command(before_help = "Example: cargo lab man ../man")]
    Man {
        /// The folder; it is made if it is not there
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Shows the whole session on this computer, command by command
    #[command(before_help = "Example: cargo lab demo")]
    Demo,
    /// Writes one exercise into a folder that builds and tests alone
    #[command(before_help = "Example: cargo lab export ex3-chat ../my-chat")]
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
    /// Writes the repository for the students, with the exercises to do
    #[command(before_help = "Example: cargo lab release ../session-08-students")]
    Release {
        /// The folder; it is made if it is not there
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Instead an autograder for Gradescope
        #[arg(long, conflicts_with_all = ["classroom50", "git"])]
        gradescope: bool,
        /// Instead an autograder for Classroom 50
        #[arg(long, conflicts_with = "git")]
        classroom50: bool,
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
        Command::Completions { shell } => exit_code(completions::print(shell, Options::command())),
        Command::Man { folder } => exit_code(man::write(&Options::command(), &folder)),
        Command::Demo => exit_code(demo::run()),
        Command::Export { exercise, folder, starter, force } => {
            let version = if starter { Version::Starter } else { Version::Solution };
            exit_code(export::run(&exercise, &folder, version, force))
        }
        Command::Release { folder, gradescope: true, force, .. } => {
            exit_code(autograder::run(Service::Gradescope, &folder, force))
        }
        Command::Release { folder, classroom50: true, force, .. } => {
            exit_code(autograder::run(Service::Classroom50, &folder, force))
        }
        Command::Release { folder, force, git, .. } => exit_code(release::run(&folder, force, git)),
    }
}
