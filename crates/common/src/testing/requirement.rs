//! What the contract asks for, and what a failure tells a beginner.

use super::verdicts::{self, Details};
use super::words::{counted, shown};
use super::{CommandUnderTest, Hint, Program, difference, obstacle, remark};
use std::fmt::Write as _;
use std::panic::resume_unwind;

/// How many bytes of anything a failure shows.
const EXCERPT_LEN: usize = 1_000;

/// How many lines, and how many bytes, of a program's output.
const MAX_LINES: usize = 50;
const MAX_OUTPUT_LEN: usize = 4_000;

/// What a test says first that never got to its question.
pub const NOT_JUDGED: &str = "NOT JUDGED";

/// Something that the contract asks for.
#[derive(Clone, Copy, Debug)]
pub struct Requirement {
    /// The contract's words.
    pub says: &'static str,
    /// What to look at in the program, for a beginner who does not see why it fails.
    pub hint: Hint,
}

impl Requirement {
    /// Fails with all that a beginner needs to find the mistake: `sections` are headings and what belongs under them.
    pub(super) fn fail(
        &self,
        expected: &str,
        arrived: &str,
        sections: &[(&str, String)],
        run: &impl Judged,
        by_hand: &str,
    ) -> ! {
        obstacle::end_if_any(run.program(), run.has_acted());
        let program = run.program();
        let mut report =
            format!("\n  the contract: {}\n  expected:     {expected}\n  arrived:      {arrived}\n", self.says);
        for (heading, content) in sections {
            let _ = writeln!(report, "  {heading:<13} {}", content.replace('\n', "\n  "));
        }
        for (name, output) in [("on its screen", program.stdout()), ("as its errors", program.stderr())] {
            let _ = writeln!(report, "  the program said {name}:{}", lines_of(&output));
        }
        // What its own error says is nearer to the mistake than what fails as a rule.
        let language = program.under_test().map_or("", CommandUnderTest::language);
        let hint = remark::on(&program.stderr()).map_or_else(|| self.hint.to_text(language), str::to_string);
        let _ = writeln!(report, "  hint:         {hint}\n  try it:       {by_hand}");
        let details = Details { contract: self.says, expected, arrived, hint: &hint, try_it: by_hand, text: &report };
        fail_with(&details);
    }
}

/// A run of a program that is judged by requirements.
pub trait Judged {
    /// The program.
    fn program(&self) -> &Program;

    /// Whether it has connected to anybody, or listened: then it did start.
    fn has_acted(&self) -> bool;

    /// Fails with all that a beginner needs to find the mistake.
    fn fail(&self, requirement: &Requirement, expected: &str, arrived: &str) -> !;

    /// Fails with what was expected and what arrived, unless `holds`.
    fn check(&self, holds: bool, requirement: &Requirement, expected: &str, arrived: &str) {
        verdicts::begin();
        if !holds {
            self.fail(requirement, expected, arrived);
        }
    }

    /// Ends the test without a verdict, since what it asks about never happened: nothing can be said of the line break behind a message
    /// that was not sent. That is no pass. `first` is the test that says more.
    fn not_judged(&self, requirement: &Requirement, why: &str, first: &str) -> ! {
        obstacle::end_if_any(self.program(), self.has_acted());
        let report = format!("\n  {NOT_JUDGED}: {}\n  since {why}: read {first} first", requirement.says);
        fail_with(&Details { contract: requirement.says, arrived: why, text: &report, ..Details::default() })
    }

    /// Fails unless `stands_there`: that this text is on this screen. The place is marked where what stands there instead differs.
    fn check_shown(&self, stands_there: bool, requirement: &Requirement, expected: &str, screen: &str) {
        if !stands_there {
            let arrived = difference::on_screen(expected, screen);
            self.fail(requirement, &shown(expected.as_bytes()), &arrived);
        }
    }

    /// Fails unless these bytes arrived, exactly.
    fn check_bytes(&self, requirement: &Requirement, expected: &[u8], arrived: &[u8]) {
        // Both begin with a quotation mark.
        let texts = [expected, arrived].map(|bytes| format!("\"{}", String::from_utf8_lossy(bytes)));
        let mark = if arrived.is_empty() { String::new() } else { difference::mark(&texts[0], &texts[1]) };
        self.check(expected == arrived, requirement, &excerpt(expected), &(excerpt(arrived) + &mark));
    }
}

/// Fails a test with a report for a beginner: as by `panic!`, but without the place in the test's own source.
pub fn fail(report: &str) -> ! {
    fail_with(&Details { text: report, ..Details::default() })
}

#[allow(clippy::disallowed_macros, reason = "the test harness keeps for each test what these macros print")]
fn fail_with(details: &Details) -> ! {
    eprintln!("{}", details.text);
    end_with(details)
}

/// The same where another test has printed the report already: the harness shows the name alone of a test that prints nothing.
pub fn fail_again(report: &str) -> ! {
    end_with(&Details { text: report, ..Details::default() })
}

fn end_with(details: &Details) -> ! {
    verdicts::note_failure(details);
    resume_unwind(Box::new(details.text.to_string()))
}

/// A program's output, line by line, and whether there was more of it.
pub(super) fn lines_of(output: &str) -> String {
    if output.trim().is_empty() {
        return "\n      nothing".to_string();
    }
    let bytes = output.trim_end().as_bytes();
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_OUTPUT_LEN)]);
    let plain = without_colours(&beginning);
    let mut lines: Vec<String> =
        plain.lines().take(MAX_LINES).map(|line| format!("\n      {}", shown(line.as_bytes()))).collect();
    if bytes.len() > MAX_OUTPUT_LEN || plain.lines().count() > MAX_LINES {
        lines.push(format!("\n      … and more, {} bytes in all", output.len()));
    }
    lines.concat()
}

/// Without control sequences (ECMA-48, 5.4), each of which would be shown as eight characters of escapes. Other control characters
/// stay: they may be the mistake.
fn without_colours(text: &str) -> String {
    let mut pieces = text.split("\x1b[");
    let first = pieces.next().unwrap_or_default().to_string();
    pieces.fold(first, |shown, piece| {
        let mut rest = piece.trim_start_matches(|next| (' '..='?').contains(&next)).chars();
        rest.next();
        shown + rest.as_str()
    })
}

/// Bytes as text, how many they are, and the last of them as numbers: a line break cannot be seen otherwise.
#[must_use]
pub fn excerpt(bytes: &[u8]) -> String {
    let last: Vec<String> = bytes[bytes.len().saturating_sub(4)..].iter().map(|byte| format!("{byte:02x}")).collect();
    match bytes {
        [] => "no bytes at all".to_string(),
        _ => format!(
            "\"{}\": {}, the last are {}",
            shown(&bytes[..bytes.len().min(EXCERPT_LEN)]),
            counted(bytes.len(), "byte"),
            last.join(" ")
        ),
    }
}
