//! The list of the interfaces, on standard output.

use crate::interfaces::Interface;
use common::{Problem, text};
use std::fmt::Write as _;
use std::io::{self, Write};

/// What the system says of the loopback interface, which has no hardware.
const NO_MAC: &str = "00:00:00:00:00:00";

/// As a table, in at most 80 columns: an interface a line, and its addresses on lines of their own below it.
pub fn for_people(interfaces: &[Interface]) -> Result<(), Problem> {
    let mut stdout = io::stdout().lock();
    write_table(interfaces, &mut stdout).and_then(|()| stdout.flush()).map_err(Problem::output)
}

/// As JSON: an array of objects.
pub fn for_programs(interfaces: &[Interface]) -> Result<(), Problem> {
    let mut stdout = io::stdout().lock();
    let json = serde_json::to_string_pretty(interfaces).map_err(io::Error::from);
    let written = json.and_then(|json| writeln!(stdout, "{}", text::escape_json(&json))).and_then(|()| stdout.flush());
    written.map_err(Problem::output)
}

fn write_table(interfaces: &[Interface], output: &mut impl Write) -> io::Result<()> {
    let shown: Vec<Vec<String>> = interfaces
        .iter()
        .map(|interface| interface.addresses.iter().map(|address| address.shown(&interface.name)).collect())
        .collect();
    let longest = |texts: &mut dyn Iterator<Item = &String>| texts.map(|text| text.chars().count()).max().unwrap_or(0);
    let name = longest(&mut interfaces.iter().map(|interface| &interface.name)).max("INTERFACE".len());
    let address = longest(&mut shown.iter().flatten());

    let mut text = format!("{:name$}  {:8}  {:7}  MAC\n", "INTERFACE", "KIND", "STATE");
    for (interface, addresses) in interfaces.iter().zip(shown) {
        let mac = interface.mac.as_deref().filter(|mac| *mac != NO_MAC).unwrap_or("-");
        let _ = writeln!(text, "{:name$}  {:8}  {:7}  {mac}", interface.name, interface.kind, state(interface));
        for (shown, found) in addresses.iter().zip(&interface.addresses) {
            let _ = writeln!(text, "{:name$}  {shown:address$}  {}", "", found.scope.name());
        }
    }
    output.write_all(text.as_bytes())
}

fn state(interface: &Interface) -> &'static str {
    match (interface.up, interface.running) {
        (false, _) => "down",
        (true, false) => "no link",
        (true, true) => "up",
    }
}
