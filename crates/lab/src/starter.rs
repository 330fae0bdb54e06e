//! The workshop around the exercises, as the students have it.

mod check;
mod completions;
mod explain;
mod man;

use clap::{CommandFactory as _, Parser, Subcommand};
use clap_complete::Shell;
use common::problem::exit_code;
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
}

fn main() -> ExitCode {
    match Options::parse().command.unwrap_or(Command::Check(check::Options::default())) {
        Command::Check(options) => check::run(&options),
        Command::Explain(options) => explain::run(options),
        Command::Completions { shell } => exit_code(completions::print(shell, Options::command())),
        Command::Man { folder } => exit_code(man::write(&Options::command(), &folder)),
    }
}
