//! The table of IPs: each machine has an address that can be a machine's.

use super::super::deliverable::{About, Deliverable, Level, Machine, quoted};
use super::super::patterns::Address;
use super::super::rows::{self, Row};
use super::lesson;
use common::address::machine;
use std::net::IpAddr;

pub fn rows(file: &[u8]) -> Vec<Row> {
    rows::rows(file, lesson::IPS_COLUMNS, lesson::IP_COLUMN)
}

/// How many there are of each machine.
#[derive(Default)]
struct Machines {
    mobiles: usize,
    computers: usize,
    /// Rows whose words do not say it: each may be any machine's.
    unknown: usize,
}

impl Machines {
    fn add(&mut self, machine: Machine, count: usize) {
        match machine {
            Machine::Mobile => self.mobiles += count,
            Machine::Computer => self.computers += count,
            Machine::Unknown => self.unknown += count,
        }
    }

    fn all(&self) -> usize {
        self.mobiles + self.computers + self.unknown
    }

    /// Those of the lesson's that are not named.
    fn not_named(&self) -> Vec<Machine> {
        let all = [(self.mobiles, Machine::Mobile), (self.computers, Machine::Computer)];
        all.into_iter().filter(|(rows, _)| *rows == 0).map(|(_, machine)| machine).collect()
    }
}

/// What was counted.
#[derive(Default)]
struct Count {
    rows: Machines,
    /// Of these, the ones that have an IP or say why not. A row with two of them counts twice: home and lab in one cell, or a column for
    /// each machine.
    answered: Machines,
    /// Rows with an IP that a machine can have.
    filled: usize,
    /// Rows that have an IP which is none.
    refused: usize,
    /// Lines that are like a row without an IP, and no whole row of the table.
    loose: usize,
}

impl Count {
    /// Whether a row of this machine is one more than the lesson asks for.
    fn is_extra(&self, machine: Machine) -> bool {
        let missing = self.answered.not_named().len();
        let is_complete = missing <= self.answered.unknown && self.answered.all() >= lesson::IPS_ROWS;
        is_complete || (machine == Machine::Unknown && missing == 0)
    }
}

/// What a row says.
enum Said {
    /// So many machines have an IP in it, or it says why there is none.
    Something(usize),
    /// No machine can have its IP.
    Refused,
    Nothing,
}

pub fn judge(table: &mut Deliverable, rows: &[Row]) {
    let mut count = Count::default();
    let mut empty = Vec::new();
    for row in rows {
        let Some(said) = look_at(table, row, &mut count) else { continue };
        match said {
            Said::Something(machines) => {
                count.rows.add(machine(row), machines);
                count.answered.add(machine(row), machines);
            }
            Said::Refused => count.rows.add(machine(row), 1),
            Said::Nothing => {
                if row.value.is_some() {
                    count.rows.add(machine(row), 1);
                } else {
                    count.loose += 1;
                }
                empty.push(row);
            }
        }
    }
    if count.rows.all() + count.refused + count.loose == 0 {
        return table.open(None, "no row of the lesson's table is in it");
    }
    if count.answered.all() + count.refused == 0 {
        return table.open(None, "no row has an IP yet: it is as the lesson gives it");
    }
    for row in empty {
        let why = format!("no IP is in the row {}", quoted(&row.cells.join(", ")));
        if row.value.is_none() || count.is_extra(machine(row)) {
            table.note(Some(row.line), why);
        } else {
            table.open_about(about(row), Some(row.line), why);
        }
    }
    tell_missing(table, &count);
    table.ok(match count.filled {
        1 => "1 row has an IP".to_string(),
        filled => format!("{filled} rows have an IP"),
    });
}

/// What the row says; none if it is no row.
fn look_at(table: &mut Deliverable, row: &Row, count: &mut Count) -> Option<Said> {
    let usable: Vec<&Address> = row.addresses.iter().filter(|address| refusal(address).is_none()).collect();
    if !usable.is_empty() {
        let fours = usable.iter().filter(|address| address.ip.is_some_and(|ip| ip.is_ipv4())).count();
        count.filled += 1;
        doubts(table, row, &usable);
        return Some(Said::Something(fours.max(1)));
    }
    if row.value.is_none() && !is_about_a_machine(row) {
        return None;
    }
    if let Some(why) = row.addresses.iter().find_map(refusal) {
        if words(row).any(|word| lesson::LOOPBACKS.contains(&word.as_str())) {
            count.refused += 1;
            table.note(Some(row.line), format!("{why}; the row says so itself, and counts as no machine"));
            return None;
        }
        // It may be a remark about the netmask.
        if row.value.is_none() {
            count.loose += 1;
            table.note(Some(row.line), why);
            return None;
        }
        count.refused += 1;
        table.open_about(about(row), Some(row.line), why);
        return Some(Said::Refused);
    }
    match &row.value {
        Some(text) if text.contains(char::is_alphanumeric) => {
            table.note(Some(row.line), format!("no IP is in the row; it says {}", quoted(text)));
            Some(Said::Something(1))
        }
        _ => Some(Said::Nothing),
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
    let missing = count.rows.not_named();
    let name = |machine: &Machine| if *machine == Machine::Mobile { "mobile" } else { "Lab computer" };
    match missing.first() {
        Some(machine) if missing.len() > count.rows.unknown => {
            let names: Vec<&str> = missing.iter().map(name).collect();
            let about = About { machine: *machine, is_in_the_lab: false };
            table.open_about(about, None, format!("a row is missing: {}", names.join(" or ")));
        }
        _ if count.rows.all() < lesson::IPS_ROWS => {
            table.note(None, "the phone has one IP at home and another one in the lab: the lesson asks for both");
        }
        _ => {}
    }
}

/// Whether a line outside the table is a row all the same: it names a machine, and where or how it is connected. One that names
/// a phone and a computer is a heading above their columns.
fn is_about_a_machine(row: &Row) -> bool {
    let text = row.text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let is_heading = has(lesson::MOBILES) && has(lesson::COMPUTERS);
    row.has_cells() && has(lesson::ABOUT_A_MACHINE) && machine(row) != Machine::Unknown && !is_heading
}

fn about(row: &Row) -> About {
    About { machine: machine(row), is_in_the_lab: row.text.to_lowercase().contains("lab") }
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
    if let Some(about) = open.and_then(|finding| finding.about).filter(|about| about.machine == Machine::Mobile) {
        let place = if about.is_in_the_lab { "\"Alcorcon Lab\"" } else { "home" };
        let file = file.map(|file| format!(" --file {file}")).unwrap_or_default();
        return format!("cargo run -q -p ips -- add --machine mobile --interface Wifi --place {place} --ip IP{file}");
    }
    let file = file.map(|file| format!(" {file}")).unwrap_or_default();
    format!("cargo run -q -p ips -- --save{file} --machine \"Lab computer\" --place \"Alcorcon Lab\"")
}
