//! The list and the table as this program writes them, to the letter. Of other programs `required` asks for less.

use crate::required::course::{Course, SHIPPED};
use crate::support::ips::ips;
use serde_json::Value;

fn json() -> Vec<Value> {
    let output = ips(&["--json"]).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// "Lists this computer's interfaces: name, kind (Wire, Wifi, Loopback, Virtual), up or down, MAC, IPv4 and IPv6."
#[test]
fn it_lists_every_interface_with_its_addresses() {
    let output = ips(&[]).output().unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    for interface in json() {
        let name = interface["name"].as_str().unwrap();
        let line = shown.lines().find(|line| line.starts_with(&format!("{name} ")));
        let line = line.unwrap_or_else(|| panic!("{name} is not in\n{shown}"));
        assert!(line.contains(interface["kind"].as_str().unwrap()), "{line}");
        for address in interface["addresses"].as_array().unwrap() {
            assert!(shown.contains(address["address"].as_str().unwrap()), "{address} is not in\n{shown}");
        }
    }
}

/// "`--json`", and every computer has a loopback interface.
#[test]
fn json_has_the_loopback_interface_and_nothing_but_json_is_printed() {
    let interfaces = json();
    let is_loopback = |interface: &&Value| interface["kind"] == "Loopback";
    let loopback = interfaces.iter().find(is_loopback).unwrap_or_else(|| panic!("{interfaces:?}"));
    let address = &loopback["addresses"][0];
    assert_eq!((&address["address"], &address["scope"]), (&"127.0.0.1".into(), &"host".into()));
    assert_eq!((&address["family"], &address["prefix_length"]), (&"inet".into(), &8.into()));
}

/// "`ips --save [FILE] --machine "Lab computer" --place "Alcorcon Lab"` writes this computer's row to the table".
/// A computer without any network has no such row; that is in `namespaces`.
#[test]
fn it_saves_the_row_of_this_computer() {
    let interfaces = json();
    let address = |interface: &Value| {
        let all = interface["addresses"].as_array().unwrap();
        all.iter()
            .find(|address| address["scope"] == "global")
            .map(|address| address["address"].as_str().unwrap().to_string())
    };
    let works = |interface: &&Value| interface["kind"] != "Loopback" && address(interface).is_some();
    let Some(interface) = interfaces.iter().find(works) else { return };

    let course = Course::with(SHIPPED);
    let mut save = course.ips(&["--save", "--machine", "lab computer", "--place", "Alcorcon Lab", "--kind", "wire"]);
    save.args(["--interface", interface["name"].as_str().unwrap()]).assert().code(0);
    let table = course.table();
    let row = table.lines().last().unwrap();
    assert!(row.starts_with("| Lab computer | Wire      | 2"), "{table}");
    assert_eq!(row.split('|').nth(5).unwrap().trim(), address(interface).unwrap(), "{table}");
}

/// "`ips add --machine mobile --interface Wifi --place home --ip 10.1.128.39` adds one typed by hand"
#[test]
fn a_typed_row_is_filled_in_where_the_table_has_room_for_it() {
    let course = Course::with(SHIPPED);
    course.add("mobile", "Wifi", "home", "10.1.128.39").assert().code(0);
    assert_eq!(
        course.table(),
        "\
| Machine      | Interface | Date       | Place        | IP          |
|--------------|-----------|------------|--------------|-------------|
| mobile       | Wifi      | 2024-03-01 | home         | 10.1.128.39 |
| mobile       | Wifi      |            | Alcorcon Lab |             |
| Lab computer | Wire      |            | Alcorcon Lab |             |
"
    );
}

/// "Saving keeps every line that it does not own"
#[test]
fn it_keeps_every_line_that_it_does_not_own() {
    let course = Course::with(&format!(
        "Exercise 1, by Ana\r\n\r\n{SHIPPED}\nNotes:\t done | not done\n\n| a | b |\n|--|\n no end"
    ));
    course.add("tablet", "Wifi", "home", "10.1.128.40").assert().code(0);
    let table = course.table();
    assert!(table.starts_with("Exercise 1, by Ana\r\n\r\n| Machine "), "{table}");
    assert!(table.contains("| tablet       | Wifi      | 2024-03-01 | home         | 10.1.128.40 |\n"), "{table}");
    assert!(table.ends_with(" |\n\nNotes:\t done | not done\n\n| a | b |\n|--|\n no end"), "{table}");
}

/// "saving twice adds no second row"
#[test]
fn saving_twice_adds_no_second_row() {
    let course = Course::with("");
    course.add("mobile", "Wifi", "home", "10.1.128.39").assert().code(0);
    let once = course.table();
    course.add(" Mobile", "WIFI", "Home ", "10.1.128.39").assert().code(0);
    assert_eq!(course.table(), once);
}
