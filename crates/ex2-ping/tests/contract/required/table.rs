//! The table: `Destination IP | Name (if known) | Time`.

use super::pinging::started_in;
use common::testing::{Hint, Judged, ProgramRun, Requirement};
use common::text;
use regex::Regex;
use std::fs;

const HEADER: &str = "| Destination IP | Name (if known) | Time |\n|---|---|---|\n";

/// This one is too long to be any (RFC 1035: 255 bytes), so that nobody is asked for it.
fn no_name() -> String {
    format!("{}invalid", "no-such-name.".repeat(20))
}

/// Runs the ping with these rows: the run, and the file then. `before` stands above the table.
fn filled(requirement: &Requirement, before: &str, rows: &str) -> (ProgramRun, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("Ex2.txt");
    fs::write(&file, format!("{before}{HEADER}{rows}")).expect("a file");
    let mut run = started_in(folder.path(), &["--table", "Ex2.txt"]);
    run.end(requirement);
    let table = fs::read(&file).map_or_else(|e| format!("(it cannot be read: {e})"), |bytes| lossy(&bytes));
    let lines: Vec<String> =
        table.lines().map(|line| format!("\n    {}", text::escape_line(line.as_bytes()))).collect();
    run.note("Ex2.txt then:", lines.concat());
    (run, table)
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The line with this word in it.
fn row<'a>(table: &'a str, word: &str) -> Option<&'a str> {
    table.lines().find(|line| line.contains(word))
}

/// Fails unless something was written into the row of 127.0.0.1: what is there to keep in a file that is not written?
fn check_written(run: &ProgramRun, requirement: &Requirement, table: &str) {
    let written = row(table, "127.0.0.1").map(|row| row.replacen("127.0.0.1", "", 1)).unwrap_or_default();
    let is_written = written.chars().any(|character| character.is_ascii_digit());
    run.check(is_written, requirement, "a table with times in the row of 127.0.0.1", "no times there");
}

/// Whether there is a time in it: `0.020 ms`.
fn has_time(line: &str) -> bool {
    Regex::new(r"\d\s*ms\b").expect("a pattern").is_match(line)
}

/// "fills in names and times (`0.020 ms, 0.017 ms, …`)"
#[test]
fn the_times_are_filled_in() {
    const REQUIREMENT: Requirement = Requirement {
        says: "ex2-ping --table FILE pings the destinations of the table, and writes the times into it: 0.020 ms, 0.017 ms, …",
        hint: Hint::new(
            "for each row ping the IP of its first column, write the times into its third one, and save the file",
        ),
    };
    let (run, table) = filled(&REQUIREMENT, "", "| 127.0.0.1 | Self | |\n");
    run.check(
        row(&table, "127.0.0.1").is_some_and(has_time),
        &REQUIREMENT,
        "times in ms in the row of 127.0.0.1",
        "no times there",
    );
}

/// "Same safety of saving as `ips`": every line that is not its own is kept.
#[test]
fn all_other_lines_are_kept() {
    const REQUIREMENT: Requirement = Requirement {
        says: "saving keeps every line that is not the table's, and the names that the student wrote",
        hint: Hint::new("read the whole file first, change the cells of the table, and write all of it"),
    };
    let (run, table) = filled(&REQUIREMENT, "Exercise 2, by Ana\n\n", "| 127.0.0.1 | Self | |\n");
    check_written(&run, &REQUIREMENT, &table);
    run.check(row(&table, "Self").is_some(), &REQUIREMENT, "the name Self, as before", "it is gone");
    let is_there = table.lines().any(|line| line == "Exercise 2, by Ana");
    run.check(is_there, &REQUIREMENT, "the line Exercise 2, by Ana", "it is gone");
}

/// "A row whose name can't be resolved keeps its place."
#[test]
fn a_row_that_cannot_be_pinged_keeps_its_place() {
    const REQUIREMENT: Requirement = Requirement {
        says: "a row whose name can't be resolved keeps its place, and the others get their times",
        hint: Hint::new("when a name has no address go on with the next row, and keep this one"),
    };
    let name = no_name();
    let (run, table) = filled(&REQUIREMENT, "", &format!("| | {name} | |\n| 127.0.0.1 | Self | |\n"));
    let place = |word: &str| table.lines().position(|line| line.contains(word));
    let is_kept = place(&name).is_some() && place(&name) < place("127.0.0.1");
    run.check(
        is_kept,
        &REQUIREMENT,
        "the row with the name that nobody knows, before the other one",
        "it is not there",
    );
    check_written(&run, &REQUIREMENT, &table);
}

/// "and for each that did not answer the reason"
#[test]
fn a_row_without_times_says_why() {
    const REQUIREMENT: Requirement = Requirement {
        says: "for each destination that did not answer the table says the reason",
        hint: Hint::new("write a few words into the column Time: that the name is not known, that no reply came"),
    };
    let name = no_name();
    let (run, table) = filled(&REQUIREMENT, "", &format!("| | {name} | |\n| 127.0.0.1 | Self | |\n"));
    check_written(&run, &REQUIREMENT, &table);
    // That the row is kept is another test's affair.
    if let Some(row) = row(&table, &name) {
        let rest = row.split_once(&name).map_or("", |(_, rest)| rest);
        let has_reason = rest.chars().any(char::is_alphabetic);
        run.check(has_reason, &REQUIREMENT, "a reason in the column Time", "an empty cell");
    }
}
