//! The table of IPs: each machine has an address that can be a machine's.

use super::patterns::Address;
use super::table_line::TableLine;
use super::{dates, lesson};
use crate::item::{Item, excerpt};
use common::address::machine;

/// Where the lesson's table has the date.
const DATE_COLUMN: usize = 2;
/// A row says its machine, its interface and its place; what it says besides, but for the date, is about the IP.
const NAMES_OF_A_ROW: usize = 3;

/// The lesson shows two rows, a phone and a computer, and asks for the phone in two places.
const FEWEST_ROWS: usize = 2;
const ALL_ROWS: usize = ROWS.len();
/// What they are called where they are counted.
pub const ROWS: [&str; 3] = ["row_1", "row_2", "row_3"];

/// Parts of words for a phone: nobody's table has the same ones.
const MOBILES: &[&str] = &[
    "mobile", "móvil", "movil", "phone", "android", "tablet", "ipad", "teléf", "telef", "celular", "samsung", "xiaomi",
    "huawei", "pixel",
];
/// Parts of words for a computer.
const COMPUTERS: &[&str] =
    &["computer", "ordenad", "laptop", "portátil", "portatil", "desktop", "notebook", "macbook", "workst", "equipo"];
/// Words for a computer that stand in others as well: whole words only.
const SHORT_COMPUTERS: &[&str] = &["pc", "mac", "lap", "self"];
/// Words for an interface on which loopback is right, and no machine's.
const LOOPBACKS: &[&str] = &["lo", "loopback", "localhost"];

/// What the lesson asks for an IP of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Machine {
    Mobile,
    Computer,
}

pub fn judge(item: &mut Item, lines: &[TableLine], file: &str) {
    // The machine of each row, where its words name it.
    let mut named: Vec<Option<Machine>> = Vec::new();
    let mut has_ip: Vec<Machine> = Vec::new();
    let (mut with_ip, mut answered, mut refused) = (0, 0, 0);
    let (mut empty, mut undated): (Vec<&TableLine>, Vec<usize>) = (Vec::new(), Vec::new());
    for line in lines.iter().filter(|line| line.value.is_some() || is_about_a_machine(line)) {
        let number = Some(line.number);
        let mut rows = usize::from(line.value.is_some());
        let usable: Vec<&Address> = line.hosts.addresses.iter().filter(|address| refusal(address).is_none()).collect();
        if !usable.is_empty() {
            // Two in a row may be home and lab, or a column for each machine.
            rows = usable.iter().filter(|address| address.ip.is_some_and(|ip| ip.is_ipv4())).count().max(1);
            with_ip += 1;
            answered += rows;
            (0..rows).for_each(|_| item.row(line.number, None));
            has_ip.extend(machines(line).next());
            note_doubts(item, line, &usable);
            look_at_date(item, line, &mut undated);
        } else if let Some(why) = line.hosts.addresses.iter().find_map(refusal) {
            if words(line).any(|word| LOOPBACKS.contains(&word.as_str())) {
                rows = 0;
                refused += 1;
                item.note(number, format!("{why}; the row says so itself, and is not counted"));
            } else if line.value.is_none() && !line.is_in_table {
                // It may be a remark about the netmask.
                item.note(number, why);
            } else {
                refused += 1;
                open(item, line, &why, file);
            }
        } else if let Some(why) = instead_of_an_ip(line).and_then(is_no_ip) {
            refused += 1;
            open(item, line, &why, file);
        } else if let Some(text) = instead_of_an_ip(line) {
            answered += 1;
            item.row(line.number, None);
            item.note(number, format!("the row has no IP; it says {}", excerpt(text)));
        } else {
            empty.push(line);
        }
        named.extend(std::iter::repeat_n(machines(line).next(), rows));
    }
    if named.is_empty() && refused == 0 && empty.is_empty() {
        return item.open(None, "it has no row of the lesson's table");
    }
    if answered + refused == 0 {
        return item.open_untouched(None, "no row has an IP yet: it is as the lesson gives it");
    }
    for line in empty {
        let why = format!("the row {} has no IP", excerpt(&line.cells.join(", ")));
        // One without a place, as well, may be the lesson's own, left above the student's row of that machine.
        let is_answered_below = line.cells.len() < NAMES_OF_A_ROW && machines(line).any(|own| has_ip.contains(&own));
        if !is_row(line) || answered >= ALL_ROWS || is_answered_below {
            item.note(Some(line.number), why);
        } else {
            open(item, line, &why, file);
        }
    }
    look_for_missing(item, &named, file);
    match undated.as_slice() {
        [] => {}
        [line] => item.note(Some(*line), "the row has no date"),
        more => item.note(None, format!("{} rows have no date", more.len())),
    }
    let rows = if with_ip == 1 { "1 row has".to_string() } else { format!("{with_ip} rows have") };
    item.ok(format!("{rows} an IP"));
}

/// The row is not done: the command to type is for its machine.
fn open(item: &mut Item, line: &TableLine, why: &str, file: &str) {
    item.row(line.number, None);
    item.open(Some(line.number), why);
    let place = if line.text.to_lowercase().contains("lab") { "\"Alcorcon Lab\"" } else { "home" };
    item.next.get_or_insert_with(|| match machines(line).next() {
        Some(Machine::Mobile) => add_mobile(place, file),
        _ => next(file),
    });
}

/// Whether it is a row of the lesson's table, even if its cells cannot be told from each other.
fn is_row(line: &TableLine) -> bool {
    line.value.is_some() || line.is_in_table
}

/// What a row without an IP says in its place, as `no signal`. Where its columns are not certain, that is one text more than a row
/// has names.
fn instead_of_an_ip(line: &TableLine) -> Option<&str> {
    let text = match &line.value {
        Some(value) => Some(value),
        None if line.is_in_table => {
            let names = line.cells.iter().filter(|cell| !dates::is_date(cell));
            names.filter(|cell| cell.contains(char::is_alphanumeric)).nth(NAMES_OF_A_ROW)
        }
        None => None,
    };
    text.map(String::as_str).filter(|text| text.contains(char::is_alphanumeric))
}

/// Why a text without words is no reason, but an IP that went wrong: `192.168.1`, `10,1,3,17`; or a hardware address.
fn is_no_ip(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split([':', '-']).collect();
    let is_byte = |group: &&str| group.len() == 2 && group.chars().all(|digit| digit.is_ascii_hexdigit());
    if groups.len() == 6 && groups.iter().all(is_byte) {
        return Some(format!("{} is the hardware address (MAC), and no IP", excerpt(text)));
    }
    let has_word = text.chars().any(|character| character.is_alphabetic() && !"xX".contains(character));
    let is_number = !has_word && text.contains(|character: char| character.is_ascii_digit());
    is_number.then(|| format!("{} is no IP: that has four numbers with points between them", excerpt(text)))
}

/// A date may be missing: of the tables that students hand in some have none. One that no calendar has is a mistake.
fn look_at_date(item: &mut Item, line: &TableLine, undated: &mut Vec<usize>) {
    let cells = || line.cells.iter().map(String::as_str);
    let date =
        line.cell(DATE_COLUMN).filter(|cell| !cell.is_empty()).or_else(|| cells().find(|cell| dates::is_date(cell)));
    match date.filter(|date| date.contains(char::is_alphanumeric)) {
        Some(date) if dates::is_impossible(date) => {
            item.open(Some(line.number), format!("the date {} is in no calendar", excerpt(date)));
        }
        None if line.has_cells() => undated.push(line.number),
        _ => {}
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
fn note_doubts(item: &mut Item, line: &TableLine, usable: &[&Address]) {
    let doubt = |address: &&Address| {
        let ip = address.ip?;
        let doubt = machine::doubt(ip, address.prefix).map(|doubt| format!("{}; {}", doubt.cause, doubt.next));
        doubt.or_else(|| machine::strange(ip).map(str::to_string)).map(|doubt| format!("{ip}: {doubt}"))
    };
    let doubts: Vec<String> = usable.iter().filter_map(doubt).collect();
    if let Some(doubt) = doubts.first().filter(|_| doubts.len() == usable.len()) {
        item.note(Some(line.number), doubt);
    }
    for sample in [lesson::MOBILE_IP, lesson::SELF_IP] {
        if usable.iter().any(|address| address.is(sample)) {
            item.note(Some(line.number), format!("{sample} is the IP of the lesson's example: is it this machine's?"));
        }
    }
}

/// Rows are counted; whose they are is only noted, as no list has all words for a phone.
fn look_for_missing(item: &mut Item, machines: &[Option<Machine>], file: &str) {
    let has = |machine| machines.contains(&Some(machine));
    let lesson = [(Machine::Mobile, "mobile"), (Machine::Computer, "Lab computer")];
    let missing: Vec<_> = lesson.into_iter().filter(|(machine, _)| !has(*machine)).collect();
    let names = missing.iter().map(|(_, name)| *name).collect::<Vec<_>>().join(" or ");
    let unknown = machines.iter().filter(|machine| machine.is_none()).count();
    if machines.len() < FEWEST_ROWS {
        item.open(None, format!("a row is missing: {names}"));
        item.next.get_or_insert_with(|| if has(Machine::Mobile) { next(file) } else { add_mobile("home", file) });
    } else if missing.len() > unknown {
        item.note(None, format!("no row names a {names}"));
    } else if machines.len() < ALL_ROWS {
        item.note(None, "the phone has one IP at home and another one in the lab: the lesson asks for both");
    }
}

/// Whether a line outside the table is a row all the same: it has an IP, or names a machine in one of its cells. One that names a
/// phone and a computer is a heading above their columns.
fn is_about_a_machine(line: &TableLine) -> bool {
    let has = |machine| machines(line).any(|own| own == machine);
    let is_named = line.has_cells() && has(Machine::Mobile) != has(Machine::Computer);
    is_named || line.hosts.addresses.iter().any(|address| refusal(address).is_none())
}

/// What its words name; the first one decides, as a phone may be connected to a computer.
fn machines(line: &TableLine) -> impl Iterator<Item = Machine> {
    words(line).filter_map(|word| {
        let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
        let is_computer = has(COMPUTERS) || SHORT_COMPUTERS.contains(&word.as_str());
        if has(MOBILES) { Some(Machine::Mobile) } else { is_computer.then_some(Machine::Computer) }
    })
}

fn words(line: &TableLine) -> impl Iterator<Item = String> {
    line.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The command that adds the row of this computer.
pub fn next(file: &str) -> String {
    format!("cargo run -q -p ips -- --save{file} --machine \"Lab computer\" --place \"Alcorcon Lab\"")
}

fn add_mobile(place: &str, file: &str) -> String {
    let option = if file.is_empty() { "" } else { " --file" };
    format!("cargo run -q -p ips -- add --machine mobile --interface Wifi --place {place} --ip IP{option}{file}")
}
