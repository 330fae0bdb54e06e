//! One line of the checklist, and what was found about it.

use common::text;
use std::path::{Path, PathBuf};

/// How many findings of one deliverable are kept: after so many more of them help nobody.
const MAX_FINDINGS: usize = 12;
/// How many characters of a file are shown in a finding.
const MAX_QUOTED_CHARACTERS: usize = 60;

/// How many of a list are told by name.
const MAX_NAMED: usize = 5;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// As it should be.
    Ok,
    /// Worth a look. It may be right, so nothing is open because of it.
    Note,
    /// Something is left to do.
    Open,
}

impl Level {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Open => "open",
        }
    }
}

/// Whose row it is, as far as its words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    Mobile,
    Computer,
    Unknown,
}

/// What a finding is about, for the command that mends it.
#[derive(Clone, Copy, Debug)]
pub struct About {
    pub machine: Machine,
    pub is_in_the_lab: bool,
}

/// One thing that was found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Where in the file, counted from 1.
    pub line: Option<usize>,
    pub level: Level,
    /// On one line, safe to show.
    pub message: String,
    pub about: Option<About>,
}

/// How a deliverable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Done,
    Missing,
    Wrong,
}

impl State {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Missing => "missing",
            Self::Wrong => "wrong",
        }
    }
}

/// One line of the checklist.
#[derive(Clone, Debug)]
pub struct Deliverable {
    /// Its short name, which never changes.
    pub name: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Where it is in the student's folder, if it is there.
    pub file: Option<PathBuf>,
    pub findings: Vec<Finding>,
    /// What to do next if it is not done: a command to type, or what to write where.
    pub next: Option<String>,
    /// The command that tests it, if it is a program.
    pub test: Option<String>,
    is_there: bool,
    is_optional: bool,
    left_out: usize,
}

impl Deliverable {
    /// One of which nothing is known yet. It is missing until [`Deliverable::found`].
    pub fn new(name: &'static str, title: &'static str) -> Self {
        let (file, next, test) = (None, None, None);
        Self { name, title, file, findings: Vec::new(), next, test, is_there: false, is_optional: false, left_out: 0 }
    }

    /// It is a step on the way to another one: nothing is open about it. As long as something is left to do it is missing, and what
    /// that is, is a note. Else it would be better to delete it than to have begun.
    pub fn optional(mut self) -> Self {
        self.is_there &= !self.is_open();
        for finding in &mut self.findings {
            if finding.level == Level::Open {
                finding.level = Level::Note;
            }
        }
        self.is_optional = true;
        self
    }

    /// It is there, whatever it is like.
    pub fn found(&mut self) {
        self.is_there = true;
    }

    /// It is there, in this file of the student's folder.
    pub fn found_in(&mut self, file: &Path) {
        self.found();
        self.file = Some(file.to_path_buf());
    }

    pub fn ok(&mut self, message: impl AsRef<str>) {
        self.add(None, Level::Ok, message.as_ref(), None);
    }

    pub fn note(&mut self, line: Option<usize>, message: impl AsRef<str>) {
        self.add(line, Level::Note, message.as_ref(), None);
    }

    /// A note about all of it, which is never left out.
    pub fn note_first(&mut self, message: impl AsRef<str>) {
        let message = text::escape_line(message.as_ref().as_bytes());
        self.findings.insert(0, Finding { line: None, level: Level::Note, message, about: None });
    }

    pub fn open(&mut self, line: Option<usize>, message: impl AsRef<str>) {
        self.add(line, Level::Open, message.as_ref(), None);
    }

    /// The same, of a machine.
    pub fn open_about(&mut self, about: About, line: Option<usize>, message: impl AsRef<str>) {
        self.add(line, Level::Open, message.as_ref(), Some(about));
    }

    fn add(&mut self, line: Option<usize>, level: Level, message: &str, about: Option<About>) {
        // What is open comes first when there is too much: it may push a note out, but never the other way round.
        if self.findings.len() >= MAX_FINDINGS {
            self.left_out += 1;
            let note = self.findings.iter().rposition(|finding| finding.level != Level::Open);
            match note.filter(|_| level == Level::Open) {
                Some(note) => drop(self.findings.remove(note)),
                None => return,
            }
        }
        self.findings.push(Finding { line, level, message: text::escape_line(message.as_bytes()), about });
    }

    /// How many findings there are that were not kept.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    pub fn is_open(&self) -> bool {
        match self.state() {
            State::Done => false,
            State::Missing => !self.is_optional,
            State::Wrong => true,
        }
    }

    pub fn state(&self) -> State {
        let is_open = |finding: &Finding| finding.level == Level::Open;
        match (self.is_there, self.findings.iter().any(is_open)) {
            (false, _) => State::Missing,
            (true, true) => State::Wrong,
            (true, false) => State::Done,
        }
    }
}

/// The first of a list, and how many more there are.
pub fn first_of(names: &[String]) -> String {
    match names.len().saturating_sub(MAX_NAMED) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names[..MAX_NAMED].join(", ")),
    }
}

/// A piece of a stranger's file or name as it may stand in a finding: in quotes, on one line, and not too long.
pub fn quoted(stranger: &str) -> String {
    let line = text::escape_line(stranger.as_bytes());
    let cut = line.char_indices().nth(MAX_QUOTED_CHARACTERS).map(|(end, _)| format!("{}…", &line[..end]));
    format!("«{}»", cut.unwrap_or(line))
}
