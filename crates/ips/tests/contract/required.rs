//! What the contract asks of exercise 1: the grade is made of these tests, for programs in any language (`SESSION08_CMD`).
//!
//! Each asks for one thing only. The list may have any form: names, addresses and words are looked for in it, wherever they
//! stand, and compared with what the system says. What the table looks like, exit codes and wording do not matter.

pub mod course;
mod listing;
pub mod screen;
mod system;
mod table;

use common::testing::{Hint, Judged, Requirement};
use course::SHIPPED;
use listing::{LIST, check_addresses, each_entry, list, says_up};
use screen::{addresses, entries, words};
use serde_json::{Deserializer, Value};
use std::net::IpAddr;
use table::{IP, add, add_after_one, add_arguments, check_refused, content, own_addresses, rows, run, save};

/// "Lists this computer's interfaces": every computer has this one.
#[test]
fn it_lists_the_loopback_interface() {
    let (run, screen, _) = list(&LIST, &[]);
    let is_there = addresses(&screen).contains(&IpAddr::from([127, 0, 0, 1]));
    let expected = "the loopback interface with 127.0.0.1";
    run.check(is_there, &LIST, expected, "the loopback interface with 127.0.0.1 is not listed");
}

/// "name"
#[test]
fn it_lists_the_name_of_every_interface() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it lists each interface with its name, also one that is down or has no address",
        hint: Hint::new("leave out no interface, and print the name that the system gives it")
            .in_rust("interface.name"),
    };
    let (run, screen, interfaces) = list(&REQUIREMENT, &[]);
    let entries = entries(&screen, &interfaces);
    for name in interfaces.keys() {
        run.check(entries.contains_key(name.as_str()), &REQUIREMENT, name, &format!("{name} is not listed"));
    }
}

/// "IPv4"
#[test]
fn it_lists_every_ipv4_address() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it lists each interface with its IPv4 addresses",
        hint: Hint::new("an interface has a list of addresses, not one: go through all of them")
            .in_rust("interface.ips"),
    };
    // The one of the loopback interface is another test's affair.
    check_addresses(&REQUIREMENT, |address| address.is_ipv4() && !address.is_loopback());
}

/// "and IPv6"
#[test]
fn it_lists_every_ipv6_address() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it lists each interface with its IPv6 addresses",
        hint: Hint::new(
            "do not pick the IPv4 addresses alone: ::1 and those that begin with fe80: belong to the list as well",
        ),
    };
    check_addresses(&REQUIREMENT, IpAddr::is_ipv6);
}

/// "up or down"
#[test]
fn it_says_which_interface_is_up_and_which_is_down() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it says of each interface whether it is up or down",
        hint: Hint::new("print the word up or down beside the name: the system has a flag for it, IFF_UP")
            .in_rust("interface.is_up()"),
    };
    let (run, screen, interfaces) = list(&REQUIREMENT, &[]);
    for (name, interface, entry) in each_entry(&screen, &interfaces) {
        let expected = format!("{name} is {}", if interface.is_up { "up" } else { "down" });
        let holds = match says_up(&words(&entry)) {
            // Without a cable some say up, some down, some that there is no link.
            _ if interface.is_up && !interface.is_running => true,
            Some(is_up) => is_up == interface.is_up,
            None => false,
        };
        run.check(holds, &REQUIREMENT, &expected, &format!("of {name} it says: {}", entry.trim()));
    }
}

/// "kind (Wire, Wifi, Loopback, Virtual)": which of the others it is can be seen in more than one way.
#[test]
fn it_says_the_kind_of_every_interface() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it says the kind of each interface: Wire, Wifi, Loopback or Virtual",
        hint: Hint::new(
            "the system has a flag for loopback; on Linux a wifi has a folder /sys/class/net/NAME/wireless, and what has no \
               /sys/class/net/NAME/device is virtual",
        ),
    };
    let (run, screen, interfaces) = list(&REQUIREMENT, &[]);
    for (name, interface, entry) in each_entry(&screen, &interfaces) {
        let entry = entry.to_lowercase().replace("wi-fi", "wifi").replace("wireless", "wifi");
        let holds = match () {
            () if interface.is_loopback => entry.contains("loopback"),
            // Other systems do not say it.
            () if !cfg!(target_os = "linux") => true,
            () if std::path::Path::new("/sys/class/net").join(name).join("wireless").exists() => entry.contains("wifi"),
            () => ["wire", "wifi", "virtual"].iter().any(|kind| entry.contains(kind)),
        };
        let expected =
            if interface.is_loopback { "lo is Loopback" } else { "Wire, Wifi or Virtual beside the interface's name" };
        run.check(holds, &REQUIREMENT, expected, &format!("of {name} it says: {}", entry.trim()));
    }
}

/// "MAC"
#[test]
fn it_lists_every_mac() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it lists each interface with its MAC, which is the address of its hardware",
        hint: Hint::new("six bytes, each as two hexadecimal digits, with a colon between them: 3c:58:c2:9f:11:7e")
            .in_rust("interface.mac"),
    };
    let (run, screen, interfaces) = list(&REQUIREMENT, &[]);
    let shown = screen.to_lowercase().replace('-', ":");
    for (name, interface) in &interfaces {
        let Some(mac) = &interface.mac else { continue };
        run.check(shown.contains(mac), &REQUIREMENT, &format!("{mac} for {name}"), &format!("{mac} is not listed"));
    }
}

/// "`--json`, where a program has data, prints JSON and only JSON on stdout."
#[test]
fn json_is_json_and_nothing_else() {
    const REQUIREMENT: Requirement = Requirement {
        says: "--json prints JSON and only JSON on standard output",
        hint: Hint::new("print what a library for JSON makes of the list, and nothing before or behind it")
            .in_python("json.dumps(list)")
            .in_rust("serde_json::to_string(&list)"),
    };
    let (run, screen, _) = list(&REQUIREMENT, &["--json"]);
    if let Some(Err(error)) = Deserializer::from_str(&screen).into_iter::<Value>().find(Result::is_err) {
        run.fail(&REQUIREMENT, "JSON", &format!("a text that is none: {error}"));
    }
}

/// "`--json`": the same as the list, for programs.
#[test]
fn json_holds_the_names_and_the_addresses() {
    const REQUIREMENT: Requirement = Requirement {
        says: "--json prints the same list as JSON: each interface with its name and its addresses",
        hint: Hint::new("make the JSON of the same list that is shown without --json"),
    };
    let (run, screen, interfaces) = list(&REQUIREMENT, &["--json"]);
    let shown = addresses(&screen);
    for (name, interface) in &interfaces {
        let is_there = screen.contains(&format!("\"{name}\""));
        run.check(is_there, &REQUIREMENT, &format!("\"{name}\""), "no such name");
        for address in &interface.addresses {
            run.check(shown.contains(address), &REQUIREMENT, &address.to_string(), &format!("{address} is not in it"));
        }
    }
}

/// "`ips add --machine mobile --interface Wifi --place home --ip 10.1.128.39` adds one typed by hand"
#[test]
fn add_writes_what_was_typed_into_a_row() {
    const REQUIREMENT: Requirement = Requirement {
        says: "ips add writes the row that was typed into session-08/IPs.txt: machine, interface, place and IP",
        hint: Hint::new("write all that was typed into one line of the table, each in its column"),
    };
    let (course, run) = add(&REQUIREMENT, SHIPPED);
    let is_there = !rows(&course, &["mobile", "wifi", "home", IP]).is_empty();
    run.check(
        is_there,
        &REQUIREMENT,
        "one row with mobile, Wifi, home and 10.1.128.39",
        "a row in which something is missing",
    );
}

/// "`Machine | Interface | Date | Place | IP`"
#[test]
fn the_row_has_a_date() {
    const REQUIREMENT: Requirement = Requirement {
        says: "a row of the table is Machine | Interface | Date | Place | IP",
        hint: Hint::new("write today's date into the row: an address may be another one tomorrow"),
    };
    let (course, run) = add(&REQUIREMENT, SHIPPED);
    let has_date = |row: &String| row.replace(IP, "").chars().any(|character| character.is_ascii_digit());
    run.check(rows(&course, &[IP]).iter().any(has_date), &REQUIREMENT, "today's date in the row", "no date there");
}

/// "Saving keeps every line that it does not own"
#[test]
fn saving_keeps_every_other_line() {
    const REQUIREMENT: Requirement = Requirement {
        says: "saving keeps every line that is not its own: notes before and after the table, and the other rows",
        hint: Hint::new("read the whole file first, change or add the one row, and write all of it"),
    };
    let (course, run) = add(&REQUIREMENT, &format!("Exercise 1, by Ana\n\n{SHIPPED}\nNotes: done | not done\n"));
    let table = content(&course);
    for line in ["Exercise 1, by Ana", "Notes: done | not done"] {
        run.check(table.lines().any(|kept| kept == line), &REQUIREMENT, line, "this line is gone");
    }
    for row in [["mobile", "wifi", "alcorcon lab"], ["lab computer", "wire", "alcorcon lab"]] {
        run.check(
            !rows(&course, &row).is_empty(),
            &REQUIREMENT,
            &format!("the row with {}", row.join(", ")),
            "it is gone",
        );
    }
}

/// "saving twice adds no second row"
#[test]
fn saving_twice_adds_no_second_row() {
    const REQUIREMENT: Requirement = Requirement {
        says: "saving twice adds no second row",
        hint: Hint::new(
            "look first whether the table has a row of the same machine, interface and place, and change that",
        ),
    };
    let (course, _) = add(&REQUIREMENT, SHIPPED);
    let run = run(&course, &REQUIREMENT, &add_arguments(IP));
    let count = rows(&course, &[IP]).len();
    // That the row stays at all is another test's affair.
    run.check(count < 2, &REQUIREMENT, &format!("one row with {IP}, after saving it twice"), &format!("{count} rows"));
}

/// "An address that can't be right for a machine (127.0.0.1, …) is refused"
#[test]
fn the_loopback_address_is_refused() {
    const REQUIREMENT: Requirement = Requirement {
        says: "an address that can't be right for a machine is refused: 127.0.0.1",
        hint: Hint::new("127.0.0.1 means \"this computer\" on every computer, so it tells nobody where the machine is"),
    };
    check_refused(&REQUIREMENT, "127.0.0.1");
}

/// "a netmask"
#[test]
fn a_netmask_is_refused() {
    const REQUIREMENT: Requirement = Requirement {
        says: "an address that can't be right for a machine is refused: a netmask",
        hint: Hint::new(
            "255.255.255.0 stands near the address in many lists, and is none: no machine's address begins with 255",
        ),
    };
    check_refused(&REQUIREMENT, "255.255.255.0");
}

/// "a network's own or broadcast address": of which network is not known, unless it is one of this computer's own. These two are
/// nobody's.
#[test]
fn an_address_of_nobody_or_of_everybody_is_refused() {
    const REQUIREMENT: Requirement = Requirement {
        says: "an address that can't be right for a machine is refused: a network's own address, or its broadcast address",
        hint: Hint::new("0.0.0.0 is nobody's, and 255.255.255.255 is everybody's"),
    };
    check_refused(&REQUIREMENT, "0.0.0.0");
    check_refused(&REQUIREMENT, "255.255.255.255");
}

/// "is refused with the reason"
#[test]
fn a_refusal_says_something() {
    const REQUIREMENT: Requirement = Requirement {
        says: "an address that can't be right is refused with the reason",
        hint: Hint::new("print why the address was not saved: who sees nothing believes that it was"),
    };
    let (_, run) = add_after_one(&REQUIREMENT, "127.0.0.1");
    let said = run.program.stdout() + &run.program.stderr();
    run.check(!said.trim().is_empty(), &REQUIREMENT, "a word about 127.0.0.1", "nothing");
}

/// "`ips --save [FILE] --machine "Lab computer" --place "Alcorcon Lab"` writes this computer's row to the table"
#[test]
fn save_writes_the_row_of_this_computer() {
    const REQUIREMENT: Requirement = Requirement {
        says: "ips --save FILE --machine NAME --place NAME writes this computer's row to the table",
        hint: Hint::new("choose an address from your own list, and write it into the row of that machine and place"),
    };
    let Some((run, row)) = save(&REQUIREMENT) else { return };
    let expected = "a row with Lab computer, Alcorcon Lab and an IP in session-08/IPs.txt";
    run.check(row.is_some(), &REQUIREMENT, expected, "no such row");
}

/// "this computer's row": an address under which others reach it.
#[test]
fn the_saved_address_is_one_of_this_computer() {
    const REQUIREMENT: Requirement = Requirement {
        says: "the row of this computer has an address of this computer, and not 127.0.0.1",
        hint: Hint::new("leave out the loopback interface when you choose an address: every computer has 127.0.0.1"),
    };
    let Some((run, row)) = save(&REQUIREMENT) else { return };
    // That there is a row at all is another test's affair.
    let Some(row) = row else { return };
    let own = own_addresses();
    let is_own = addresses(&row).iter().all(|ip| own.contains(ip));
    let expected: Vec<String> = own.iter().map(ToString::to_string).collect();
    run.check(is_own, &REQUIREMENT, &format!("one of {}", expected.join(", ")), row.trim());
}
