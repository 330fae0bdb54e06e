//! `cargo lab check [DIR]`: the session's checklist, and the next thing to do.
//!
//! It reads, and changes nothing: no program of the student's is started, and git sees nothing but this disk. The folder may be a
//! stranger's. It knows nothing else of this crate, only `common` and `handin`.

mod git;
mod report;
mod unmerged;

use clap::Args;
use common::Problem;
use handin::deliverables::{CHAT, CLIENT, IPS_PROGRAM, PING_PROGRAM, SERVER};
use handin::item::Item;
use handin::student_folder::StudentFolder;
use handin::{programs, tables};
use std::path::PathBuf;
use std::process::ExitCode;

/// Neither 0 nor 1, which say whether something is open: the folder could not be looked at.
const TROUBLE: u8 = 2;

#[derive(Args, Debug, Default)]
pub struct Options {
    /// The student's folder [default: this one, or the one above it
    /// that holds session-08]
    #[arg(verbatim_doc_comment, value_name = "DIR")]
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
    let folder = StudentFolder::open(options.folder.as_deref())?;
    let mut items = exercises_with_a_table(&folder);
    items.extend([&CHAT, &SERVER, &CLIENT].map(|program| programs::check(&folder, program)));
    let git = git::check(&folder, &mut items);
    items.push(git);

    let report = if options.json { report::for_programs } else { report::for_people };
    report(&folder, &items).map_err(Problem::output)?;
    let is_open = items.iter().any(Item::is_open);
    Ok(if is_open { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Each table, and before it the program that fills it in, where the student has that to write.
fn exercises_with_a_table(folder: &StudentFolder) -> Vec<Item> {
    let mut items = Vec::new();
    for (program, mut table) in [&IPS_PROGRAM, &PING_PROGRAM].into_iter().zip(tables::check(folder)) {
        let own = programs::check_crate(folder, program);
        if let Some(own) = own.as_ref().filter(|own| own.is_open()) {
            table.wait_for(own);
        }
        items.extend(own);
        items.push(table);
    }
    items
}
