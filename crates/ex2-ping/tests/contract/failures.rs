//! What goes wrong, told in three lines; and wrong usage.

use crate::support::running::ping;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::{contains, starts_with};

/// "2 for a name that isn't known". This one can be no name (RFC 1035: 63 letters between two dots), so nobody is asked.
#[test]
fn a_name_that_cannot_be_known_is_told() {
    let name = format!("{}.invalid", "a".repeat(64));
    ping()
        .arg(&name)
        .assert()
        .code(2)
        .stdout("")
        .stderr(starts_with("error: ").and(contains(name)).and(contains("\nnext:  ")));
}

/// Broadcast and multicast targets are refused.
#[test]
fn an_address_of_many_computers_is_refused() {
    for (address, group) in [("255.255.255.255", "broadcast"), ("224.0.0.1", "multicast"), ("ff02::1%1", "multicast")] {
        ping().args(["-c", "1", address]).assert().code(2).stdout("").stderr(
            contains("is not one computer\ncause: ")
                .and(contains(group))
                .and(contains("\nnext:  use the address of one computer\n")),
        );
    }
}

#[test]
fn an_address_of_the_other_version_is_told() {
    ping().args(["-4", "::1"]).assert().code(2).stdout("").stderr(starts_with("error: ::1 has no IPv4 address\n"));
    ping().args(["-6", "127.0.0.1"]).assert().code(2).stdout("").stderr(contains("127.0.0.1 has no IPv6 address\n"));
}

/// "Unknown option or bad value: exit 2, naming the value and what is allowed."
#[test]
fn wrong_usage_names_the_value_and_what_is_allowed() {
    let cases: &[(&[&str], &str)] = &[
        (&[], "<DESTINATION>"),
        (&["-c", "0", "127.0.0.1"], "write a whole number from 1 on"),
        (&["-c", "-1", "127.0.0.1"], "'-1' for '--count <N>': write a whole number from 1 on"),
        (
            &["-i", "-0.5", "127.0.0.1"],
            "'-0.5' for '--interval <SECONDS>': write a number of seconds from 0.001 to 86400",
        ),
        (&["-i", "-0,5", "127.0.0.1"], "'-0,5' for '--interval <SECONDS>': write a number of seconds"),
        (&["-W", "-.5", "127.0.0.1"], "'-.5' for '--wait <SECONDS>': write a number of seconds"),
        (&["-c", "-i", "0.2", "127.0.0.1"], "'-i' for '--count <N>': write a whole number from 1 on"),
        (&["192,168,1,36"], "with dots between them"),
        (&["-i", "often", "127.0.0.1"], "write a number of seconds"),
        (&["-W", "-1", "127.0.0.1"], "'-1' for '--wait <SECONDS>': write a number of seconds"),
        (&["-4", "-6", "127.0.0.1"], "cannot be used with"),
        (&["--often", "127.0.0.1"], "--often"),
        (&["192.168.1.300"], "four numbers from 0 to 255"),
        (&["http://www.urjc.es/"], "without http://"),
        (&["--table", "Ex2.txt", "127.0.0.1"], "cannot be used with"),
        (&["--table", "Ex2.txt", "--quiet"], "cannot be used with"),
    ];
    for (arguments, expected) in cases {
        ping().args(*arguments).assert().code(2).stdout("").stderr(contains(*expected));
    }
}
