//! What all reports call things, and the texts of strangers made safe for any of them.

use crate::model::{Exercise, Student, Test, Verdict};
use common::text::{LineBreaks, SafeText, escape_line};

/// A text on one line, as it may stand in any report.
pub fn line(text: &str) -> String {
    without_noncharacters(&escape_line(text.as_bytes()))
}

/// A text of several lines, as it may stand in any report.
pub fn block(text: &str) -> String {
    let mut safe = SafeText::new(LineBreaks::Kept);
    let mut shown = String::with_capacity(text.len());
    safe.push(text.as_bytes(), &mut shown);
    without_noncharacters(&shown)
}

/// XML 1.0 forbids two of Unicode's noncharacters, HTML all of them (The Unicode Standard, section 23.7), and some readers then
/// refuse the whole file.
fn without_noncharacters(text: &str) -> String {
    let is_none =
        |character: char| matches!(character, '\u{fdd0}'..='\u{fdef}') || u32::from(character) & 0xFFFE == 0xFFFE;
    text.replace(is_none, "\u{FFFD}")
}

/// What a test is called: `it sends the message` for `required::it_sends::it_sends_the_message`.
pub fn title(test: &Test) -> String {
    line(&test.name.rsplit("::").next().unwrap_or_default().replace('_', " "))
}

/// The same, and that it is a bonus.
pub fn title_with_bonus(test: &Test) -> String {
    let mark = if test.is_extra { " (bonus)" } else { "" };
    title(test) + mark
}

/// A verdict in a few letters.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::NotJudged => "not judged",
        Verdict::CouldNotGrade => "could not grade",
    }
}

/// The fault in one line: none where the test passed.
pub fn fault(test: &Test) -> Option<String> {
    let summary = test.report.as_ref().map(|report| line(&report.summary)).filter(|summary| !summary.is_empty());
    match test.verdict {
        Verdict::Pass => None,
        _ => Some(summary.unwrap_or_else(|| verdict(test.verdict).to_string())),
    }
}

/// All that a report says: its whole text, without the margin that it has in a terminal, or what it has instead.
pub fn details(test: &Test) -> Option<String> {
    let report = test.report.as_ref()?;
    let whole = if report.text.trim().is_empty() { &report.summary } else { &report.text };
    let lines = whole.trim_matches('\n').split('\n').map(|line| line.strip_prefix("  ").unwrap_or(line));
    Some(block(&lines.collect::<Vec<_>>().join("\n")))
}

/// A student's name; a program that was named on the command line has none.
pub fn name(student: &Student) -> String {
    let name = line(student.name.trim());
    if name.is_empty() { "this program".to_string() } else { name }
}

/// What a grader should know of an exercise besides its verdicts: what was contained comes first.
pub fn remarks(exercise: &Exercise) -> impl Iterator<Item = String> {
    let contained = exercise.contained.iter().map(|what| format!("contained: {}", line(what)));
    contained.chain(exercise.notes.iter().map(|note| line(note)))
}
