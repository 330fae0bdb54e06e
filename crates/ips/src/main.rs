//! Exercise 1: the addresses of this computer, and the table `IPs.txt`.
//!
//! Reading the interfaces is the exercise, see [`interfaces`]. The rest is the table: [`own`] finds the row's address, [`check`]
//! refuses what cannot be one, [`sheet`] saves it.

mod check;
mod interfaces;
mod list;
mod options;
mod own;
mod sheet;

use clap::Parser as _;
use common::Problem;
use interfaces::{Interface, Kind};
use options::{Add, Command, Options, Save};
use sheet::Row;
use std::process::ExitCode;

fn main() -> ExitCode {
    common::problem::exit_code(run(Options::parse()))
}

fn run(options: Options) -> Result<(), Problem> {
    // 1. Ask the system which interfaces this computer has
    let interfaces = interfaces::all()?;

    // 2. Show them, or save an address in the table
    match options.command() {
        Command::List => list::for_people(&interfaces),
        Command::Json => list::for_programs(&interfaces),
        Command::Save(save) => save_own(&interfaces, save),
        Command::Add(add) => save_typed(&interfaces, add),
    }
}

/// `--save`: the row of this computer.
fn save_own(interfaces: &[Interface], save: Save) -> Result<(), Problem> {
    let (interface, address) = own::choose(interfaces, save.interface.as_deref())?;
    let kind = save.kind.unwrap_or(interface.kind);
    if kind == Kind::Unknown {
        return Err(Problem::new(
            format_args!("it is not known whether {} is a wire or wifi", interface.name),
            "this system does not say so",
            "add --kind Wire or --kind Wifi",
        ));
    }
    check::for_table(address.ip, Some(address.prefix), &[])?;
    sheet::save(
        save.file,
        &Row { machine: save.machine, interface: kind.to_string(), date: save.date, place: save.place, ip: address.ip },
    )
}

/// `add`: a row that was typed, for a machine on which this program does not run.
fn save_typed(interfaces: &[Interface], add: Add) -> Result<(), Problem> {
    check::for_table(add.ip.ip, add.ip.prefix, interfaces)?;
    let interface = Kind::named(&add.interface).map_or(add.interface, |kind| kind.to_string());
    sheet::save(add.file, &Row { machine: add.machine, interface, date: add.date, place: add.place, ip: add.ip.ip })
}
