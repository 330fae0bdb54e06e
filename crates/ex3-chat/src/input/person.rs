//! Messages of a person at a terminal, with line editing and history.

use common::{Problem, interrupt};
use rustyline::error::ReadlineError;
use rustyline::{Config, DefaultEditor};
use std::io::{self, ErrorKind};

/// The line editor: arrows, Home and End, the history with the up arrow, Ctrl-R to search in it.
pub struct Person {
    editor: DefaultEditor,
}

impl Person {
    /// The terminal at standard input and standard output.
    pub fn new() -> Result<Self, Problem> {
        let config = Config::builder().auto_add_history(true).build();
        let editor = DefaultEditor::with_config(config).map_err(|e| Problem::input(io::Error::other(e)))?;
        Ok(Self { editor })
    }

    /// The next line; nothing after Ctrl-D. Ctrl-C ends the program.
    pub fn next(&mut self, prompt: &str) -> Result<Option<Vec<u8>>, Problem> {
        match self.editor.readline(prompt) {
            Ok(line) => Ok(Some(line.into_bytes())),
            Err(ReadlineError::Eof) => Ok(None),
            // The editor sees Ctrl-C as a key, no signal comes. It has put the terminal right before it returned.
            Err(ReadlineError::Interrupted) => std::process::exit(interrupt::EXIT_CODE),
            // The rest of the line is still to come, and would pass for a message: the chat ends with it.
            Err(ReadlineError::Io(e)) if e.kind() == ErrorKind::InvalidData => Err(Problem::new(
                "the message could not be read from the terminal",
                "it sends letters in another encoding than UTF-8",
                "choose UTF-8 in the settings of the terminal, or write without accents",
            )),
            Err(e) => Err(Problem::input(io::Error::other(e))),
        }
    }
}
