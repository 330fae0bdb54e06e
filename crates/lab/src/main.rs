//! The workshop around the exercises.

mod build;
mod demo;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// The workshop around the exercises.
#[derive(Debug, Parser)]
#[command(name = "cargo lab", bin_name = "cargo lab", version, after_help = "Example: cargo lab demo")]
struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Shows the whole session on this computer, with the commands that a student types
    Demo {
        /// Take the programs from this folder, and build nothing
        #[arg(long, value_name = "DIR", hide = true)]
        programs: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let Command::Demo { programs } = Options::parse().command;
    common::problem::exit_code(demo::run(programs.as_deref()))
}
