//! The stages of the sandbox: each is this program once more, with [`WORD`] as its first argument.
//!
//! The system moves a process into new namespaces step by step, and some steps only for its children (unshare(2), `pid_namespaces`(7)):
//!
//! ```text
//! network   makes the outer wall: a network that leads nowhere, process numbers and mounts of its own
//! └ first   is process 1 there: sets up the network and the scratch folder, waits. When it ends, all processes end
//!   └ the tests
//!     └ alone     makes the inner wall, and takes the program's place in the tests' eyes: it ends as the program ends
//!       └ keeper  is process 1 there: builds a root of files, watches what the program uses
//!         └ enter       gives up every privilege, sets limits, and becomes the program
//!
//! compile   the same for the compiler
//! └ compiler  builds a root of files for it, and becomes cargo
//! ```

use super::failure::{Failure, Trying as _};
use super::plan::Plan;
use super::{alone, compiler, enter, keeper, network};
use common::Problem;
use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitStatus};

/// The first argument of a stage.
pub const WORD: &str = "sandbox-stage";

/// What a stage ends with that could not do its work; the shell's own codes begin above it.
pub const FAILED: i32 = 125;

/// How the first line of its error begins.
pub const CANNOT: &str = "the sandbox cannot start the program";

/// This program itself: also where its file cannot be seen any more.
const THIS_PROGRAM: &str = "/proc/self/exe";

/// The arguments of a stage.
pub struct Call {
    pub plan: Plan,
    /// Further words of the stage's own.
    pub extra: String,
    /// The command.
    pub words: Vec<OsString>,
}

/// Runs the stage that these arguments name, if they name one, and gives the exit code.
pub fn run_if_named(arguments: &[OsString]) -> Option<i32> {
    let [word, stage, plan, extra, words @ ..] = arguments else { return None };
    if word != WORD {
        return None;
    }
    let done = parse(plan, extra, words).and_then(|call| match stage.to_str() {
        Some("network") => network::network(&call, "first"),
        Some("compile") => network::network(&call, "compiler"),
        Some("first") => network::first(&call),
        Some("alone") => alone::alone(&call),
        Some("keeper") => keeper::keeper(&call),
        Some("compiler") => Err(compiler::compiler(&call)),
        Some("enter") => Err(enter::enter(&call)),
        _ => Err(io::Error::from(io::ErrorKind::InvalidInput)).trying("reading the name of the stage"),
    });
    Some(done.unwrap_or_else(|Failure { what, cause }| {
        let error = format!("{CANNOT}: {what}");
        Problem::new(error, cause, "see the part on the sandbox in crates/grader/README.md").print();
        FAILED
    }))
}

fn parse(plan: &OsString, extra: &OsString, words: &[OsString]) -> Result<Call, Failure> {
    let plan = serde_json::from_str(&plan.to_string_lossy()).map_err(io::Error::from).trying("reading the plan")?;
    Ok(Call { plan, extra: extra.to_string_lossy().into_owned(), words: words.to_vec() })
}

/// The words that start a stage, before those of the command.
pub fn words(program: &str, stage: &str, plan: &Plan, extra: &str) -> Vec<String> {
    // A plan has no map whose keys are no text, which alone JSON cannot write; nor has it a path that is not UTF-8.
    let plan = serde_json::to_string(plan).unwrap_or_default();
    vec![program.to_string(), WORD.to_string(), stage.to_string(), plan, extra.to_string()]
}

impl Call {
    /// The command that goes on with another stage.
    pub fn next(&self, stage: &str, extra: &str) -> Command {
        let words = words(THIS_PROGRAM, stage, &self.plan, extra);
        let mut command = Command::new(&words[0]);
        // Its own name for those who look at the list of processes.
        command.arg0("grader").args(&words[1..]).args(&self.words);
        command
    }
}

/// The exit code, as a shell has it, of a process that ended so.
pub fn code(status: ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt as _;
    status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(FAILED)
}
