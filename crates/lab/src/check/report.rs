//! The list, for people and for programs.

use super::git::GIT;
use anstyle::{AnsiColor, Style};
use common::{columns, text};
use handin::deliverables::Deliverable;
use handin::item::{Finding, Item, Level, State};
use handin::shell;
use handin::student_folder::StudentFolder;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::Path;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const RED: Style = AnsiColor::Red.on_default().bold();

const INDENT: &str = "    ";

/// A line for each item, and below it what there is to say. Without colours it says the same.
pub fn for_people(folder: &StudentFolder, items: &[Item]) -> io::Result<()> {
    let mut screen = anstream::stdout().lock();
    writeln!(screen, "Session 08 in {}\n", escape(&shown(&folder.real)))?;
    if let Some(link) = folder.session_behind_a_link() {
        let link = escape(&link.to_string_lossy());
        writeln!(screen, "note: {link} is a link out of this folder, and is not followed\n")?;
    }
    let file = |item: &Item| item.file.as_ref().map(|file| escape(&file.to_string_lossy())).unwrap_or_default();
    let lesson = where_nobody_has_begun(folder, items);
    if lesson.is_some() {
        writeln!(screen, "Nothing is done yet. The lesson takes you through all of this, in this order:\n")?;
    }
    let ordered = in_the_lessons_order(items);
    let rows: Vec<_> = ordered.iter().map(|item| [item.word().into(), item.title.into(), file(item)]).collect();
    for (line, item) in columns::align(&rows).iter().zip(&ordered) {
        let (state, rest) = line.split_at(item.word().len());
        let style = if item.is_open() { RED } else { GREEN };
        writeln!(screen, "{style}{state}{style:#}{rest}")?;
        if lesson.is_none() {
            details(&mut screen, item)?;
        }
    }
    let (done, total) = progress(items);
    let next = lesson.or_else(|| next(&ordered).map(str::to_string));
    let next = next.map(|next| format!("; next: {BOLD}{}{BOLD:#}", escape(&next))).unwrap_or_default();
    writeln!(screen, "\n{done} of {total} done{next}")?;
    screen.flush()
}

pub fn for_programs(folder: &StudentFolder, items: &[Item]) -> io::Result<()> {
    let (done, total) = progress(items);
    let object = json!({
        "folder": shown(&folder.real),
        "deliverables": items.iter().map(json).collect::<Vec<_>>(),
        "done": done,
        "total": total,
        "next": next(&in_the_lessons_order(items)),
    });
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}", text::escape_json(&format!("{object:#}")))?;
    stdout.flush()
}

fn json(item: &Item) -> Value {
    let (findings, left_out) = item.findings();
    let finding =
        |finding: &&Finding| json!({ "line": finding.line, "level": finding.level.word(), "message": finding.message });
    json!({
        "name": item.name,
        "state": item.word(),
        "file": item.file.as_deref().map(shell::slashes),
        "findings": findings.iter().map(finding).collect::<Vec<_>>(),
        "left_out": left_out,
        "next": item.next,
        "test": item.test,
    })
}

fn details(screen: &mut impl Write, item: &Item) -> io::Result<()> {
    let (findings, left_out) = item.findings();
    for finding in findings {
        let style = match finding.level {
            // What is as it should be matters only where nothing else is to be said.
            Level::Ok if item.state() != State::Done => continue,
            Level::Ok => DIM,
            Level::Note => YELLOW,
            Level::Open => RED,
        };
        let line = finding.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        writeln!(screen, "{INDENT}{style}{:<6}{style:#}{line}{}", finding.level.word(), finding.message)?;
    }
    if left_out > 0 {
        writeln!(screen, "{INDENT}and {left_out} more")?;
    }
    for (word, command) in [("next", &item.next), ("test", &item.test)] {
        if let Some(command) = command {
            writeln!(screen, "{INDENT}{word:<6}{BOLD}{}{BOLD:#}", escape(command))?;
        }
    }
    Ok(())
}

/// How many are done, and of how many. What need not be there counts only where it is.
fn progress(items: &[Item]) -> (usize, usize) {
    let done = items.iter().filter(|item| item.state() == State::Done).count();
    (done, done + items.iter().filter(|item| item.is_open()).count())
}

/// What is next where nobody has begun anything yet, and the folder has the lesson: to read it. What is open in each line then says itself.
fn where_nobody_has_begun(folder: &StudentFolder, items: &[Item]) -> Option<String> {
    let mut deliverables = items.iter().filter(|item| item.name != GIT);
    let lesson = Path::new("session-08/README.md");
    let is_beginning =
        folder.has_crates() && folder.root.join(lesson).is_file() && deliverables.all(Item::is_untouched);
    is_beginning.then(|| format!("read {} from its beginning", folder.typed(lesson)))
}

/// In the JSON they stand as ever.
fn in_the_lessons_order(items: &[Item]) -> Vec<&Item> {
    let place = |item: &&Item| Deliverable::all().position(|one| one.name == item.name).unwrap_or(usize::MAX);
    let mut ordered: Vec<&Item> = items.iter().collect();
    ordered.sort_by_key(place);
    ordered
}

/// What to type for the first of them that is open. Before a program that nobody has begun comes the step that leads to it: the client
/// before the chat.
fn next<'a>(items: &[&'a Item]) -> Option<&'a str> {
    let open = items.iter().position(|item| item.is_open())?;
    let step = items[..open].last().filter(|step| step.is_untouched() && items[open].is_untouched());
    step.and_then(|step| step.next.as_deref()).or(items[open].next.as_deref())
}

fn escape(text: &str) -> String {
    text::escape_line(text.as_bytes())
}

/// As a person writes it: on Windows `Path::canonicalize` puts `\\?\` before it, and makes `\\?\UNC\server` of `\\server`.
fn shown(path: &Path) -> String {
    without_verbatim(&path.to_string_lossy())
}

fn without_verbatim(path: &str) -> String {
    match path.strip_prefix(r"\\?\") {
        Some(rest) => rest.strip_prefix(r"UNC\").map_or(rest.to_string(), |share| format!(r"\\{share}")),
        None => path.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_verbatim;

    #[test]
    fn a_path_is_shown_as_a_person_writes_it() {
        for (verbatim, expected) in
            [(r"\\?\Z:\course", r"Z:\course"), (r"\\?\UNC\nas\course", r"\\nas\course"), ("/home/ana", "/home/ana")]
        {
            assert_eq!(without_verbatim(verbatim), expected);
        }
    }
}
