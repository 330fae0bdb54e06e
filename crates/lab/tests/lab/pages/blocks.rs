//! The blocks of code of a page, each with what a test does with it. A block of no known kind is an error: none is passed over.

use super::markdown::{Page, Piece};
use std::fmt;

/// What a test does with a piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// ```` ```console ````: runs each command to its end, and compares what it prints.
    Run(Vec<Typed>),
    /// ```` ```console NAME ````: starts a command in a terminal of this name, where it stays.
    Start { terminal: String, typed: Typed },
    /// ```` ```text NAME ````: waits until the terminal shows these lines.
    Shows { terminal: String, lines: Vec<String> },
    /// ```` ```text NAME typed ````: types these lines there.
    Types { terminal: String, text: String },
    /// `<!-- test: Ctrl-C NAME -->`, or Ctrl-D.
    Key { terminal: String, key: String },
    /// `<!-- test: written EXERCISE -->`: from here on the student's program is written.
    Written(String),
    /// ```` ```text FILE ````, a wrong submission: what its report says. The gallery looks.
    Mistake { file: String, report: Vec<String> },
    /// ```` ```rust ````: compiles and runs.
    Rust(String),
    /// ```` ```powershell ```` or ```` ```console macos ````: the commands for another system, held against those before it.
    Elsewhere(Vec<Typed>),
}

/// A command behind `$ `, and the lines below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    pub command: String,
    pub shows: Vec<String>,
}

/// A step and the line where it begins.
#[derive(Clone, Debug)]
pub struct Numbered {
    pub line: usize,
    pub step: Step,
}

/// Why a block cannot be tested.
#[derive(Debug)]
pub struct Unknown {
    line: usize,
    why: String,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

/// All steps of a page: as many as it has pieces.
pub fn steps(page: &Page) -> Result<Vec<Numbered>, Unknown> {
    page.pieces.iter().map(step).collect()
}

fn step(piece: &Piece) -> Result<Numbered, Unknown> {
    let (line, step) = match piece {
        Piece::Block { line, words, text } => (*line, of_block(words, text)),
        Piece::Remark { line, text } => (*line, of_remark(text)),
    };
    step.map(|step| Numbered { line, step }).map_err(|why| Unknown { line, why })
}

fn of_block(words: &[String], text: &str) -> Result<Step, String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let lines = || text.lines().map(str::to_string).collect();
    Ok(match words[..] {
        ["console"] => Step::Run(typed(text, "$ ")?),
        ["console", "macos"] => Step::Elsewhere(typed(text, "$ ")?),
        ["powershell"] => Step::Elsewhere(typed(text, "> ")?),
        ["console", terminal] => {
            let [typed] = <[Typed; 1]>::try_from(typed(text, "$ ")?).map_err(|_| "a terminal takes one command")?;
            Step::Start { terminal: terminal.to_string(), typed }
        }
        ["text", terminal, "typed"] => Step::Types { terminal: terminal.to_string(), text: text.to_string() },
        ["text", file] if file.contains('.') => Step::Mistake { file: file.to_string(), report: lines() },
        ["text", terminal] => Step::Shows { terminal: terminal.to_string(), lines: lines() },
        ["rust"] => Step::Rust(text.to_string()),
        _ => return Err(format!("no test knows what to do with a block of {words:?}")),
    })
}

fn of_remark(text: &str) -> Result<Step, String> {
    match text.split(' ').collect::<Vec<_>>()[..] {
        [key @ ("Ctrl-C" | "Ctrl-D"), terminal] => {
            Ok(Step::Key { terminal: terminal.to_string(), key: key.to_string() })
        }
        ["written", exercise] => Ok(Step::Written(exercise.to_string())),
        _ => Err(format!("no test knows what to do with {text:?}")),
    }
}

fn typed(text: &str, prompt: &str) -> Result<Vec<Typed>, String> {
    let mut all: Vec<Typed> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix(prompt), all.last_mut()) {
            (Some(command), _) => all.push(Typed { command: command.to_string(), shows: Vec::new() }),
            (None, Some(last)) => last.shows.push(line.to_string()),
            (None, None) => return Err(format!("the block begins without a command behind {prompt:?}")),
        }
    }
    if all.is_empty() { Err("there is no command in it".to_string()) } else { Ok(all) }
}

#[test]
fn a_block_that_nobody_tests_is_an_error() {
    for text in [
        "```\nx\n```\n",
        "    x\n",
        "```sh\nx\n```\n",
        "~~~\nx\n~~~\n",
        "```console\nx\n```\n",
        "```console\n```\n",
        "```console one\n$ x\n$ y\n```\n",
        "<!-- test: Ctrl-X one -->\n",
    ] {
        assert!(steps(&Page::read(text)).is_err(), "{text}");
    }
    assert_eq!(steps(&Page::read("```console\n$ x\ny\n$ z\n```\n")).unwrap().len(), 1);
}
