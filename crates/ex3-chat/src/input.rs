//! Where the messages come from: a person at a terminal, or the lines of a pipe or a file.

mod lines;
mod person;

use common::Problem;
use lines::Lines;
use person::Person;
use std::io::{self, IsTerminal as _, StdinLock, Write as _};

/// What the user is asked.
const PROMPT: &str = "Message: ";

/// Standard input.
pub enum Input {
    /// A terminal, with line editing and history.
    Person(Box<Person>),
    /// A terminal whose output goes elsewhere (`ex3-chat | tee FILE`): there the system's own line editing must do, and the
    /// prompt goes to standard error.
    Typed(Lines<StdinLock<'static>>),
    /// A pipe or a file.
    Piped(Lines<StdinLock<'static>>),
}

impl Input {
    /// Finds out which of them it is.
    pub fn open() -> Result<Self, Problem> {
        let stdin = io::stdin();
        Ok(match (stdin.is_terminal(), io::stdout().is_terminal()) {
            (true, true) => Self::Person(Box::new(Person::new()?)),
            (true, false) => Self::Typed(Lines::of(stdin.lock())),
            (false, _) => Self::Piped(Lines::of(stdin.lock())),
        })
    }

    /// Asks for the next message: one line, without its end. Nothing at the end of the input.
    pub fn ask(&mut self) -> Result<Option<Vec<u8>>, Problem> {
        match self {
            Self::Person(person) => person.next(PROMPT),
            Self::Typed(lines) => {
                let _ = write!(io::stderr(), "{PROMPT}");
                let line = lines.next()?;
                if line.is_none() {
                    // After Ctrl-D the cursor still stands behind the prompt.
                    let _ = writeln!(io::stderr());
                }
                Ok(line)
            }
            Self::Piped(lines) => lines.next(),
        }
    }
}
