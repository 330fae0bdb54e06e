//! One line of the checklist: what it is about, what was found, and what to do next.

use super::deliverables::Deliverable;
use common::text;
use std::path::{Path, PathBuf};

/// How many findings of one item are shown: more help nobody.
const FINDINGS_SHOWN: usize = 12;
/// How many characters of a stranger's text a finding quotes.
const EXCERPT_LEN: usize = 60;
const NAMES_LISTED: usize = 5;

/// How much a finding matters, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Something is left to do.
    Open,
    /// Worth a look. It may be right, so nothing is open because of it.
    Note,
    /// As it should be.
    Ok,
}

impl Level {
    /// Its word in the JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        ["open", "note", "ok"][self as usize]
    }
}

/// Something that was found.
pub struct Finding {
    /// Where in the file, counted from 1.
    pub line: Option<usize>,
    /// How much it matters.
    pub level: Level,
    /// On one line, safe to show.
    pub message: String,
}

/// A row of a table, which a grader judges one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where in the file, counted from 1.
    pub line: usize,
    /// The lesson's name for it, where it has one.
    pub name: Option<&'static str>,
    /// Why it is not done; several findings, if there are several.
    pub open: Vec<String>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing is left to do.
    Done,
    /// It is not there.
    Missing,
    /// It is there, and something is left to do.
    Wrong,
    /// It is handed in, and cannot be looked at here.
    NotHere,
}

impl State {
    /// Its word, for people and for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        ["done", "missing", "wrong", "not here"][self as usize]
    }
}

/// Where it is, whatever it is like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// It is not there.
    #[default]
    Nowhere,
    /// It is there.
    Here,
    /// Git has it, and has not put it into the folder.
    Elsewhere,
}

/// What is known of a deliverable.
#[derive(Default)]
pub struct Item {
    /// Its name in the JSON, which never changes.
    pub name: &'static str,
    /// What the checklist calls it.
    pub title: &'static str,
    /// Where it is in the student's folder, if it is there.
    pub file: Option<PathBuf>,
    /// What to do next if it is not done: a command to type, or what to write where.
    pub next: Option<String>,
    /// The command that tests it, if it is a program.
    pub test: Option<String>,
    /// Where it is.
    pub place: Place,
    findings: Vec<Finding>,
    /// Where the rows of a table are, and what the lesson calls them.
    rows: Vec<(usize, Option<&'static str>)>,
    is_required: bool,
    left: Left,
    /// What it is called if nobody has begun it, where that has a word of its own.
    word_if_untouched: Option<&'static str>,
}

/// What of it is left to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Left {
    #[default]
    Nothing,
    Something,
    /// Nobody has begun it.
    All,
}

impl Item {
    /// One of which nothing is known yet: it is missing.
    #[must_use]
    pub fn new(name: &'static str, title: &'static str) -> Self {
        Self { name, title, is_required: true, ..Self::default() }
    }

    /// The same for a deliverable.
    #[must_use]
    pub fn of(deliverable: &Deliverable) -> Self {
        let word = if deliverable.columns.is_empty() { "not written yet" } else { "empty" };
        let item = Self::new(deliverable.name, deliverable.title);
        Self { is_required: deliverable.is_required, word_if_untouched: Some(word), ..item }
    }

    /// It is there, in this file of the student's folder.
    pub fn found_in(&mut self, file: &Path) {
        self.place = Place::Here;
        self.file = Some(file.to_path_buf());
    }

    /// What is as it should be.
    pub fn ok(&mut self, message: impl AsRef<str>) {
        self.add(Level::Ok, None, message.as_ref());
    }

    /// Something that may be right, and is worth a look.
    pub fn note(&mut self, line: Option<usize>, message: impl AsRef<str>) {
        self.add(Level::Note, line, message.as_ref());
    }

    /// There is a row, done or not.
    pub fn row(&mut self, line: usize, name: Option<&'static str>) {
        self.rows.push((line, name));
    }

    /// The rows in the order of the file, each with what is left to do in it. One line may hold two.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let open = |line| {
            let findings = self.findings.iter().filter(move |one| one.level == Level::Open && one.line == Some(line));
            findings.map(|one| one.message.clone()).collect()
        };
        let mut rows: Vec<Row> = self.rows.iter().map(|&(line, name)| Row { line, name, open: open(line) }).collect();
        rows.sort_by_key(|row| row.line);
        rows
    }

    /// What is left to do and is in no line: a row that is missing, say.
    pub fn open_everywhere(&self) -> impl Iterator<Item = &str> {
        let everywhere = self.findings.iter().filter(|one| one.level == Level::Open && one.line.is_none());
        everywhere.map(|one| one.message.as_str())
    }

    /// Something is left to do. Where the item is not required that is only noted.
    pub fn open(&mut self, line: Option<usize>, message: impl AsRef<str>) {
        self.left = self.left.max(Left::Something);
        self.add(if self.is_required { Level::Open } else { Level::Note }, line, message.as_ref());
    }

    /// It is as it was given, if it is there: all of the student's part is left to do.
    pub fn untouched(&mut self) {
        self.left = Left::All;
    }

    /// Something is left to do, since nobody has begun it.
    pub fn open_untouched(&mut self, line: Option<usize>, message: impl AsRef<str>) {
        self.untouched();
        self.open(line, message);
    }

    /// Somebody has begun it, whatever it looks like.
    pub fn touched(&mut self) {
        self.left = Left::Something;
    }

    /// Whether nobody has begun it.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.left == Left::All
    }

    /// What is next is not a command of a program that is still to be written.
    pub fn wait_for(&mut self, program: &Self) {
        let command = format!("cargo run -q -p {} ", program.name);
        if self.next.as_ref().is_some_and(|next| next.starts_with(&command)) {
            self.next =
                program.next.as_ref().map(|next| format!("write {} first, or the rows by hand: {next}", program.title));
        }
    }

    fn add(&mut self, level: Level, line: Option<usize>, message: &str) {
        self.findings.push(Finding { line, level, message: text::escape_line(message.as_bytes()) });
    }

    /// The findings to show, what is open first, and how many are left out.
    #[must_use]
    pub fn findings(&self) -> (Vec<&Finding>, usize) {
        let mut findings: Vec<&Finding> = self.findings.iter().collect();
        findings.sort_by_key(|finding| (finding.level, finding.line));
        let left_out = findings.len().saturating_sub(FINDINGS_SHOWN);
        findings.truncate(FINDINGS_SHOWN);
        (findings, left_out)
    }

    /// Whether something is left to do.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_required && self.state() != State::Done
    }

    /// Its state in a word, for people and for programs.
    #[must_use]
    pub fn word(&self) -> &'static str {
        self.word_if_untouched
            .filter(|_| self.is_untouched() && self.state() != State::Done)
            .unwrap_or(self.state().word())
    }

    /// One that is begun and not required is missing: else deleting it would make the list greener.
    #[must_use]
    pub fn state(&self) -> State {
        match (self.place, self.left > Left::Nothing) {
            (Place::Elsewhere, _) => State::NotHere,
            (Place::Here, false) => State::Done,
            (Place::Here, true) if self.is_required => State::Wrong,
            _ => State::Missing,
        }
    }
}

/// The first names of a list, and how many more there are.
#[must_use]
pub fn first_of(names: &[String]) -> String {
    match names.len().saturating_sub(NAMES_LISTED) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names[..NAMES_LISTED].join(", ")),
    }
}

/// The beginning of a stranger's text as it may stand in a finding: in quotes, and on one line.
#[must_use]
pub fn excerpt(stranger: &str) -> String {
    let line = text::escape_line(stranger.as_bytes());
    let cut = line.char_indices().nth(EXCERPT_LEN).map(|(end, _)| format!("{}…", &line[..end]));
    format!("«{}»", cut.unwrap_or(line))
}
