//! What is refused, with the reason, and leaves the table as it was.

use crate::required::course::{Course, SHIPPED};
use crate::support::ips::ips;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::{contains, starts_with};

/// "An address that can't be right for a machine (127.0.0.1, a netmask, a network's own or broadcast address) is refused with
/// the reason."
#[test]
fn addresses_that_cannot_be_right_are_refused_with_the_reason() {
    for (ip, reason) in [
        ("127.0.0.1", "it is loopback"),
        ("255.255.255.0", "it is a netmask"),
        ("0.0.0.0", "begins with 0"),
        ("224.0.0.1", "multicast"),
        ("10.1.3.255/24", "it is the network's broadcast address"),
        ("10.1.0.0/16", "it is the network's own address"),
        ("::1", "it is loopback"),
    ] {
        let course = Course::with(SHIPPED);
        let error = format!("error: {} cannot be the IP of a machine\ncause: ", ip.split('/').next().unwrap());
        course
            .add("mobile", "Wifi", "home", ip)
            .assert()
            .code(1)
            .stdout("")
            .stderr(starts_with(error).and(contains(reason)).and(contains("\nnext:  ")));
        assert_eq!(course.table(), SHIPPED);
    }
}

/// No network of a test machine is 203.0.113.0, which belongs to nobody (RFC 5737).
#[test]
fn a_last_number_of_255_is_taken_with_its_prefix_only() {
    let course = Course::with(SHIPPED);
    let way_out = contains("write it with the length of its network's prefix: 203.0.113.255/16");
    course.add("mobile", "Wifi", "home", "203.0.113.255").assert().code(1).stderr(way_out);
    course.add("mobile", "Wifi", "home", "203.0.113.255/16").assert().code(0);
    assert!(course.table().contains("| 203.0.113.255 |"), "{}", course.table());
}

#[test]
fn what_is_possible_but_strange_is_taken_with_a_note() {
    let course = Course::with(SHIPPED);
    course
        .add("mobile", "Wifi", "home", "169.254.3.4")
        .assert()
        .code(0)
        .stderr(contains("note: ").and(contains("DHCP")));
    course.add("mobile", "Wifi", "home", "fe80::1%wlan0").assert().code(0).stderr(contains("same cable or wifi only"));
    assert!(course.table().contains("| fe80::1 "), "{}", course.table());
}

#[test]
fn wrong_usage_names_the_value_and_what_is_allowed_and_exits_with_2() {
    let typed = ["add", "--interface", "Wifi", "--place", "home"];
    let add = |more: [&'static str; 4]| [&typed[..], &more].concat();
    for (arguments, value, allowed) in [
        (add(["--machine", "mobile", "--ip", "10.1.3.300"]), "'10.1.3.300'", "four numbers from 0 to 255"),
        (add(["--machine", "mobile", "--ip", "10.1.3.3/33"]), "'10.1.3.3/33'", "from 1 to 32"),
        (add(["--machine", "mobile", "--ip", "10.1.3.3%eth0"]), "'10.1.3.3%eth0'", "fe80:"),
        (add(["--machine", "mobile", "--ip", "-1"]), "'-1'", "four numbers from 0 to 255"),
        (add(["--machine", "mobile", "--date", "-1"]), "'-1'", "YYYY-MM-DD"),
        (add(["--machine", " ", "--ip", "10.1.3.3"]), "' '", "Lab computer"),
        (add(["--machine", "a|b", "--ip", "10.1.3.3"]), "'a|b'", "no |"),
        (add(["--machine", "a\nb", "--ip", "10.1.3.3"]), "'a", "one line"),
        (add(["--machine", "mobile", "--date", "01/03/2024"]), "'01/03/2024'", "YYYY-MM-DD"),
        (add(["--machine", "mobile", "--date", "2024-02-30"]), "'2024-02-30'", "a day that exists"),
        (add(["--machine", "mobile", "--date", "2024-3-1"]), "'2024-3-1'", "YYYY-MM-DD"),
        (typed.to_vec(), "--machine <NAME>", "--ip <IP>"),
        (vec!["--machine", "mobile", "--place", "home"], "not provided", "--save"),
        (vec!["--save"], "--machine <NAME>", "--place <NAME>"),
        (vec!["--save", "--machine", "a", "--place", "b", "--kind", "Radio"], "'Radio'", "Wire, Wifi or Virtual"),
        (vec!["--json", "--save", "--machine", "a", "--place", "b"], "--json", "cannot be used with"),
        (vec!["--jason"], "'--jason'", "Usage: ips"),
    ] {
        ips(&arguments).assert().code(2).stdout("").stderr(contains(value).and(contains(allowed)));
    }
}

#[test]
fn an_interface_that_is_not_there_is_told_with_those_that_are() {
    let name = if cfg!(target_os = "linux") { "lo" } else { "lo0" };
    if cfg!(unix) {
        let course = Course::with(SHIPPED);
        let save = ["--save", "--machine", "mobile", "--place", "home", "--kind", "Wifi", "--interface"];
        let listed = starts_with("error: this computer has no interface eth77\n").and(contains(name));
        course.ips(&[&save[..], &["eth77"]].concat()).assert().code(1).stderr(listed);
        course.ips(&[&save[..], &[name]].concat()).assert().code(1).stderr(contains("it is loopback"));
        assert_eq!(course.table(), SHIPPED);
    }
}
