//! An error as three lines that a beginner can act on.
//!
//! ```text
//! error: nobody is listening at 192.168.1.36, port 8080
//! cause: Connection refused (os error 111)
//! next:  start the server there, or check the IP and the port
//! ```
//!
//! The first line says what failed in the lesson's words, the second what the system said, to be searched for on the web,
//! and the third what to do now. `problem/sockets.rs` has one constructor for each step with a socket, `problem/lookup.rs` that for a
//! name, `problem/streams.rs` those for files, standard input and standard output. Each can stand in `map_err`:
//!
//! ```
//! use common::Problem;
//! use std::fs;
//! use std::path::Path;
//!
//! fn read(path: &Path) -> Result<String, Problem> {
//!     fs::read_to_string(path).map_err(Problem::reading(path))
//! }
//! assert_eq!(read(Path::new("no such file")).unwrap_err().error(), "no such file could not be read");
//! ```

mod lookup;
mod operation;
#[cfg(feature = "interfaces")]
mod port_in_use;
mod sockets;
mod streams;
mod system_words;

pub use operation::Operation;

use crate::text;
use std::error::Error;
use std::fmt;
use std::io::{self, Write as _};
use std::panic::Location;
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
/// assert_eq!((problem.error(), problem.next()), ("the table is empty", "add a row to it"));
/// assert_eq!(problem.cause(), "no row was found");
/// ```
#[derive(Debug)]
pub struct Problem {
    operation: Operation,
    error: String,
    cause: Box<dyn Error + Send + Sync>,
    next: String,
}

impl Problem {
    /// A problem in three parts; each is shown on one line, whatever it holds. `cause` is a text or an error.
    pub fn new(
        error: impl fmt::Display,
        cause: impl Into<Box<dyn Error + Send + Sync>>,
        next: impl fmt::Display,
    ) -> Self {
        Self::of(Operation::Other, error, cause, next)
    }

    fn of(
        operation: Operation,
        error: impl fmt::Display,
        cause: impl Into<Box<dyn Error + Send + Sync>>,
        next: impl fmt::Display,
    ) -> Self {
        Self { operation, error: error.to_string(), cause: cause.into(), next: next.to_string() }
    }

    /// What a starter says where the student's part is still missing: `what` is to be written in `place` of the calling file.
    ///
    /// ```
    /// let problem = common::Problem::not_written("the five steps", "the function run");
    /// assert!(problem.next().starts_with("write them in the function run of "));
    /// ```
    #[track_caller]
    pub fn not_written(what: impl fmt::Display, place: impl fmt::Display) -> Self {
        let (cause, file) = (format!("{what} are not all there"), Location::caller().file());
        Self::new("this program is not written yet", cause, format_args!("write them in {place} of {file}"))
    }

    /// What was being done, and with what.
    ///
    /// ```
    /// use common::Problem;
    /// use common::problem::Operation;
    /// use std::io::ErrorKind;
    ///
    /// let server = "192.168.1.36:8080".parse().unwrap();
    /// let problem = Problem::connecting(server)(ErrorKind::ConnectionRefused.into());
    /// assert_eq!(problem.operation(), &Operation::Connect(server));
    /// ```
    #[must_use]
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// What went wrong, without the cause and what to do: for a cell of a table, say.
    #[must_use]
    pub fn error(&self) -> &str {
        &self.error
    }

    /// What the system said, or what else the reason is. The error itself is the [`source`](Error::source).
    #[must_use]
    pub fn cause(&self) -> String {
        self.cause.downcast_ref().map_or_else(|| self.cause.to_string(), system_words::of)
    }

    /// What to do now.
    #[must_use]
    pub fn next(&self) -> &str {
        &self.next
    }

    /// The same problem with other advice, where the caller knows better what to do.
    #[must_use]
    pub fn with_next(self, next: impl fmt::Display) -> Self {
        Self { next: next.to_string(), ..self }
    }

    /// Whether it is no error to anybody: the reader of standard output has seen enough, as in `| head -1`.
    fn is_end_of_output(&self) -> bool {
        let kind = self.cause.downcast_ref().map(io::Error::kind);
        self.operation == Operation::WriteOutput && kind == Some(io::ErrorKind::BrokenPipe)
    }

    /// Prints it on standard error. Where nobody reads that, there is nobody to tell; and a reader of standard output that has
    /// seen enough needs no word.
    ///
    /// ```
    /// common::Problem::new("the coffee is cold", "an hour has passed", "make a new one").print();
    /// ```
    pub fn print(&self) {
        if !self.is_end_of_output() {
            let _ = writeln!(io::stderr(), "{self}");
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |text: &str| text::escape_line(text.as_bytes());
        writeln!(f, "error: {}", line(&self.error))?;
        writeln!(f, "cause: {}", line(&self.cause()))?;
        write!(f, "next:  {}", line(&self.next))
    }
}

impl Error for Problem {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.cause)
    }
}

/// Ends `main`: prints a problem on standard error, and gives the exit code, 0 or 1.
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

/// As [`exit_code`], for a program with more than two: the code of a success, or `failure` after printing the problem.
#[must_use]
pub fn exit_code_or(result: Result<ExitCode, Problem>, failure: ExitCode) -> ExitCode {
    match result {
        Ok(code) => code,
        Err(problem) => {
            problem.print();
            if problem.is_end_of_output() { ExitCode::SUCCESS } else { failure }
        }
    }
}
