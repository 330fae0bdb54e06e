//! The table of ping times: each destination has times, or a reason why not.

use super::lesson::{DESTINATIONS, Destination, MOBILE_IP, OWN, SELF_IP, SELF_TIMES};
use super::measurement::Measurement;
use super::patterns::{self, Hosts};
use super::table_line::TableLine;
use crate::item::{Item, excerpt};
use common::address::machine;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// The lesson writes two times behind a destination, and dots.
const FEWEST_TIMES: usize = 2;
const NAME_COLUMN: usize = 1;

/// Those that may be silent to a whole network, behind a firewall or asleep; and how many blank cells may mean that. A row without
/// a time of any other is as good as no row.
const MAY_BE_SILENT: [&str; 2] = ["f-l3208-pc01", "newdomain.com.au"];
const MOST_SILENT: usize = 2;

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
        return item.open_untouched(None, "no row has a time yet: it is as the lesson gives it");
    }
    let (mut answered, mut blank): (usize, Vec<&TableLine>) = (0, Vec::new());
    for group in groups.values() {
        // A pasted ping has a heading, and then its times.
        let Some((line, measurement)) = group.iter().min_by(|(_, one), (_, other)| one.cmp(other)) else { continue };
        item.row(line.number, name_of(line));
        match measurement {
            Measurement::Nothing => blank.push(line),
            // What stands there is its name.
            Measurement::Unclear(_) if is_self(line) => blank.push(line),
            _ => answered += 1,
        }
        look_at(item, line, measurement, group.len());
        look_at_address(item, line);
    }
    look_at_blank(item, &blank);
    look_for_same_addresses(item, &groups);
    if !all().any(has_unit) && !others.iter().any(|line| patterns::names_a_unit(&line.hosts.others)) {
        item.note(None, "no time has a unit: write ms behind it, if it is milliseconds");
    }
    if !all().any(|measurement| matches!(measurement, Measurement::Times(_))) {
        item.open(None, "no row has a time: at least your own computer, Self, always answers");
    }
    look_for_missing(item, &groups);
    let destinations =
        if answered == 1 { "1 destination has".to_string() } else { format!("{answered} destinations have") };
    item.ok(format!("{destinations} times, or a reason why not"));
}

/// The rows by their machines, and the lines that are no rows.
fn groups(lines: &[TableLine]) -> (BTreeMap<Key, Group<'_>>, Vec<&TableLine>) {
    let mut groups: BTreeMap<Key, Group> = BTreeMap::new();
    let mut others = Vec::new();
    for (line, measurement) in measurements(lines) {
        let ip = line.hosts.addresses.first().and_then(|address| address.ip).map(|ip| ip.to_string());
        let is_own = || OWN.iter().any(|own| line.text.to_lowercase().contains(&own.to_lowercase()));
        let is_row = line.value.is_some() || ip.is_some() || has_unit(&measurement) || (line.is_in_table && is_own());
        // A sentence may name a destination too.
        let is_like_one = is_row || line.has_cells() || line.hosts.begins_with_name;
        match destination(line).filter(|_| is_like_one).map(|destination| destination.name) {
            None if !is_row => others.push(line),
            name => {
                let no_ip = if name.is_some() { String::new() } else { format!("line {}", line.number) };
                // Two rows of a table with different names are two machines, even if they have one IP.
                let own = line.cell(NAME_COLUMN).filter(|_| name.is_none()).unwrap_or_default().to_lowercase();
                groups.entry((name, ip.unwrap_or(no_ip) + &own)).or_default().push((line, measurement));
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
            // An empty line may be between.
            is_bare && above.number + 2 >= line.number && *own == Measurement::Nothing
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
        Measurement::Reason | Measurement::Nothing => return,
        Measurement::Unclear(_) if is_self(line) => return,
        Measurement::Unclear(text) => {
            return item.note(number, format!("the row has no time; its reason may be {}", excerpt(text)));
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

/// Rows without a time: as with rows that are not there, something is left to do, unless they may not have answered.
fn look_at_blank(item: &mut Item, blank: &[&TableLine]) {
    for line in blank {
        let why = format!("the row {} has neither a time nor a reason why not", excerpt(&line.cells.join(", ")));
        if may_be_silent(line) && blank.len() <= MOST_SILENT {
            item.note(Some(line.number), format!("{why}: if no answer came, say so"));
        } else {
            item.open(Some(line.number), why);
        }
    }
    if blank.len() > MOST_SILENT {
        let rows = blank.len();
        item.open(None, format!("{rows} rows have no time: ping them, and where no answer comes write why"));
    }
}

/// Of machines that the lesson does not know one may be the phone, if it has an IP.
fn may_be_silent(line: &TableLine) -> bool {
    let may_be_phone = || !is_self(line) && !line.hosts.addresses.is_empty();
    destination(line).map_or_else(may_be_phone, |destination| MAY_BE_SILENT.contains(&destination.name))
}

/// The lesson's name for the row, where it is certain.
fn name_of(line: &TableLine) -> Option<&'static str> {
    let text = line.text.to_lowercase();
    let is_mobile = text.contains(&OWN[1].to_lowercase());
    let own = if is_self(line) { Some(OWN[0]) } else { Some(OWN[1]).filter(|_| is_mobile) };
    destination(line).map(|destination| destination.name).or(own)
}

/// Whether it is the row of the student's own computer, which always answers.
fn is_self(line: &TableLine) -> bool {
    let text = line.text.to_lowercase();
    let is_loopback = line.hosts.addresses.iter().any(|address| address.ip.is_some_and(|ip| ip.is_loopback()));
    destination(line).is_none() && (is_loopback || text.contains("localhost") || text.contains(&OWN[0].to_lowercase()))
}

/// An IP that the lesson gives to another destination than the one that the row names; and what is strange in an own one.
fn look_at_address(item: &mut Item, line: &TableLine) {
    let number = Some(line.number);
    let addresses = &line.hosts.addresses;
    let Some(own) = destination(line) else {
        let strange = addresses.iter().find_map(|address| Some((address.ip?, machine::strange(address.ip?)?)));
        return strange.into_iter().for_each(|(ip, why)| item.note(number, format!("{ip}: {why}")));
    };
    let is_anothers = |other: &&Destination| {
        other.name != own.name && other.ip.is_some_and(|ip| matches!(addresses.as_slice(), [address] if address.is(ip)))
    };
    if let Some(other) = DESTINATIONS.iter().find(is_anothers) {
        let ip = other.ip.unwrap_or_default();
        item.open(number, format!("the row of {} has another row's IP: {ip} is that of {}", own.name, other.name));
    }
}

/// Two rows with one IP: one of them was copied.
fn look_for_same_addresses(item: &mut Item, groups: &BTreeMap<Key, Group>) {
    let mut rows: Vec<&TableLine> = groups.values().filter_map(|group| Some(group.first()?.0)).collect();
    rows.retain(|line| line.value.is_some());
    rows.sort_by_key(|line| line.number);
    let mut seen: BTreeMap<IpAddr, usize> = BTreeMap::new();
    for line in rows {
        let Some(ip) = line.hosts.addresses.first().and_then(|address| address.ip) else { continue };
        let first = *seen.entry(ip).or_insert(line.number);
        if first != line.number {
            let why = format!("{ip} stands in line {first} too: each machine has an IP of its own");
            item.open(Some(line.number), why);
        }
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
