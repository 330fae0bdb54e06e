//! The command line.

use crate::report::Outputs;
use crate::shard::Shard;
use clap::Parser;
use std::path::PathBuf;

/// Grades one program, or a class.
#[derive(Debug, Parser)]
#[command(
    name = "cargo grade",
    bin_name = "cargo grade",
    version,
    max_term_width = 80,
    before_help = "Example: cargo grade ex3-chat -- python3 Ex3.py",
    override_usage = "cargo grade [OPTIONS] EXERCISE -- COMMAND...\n       cargo grade [OPTIONS] [EXERCISE] DIR...\n       cargo grade --merge FILE... [OPTIONS]",
    after_help = "The command is run as COMMAND IP PORT, in any language. A folder that is a package of cargo's, or a file, is one \
                  program. Several folders are a student each. A single folder is a student if something of the lesson is in it: a file by one of \
                  the names that cargo lab check knows, a folder of the session, crates; else its subfolders are the students.\n\n\
                  Points are in exercises.toml, where you may change them.\n\n\
                  Exit code: 0 if grading worked, whatever the grades; 3 if something could not be graded, 2 for wrong usage, 130 after Ctrl-C. \
                  What a class has of results then is kept, and the same command goes on."
)]
pub struct Options {
    /// The exercise, if only one is to be graded, and the folders
    #[arg(value_name = "EXERCISE | DIR")]
    pub words: Vec<String>,
    /// The command that runs the program
    #[arg(last = true, value_name = "COMMAND")]
    pub command: Vec<String>,
    /// How programs of a class are run, with {file} for the file: 'java {file}'
    #[arg(long = "command", value_name = "TEMPLATE")]
    pub template: Option<String>,
    /// How many students at a time [default: two for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// Where the results of a class are kept, so that an interrupted run goes on
    #[arg(long, value_name = "DIR", default_value = "grading")]
    pub results: PathBuf,
    /// Grade this part of the class only: 1/8 to 8/8
    #[arg(long, value_name = "I/N", conflicts_with_all = ["command", "merge"])]
    pub shard: Option<Shard>,
    /// Put the parts together that --shard and --json have written, and report on all
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["words", "command"])]
    pub merge: Vec<PathBuf>,
    /// Run programs without a sandbox: as you, with your files and your network
    #[arg(long)]
    pub no_sandbox: bool,
    #[command(flatten)]
    pub outputs: Outputs,
}
