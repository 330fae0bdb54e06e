//! The list, for people and for programs.

use super::deliverable::{Deliverable, Finding, Level, State};
use super::work::Work;
use anstyle::{AnsiColor, Style};
use common::{columns, text};
use serde_json::{Value, json};
use std::io::{self, Write};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const RED: Style = AnsiColor::Red.on_default().bold();

/// Before what there is to say of a deliverable.
const INDENT: &str = "    ";

/// A line for each deliverable, and below it what there is to say. Without colours it says the same.
pub fn for_people(work: &Work, deliverables: &[Deliverable]) -> io::Result<()> {
    let mut screen = anstream::stdout().lock();
    writeln!(screen, "Session 08 in {}\n", shown(&work.folder()))?;
    if let Some(link) = work.session_behind_a_link() {
        writeln!(
            screen,
            "note: {} is a link out of this folder, and is not followed\n",
            shown(&link.to_string_lossy())
        )?;
    }
    let rows: Vec<[String; 3]> = deliverables.iter().map(row).collect();
    for (line, deliverable) in columns::align(&rows).iter().zip(deliverables) {
        let (state, rest) = line.split_at(deliverable.state().word().len());
        let style = if deliverable.is_open() { RED } else { GREEN };
        writeln!(screen, "{style}{state}{style:#}{rest}")?;
        details(&mut screen, deliverable)?;
    }
    writeln!(screen, "\n{}", last_line(deliverables))?;
    screen.flush()
}

/// One JSON object.
pub fn for_programs(work: &Work, deliverables: &[Deliverable]) -> io::Result<()> {
    let list: Vec<Value> = deliverables
        .iter()
        .map(|deliverable| {
            json!({
                "name": deliverable.name,
                "state": deliverable.state().word(),
                "file": deliverable.file.as_ref().map(|file| file.to_string_lossy().replace('\\', "/")),
                "findings": deliverable.findings.iter().map(finding).collect::<Vec<_>>(),
                "left_out": deliverable.left_out(),
                "next": deliverable.next,
                "test": deliverable.test,
            })
        })
        .collect();
    let object = json!({
        "folder": work.folder(),
        "deliverables": list,
        "done": done(deliverables),
        "total": total(deliverables),
        "next": next(deliverables),
    });
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}", text::escape_json(&format!("{object:#}")))?;
    stdout.flush()
}

fn finding(finding: &Finding) -> Value {
    json!({ "line": finding.line, "level": finding.level.word(), "message": finding.message })
}

fn row(deliverable: &Deliverable) -> [String; 3] {
    let file = deliverable.file.as_ref().map(|file| shown(&file.to_string_lossy())).unwrap_or_default();
    [deliverable.state().word().to_string(), deliverable.title.to_string(), file]
}

fn details(screen: &mut impl Write, deliverable: &Deliverable) -> io::Result<()> {
    let state = deliverable.state();
    // What is as it should be matters only where nothing else is to be said.
    let is_shown = |finding: &&Finding| finding.level != Level::Ok || state == State::Done;
    let mut findings: Vec<&Finding> = deliverable.findings.iter().filter(is_shown).collect();
    findings.sort_by_key(|finding| finding.level != Level::Open);
    for finding in findings {
        let style = match finding.level {
            Level::Ok => DIM,
            Level::Note => YELLOW,
            Level::Open => RED,
        };
        let line = finding.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        writeln!(screen, "{INDENT}{style}{:<6}{style:#}{line}{}", finding.level.word(), finding.message)?;
    }
    if deliverable.left_out() > 0 {
        writeln!(screen, "{INDENT}and {} more", deliverable.left_out())?;
    }
    for (word, command) in [("next", &deliverable.next), ("test", &deliverable.test)] {
        if let Some(command) = command {
            writeln!(screen, "{INDENT}{word:<6}{BOLD}{}{BOLD:#}", shown(command))?;
        }
    }
    Ok(())
}

fn last_line(deliverables: &[Deliverable]) -> String {
    let counted = format!("{} of {} done", done(deliverables), total(deliverables));
    next(deliverables).map_or(counted.clone(), |next| format!("{counted}; next: {BOLD}{}{BOLD:#}", shown(next)))
}

fn done(deliverables: &[Deliverable]) -> usize {
    deliverables.iter().filter(|deliverable| deliverable.state() == State::Done).count()
}

/// How many there are to do. What need not be there counts only where it is.
fn total(deliverables: &[Deliverable]) -> usize {
    deliverables.iter().filter(|deliverable| deliverable.state() == State::Done || deliverable.is_open()).count()
}

/// What to type for the first thing that is open.
fn next(deliverables: &[Deliverable]) -> Option<&str> {
    deliverables.iter().find(|deliverable| deliverable.is_open()).and_then(|deliverable| deliverable.next.as_deref())
}

fn shown(text: &str) -> String {
    text::escape_line(text.as_bytes())
}
