//! What becomes of a message that could not be sent: it is told and named, and the chat goes on.

use crate::input::Input;
use common::{Problem, terminal, text};
use std::io::{self, Write as _};
use std::process::ExitCode;

/// How many bytes of a message are named.
const MAX_SHOWN_LEN: usize = 200;

/// Whether something failed so far.
#[derive(Default)]
pub struct Failures {
    any: bool,
}

impl Failures {
    /// Tells that `message` was not sent.
    pub fn not_sent(&mut self, message: &[u8], problem: &Problem, input: &Input) {
        self.tell(problem);
        let named = if message.is_empty() {
            "(an empty message)".to_string()
        } else {
            text::truncated(&message[..message.len().min(MAX_SHOWN_LEN)], message.len() as u64)
        };
        let line = terminal::wrapped(&format!("not sent: {named}"), terminal::stderr_width());
        let _ = writeln!(io::stderr(), "{line}");
        if input.recalls() && !message.is_empty() {
            let _ = writeln!(io::stderr(), "(the up arrow brings it back)");
        }
    }

    /// Tells what went wrong with an answer. The message was sent.
    ///
    /// # Errors
    ///
    /// The problem itself if no answer can be shown any more.
    pub fn check(&mut self, answer: Result<(), Problem>) -> Result<(), Problem> {
        match answer {
            Err(problem) if problem.is_of_output() => Err(problem),
            Err(problem) => {
                self.tell(&problem);
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// A person has seen what failed, and has typed it again or not: that is no failure of the program. A script looks at the
    /// exit code alone.
    pub fn exit_code(&self, input: &Input) -> ExitCode {
        ExitCode::from(u8::from(self.any && !input.is_a_person()))
    }

    fn tell(&mut self, problem: &Problem) {
        self.any = true;
        problem.tell();
    }
}
