//! What becomes of a message that was not sent, or may not have arrived: it is named, and the chat goes on.

use crate::input::Input;
use common::problem::Operation;
use common::{Problem, terminal, text};
use std::io::{self, Write as _};
use std::process::ExitCode;

/// How many bytes of a message are named.
const EXCERPT_LEN: usize = 200;

/// Whether something failed so far.
#[derive(Default)]
pub struct Failures {
    any: bool,
}

impl Failures {
    /// Prints the problem, and what it means for the message. Passes it on if no answer can be shown any more: then the chat ends.
    pub fn report(&mut self, problem: Problem, message: &[u8], input: &Input) -> Result<(), Problem> {
        let fate = match problem.operation() {
            Operation::WriteOutput => return Err(problem),
            // The answer is what failed.
            Operation::Receive(_) => None,
            Operation::Close(_) => Some("it may have arrived"),
            _ => Some("not sent"),
        };
        self.any = true;
        problem.print();
        let Some(fate) = fate else { return Ok(()) };
        let excerpt = match message {
            [] => "(an empty message)".to_string(),
            _ => text::escape_prefix(&message[..message.len().min(EXCERPT_LEN)], message.len() as u64),
        };
        let line = terminal::wrapped(&format!("{fate}: {excerpt}"), terminal::stderr_width());
        let _ = writeln!(io::stderr(), "{line}");
        if matches!(input, Input::Person(_)) && !message.is_empty() {
            let _ = writeln!(io::stderr(), "(the up arrow brings it back)");
        }
        Ok(())
    }

    /// A person has seen what failed, and has typed it again or not: that is no failure of the program. A script looks at the
    /// exit code alone.
    pub fn exit_code(&self, input: &Input) -> ExitCode {
        ExitCode::from(u8::from(self.any && matches!(input, Input::Piped(_))))
    }
}
