//! The table under test: `Machine | Interface | Date | Place | IP`.

use super::course::{Course, SHIPPED, command_under_test};
use super::listing::{LIST, list};
use super::screen::addresses;
use super::system;
use common::testing::{COULD_NOT_GRADE, Hint, Judged, ProgramRun, Requirement};
use common::text;
use std::fs;
use std::net::IpAddr;

/// The row that the contract's example adds.
pub const IP: &str = "10.1.128.39";

pub fn add_arguments(ip: &str) -> [&str; 9] {
    ["add", "--machine", "mobile", "--interface", "Wifi", "--place", "home", "--ip", ip]
}

/// The file, whatever the program has made of it.
pub fn content(course: &Course) -> String {
    fs::read(course.file())
        .map_or_else(|e| format!("(IPs.txt cannot be read: {e})"), |bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Runs the program in the course's folder, to its end.
pub fn run(course: &Course, requirement: &Requirement, arguments: &[&str]) -> ProgramRun {
    let mut run = ProgramRun::start_in(course.folder(), &command_under_test(), arguments);
    run.end(requirement);
    let lines: Vec<String> =
        content(course).lines().map(|line| format!("\n    {}", text::escape_line(line.as_bytes()))).collect();
    run.note("the table then:", lines.concat());
    run
}

/// The rows with all of these words in them, in capitals or not.
pub fn rows(course: &Course, words: &[&str]) -> Vec<String> {
    let table = content(course);
    let has_all = |line: &&str| words.iter().all(|word| line.to_lowercase().contains(&word.to_lowercase()));
    table.lines().filter(has_all).map(str::to_string).collect()
}

/// What the tests of the table begin with.
const ADD: Requirement = Requirement {
    says: "ips add writes a row into session-08/IPs.txt",
    hint: Hint::new("write the row into that file of the folder in which the program runs"),
};

/// Adds the example's row to a table. A program that adds nothing at all fails here.
pub fn add(requirement: &Requirement, table: &str) -> (Course, ProgramRun) {
    let course = Course::with(table);
    let run = run(&course, requirement, &add_arguments(IP));
    if rows(&course, &[IP]).is_empty() {
        // Without a list there may be no table either, and the list comes first.
        let _ = list(&LIST, &[]);
        run.fail(&ADD, &format!("a row with {IP} in session-08/IPs.txt"), "no such row");
    }
    (course, run)
}

/// Adds an address that cannot be right. First one that can: who takes none at all refuses nothing.
pub fn add_after_one(requirement: &Requirement, ip: &str) -> (Course, ProgramRun) {
    let (course, _) = add(requirement, SHIPPED);
    let run = run(
        &course,
        requirement,
        &["add", "--machine", "tablet", "--interface", "Wifi", "--place", "home", "--ip", ip],
    );
    (course, run)
}

pub fn check_refused(requirement: &Requirement, ip: &str) {
    let (course, run) = add_after_one(requirement, ip);
    let is_saved = content(&course).lines().any(|line| addresses(line).contains(&ip.parse().expect("an IP")));
    run.check(!is_saved, requirement, &format!("{ip} is not written into the table"), "it stands there");
}

/// The addresses that this computer may write into its row.
pub fn own_addresses() -> Vec<IpAddr> {
    system::now().into_values().flat_map(|interface| interface.addresses).filter(|ip| !ip.is_loopback()).collect()
}

/// Saves this computer's row: the run, and what stands in the row, if there is one. Nothing on a computer that has no row: of
/// another program that can tell nothing, and this one is tried with networks of all kinds in `namespaces`.
pub fn save(requirement: &Requirement) -> Option<(ProgramRun, Option<String>)> {
    const SAVE: [&str; 6] = ["--save", "session-08/IPs.txt", "--machine", "Lab computer", "--place", "Alcorcon Lab"];
    let own = own_addresses();
    if own.is_empty() {
        assert!(
            command_under_test().is_own(),
            "{COULD_NOT_GRADE}: this computer has no address but loopback: connect it to a network"
        );
        return None;
    }
    let course = Course::with(SHIPPED);
    let row = || rows(&course, &["lab computer", "alcorcon lab"]).into_iter().find(|row| !addresses(row).is_empty());
    let first = run(&course, requirement, &SAVE);
    if let Some(row) = row() {
        return Some((first, Some(row)));
    }
    // It may have to be told which of several interfaces is meant, and of what kind it is: not every system says so.
    for (name, _) in system::now().iter().filter(|(_, interface)| interface.addresses.iter().any(|ip| own.contains(ip)))
    {
        let second = run(&course, requirement, &[&SAVE[..], &["--interface", name, "--kind", "Wire"]].concat());
        if let Some(row) = row() {
            return Some((second, Some(row)));
        }
    }
    let _ = list(&LIST, &[]);
    Some((first, None))
}
