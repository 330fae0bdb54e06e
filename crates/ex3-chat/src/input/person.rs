//! Messages of a person at a terminal, with line editing and history.

use common::{Problem, interrupt};
use rustyline::error::ReadlineError;
use rustyline::{Config, DefaultEditor};
use std::collections::VecDeque;
use std::io::{self, ErrorKind};

/// The line editor: arrows, Home and End, the history with the up arrow, Ctrl-R to search in it.
pub struct Person {
    editor: DefaultEditor,
    /// The other lines of a text that was pasted: each is a message.
    pasted: VecDeque<Vec<u8>>,
}

impl Person {
    /// The terminal at standard input and standard output.
    pub fn new() -> Result<Self, Problem> {
        let config = Config::builder().auto_add_history(true).build();
        let editor = DefaultEditor::with_config(config).map_err(|e| Problem::input(io::Error::other(e)))?;
        Ok(Self { editor, pasted: VecDeque::new() })
    }

    /// The next line; nothing after Ctrl-D. Ctrl-C ends the program.
    pub fn next(&mut self, prompt: &str) -> Result<Option<Vec<u8>>, Problem> {
        if let Some(line) = self.pasted.pop_front() {
            return Ok(Some(line));
        }
        match self.editor.readline(prompt) {
            Ok(text) => {
                self.pasted = text.split('\n').map(|line| line.as_bytes().to_vec()).collect();
                Ok(self.pasted.pop_front())
            }
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
