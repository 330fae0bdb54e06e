//! Exercise 1: the addresses of this computer, and the table `IPs.txt`.
//!
//! As a student has written it who knows the lesson and no more.

mod default_interface;
mod interface;
mod ips_table;
mod kind;
mod options;
#[cfg(windows)]
mod pnet_datalink;

use clap::Parser as _;
use common::{Problem, problem};
use interface::{Address, Interface};
use kind::Kind;
use options::{Command, Options};
use std::process::ExitCode;
use common::{say, text};

fn main() -> ExitCode {
    problem::exit_code(run(Options::parse()))
}

fn run(options: Options) -> Result<(), Problem> {
    let mut interfaces = Vec::new();
    // To see all that an interface has, type `cargo doc -p pnet_datalink --open`, and look for NetworkInterface. (Windows has
    // src/pnet_datalink.rs in its place.)
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
            mac: interface.mac.map(|mac| mac.to_string()),
            addresses,
        });
    }
    if interfaces.is_empty() {
        return Err(Problem::not_written(
            "the steps in the loop over the interfaces",
            "the function run of src/main.rs",
        ));
    }
    interface::normalize(&mut interfaces)?;

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
    for interface in interfaces {
        say(format!(
            "{} {} {} {}",
            interface.name,
            interface.kind,
            interface.state(),
            interface.hardware_address()
        ))?;
        for address in &interface.addresses {
            say(format!("    {}", address.with_zone(&interface.name)))?;
        }
    }
    Ok(())
}
