//! Which of the interfaces is this computer's way to the others.

use crate::interface::{Address, Interface};
use crate::kind::Kind;
use common::{Problem, address, interrupt};
use std::io::{self, IsTerminal as _, Write as _};

/// What to do where there is no address at all.
const PLUG_IN: &str = "plug in the cable or join the wifi, and try again; or choose another";

/// The interface whose address goes into the table, and the address.
///
/// The one that was asked for; or that of the default route; or the only one that works; or the one that a person chooses.
pub fn choose<'a>(interfaces: &'a [Interface], wanted: Option<&str>) -> Result<(&'a Interface, &'a Address), Problem> {
    if let Some(name) = wanted {
        let found = interfaces.iter().find(|interface| interface.name == name).ok_or_else(|| {
            Problem::new(
                format_args!("this computer has no interface {name}"),
                "the system does not list it",
                format_args!("use one of these: {}", names(&interfaces.iter().collect::<Vec<_>>())),
            )
        })?;
        return with_best_address(found);
    }
    if let Some(found) = of_the_default_route(interfaces) {
        return Ok(found);
    }
    let works = |interface: &&Interface| {
        let has_address = interface.usable_addresses().next().is_some();
        interface.up && interface.running && interface.kind != Kind::Loopback && has_address
    };
    let has_global = |interface: &&Interface| interface.usable_addresses().any(Address::is_global);
    let mut working: Vec<&Interface> = interfaces.iter().filter(works).collect();
    if working.iter().any(has_global) {
        // Containers and the like have interfaces with an address for the own cable only.
        working.retain(has_global);
    }
    match working[..] {
        [] => Err(Problem::new(
            "this computer is connected to no network",
            "no interface is up and has an address, but for loopback, which no other computer can reach",
            "plug in the cable or join the wifi, and try again",
        )),
        [only] => with_best_address(only),
        _ => with_best_address(ask(&working)?),
    }
}

/// IPv4 if it can: the lesson's addresses are. An address for the own cable only comes last.
fn with_best_address(interface: &Interface) -> Result<(&Interface, &Address), Problem> {
    let best = interface.usable_addresses().min_by_key(|address| (!address.is_global(), address.ip.is_ipv6()));
    best.map(|address| (interface, address)).ok_or_else(|| {
        let restricted =
            interface.addresses.iter().find_map(|address| Some((address.ip, address.restriction?.reason())));
        let (cause, next) = match restricted {
            Some((ip, reason)) => {
                (format!("{ip} is not to be used: {reason}"), "try again in a moment; or choose another")
            }
            None if interface.up => ("no network has given it one".to_string(), PLUG_IN),
            None => ("it is switched off".to_string(), PLUG_IN),
        };
        let error = format_args!("the interface {} has no address", interface.name).to_string();
        Problem::new(error, cause, format_args!("{next} with --interface"))
    })
}

fn of_the_default_route(interfaces: &[Interface]) -> Option<(&Interface, &Address)> {
    for source in address::default_sources() {
        for interface in interfaces.iter().filter(|interface| interface.kind != Kind::Loopback) {
            if let Some(address) = interface.usable_addresses().find(|address| address.ip == source) {
                // Where the route is for IPv6 only, the interface may have an IPv4 address.
                let best = with_best_address(interface).ok();
                return best.filter(|(_, best)| source.is_ipv6() && best.ip.is_ipv4()).or(Some((interface, address)));
            }
        }
    }
    None
}

/// Lets a person at a terminal choose.
fn ask<'a>(working: &[&'a Interface]) -> Result<&'a Interface, Problem> {
    let several = || {
        Problem::new(
            "this computer is connected in several ways",
            "none of them is the default route, which would be the one to take",
            format_args!("choose one with --interface NAME: {}", names(working)),
        )
    };
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(several());
    }
    interrupt::exit_on_ctrl_c()?;
    let mut stderr = io::stderr();
    writeln!(stderr, "This computer is connected in several ways:").map_err(Problem::output)?;
    for (interface, number) in working.iter().zip(1..) {
        let (_, address) = with_best_address(interface)?;
        let address = address.with_zone(interface);
        writeln!(stderr, "  {number}  {} ({})  {address}", interface.name, interface.kind).map_err(Problem::output)?;
    }
    loop {
        write!(stderr, "Which one is it? Its number: ").map_err(Problem::output)?;
        let mut line = String::new();
        if io::stdin().read_line(&mut line).map_err(Problem::input)? == 0 {
            return Err(several());
        }
        let number = line.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        if let Some(chosen) = number.and_then(|number| working.get(number)) {
            return Ok(chosen);
        }
    }
}

fn names(interfaces: &[&Interface]) -> String {
    interfaces.iter().map(|interface| interface.name.as_str()).collect::<Vec<_>>().join(", ")
}
