//! The list under test, compared with what the system says.

use super::course::command_under_test;
use super::screen::{addresses, entries};
use super::system::{Interface, Interfaces, unchanged};
use common::testing::{Hint, Judged, ProgramRun, Requirement};
use std::net::IpAddr;

/// Where everything begins.
pub const LIST: Requirement = Requirement {
    says: "it lists this computer's interfaces, also the loopback interface with 127.0.0.1",
    hint: Hint::new("ask the system for all interfaces and go through them in a loop")
        .in_rust("for interface in pnet_datalink::interfaces()"),
};

/// Runs the program to its end: the run, its screen, and what the system says. A program that shows nothing at all of this
/// computer's interfaces fails here.
pub fn list(requirement: &Requirement, arguments: &[&str]) -> (ProgramRun, String, Interfaces) {
    let ((run, screen), interfaces) = unchanged(|| {
        let mut run = ProgramRun::start(&command_under_test(), arguments);
        run.end(requirement);
        let screen = run.program.screen();
        (run, screen)
    });
    let expected =
        format!("a list of this computer's interfaces, of which it has these: {}", names(&interfaces).join(", "));
    let known: Vec<IpAddr> = interfaces.values().flat_map(|interface| interface.addresses.clone()).collect();
    let is_list =
        !entries(&screen, &interfaces).is_empty() || addresses(&screen).iter().any(|address| known.contains(address));
    run.check(is_list, &LIST, &expected, "the loopback interface with 127.0.0.1 is not listed, nor any other");
    (run, screen, interfaces)
}

fn names(interfaces: &Interfaces) -> Vec<&str> {
    interfaces.keys().map(String::as_str).collect()
}

/// Each interface of which something is shown, with that. That its name is shown at all is another test's affair.
pub fn each_entry<'a>(screen: &str, interfaces: &'a Interfaces) -> Vec<(&'a str, &'a Interface, String)> {
    let entries = entries(screen, interfaces);
    entries.into_iter().map(|(name, entry)| (name, &interfaces[name], entry)).collect()
}

/// Fails for those addresses of the system that are not listed.
pub fn check_addresses(requirement: &Requirement, is_meant: impl Fn(&IpAddr) -> bool) {
    let (run, screen, interfaces) = list(requirement, &[]);
    let shown = addresses(&screen);
    for (name, interface) in &interfaces {
        for address in interface.addresses.iter().filter(|address| is_meant(address)) {
            let expected = format!("{address}, which the interface {name} has");
            run.check(shown.contains(address), requirement, &expected, &format!("{address} is not listed"));
        }
    }
}

/// Whether these words say that something is up, if they say so at all: `up`, `UP: no`, `is_up=False`, `down`.
pub fn says_up(words: &[String]) -> Option<bool> {
    let up = words.iter().position(|word| ["up", "is_up", "isup"].contains(&word.as_str()));
    let is_denied = |place: usize| words.get(place + 1).is_some_and(|word| ["false", "no"].contains(&word.as_str()));
    match up {
        Some(place) => Some(!is_denied(place)),
        None => words.iter().any(|word| word == "down").then_some(false),
    }
}
