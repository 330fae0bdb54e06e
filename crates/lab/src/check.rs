//! `cargo lab check [DIR]`: the session's checklist, and the next thing to do.
//!
//! It reads, and changes nothing: no program of the student's is started, and git is asked about nothing but what is on this
//! disk. The folder may be a stranger's. It knows nothing else of this crate, only `common`.

pub mod deliverable;
mod find;
mod git;
mod names;
mod patterns;
mod programs;
mod report;
mod rows;
pub mod shell;
mod tables;
mod work;

use clap::Args;
use common::Problem;
use deliverable::Deliverable;
use std::path::PathBuf;
use std::process::ExitCode;
use work::Work;

/// Neither 0 nor 1, which say whether something is open: the folder could not be looked at.
const TROUBLE: u8 = 2;

/// What `cargo lab check` takes.
#[derive(Args, Debug, Default)]
pub struct Options {
    /// The student's folder [default: this one, or the one above it that holds session-08]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Show it as JSON, for programs
    #[arg(long)]
    json: bool,
}

/// Shows the list: 0 if nothing is open, 1 if anything is, 2 if there is no such folder.
pub fn run(options: &Options) -> ExitCode {
    common::problem::exit_code_or(check(options), ExitCode::from(TROUBLE))
}

fn check(options: &Options) -> Result<ExitCode, Problem> {
    let work = Work::open(options.folder.as_deref())?;
    let mut deliverables = vec![tables::ips(&work), tables::pings(&work)];
    deliverables.extend(programs::all(&work));
    deliverables.push(git::check(&work, &deliverables));

    let shown = if options.json {
        report::for_programs(&work, &deliverables)
    } else {
        report::for_people(&work, &deliverables)
    };
    shown.map_err(Problem::output)?;
    let is_open = deliverables.iter().any(Deliverable::is_open);
    Ok(if is_open { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
