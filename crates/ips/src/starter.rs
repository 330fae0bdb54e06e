//! Exercise 1: the addresses of this computer, and the table `IPs.txt`.
//!
//! What comes in the loop over the interfaces is yours to write, in [`run`], and how they are printed, in [`print()`].

mod default_interface;
mod hardware;
mod interface;
mod ips_table;
mod kind;
mod options;
#[cfg(windows)]
#[allow(dead_code, reason = "used in the loop, once that is written")]
mod pnet_datalink;

use clap::Parser as _;
use common::{Problem, problem};
use interface::{Address, Interface};
use kind::Kind;
use options::{Command, Options};
use std::process::ExitCode;
// For what you write you need these as well: remove the slashes in front of them.
// use common::{say, text};

fn main() -> ExitCode {
    problem::exit_code(run(Options::parse()))
}

fn run(options: Options) -> Result<(), Problem> {
    let mut interfaces = Vec::new();
    // To see all that an interface has, type `cargo doc -p pnet_datalink --open`, and look for NetworkInterface. (Windows has
    // src/pnet_datalink.rs in its place.)
    for interface in pnet_datalink::interfaces() {
        // 1. To begin with, say(format!("{} {:?}", interface.name, interface.ips))?; shows what is there. Remove it in the end.
        // 2. Keep its addresses: let mut addresses = Vec::new(); and then, for each network in &interface.ips,
        //    addresses.push(Address::new(network.ip(), network.prefix()));
        // 3. Keep the interface: interfaces.push(Interface { … }); with a line for each of these between the braces:
        //    index: interface.index,
        //    name: text::escape_line(interface.name.as_bytes()),
        //    kind: Kind::of(&interface.name, interface.is_loopback()),
        //    up: interface.is_up(),
        //    running: interface.is_running(), which says whether its cable is plugged in, or its wifi is joined
        //    mac: interface.mac, an Option of six bytes; .map(|mac| mac.to_string()) behind it makes text of them
        //    addresses,
        // Then remove the next line.
        let _ = (interface, Address::new, Kind::of);
    }
    if interfaces.is_empty() {
        return Err(Problem::not_written("the steps in the loop over the interfaces", "the function run"));
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
        // 4. Print its line: say(format!("{} {} {} {}", interface.name, interface.kind, interface.state(),
        //    interface.hardware_address()))?;
        // 5. Below it, for each address in &interface.addresses: say(format!("    {}", address.with_zone(interface)))?;
        // Then write Ok(()) in the place of the last lines of this function, and remove the next line.
        let _ = (&interface.name, interface.state(), interface.hardware_address(), Address::with_zone);
    }
    Err(Problem::not_written("the lines of the list", "the function print"))
}
