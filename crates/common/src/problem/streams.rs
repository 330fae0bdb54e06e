//! Constructors for files, standard input, standard output, and what else a program asks of the system.

use super::{Operation, Problem};
use std::io::{self, ErrorKind};
use std::path::Path;

impl Problem {
    /// Standard output could not be written. A reader that went away (`| head -1`) ends the program without a word.
    ///
    /// ```
    /// use std::io::Write as _;
    ///
    /// writeln!(std::io::stdout(), "HELLO").map_err(common::Problem::output).unwrap();
    /// ```
    #[must_use]
    pub fn output(cause: io::Error) -> Self {
        let next = "is the disk full? free some room, or send the output to another place";
        Self::of(Operation::WriteOutput, "the output could not be written", cause, next)
    }

    /// Standard input could not be read.
    #[must_use]
    pub fn input(cause: io::Error) -> Self {
        let next = "check what stands before the | or after the < of your command";
        Self::of(Operation::ReadInput, "standard input could not be read", cause, next)
    }

    /// The file at `path` could not be written.
    pub fn writing(path: &Path) -> impl Fn(io::Error) -> Self {
        move |cause| {
            let next = match cause.kind() {
                ErrorKind::NotFound => "create its folder first, or name a file in a folder that is there",
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                    "is it write-protected? name a file of your own, in a folder of your own"
                }
                ErrorKind::IsADirectory => "that is a folder: name a file in it",
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "free some room on the disk",
                _ => "name another file",
            };
            let error = format_args!("{} could not be written", path.display()).to_string();
            Self::of(Operation::WriteFile(path.to_path_buf()), error, cause, next)
        }
    }

    /// The file at `path` could not be read.
    pub fn reading(path: &Path) -> impl Fn(io::Error) -> Self {
        move |cause| {
            let next = match cause.kind() {
                ErrorKind::NotFound => "check how the name is written, and in which folder you are",
                ErrorKind::PermissionDenied => "name a file of your own, or ask its owner to let you read it",
                ErrorKind::IsADirectory => "that is a folder: name a file in it",
                _ => "name another file",
            };
            let error = format_args!("{} could not be read", path.display()).to_string();
            Self::of(Operation::ReadFile(path.to_path_buf()), error, cause, next)
        }
    }

    /// The system has no room for the threads that the program needs.
    #[must_use]
    pub fn threads(cause: io::Error) -> Self {
        Self::new("no thread could be started", cause, "close some programs, and try again")
    }

    /// The system does not let the program handle Ctrl-C.
    pub(crate) fn interrupts(cause: ctrlc::Error) -> Self {
        Self::new("Ctrl-C cannot be handled", cause, "try again; if it keeps happening, tell your teacher")
    }
}
