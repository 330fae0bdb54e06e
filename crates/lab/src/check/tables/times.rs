//! The table of ping times: each destination has times, or a reason why not.

use super::super::deliverable::{Deliverable, quoted};
use super::super::patterns::{self, Times};
use super::super::rows::{self, Row};
use super::answer::Answer;
use super::lesson::{self, Destination};
use std::collections::BTreeMap;

/// The lesson writes two times behind a destination, and dots.
const MIN_TIMES: usize = 2;

pub fn rows(file: &[u8]) -> Vec<Row> {
    rows::rows(file, lesson::PINGS_COLUMNS, lesson::TIME_COLUMN)
}

/// The rows of one machine, as a rule one, and what they say.
type Group<'a> = Vec<(&'a Row, Answer)>;

/// Whose rows they are: the place among the lesson's destinations, and the machine's IP, or the line where it has none. More than one
/// machine may go by the same words: a student's own computer may be `f-l3208-pc12`.
type Key = (Option<usize>, String);

pub fn judge(table: &mut Deliverable, rows: &[Row]) {
    let (groups, others) = groups(rows);
    let all = || groups.values().flatten();
    if groups.is_empty() {
        return table.open(None, "no row of the lesson's table is in it");
    }
    if !all().any(|(_, answer)| answer.is_there()) {
        return table.open(None, "no row has a time yet: it is as the lesson gives it");
    }
    let unit = if others.iter().any(|row| names_a_unit(row)) {
        Unit::InTheHeader
    } else if all().any(|(row, answer)| answer.has_unit() || names_a_unit(row)) {
        Unit::InOtherRows
    } else {
        Unit::Nowhere
    };
    let mut in_order: Vec<&Group> = groups.values().collect();
    in_order.sort_by_key(|group| group.first().map(|(row, _)| row.line));
    for group in in_order {
        look_at(table, group, unit);
    }
    if !all().any(|(_, answer)| matches!(answer, Answer::Times(_))) {
        table.open(None, "no row has a time: at least your own computer, Self, always answers");
    }
    tell_missing(table, &groups);
    let answered = groups.values().filter(|group| group.iter().any(|(_, answer)| answer.is_there())).count();
    let unanswered = groups.len() - answered;
    if unanswered > answered {
        table.open(None, format!("{unanswered} rows have no time: ping them, and write why not where none comes"));
    }
    table.ok(format!("{answered} destinations have times, or a reason why not"));
}

/// The rows by their machines, and the lines that are no rows.
fn groups(rows: &[Row]) -> (BTreeMap<Key, Group<'_>>, Vec<&Row>) {
    let mut groups: BTreeMap<Key, Group> = BTreeMap::new();
    let mut others = Vec::new();
    for (row, answer) in answers(rows) {
        let ip = row.addresses.first().and_then(|address| address.ip).map(|ip| ip.to_string());
        let is_row = row.value.is_some() || ip.is_some() || answer.has_unit();
        // A sentence may name a destination too.
        let is_like_one = is_row || row.has_cells() || patterns::begins_with_host(&row.text);
        let place = destination(row).filter(|_| is_like_one);
        if place.is_none() && !is_row {
            others.push(row);
            continue;
        }
        let line = || if place.is_some() { String::new() } else { format!("line {}", row.line) };
        groups.entry((place, ip.unwrap_or_else(line))).or_default().push((row, answer));
    }
    (groups, others)
}

/// What each row says. A line without a destination below one without an answer is that answer: `Google: 8.8.8.8`, and in the next
/// line `3.71 ms, 3.83 ms`.
fn answers(rows: &[Row]) -> Vec<(&Row, Answer)> {
    let mut answers: Vec<(&Row, Answer)> = Vec::new();
    for row in rows {
        let answer = Answer::of(row);
        let waits = |(above, said): &&mut (&Row, Answer)| {
            above.value.is_none() && !above.has_cells() && above.line + 1 == row.line && !said.is_there()
        };
        let is_below = row.value.is_none() && answer.is_there() && !names_a_machine(row);
        match answers.last_mut().filter(|_| is_below).filter(waits) {
            Some((_, said)) => *said = answer,
            None => answers.push((row, answer)),
        }
    }
    answers
}

/// Where the unit of the times is written, for a row without one.
#[derive(Clone, Copy)]
enum Unit {
    InTheHeader,
    InOtherRows,
    Nowhere,
}

/// Whether a unit stands anywhere in the row: before the numbers, say.
fn names_a_unit(row: &Row) -> bool {
    patterns::names_a_unit(&row.without_hosts)
}

fn look_at(table: &mut Deliverable, group: &Group, unit: Unit) {
    // A pasted ping has a heading, and then its times.
    let Some((row, answer)) = group.iter().min_by_key(|(_, answer)| answer.rank()) else { return };
    let line = Some(row.line);
    match answer {
        // A line without cells may be the heading of what was pasted below it.
        Answer::Nothing if is_this_computer(row) && (row.value.is_some() || row.has_cells()) => {
            let why = format!("no time is in the row {}", quoted(&row.cells.join(", ")));
            table.open(line, format!("{why}: your own computer always answers"));
        }
        // It may not have answered: then nothing is wrong with it.
        Answer::Nothing => {
            table
                .note(line, format!("no time, and no reason why not, is in the row {}", quoted(&row.cells.join(", "))));
        }
        Answer::Unclear(text) => table.note(line, format!("no time is in the row; its reason may be {}", quoted(text))),
        Answer::Reason => {}
        Answer::Times(times) => {
            if times.with_unit == 0 && !names_a_unit(row) {
                let number = quoted(times.numbers.first().map_or("", String::as_str));
                match unit {
                    Unit::InTheHeader => {}
                    Unit::InOtherRows => {
                        table.note(line, format!("no unit is behind {number}, as there is in other rows"));
                    }
                    Unit::Nowhere => {
                        table.open(line, format!("no unit is behind {number}: write ms if it is milliseconds"));
                    }
                }
            }
            // A pasted ping has a line for each time.
            if times.numbers.len() < MIN_TIMES && group.len() < MIN_TIMES {
                table.note(line, "only one time is in the row: the lesson has several");
            }
            tell_samples(table, row, times);
        }
    }
}

/// Whether it is the student's own computer, as the lesson or the system calls it.
fn is_this_computer(row: &Row) -> bool {
    let text = row.text.to_lowercase();
    let is_named = text.split(|c: char| !c.is_alphanumeric()).any(|word| lesson::THIS_COMPUTER.contains(&word));
    is_named || row.addresses.iter().any(|address| address.ip.is_some_and(|ip| ip.is_loopback()))
}

/// The lesson's own row: certain if its address and its times are still there.
fn tell_samples(table: &mut Deliverable, row: &Row, times: &Times) {
    let has = |ip: &str| row.addresses.iter().any(|address| address.ip.is_some_and(|own| own.to_string() == ip));
    let line = Some(row.line);
    let samples = times.numbers.iter().map(|number| number.replace(',', "."));
    let has_sample_times = samples.eq(lesson::SELF_TIMES.iter().map(ToString::to_string));
    match (has(lesson::SELF_IP), has_sample_times) {
        (true, true) => {
            table.open(line, "this is the lesson's example: ping your own IP, and write down that IP and those times");
        }
        (true, false) => tell_sample_ip(table, line, lesson::SELF_IP),
        (false, true) => table.note(line, "0.020 and 0.017 are the times of the lesson's example: are they yours?"),
        (false, false) if has(lesson::MOBILE_IP) => tell_sample_ip(table, line, lesson::MOBILE_IP),
        (false, false) => {}
    }
}

fn tell_sample_ip(table: &mut Deliverable, line: Option<usize>, ip: &str) {
    table.note(line, format!("{ip} is the IP of the lesson's example: is it this machine's?"));
}

/// Destinations that no row is about. Who has taken another one in its place has as many rows as the lesson.
fn tell_missing(table: &mut Deliverable, groups: &BTreeMap<Key, Group>) {
    let (found, not_found): (Vec<usize>, Vec<usize>) =
        (0..lesson::DESTINATIONS.len()).partition(|place| groups.keys().any(|(own, _)| *own == Some(*place)));
    let mut names: Vec<&str> = not_found.iter().map(|place| lesson::DESTINATIONS[*place].name).collect();
    let others = groups.len() - found.len();
    let missing = (names.len() + lesson::OWN.len()).saturating_sub(others);
    if missing == 0 {
        if !names.is_empty() {
            table.note(None, format!("no row is for {}", names.join(", ")));
        }
        return;
    }
    if others < lesson::OWN.len() {
        let is_named = |name: &str| {
            let rows = groups.iter().filter(|((place, _), _)| place.is_none()).flat_map(|(_, group)| group);
            rows.into_iter().any(|(row, _)| row.text.to_lowercase().contains(&name.to_lowercase()))
        };
        names.extend(lesson::OWN.iter().filter(|name| !is_named(name)));
    }
    let (rows, are) = if missing == 1 { ("a row", "is") } else { ("rows", "are") };
    let some = if missing < names.len() { format!(", {missing} of these") } else { String::new() };
    table.open(None, format!("{rows} {are} missing{some}, to be written into the table: {}", names.join(", ")));
}

/// The place of the row's destination among the lesson's. What stands in the column of times is no destination.
fn destination(row: &Row) -> Option<usize> {
    let (text, addresses) = match row.value.as_deref() {
        Some(value) if !value.is_empty() => {
            let text = row.text.replacen(value, "", 1);
            let addresses = patterns::addresses(&text);
            (text, addresses)
        }
        _ => (row.text.clone(), row.addresses.clone()),
    };
    let small = text.to_lowercase();
    let ips: Vec<String> = addresses.iter().filter_map(|address| address.ip).map(|ip| ip.to_string()).collect();
    let is_for = |destination: &Destination| {
        destination.words.iter().any(|word| small.contains(word))
            || destination.ip.is_some_and(|ip| ips.iter().any(|own| own == ip))
    };
    lesson::DESTINATIONS.iter().position(is_for)
}

/// Whether the line says whose it is.
fn names_a_machine(row: &Row) -> bool {
    let small = row.text.to_lowercase();
    let is_own = lesson::OWN.iter().any(|own| small.contains(&own.to_lowercase()));
    is_own || destination(row).is_some() || patterns::has_host(&row.text) || !row.addresses.is_empty()
}

/// The command that fills in the table.
pub fn next(file: Option<&str>) -> String {
    let file = file.map(|file| format!(" {file}")).unwrap_or_default();
    format!("cargo run -q -p ex2-ping -- --table{file}")
}
