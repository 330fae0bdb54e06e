//! The table of ping times: each destination has times, or a reason why not.

use super::super::item::{Item, excerpt};
use super::lesson::{DESTINATIONS, Destination, MOBILE_IP, OWN, SELF_IP, SELF_TIMES};
use super::measurement::Measurement;
use super::patterns::{self, Hosts};
use super::table_line::TableLine;
use std::collections::BTreeMap;

/// The lesson writes two times behind a destination, and dots.
const FEWEST_TIMES: usize = 2;

/// The lines about one machine, as a rule one.
type Group<'a> = Vec<(&'a TableLine, Measurement)>;

/// Which machine: the lesson's name of its destination, and its IP, or the line where it has neither. More than one machine may go
/// by the same words: a student's own computer may be `f-l3208-pc12`.
type Key = (Option<&'static str>, String);

pub fn judge(item: &mut Item, lines: &[TableLine], _file: &str) {
    let (groups, others) = groups(lines);
    let all = || groups.values().flatten().map(|(_, measurement)| measurement);
    if groups.is_empty() {
        return item.open(None, "it has no row of the lesson's table");
    }
    if all().all(|measurement| *measurement == Measurement::Nothing) {
        return item.open(None, "no row has a time yet: it is as the lesson gives it");
    }
    let mut answered = 0;
    for group in groups.values() {
        // A pasted ping has a heading, and then its times.
        let Some((line, measurement)) = group.iter().min_by(|(_, one), (_, other)| one.cmp(other)) else { continue };
        answered += usize::from(*measurement != Measurement::Nothing);
        look_at(item, line, measurement, group.len());
    }
    if !all().any(has_unit) && !others.iter().any(|line| patterns::names_a_unit(&line.hosts.others)) {
        item.note(None, "no time has a unit: write ms behind it, if it is milliseconds");
    }
    if !all().any(|measurement| matches!(measurement, Measurement::Times(_))) {
        item.open(None, "no row has a time: at least your own computer, Self, always answers");
    }
    look_for_missing(item, &groups);
    let unanswered = groups.len() - answered;
    if unanswered > answered {
        item.open(None, format!("{unanswered} rows have no time: ping them, and where no answer comes write why"));
    }
    item.ok(format!("{answered} destinations have times, or a reason why not"));
}

/// The rows by their machines, and the lines that are no rows.
fn groups(lines: &[TableLine]) -> (BTreeMap<Key, Group<'_>>, Vec<&TableLine>) {
    let mut groups: BTreeMap<Key, Group> = BTreeMap::new();
    let mut others = Vec::new();
    for (line, measurement) in measurements(lines) {
        let ip = line.hosts.addresses.first().and_then(|address| address.ip).map(|ip| ip.to_string());
        let is_row = line.value.is_some() || ip.is_some() || has_unit(&measurement);
        // A sentence may name a destination too.
        let is_like_one = is_row || line.has_cells() || line.hosts.begins_with_name;
        match destination(line).filter(|_| is_like_one).map(|destination| destination.name) {
            None if !is_row => others.push(line),
            name => {
                let no_ip = if name.is_some() { String::new() } else { format!("line {}", line.number) };
                groups.entry((name, ip.unwrap_or(no_ip))).or_default().push((line, measurement));
            }
        }
    }
    (groups, others)
}

/// What each line says. Times below a line that has none are its times: `Google: 8.8.8.8`, and in the next line `3.71 ms, 3.83 ms`.
fn measurements(lines: &[TableLine]) -> Vec<(&TableLine, Measurement)> {
    let mut all: Vec<(&TableLine, Measurement)> = Vec::new();
    for line in lines {
        let measurement = Measurement::of(line);
        let is_below = line.value.is_none() && measurement != Measurement::Nothing && !names_a_machine(line);
        let waits = |(above, own): &&mut (&TableLine, Measurement)| {
            let is_bare = above.value.is_none() && !above.has_cells();
            is_bare && above.number + 1 == line.number && *own == Measurement::Nothing
        };
        match all.last_mut().filter(|_| is_below).filter(waits) {
            Some((_, own)) => *own = measurement,
            None => all.push((line, measurement)),
        }
    }
    all
}

fn has_unit(measurement: &Measurement) -> bool {
    matches!(measurement, Measurement::Times(times) if times.has_unit)
}

fn look_at(item: &mut Item, line: &TableLine, measurement: &Measurement, lines: usize) {
    let number = Some(line.number);
    let times = match measurement {
        Measurement::Times(times) => &times.numbers,
        Measurement::Reason => return,
        Measurement::Unclear(text) => {
            return item.note(number, format!("the row has no time; its reason may be {}", excerpt(text)));
        }
        // It may not have answered: then nothing is wrong with it.
        Measurement::Nothing => {
            let row = excerpt(&line.cells.join(", "));
            return item.note(number, format!("the row {row} has neither a time nor a reason why not"));
        }
    };
    // A pasted ping has a line for each time.
    if times.len() < FEWEST_TIMES && lines < FEWEST_TIMES {
        item.note(number, "the row has only one time: the lesson has several");
    }
    // It is certainly the lesson's own row if its address and its times are still there.
    let has_ip = |ip: &&str| line.hosts.addresses.iter().any(|address| address.is(ip));
    let has_sample_times = times.iter().map(|time| time.replace(',', ".")).eq(SELF_TIMES);
    match [SELF_IP, MOBILE_IP].into_iter().find(has_ip) {
        Some(SELF_IP) if has_sample_times => {
            item.open(number, "this is the lesson's example: ping your own IP, and write down that IP and those times");
        }
        Some(ip) => item.note(number, format!("{ip} is the IP of the lesson's example: is it this machine's?")),
        None if has_sample_times => {
            item.note(number, "0.020 and 0.017 are the times of the lesson's example: are they yours?");
        }
        None => {}
    }
}

/// Rows are counted: who has taken another destination in the place of one has as many as the lesson.
fn look_for_missing(item: &mut Item, groups: &BTreeMap<Key, Group>) {
    let has_row = |destination: &&Destination| groups.keys().any(|(name, _)| *name == Some(destination.name));
    let mut names: Vec<&str> = DESTINATIONS.iter().filter(|one| !has_row(one)).map(|one| one.name).collect();
    let missing = (DESTINATIONS.len() + OWN.len()).saturating_sub(groups.len());
    if missing == 0 && !names.is_empty() {
        item.note(None, format!("no row is for {}", names.join(", ")));
    }
    if missing == 0 {
        return;
    }
    // Anybody may call these otherwise.
    if missing > names.len() {
        names.extend(OWN);
    }
    let some = if missing < names.len() { format!(" ({missing} of these)") } else { String::new() };
    item.open(None, format!("missing from the table{some}: {}", names.join(", ")));
}

/// The destination that the line names. What stands in the column of times is none.
fn destination(line: &TableLine) -> Option<&'static Destination> {
    let value = line.value.as_deref().filter(|value| !value.is_empty());
    let text = value.map_or_else(|| line.text.clone(), |value| line.text.replacen(value, "", 1));
    let addresses = Hosts::of(&text).addresses;
    let has_ip = |ip: &str| addresses.iter().any(|address| address.is(ip));
    let by_ip = || DESTINATIONS.iter().find(|destination| destination.ip.is_some_and(has_ip));
    Destination::named_in(&text.to_lowercase()).or_else(by_ip)
}

/// Whether the line says whose it is.
fn names_a_machine(line: &TableLine) -> bool {
    let small = line.text.to_lowercase();
    let is_own = OWN.iter().any(|own| small.contains(&own.to_lowercase()));
    is_own || destination(line).is_some() || line.hosts.has_name || !line.hosts.addresses.is_empty()
}

/// The command that fills in the table.
pub fn next(file: &str) -> String {
    format!("cargo run -q -p ex2-ping -- --table{file}")
}
