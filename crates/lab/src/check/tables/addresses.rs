//! The table of IPs: each machine has an address that can be a machine's.

use super::super::deliverable::{Deliverable, Level, quoted};
use super::super::patterns::{self, Address};
use super::super::rows::{self, Row};
use super::lesson;
use common::address::machine;
use std::net::IpAddr;

pub fn rows(file: &[u8]) -> Vec<Row> {
    rows::rows(file, lesson::IPS_COLUMNS, lesson::IP)
}

/// Whose row it is, as far as its words say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Machine {
    Mobile,
    Computer,
    Unknown,
}

/// What was counted.
#[derive(Default)]
struct Count {
    mobiles: usize,
    computers: usize,
    unknown: usize,
    /// Machines with an IP. A row with two of them counts twice: home and lab in one cell.
    filled: usize,
    /// Rows that say something instead of an IP.
    explained: usize,
    /// Rows that have an IP which is none.
    refused: usize,
}

impl Count {
    fn rows(&self) -> usize {
        self.mobiles + self.computers + self.unknown
    }
}

pub fn judge(table: &mut Deliverable, rows: &[Row]) {
    let mut count = Count::default();
    let mut empty = Vec::new();
    for row in rows {
        let Some(is_filled) = look_at(table, row, &mut count) else { continue };
        if !is_filled {
            empty.push(row);
        }
        match machine(row) {
            Machine::Mobile => count.mobiles += 1,
            Machine::Computer => count.computers += 1,
            Machine::Unknown => count.unknown += 1,
        }
    }
    if count.rows() + count.refused == 0 {
        return table.open(None, "no row of the lesson's table is in it");
    }
    if count.filled + count.explained + count.refused == 0 {
        return table.open(None, "no row has an IP yet: it is as the lesson gives it");
    }
    for row in empty {
        table.open(Some(row.line), format!("no IP is in the row {}", quoted(&row.cells.join(", "))));
    }
    tell_missing(table, &count);
    table.ok(match count.filled {
        1 => "1 machine has an IP".to_string(),
        filled => format!("{filled} rows have an IP"),
    });
}

/// Whether the row has an IP, or says why not; none if it is no row.
fn look_at(table: &mut Deliverable, row: &Row, count: &mut Count) -> Option<bool> {
    let addresses = patterns::addresses(&row.text);
    let usable: Vec<&Address> = addresses.iter().filter(|address| refusal(address).is_none()).collect();
    if !usable.is_empty() {
        let fours = usable.iter().filter(|address| address.ip.is_some_and(|ip| ip.is_ipv4())).count();
        count.filled += fours.max(1);
        doubts(table, row, &usable);
        return Some(true);
    }
    let is_row = row.value.is_some() || is_about_a_machine(row);
    if !is_row {
        return None;
    }
    if let Some(why) = addresses.iter().find_map(refusal) {
        count.refused += 1;
        if words(row).any(|word| lesson::LOOPBACKS.contains(&word.as_str())) {
            table.note(Some(row.line), format!("{why}; the row says so itself, and counts as no machine"));
            return None;
        }
        table.open(Some(row.line), why);
        return Some(true);
    }
    match &row.value {
        Some(text) if text.contains(char::is_alphanumeric) => {
            count.explained += 1;
            table.note(Some(row.line), format!("no IP is in the row; it says {}", quoted(text)));
            Some(true)
        }
        _ => Some(false),
    }
}

/// Why this is certainly no machine's address.
fn refusal(address: &Address) -> Option<String> {
    let Some(ip) = address.ip else {
        return Some("an IP has four numbers from 0 to 255, and one of this row's has a greater one".to_string());
    };
    let doubt = machine::doubt(ip, address.prefix).filter(|doubt| doubt.is_certain)?;
    Some(format!("{ip} cannot be the IP of a machine: {}", doubt.cause))
}

/// What may be right, and may be not: only where the row has nothing better.
fn doubts(table: &mut Deliverable, row: &Row, usable: &[&Address]) {
    let ips: Vec<(IpAddr, Option<u8>)> =
        usable.iter().filter_map(|address| Some((address.ip?, address.prefix))).collect();
    let doubt = |&(ip, prefix): &(IpAddr, Option<u8>)| {
        machine::doubt(ip, prefix)
            .map(|doubt| format!("{}; {}", doubt.cause, doubt.next))
            .or_else(|| machine::strange(ip).map(str::to_string))
            .map(|doubt| format!("{ip}: {doubt}"))
    };
    let doubts: Vec<String> = ips.iter().filter_map(doubt).collect();
    if let Some(doubt) = doubts.first().filter(|_| doubts.len() == ips.len()) {
        table.note(Some(row.line), doubt.clone());
    }
    for sample in [lesson::MOBILE_IP, lesson::SELF_IP] {
        if ips.iter().any(|(ip, _)| ip.to_string() == sample) {
            table.note(Some(row.line), format!("{sample} stands in the lesson as an example: is it this machine's?"));
        }
    }
}

/// Machines that no row is about. The lesson's own table has two of them, a phone and a computer.
fn tell_missing(table: &mut Deliverable, count: &Count) {
    let missing: Vec<&str> = [(count.mobiles, "mobile"), (count.computers, "Lab computer")]
        .iter()
        .filter(|(rows, _)| *rows == 0)
        .map(|(_, name)| *name)
        .collect();
    if missing.len() > count.unknown {
        table.open(None, format!("a row is missing: {}", missing.join(" or ")));
    } else if count.rows().max(count.filled) < lesson::IPS_ROWS {
        table.note(None, "the phone has one IP at home and another one in the lab: the lesson asks for both");
    }
}

/// Whether a line outside the table is a row all the same: it names a machine, and where or how it is connected.
fn is_about_a_machine(row: &Row) -> bool {
    let text = row.text.to_lowercase();
    let about = lesson::ABOUT_A_MACHINE.iter().any(|word| text.contains(word));
    row.has_cells() && about && machine(row) != Machine::Unknown
}

/// The first word decides: a phone may be connected to a computer.
fn machine(row: &Row) -> Machine {
    let text = row.text.to_lowercase();
    let first = |list: &[&str]| list.iter().filter_map(|word| text.find(word)).min();
    let short = words(row).find(|word| lesson::SHORT_COMPUTERS.contains(&word.as_str()));
    let computer = first(lesson::COMPUTERS).into_iter().chain(short.and_then(|word| text.find(&word))).min();
    match (first(lesson::MOBILES), computer) {
        (Some(mobile), Some(computer)) if computer < mobile => Machine::Computer,
        (Some(_), _) => Machine::Mobile,
        (None, Some(_)) => Machine::Computer,
        (None, None) => Machine::Unknown,
    }
}

fn words(row: &Row) -> impl Iterator<Item = String> {
    row.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The command for the row that is left: that of this computer, or one typed for the phone.
pub fn next(table: &Deliverable, file: Option<&str>) -> String {
    let open = table.findings.iter().find(|finding| finding.level == Level::Open);
    let open = open.map(|finding| finding.message.to_lowercase()).unwrap_or_default();
    if lesson::MOBILES.iter().any(|word| open.contains(word)) {
        let place = if open.contains("lab") { "\"Alcorcon Lab\"" } else { "home" };
        let file = file.map(|file| format!(" --file {file}")).unwrap_or_default();
        return format!("cargo run -q -p ips -- add --machine mobile --interface Wifi --place {place} --ip IP{file}");
    }
    let file = file.map(|file| format!(" {file}")).unwrap_or_default();
    format!("cargo run -q -p ips -- --save{file} --machine \"Lab computer\" --place \"Alcorcon Lab\"")
}
