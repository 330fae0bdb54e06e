//! Tests of `src/invitation.rs`, from inside.

use super::{Invitation, command, in_sight, lines};
use common::interfaces::OwnAddress;

fn addresses(own: &[&str]) -> Vec<OwnAddress> {
    own.iter()
        .map(|text| text.split_once(' ').unwrap())
        .map(|(interface, ip)| OwnAddress { ip: ip.parse().unwrap(), interface: interface.to_string() })
        .collect()
}

fn shown(listening: &str, own: &[&str]) -> String {
    lines(listening.parse().unwrap(), &addresses(own)).join("\n")
}

const COMPUTER: &[&str] = &["wlan0 10.1.0.1", "wlan0 2001:db8::1", "docker0 172.17.0.1", "lo 127.0.0.1", "lo ::1"];

#[test]
fn each_address_that_students_can_reach_is_named_with_its_interface() {
    let v4 = "The students type, by wlan0:\n    nc 10.1.0.1 8080\n    cargo run -q -p client -- 10.1.0.1 8080\n";
    let docker = "or, by docker0:\n    nc 172.17.0.1 8080\n    cargo run -q -p client -- 172.17.0.1 8080";
    assert_eq!(shown("0.0.0.0:8080", COMPUTER), format!("{v4}{docker}"));
    let v6 = "    nc 2001:db8::1 8080\n    cargo run -q -p client -- 2001:db8::1 8080\n";
    assert_eq!(shown("[::]:8080", COMPUTER), format!("{v4}{v6}{docker}"));
    assert_eq!(shown("10.1.0.1:8080", COMPUTER), "");
}

#[test]
fn without_a_network_it_says_so() {
    let nobody = "No other computer can reach this one: it is connected to no network.";
    let here = "On this computer type:\n    nc 127.0.0.1 8080\n    cargo run -q -p client -- 127.0.0.1 8080";
    assert_eq!(shown("0.0.0.0:8080", &["lo 127.0.0.1", "lo ::1"]), format!("{nobody}\n{here}"));
    assert_eq!(shown("0.0.0.0:8080", &["eth0 2001:db8::1", "lo 127.0.0.1"]), format!("{nobody}\n{here}"));
    assert_eq!(shown("0.0.0.0:8080", &[]), nobody);
}

#[test]
fn the_first_address_that_students_can_reach_stays_in_sight() {
    let line = |listening: &str, own: &[&str]| in_sight(listening.parse().unwrap(), &addresses(own));
    assert_eq!(line("10.1.0.1:8080", COMPUTER), "Waiting for connections at 10.1.0.1, 8080 ");
    assert_eq!(line("0.0.0.0:8080", &["eth0 2001:db8::1", "wlan0 10.1.0.1"]), "The students type: nc 10.1.0.1 8080 ");
    assert_eq!(line("[::]:8080", &["eth0 2001:db8::1", "wlan0 10.1.0.1"]), "The students type: nc 2001:db8::1 8080 ");
    assert_eq!(
        line("0.0.0.0:8080", &["eth0 2001:db8::1", "lo 127.0.0.1"]),
        "On this computer type: nc 127.0.0.1 8080 "
    );
}

#[test]
fn the_board_names_the_same_address_as_a_command() {
    let command = |listening: &str, own: &[&str]| {
        let (who, command) = command(listening.parse().unwrap(), &addresses(own));
        format!("{who}: {command}")
    };
    assert_eq!(command("10.1.0.1:8080", COMPUTER), "The students type: nc 10.1.0.1 8080");
    assert_eq!(command("0.0.0.0:8080", COMPUTER), "The students type: nc 10.1.0.1 8080");
    assert_eq!(command("127.0.0.1:8080", COMPUTER), "On this computer type: nc 127.0.0.1 8080");
    assert_eq!(command("[::1]:8080", COMPUTER), "On this computer type: nc ::1 8080");
}

#[test]
fn another_network_is_another_address() {
    let invitation =
        Invitation { listening: "0.0.0.0:8080".parse().unwrap(), own: addresses(&["lo 127.0.0.1"]).into() };
    let here = ("On this computer type", "nc 127.0.0.1 8080".to_string());
    assert_eq!(command(invitation.listening, &invitation.own()), here);
    assert!(invitation.note(addresses(&["wlan0 10.1.0.1", "lo 127.0.0.1"])));
    let there = ("The students type", "nc 10.1.0.1 8080".to_string());
    assert_eq!(command(invitation.listening, &invitation.own()), there);
    // Nothing that matters to a server of IPv4; and no file could be opened
    assert!(!invitation.note(addresses(&["wlan0 10.1.0.1", "wlan0 2001:db8::1", "lo 127.0.0.1"])));
    assert!(!invitation.note(Vec::new()));
    assert_eq!(command(invitation.listening, &invitation.own()), there);
}
