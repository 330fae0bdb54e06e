//! What keeps a program from being judged at all: this computer lacks what it needs, or it does not start. It is the same for every
//! test of a program, so the first one reports it in full, and the others in one line.

mod missing;
mod names;
mod not_started;

pub use names::is_python;

use super::command_under_test::is_wrapped;
use super::requirement::lines_of;
use super::{COULD_NOT_GRADE, CommandUnderTest, NOT_JUDGED, Program, fail, fail_again, remark};
use missing::Missing;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// How what starts programs in a sandbox begins if it cannot.
const NO_SANDBOX: &str = "error: the sandbox cannot start the program";

/// What a starter says where its steps are missing, see [`Problem::not_written`](crate::Problem::not_written).
const NOT_WRITTEN: &str = "error: this program is not written yet\n";

/// Ends the test if the program could not be judged. `has_acted` says whether it has connected to anybody, or listened: one that has
/// did start.
pub fn end_if_any(program: &Program, has_acted: bool) {
    program.wait_for_last_words();
    end_if_unwritten(program);
    let Some(under_test) = program.under_test() else { return };
    if program.patience().left().is_zero() {
        fail(&format!(
            "\n  {NOT_JUDGED}: your program has kept the other tests waiting, and there is no time left for this one"
        ));
    }
    let (said, errors) = (program.stderr(), program.errors());
    if errors.starts_with(NO_SANDBOX) && is_wrapped() {
        end(under_test, COULD_NOT_GRADE, errors.trim_end(), "the sandbox cannot start the program");
    }
    if let Some(missing) = Missing::named_in(&errors, &program.stdout(), has_acted, under_test) {
        missing.report(under_test, &lines_of(&said));
    }
    if !program.stdout().trim().is_empty() {
        return;
    }
    let source = under_test.source();
    let source = source.as_deref().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    if let Some(reason) = not_started::reason(&errors, has_acted, &source) {
        let hint = remark::on(&errors).map(|remark| format!("\n  hint:         {remark}")).unwrap_or_default();
        let first = format!(
            "your program does not start: {reason}; nothing else can be judged before that\n  it said:{}{hint}\n  try it:       {}",
            lines_of(&said),
            program.command()
        );
        end(under_test, NOT_JUDGED, &first, "your program does not start; the report of another test says why");
    }
}

/// Ends the test since the command cannot be run.
pub fn end_not_run(under_test: &CommandUnderTest, error: &io::Error) -> ! {
    Missing::named_by(under_test, error).report(under_test, "")
}

impl Missing {
    fn report(&self, under_test: &CommandUnderTest, said: &str) -> ! {
        let Self { what, next } = self;
        let said = if said.is_empty() { String::new() } else { format!("\n  the program said:{said}") };
        let first = format!("{what}\n  next:         {next}{said}");
        end(under_test, COULD_NOT_GRADE, &first, &format!("{what}; the report of another test says what to do"))
    }
}

/// Ends the test, with `first` if it is the first one of this program that ends so, and else with `again`.
fn end(under_test: &CommandUnderTest, kind: &str, first: &str, again: &str) -> ! {
    static REPORTED: Mutex<BTreeSet<(Vec<String>, String)>> = Mutex::new(BTreeSet::new());
    let report = (under_test.words().collect(), again.to_string());
    let is_first = REPORTED.lock().unwrap_or_else(PoisonError::into_inner).insert(report);
    fail(&format!("\n  {kind}: {}", if is_first { first } else { again }))
}

/// A starter that nobody has touched: libtest shows a heading for each test that printed something, and only the name of the others.
fn end_if_unwritten(program: &Program) {
    static IS_REPORTED: AtomicBool = AtomicBool::new(false);
    let stderr = program.stderr();
    if !stderr.contains(NOT_WRITTEN) {
        return;
    }
    if IS_REPORTED.swap(true, Ordering::Relaxed) {
        fail_again(NOT_WRITTEN);
    }
    fail(&format!("\n{stderr}Each test that needs it fails for this reason, which is reported once."));
}
