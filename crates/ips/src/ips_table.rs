//! The table `IPs.txt`: one row a machine, interface and place.

use crate::default_interface;
use crate::interface::Interface;
use crate::kind::Kind;
use crate::options::{Add, Options};
use common::address::machine;
use common::table::{self, Table};
use common::{Problem, say, text};
use jiff::Zoned;
use std::io::{self, Write as _};
use std::net::IpAddr;
use std::path::PathBuf;

const COLUMNS: &[&str] = &["Machine", "Interface", "Date", "Place", "IP"];
const MACHINE_COLUMN: usize = 0;
const INTERFACE_COLUMN: usize = 1;
const DATE_COLUMN: usize = 2;
const PLACE_COLUMN: usize = 3;
const IP_COLUMN: usize = 4;

/// `ips --save`: the row of this computer.
pub fn save(options: Options, interfaces: &[Interface]) -> Result<(), Problem> {
    let (interface, address) = default_interface::choose(interfaces, options.interface.as_deref())?;
    let kind = options.kind.unwrap_or(interface.kind);
    if kind == Kind::Unknown {
        return Err(Problem::new(
            format_args!("it is not known whether {} is a wire or wifi", interface.name),
            "this system does not say so",
            "add --kind Wire or --kind Wifi",
        ));
    }
    check(address.ip, Some(address.prefix))?;
    // clap has seen to it that both names are there.
    let (machine, place) = (options.machine.unwrap_or_default(), options.place.unwrap_or_default());
    write(options.save.flatten(), &[machine, kind.to_string(), today(), place, address.ip.to_string()])
}

/// `ips add`: a row that was typed, for a machine on which this program does not run.
pub fn add(typed: Add, interfaces: &[Interface]) -> Result<(), Problem> {
    // Where no prefix was typed, that of an own interface in the same network is known.
    let networks = interfaces.iter().flat_map(|interface| &interface.addresses).filter(|address| address.prefix > 0);
    let neighbour = networks.filter(|address| address.is_with(typed.ip.ip)).max_by_key(|address| address.prefix);
    check(typed.ip.ip, typed.ip.prefix.or(neighbour.map(|address| address.prefix)))?;
    let interface = Kind::named(&typed.interface).map_or(typed.interface, |kind| kind.to_string());
    let date = typed.date.map_or_else(today, |date| date.to_string());
    write(typed.file, &[typed.machine, interface, date, typed.place, typed.ip.ip.to_string()])
}

/// The day that it is here.
fn today() -> String {
    Zoned::now().date().to_string()
}

/// Refuses an IP that cannot be the one of a machine on a network, with the reason. Says so if it is allowed but strange.
fn check(ip: IpAddr, prefix: Option<u8>) -> Result<(), Problem> {
    if let Some(doubt) = machine::doubt(ip, prefix) {
        return Err(Problem::new(format_args!("{ip} cannot be the IP of a machine"), doubt.cause, doubt.next));
    }
    if let Some(note) = machine::strange(ip) {
        let _ = writeln!(io::stderr(), "note: {note}");
    }
    Ok(())
}

/// Writes the row into the file and on standard output; on standard error where it is and what it has replaced.
fn write(file: Option<PathBuf>, cells: &[String; COLUMNS.len()]) -> Result<(), Problem> {
    let file = file.map_or_else(|| table::find_course_file("IPs.txt", "--save FILE, or add --file FILE"), Ok)?;
    let (number, old_ip) = table::update(&file, COLUMNS, |table| Ok(put(table, cells)))?;

    say(cells.join(" | "))?;
    let what = match old_ip.as_deref() {
        None => "it is new".to_string(),
        Some("") => "it had no IP yet".to_string(),
        Some(ip) if ip == cells[IP_COLUMN] => "it had this IP already".to_string(),
        Some(ip) => format!("its IP was {}", text::escape_line(ip.as_bytes())),
    };
    let name = text::escape_line(file.display().to_string().as_bytes());
    let _ = writeln!(io::stderr(), "saved in {name}, row {number}: {what}");
    Ok(())
}

/// Fills in or updates the row of the same machine, interface and place, or adds one: its number, counted from 1, and the IP that
/// was in it.
fn put(table: &mut Table, cells: &[String; COLUMNS.len()]) -> (usize, Option<String>) {
    // Of several the row with the fewest empty cells is meant, and among those one that names the machine.
    let found = (0..table.row_count())
        .filter_map(|row| Some((empty_cells(table, row, cells)?, table.cell(row, MACHINE_COLUMN).is_empty(), row)))
        .min();
    let Some((.., row)) = found else {
        table.add(&cells.each_ref().map(String::as_str));
        return (table.row_count(), None);
    };
    let old_ip = table.cell(row, IP_COLUMN).to_string();
    for (column, cell) in cells.iter().enumerate() {
        if [DATE_COLUMN, IP_COLUMN].contains(&column) || table.cell(row, column).is_empty() {
            table.set(row, column, cell);
        }
    }
    (row + 1, Some(old_ip))
}

/// Whether a row is of the same machine, interface and place, but for cells that are empty: how many. None if it is another row.
fn empty_cells(table: &Table, row: usize, cells: &[String; COLUMNS.len()]) -> Option<usize> {
    let mut empty = 0;
    for column in [MACHINE_COLUMN, INTERFACE_COLUMN, PLACE_COLUMN] {
        match table.cell(row, column) {
            "" => empty += 1,
            cell if table::is_same(cell, &cells[column]) => {}
            _ => return None,
        }
    }
    // A row that says less than this one, but has an IP, may be another machine's.
    let ip = table.cell(row, IP_COLUMN);
    (empty == 0 || ip.is_empty() || ip == cells[IP_COLUMN]).then_some(empty)
}
