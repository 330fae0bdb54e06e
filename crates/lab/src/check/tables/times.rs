//! The table of ping times: each destination has times, or a reason why not.

use super::super::deliverable::{Deliverable, quoted};
use super::super::patterns::{self, Times};
use super::super::rows::{self, Row};
use super::answer::Answer;
use super::lesson::{self, Destination};
use std::collections::BTreeMap;

/// The lesson writes two times behind a destination, and dots.
const FEWEST: usize = 2;

pub fn rows(file: &[u8]) -> Vec<Row> {
    rows::rows(file, lesson::PINGS_COLUMNS, lesson::TIME)
}

/// The rows of one destination: as a rule one.
#[derive(Default)]
struct Group<'a> {
    rows: Vec<(&'a Row, Answer)>,
}

pub fn judge(table: &mut Deliverable, rows: &[Row]) {
    let mut fixed: BTreeMap<usize, Group> = BTreeMap::new();
    let mut others: BTreeMap<String, Group> = BTreeMap::new();
    let mut unit_elsewhere = false;
    for row in rows {
        let addresses = patterns::addresses(&row.text);
        let answer = Answer::of(row);
        if let Some(place) = lesson::DESTINATIONS.iter().position(|destination| is_for(row, destination)) {
            // A sentence may name a destination too.
            let begins = patterns::begins_with_host(&row.text);
            if row.value.is_some() || row.has_cells() || !addresses.is_empty() || answer.has_unit() || begins {
                fixed.entry(place).or_default().rows.push((row, answer));
                continue;
            }
        }
        let ip = addresses.first().and_then(|address| address.ip).map(|ip| ip.to_string());
        let is_row = ip.is_some() || row.value.is_some() || answer.has_unit();
        if is_row {
            others.entry(ip.unwrap_or_else(|| format!("line {}", row.line))).or_default().rows.push((row, answer));
        } else {
            unit_elsewhere |= patterns::names_a_unit(&row.text);
        }
    }
    let groups: Vec<&Group> = fixed.values().chain(others.values()).collect();
    let all = || groups.iter().flat_map(|group| &group.rows);
    if groups.is_empty() {
        return table.open(None, "no row of the lesson's table is in it");
    }
    if !all().any(|(_, answer)| answer.is_there()) {
        return table.open(None, "no row has a time yet: it is as the lesson gives it");
    }
    let with_unit = all().any(|(_, answer)| answer.has_unit());
    let unit = if unit_elsewhere {
        Unit::InTheHeader
    } else if with_unit {
        Unit::InOtherRows
    } else {
        Unit::Nowhere
    };
    let mut in_order = groups.clone();
    in_order.sort_by_key(|group| group.rows.first().map(|(row, _)| row.line));
    for group in in_order {
        look_at(table, group, unit);
    }
    if !all().any(|(_, answer)| matches!(answer, Answer::Times(_))) {
        table.open(None, "no row has a time: at least your own computer, Self, always answers");
    }
    tell_missing(table, &fixed, &others);
    let answered = groups.iter().filter(|group| group.rows.iter().any(|(_, answer)| answer.is_there())).count();
    table.ok(format!("{answered} destinations have times, or a reason why not"));
}

/// Where the unit of the times is written, for a row without one.
#[derive(Clone, Copy)]
enum Unit {
    InTheHeader,
    InOtherRows,
    Nowhere,
}

fn look_at(table: &mut Deliverable, group: &Group, unit: Unit) {
    // A pasted ping has a heading, and then its times.
    let Some((row, answer)) = group.rows.iter().min_by_key(|(_, answer)| answer.rank()) else { return };
    let line = Some(row.line);
    match answer {
        Answer::Nothing => {
            table
                .open(line, format!("no time, and no reason why not, is in the row {}", quoted(&row.cells.join(", "))));
        }
        Answer::Unclear(text) => table.note(line, format!("no time is in the row; its reason may be {}", quoted(text))),
        Answer::Reason => {}
        Answer::Times(times) => {
            if times.with_unit == 0 {
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
            if times.numbers.len() < FEWEST && group.rows.len() < FEWEST {
                table.note(line, "only one time is in the row: the lesson has several");
            }
            tell_samples(table, row, times);
        }
    }
}

/// The lesson's own row: certain if its address and its times are still there.
fn tell_samples(table: &mut Deliverable, row: &Row, times: &Times) {
    let has = |ip: &str| {
        patterns::addresses(&row.text).iter().any(|address| address.ip.is_some_and(|own| own.to_string() == ip))
    };
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
fn tell_missing(table: &mut Deliverable, fixed: &BTreeMap<usize, Group>, others: &BTreeMap<String, Group>) {
    let not_found = (0..lesson::DESTINATIONS.len()).filter(|place| !fixed.contains_key(place));
    let mut names: Vec<&str> = not_found.map(|place| lesson::DESTINATIONS[place].name).collect();
    let missing = (names.len() + lesson::OWN.len()).saturating_sub(others.len());
    if missing == 0 {
        if !names.is_empty() {
            table.note(None, format!("no row is for {}", names.join(", ")));
        }
        return;
    }
    if others.len() < lesson::OWN.len() {
        let is_named = |name: &&str| {
            let name = name.to_lowercase();
            others.values().flat_map(|group| &group.rows).any(|(row, _)| row.text.to_lowercase().contains(&name))
        };
        names.extend(lesson::OWN.iter().filter(|name| !is_named(name)));
    }
    let (rows, are) = if missing == 1 { ("a row", "is") } else { ("rows", "are") };
    let some = if missing < names.len() { format!(", {missing} of these") } else { String::new() };
    table.open(None, format!("{rows} {are} missing{some}, to be written into the table: {}", names.join(", ")));
}

/// Whether the row is for this destination. What stands in the column of times is no destination.
fn is_for(row: &Row, destination: &Destination) -> bool {
    let text = match row.value.as_deref() {
        Some(value) if !value.is_empty() => row.text.replacen(value, "", 1),
        _ => row.text.clone(),
    };
    let small = text.to_lowercase();
    let has_ip =
        |ip: &str| patterns::addresses(&text).iter().any(|own| own.ip.is_some_and(|own| own.to_string() == ip));
    destination.words.iter().any(|word| small.contains(word)) || destination.ip.is_some_and(has_ip)
}

/// The command that fills in the table.
pub fn next(file: Option<&str>) -> String {
    let file = file.map(|file| format!(" {file}")).unwrap_or_default();
    format!("cargo run -q -p ex2-ping -- --table{file}")
}
