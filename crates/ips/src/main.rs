//! Exercise 1: the addresses of this computer, and the table `IPs.txt`.
//!
//! The loop over the interfaces stands in [`run`], how they are printed in [`print()`]. The rest is the table.

mod default_interface;
mod hardware;
mod interface;
mod ips_table;
mod kind;
mod options;
#[cfg(windows)]
mod pnet_datalink;

use clap::Parser as _;
use common::{Problem, columns, problem, say, text};
use interface::{Address, Interface};
use kind::Kind;
use options::{Command, Options};
use std::process::ExitCode;

fn main() -> ExitCode {
    problem::exit_code(run(Options::parse()))
}

fn run(options: Options) -> Result<(), Problem> {
    // 1. Go through the interfaces of this computer, and keep what the system says of each
    let mut interfaces = Vec::new();
    for interface in pnet_datalink::interfaces() {
        let mut addresses = Vec::new();
        for network in &interface.ips {
            addresses.push(Address::new(network.ip(), network.prefix()));
        }
        interfaces.push(Interface {
            index: interface.index,
            name: text::escape_line(interface.name.as_bytes()),
            kind: Kind::of(&interface.name, interface.is_loopback()),
            up: interface.is_up(),
            running: interface.is_running(),
            // Some have none; what there is becomes text.
            mac: interface.mac.map(|mac| mac.to_string()),
            addresses,
        });
    }
    interface::normalize(&mut interfaces)?;

    // 2. Print them, or write an address into the table
    if let Some(Command::Add(typed)) = options.command {
        ips_table::add(typed, &interfaces)
    } else if options.save.is_some() {
        ips_table::save(options, &interfaces)
    } else if options.json {
        interface::print_json(&interfaces)
    } else {
        print(&interfaces)
    }
}

/// Prints a line for each interface, and its addresses on lines of their own below it.
fn print(interfaces: &[Interface]) -> Result<(), Problem> {
    let mut lines = vec![["INTERFACE".to_string(), "KIND".to_string(), "STATE".to_string(), "MAC".to_string()]];
    let mut address_lines = Vec::new();
    for interface in interfaces {
        let (kind, state) = (interface.kind.to_string(), interface.state().to_string());
        lines.push([interface.name.clone(), kind, state, interface.hardware_address().to_string()]);
        for address in &interface.addresses {
            address_lines.push([address.with_zone(interface), address.scope.to_string()]);
        }
    }
    let lines = columns::align(&lines);
    let address_lines = columns::align(&address_lines);

    say(&lines[0])?;
    // The addresses begin below the kind.
    let indent = lines[0].find("KIND").unwrap_or(0);
    let mut printed = 0;
    for (number, interface) in interfaces.iter().enumerate() {
        say(&lines[number + 1])?;
        for _ in &interface.addresses {
            say(format!("{:indent$}{}", "", address_lines[printed]))?;
            printed += 1;
        }
    }
    Ok(())
}
