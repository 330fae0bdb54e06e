//! The table `IPs.txt`: one row a machine, interface and place.

use common::table::{self, Table};
use common::{Problem, text};
use jiff::civil::Date;
use std::io::{self, Write as _};
use std::net::IpAddr;
use std::path::PathBuf;

const COLUMNS: &[&str] = &["Machine", "Interface", "Date", "Place", "IP"];
const MACHINE_COLUMN: usize = 0;
const INTERFACE_COLUMN: usize = 1;
const DATE_COLUMN: usize = 2;
const PLACE_COLUMN: usize = 3;
const IP_COLUMN: usize = 4;

/// What is to be in the table.
pub struct Row {
    pub machine: String,
    pub interface: String,
    pub date: Date,
    pub place: String,
    pub ip: IpAddr,
}

/// What has happened to the table.
struct Saved {
    /// Counted from 1.
    number: usize,
    /// None for a new row; else the IP that was there, which may be empty.
    before: Option<String>,
}

/// Saves the row, shows it on standard output, and tells on standard error where it is and what it has replaced.
pub fn save(file: Option<PathBuf>, row: &Row) -> Result<(), Problem> {
    let file = file.map_or_else(|| table::find_course_file("IPs.txt", "--save FILE, or add --file FILE"), Ok)?;
    let saved = table::update(&file, COLUMNS, |table| Ok(put(table, row)))?;

    let Row { machine, interface, date, place, ip } = row;
    writeln!(io::stdout(), "{machine} | {interface} | {date} | {place} | {ip}").map_err(Problem::output)?;
    let what = match saved.before.as_deref() {
        None => "it is new".to_string(),
        Some("") => "it had no IP yet".to_string(),
        Some(before) if before == ip.to_string() => "it had this IP already".to_string(),
        Some(before) => format!("its IP was {}", text::escape_line(before.as_bytes())),
    };
    let name = text::escape_line(file.display().to_string().as_bytes());
    let _ = writeln!(io::stderr(), "saved in {name}, row {}: {what}", saved.number);
    Ok(())
}

/// Fills in or updates the row of the same machine, interface and place, or adds one.
fn put(table: &mut Table, row: &Row) -> Saved {
    let key = [(MACHINE_COLUMN, &row.machine), (INTERFACE_COLUMN, &row.interface), (PLACE_COLUMN, &row.place)];
    let (ip, date) = (row.ip.to_string(), row.date.to_string());
    // How many cells of the key are empty in a row that is the same but for these; the row with the fewest is meant, and
    // among those one that names the machine.
    let empty_cells = |number: &usize| {
        let mut empty = 0;
        for (column, text) in key {
            match table.cell(*number, column) {
                "" => empty += 1,
                cell if is_same(cell, text) => {}
                _ => return None,
            }
        }
        // A row that says less than this one, but has an IP, may be another machine's.
        let has_other_ip = !["", &ip].contains(&table.cell(*number, IP_COLUMN));
        (empty == 0 || !has_other_ip).then_some(empty)
    };
    let found = (0..table.row_count())
        .filter_map(|number| Some((empty_cells(&number)?, table.cell(number, MACHINE_COLUMN).is_empty(), number)))
        .min();
    let Some((.., number)) = found else {
        table.add(&[&row.machine, &row.interface, &date, &row.place, &ip]);
        return Saved { number: table.row_count(), before: None };
    };
    let before = table.cell(number, IP_COLUMN).to_string();
    for (column, text) in key {
        if table.cell(number, column).is_empty() {
            table.set(number, column, text);
        }
    }
    table.set(number, DATE_COLUMN, &date);
    table.set(number, IP_COLUMN, &ip);
    Saved { number: number + 1, before: Some(before) }
}

/// Whether two names are the same but for spaces and the size of letters.
fn is_same(one: &str, other: &str) -> bool {
    let letters =
        |text: &str| text.split_whitespace().flat_map(str::chars).flat_map(char::to_lowercase).collect::<String>();
    letters(one) == letters(other)
}
