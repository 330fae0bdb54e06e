//! An error as three lines that a beginner can act on.
//!
//! ```text
//! error: nobody is listening at 192.168.1.36, port 8080
//! cause: Connection refused (os error 111)
//! next:  start the server there, or check the IP and the port
//! ```
//!
//! The first line says what failed in the lesson's words, the second what the system said, to be searched for on the web,
//! and the third what to do now. `problem/sockets.rs` has one constructor for each step with a socket.

mod sockets;

use crate::text;
use std::fmt;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

/// What went wrong, why, and what to do next: a line each.
///
/// ```
/// use common::Problem;
///
/// let problem = Problem::new("the table is empty", "no row was found", "add a row to it");
/// assert_eq!(
///     problem.to_string(),
///     "error: the table is empty\ncause: no row was found\nnext:  add a row to it"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    error: String,
    cause: String,
    next: String,
    /// Whether standard output is what failed.
    of_output: bool,
    /// Whether it is no error to anybody: the reader of standard output has seen enough, as in `| head -1`.
    quiet: bool,
}

impl Problem {
    /// A problem in three parts; each is shown on one line, whatever it holds.
    pub fn new(error: impl fmt::Display, cause: impl fmt::Display, next: impl fmt::Display) -> Self {
        Self {
            error: error.to_string(),
            cause: cause.to_string(),
            next: next.to_string(),
            of_output: false,
            quiet: false,
        }
    }

    /// What went wrong, without the cause and what to do: for a cell of a table, say.
    ///
    /// ```
    /// let problem = common::Problem::new("the table is empty", "no row was found", "add a row to it");
    /// assert_eq!(problem.error(), "the table is empty");
    /// ```
    #[must_use]
    pub fn error(&self) -> &str {
        &self.error
    }

    /// What the system said, or what else the reason is.
    ///
    /// ```
    /// let problem = common::Problem::new("the table is empty", "no row was found", "add a row to it");
    /// assert_eq!(problem.cause(), "no row was found");
    /// ```
    #[must_use]
    pub fn cause(&self) -> &str {
        &self.cause
    }

    /// Standard output could not be written. A reader that went away (`| head -1`) ends the program without a word.
    #[must_use]
    pub fn output(cause: &io::Error) -> Self {
        Self {
            of_output: true,
            quiet: cause.kind() == io::ErrorKind::BrokenPipe,
            ..Self::new(
                "the output could not be written",
                cause,
                "is the disk full? free some room, or send the output to another place",
            )
        }
    }

    /// Whether standard output could not be written: whatever else a program would show is not seen either, so it ends.
    ///
    /// ```
    /// use common::Problem;
    /// use std::io::{Error, ErrorKind};
    ///
    /// assert!(Problem::output(&Error::from(ErrorKind::StorageFull)).is_of_output());
    /// assert!(!Problem::input(&Error::from(ErrorKind::StorageFull)).is_of_output());
    /// ```
    #[must_use]
    pub fn is_of_output(&self) -> bool {
        self.of_output
    }

    /// Tells it, on standard error. Where nobody reads that, there is nobody to tell.
    ///
    /// ```
    /// common::Problem::new("the coffee is cold", "an hour has passed", "make a new one").tell();
    /// ```
    pub fn tell(&self) {
        let _ = writeln!(io::stderr(), "{self}");
    }

    /// Standard input could not be read.
    #[must_use]
    pub fn input(cause: &io::Error) -> Self {
        Self::new(
            "the message could not be read from standard input",
            cause,
            "check what stands before the | or after the < of your command",
        )
    }

    /// The file at `path` could not be written.
    #[must_use]
    pub fn writing(path: &Path, cause: &io::Error) -> Self {
        let next = match cause.kind() {
            io::ErrorKind::NotFound => "create its folder first, or name a file in a folder that is there",
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "is it write-protected? name a file of your own, in a folder of your own"
            }
            io::ErrorKind::IsADirectory => "that is a folder: name a file in it",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "free some room on the disk",
            _ => "name another file",
        };
        Self::new(format_args!("{} could not be written", path.display()), cause, next)
    }

    /// The file at `path` could not be read.
    #[must_use]
    pub fn reading(path: &Path, cause: &io::Error) -> Self {
        let next = match cause.kind() {
            io::ErrorKind::NotFound => "check how the name is written, and in which folder you are",
            io::ErrorKind::PermissionDenied => "name a file of your own, or ask its owner to let you read it",
            io::ErrorKind::IsADirectory => "that is a folder: name a file in it",
            _ => "name another file",
        };
        Self::new(format_args!("{} could not be read", path.display()), cause, next)
    }

    /// The system does not let the program handle Ctrl-C.
    pub(crate) fn interrupts(cause: ctrlc::Error) -> Self {
        Self::new("Ctrl-C cannot be handled", cause, "try again, and tell your teacher if it stays")
    }

    /// The system has no room for the threads that the program needs.
    #[must_use]
    pub fn threads(cause: &io::Error) -> Self {
        Self::new("no thread could be started", cause, "close some programs, and try again")
    }

    /// Adds that the other addresses of the same name failed as well.
    pub(crate) fn also_failed(mut self, others: &[String]) -> Self {
        if !others.is_empty() {
            self.cause = format!("{}; the name's other addresses failed too: {}", self.cause, others.join(", "));
        }
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |text: &str| text::one_line(text.as_bytes());
        writeln!(f, "error: {}", line(&self.error))?;
        writeln!(f, "cause: {}", line(&self.cause))?;
        write!(f, "next:  {}", line(&self.next))
    }
}

impl std::error::Error for Problem {}

/// Ends `main`: tells a problem on standard error, and gives the exit code, 0 or 1.
///
/// ```
/// use std::process::ExitCode;
///
/// fn main() -> ExitCode {
///     common::problem::exit_code(run())
/// }
///
/// fn run() -> Result<(), common::Problem> {
///     Ok(())
/// }
/// ```
#[must_use]
pub fn exit_code(result: Result<(), Problem>) -> ExitCode {
    exit_code_or(result.map(|()| ExitCode::SUCCESS), ExitCode::FAILURE)
}

/// As [`exit_code`], for a program with more than two: the code of a success, or `failure` after telling the problem.
///
/// ```
/// use std::process::ExitCode;
///
/// let code = common::problem::exit_code_or(Ok(ExitCode::from(3)), ExitCode::from(2));
/// assert_eq!(code, ExitCode::from(3));
/// ```
#[must_use]
pub fn exit_code_or(result: Result<ExitCode, Problem>, failure: ExitCode) -> ExitCode {
    match result {
        Ok(code) => code,
        Err(problem) if problem.quiet => ExitCode::SUCCESS,
        Err(problem) => {
            problem.tell();
            failure
        }
    }
}
