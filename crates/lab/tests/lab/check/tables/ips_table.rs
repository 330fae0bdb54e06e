//! The table of IPs.

use super::{IPS, assert_done, assert_found, ips, with, without_row};

#[test]
fn an_ip_that_no_machine_has_is_told_with_the_reason() {
    for (ip, reason) in [
        ("127.0.0.1", "127.0.0.1 cannot be the IP of a machine: it is loopback"),
        ("255.255.255.0", "it is a netmask"),
        ("10.3.33.0/24", "it is the network's own address"),
        ("0.0.0.0", "begins with 0"),
        ("::1", "loopback"),
        ("10.3.333.4", "four numbers from 0 to 255"),
    ] {
        let found = ips(&with(IPS, "10.7.33.225", ip));
        assert_found(&found, "open", 4, reason);
        assert!(found["next"].as_str().unwrap().starts_with("cargo run -q -p ips -- "), "{found:#}");
    }
}

#[test]
fn an_ip_that_may_be_right_is_only_noted() {
    for (ip, line, note) in [
        ("10.3.33.255", 4, "most often the network's broadcast address"),
        ("169.254.3.4", 4, "no DHCP server"),
        ("fe80::1%wlan0", 4, "same cable or wifi only"),
        ("10.1.128.39", 4, "is the IP of the lesson's example"),
        ("no coverage there", 4, "the row has no IP; it says «no coverage there»"),
    ] {
        let found = ips(&with(IPS, "10.7.33.225", ip));
        assert_found(&found, "note", line, note);
        assert_done(&found);
    }
}

#[test]
fn a_row_without_an_ip_is_told_with_the_command_for_its_machine() {
    for (ip, line, row, next) in [
        (
            "192.168.1.36",
            3,
            "mobile, Wifi, 2024-03-01, home",
            "add --machine mobile --interface Wifi --place home --ip IP --file ",
        ),
        (
            "10.7.33.225",
            4,
            "mobile, Wifi",
            "add --machine mobile --interface Wifi --place \"Alcorcon Lab\" --ip IP --file ",
        ),
        ("192.168.253.17", 5, "Lab computer, Wire", "--machine \"Lab computer\" --place \"Alcorcon Lab\""),
    ] {
        for nothing in ["", "???", "....."] {
            let found = ips(&with(IPS, ip, nothing));
            assert_found(&found, "open", line, &format!("the row «{row}"));
            assert!(found["next"].as_str().unwrap().contains(next), "{found:#}");
        }
    }
    // Without pipes, and with too few cells to say which is which: it has no text that could be a reason.
    let table = "Machine  Interface  Date  Place  IP\nphone   wifi    home  10.0.0.3\npc  wire 1 May   lab  10.0.0.4\nmy phone      wifi    lab\n";
    let found = ips(table);
    assert_found(&found, "open", 4, "the row «my phone, wifi, lab» has no IP");
    let found = ips(&with(table, "wifi    lab\n", "wifi    lab   no signal\n"));
    assert_found(&found, "note", 4, "the row has no IP; it says «no signal»");
    assert_done(&found);
    let found = ips(&with(table, "phone   wifi    home  10.0.0.3\n", ""));
    assert_found(&found, "open", 0, "a row is missing: mobile");
    assert!(found["next"].as_str().unwrap().contains("--machine mobile"), "{found:#}");
}

#[test]
fn a_line_that_is_no_whole_row_of_the_table_is_only_noted() {
    for line in
        ["My phone had no wifi | see above", "The mobile was at home     all the time", "mobile | Wifi | 255.255.255.0"]
    {
        let found = ips(&format!("{IPS}\n{line}\n"));
        assert_found(&found, "note", 7, "");
        assert_done(&found);
    }
    for line in ["phone  wifi  home", "phone | wifi | home"] {
        assert_found(&ips(line), "open", 0, "no row has an IP yet");
    }
}

#[test]
fn a_row_without_an_ip_is_only_noted_once_the_lessons_machines_have_theirs() {
    for row in ["| VPN | tun0 | | | |", "| mobile | 4G | | bus | |"] {
        let found = ips(&format!("{IPS}{row}\n"));
        assert_found(&found, "note", 6, "has no IP");
        assert_done(&found);
    }
    let found = ips(&with(&format!("{IPS}| VPN | tun0 | | | |\n"), "192.168.253.17", ""));
    assert_found(&found, "open", 5, "the row «Lab computer");
    assert_found(&found, "open", 6, "the row «VPN");
}

#[test]
fn the_command_is_for_the_machine_of_the_first_thing_that_is_open() {
    for (row, next) in [
        // Its machine is the phone, whatever else is said about it.
        ("| mobile | Wifi | | home | 255.255.255.0 |", "add --machine mobile --interface Wifi --place home "),
        (
            "| mobile | Wifi | | Alcorcon Lab | 10.3.333.4 |",
            "add --machine mobile --interface Wifi --place \"Alcorcon Lab\" ",
        ),
        // The reason has a word for a phone in it, and the machine is none.
        ("| Lab computer | for the mobile | | home | 255.255.255.0 |", "--machine \"Lab computer\" "),
    ] {
        let found = ips(&format!("{IPS}{row}\n"));
        assert!(found["next"].as_str().unwrap().contains(next), "{found:#}");
    }
}

/// Nobody's list has all words for a machine.
#[test]
fn a_row_of_unknown_words_may_be_any_machines() {
    for table in [
        with(IPS, "Lab computer", "f-l3208-x"),
        "  Date       MOBILE          LAB COMPUTER\nHome  1/3/24     192.168.1.40    -\nLab  2/3/24    10.3.4.5        10.3.4.6\n"
            .to_string(),
    ] {
        let found = ips(&table);
        assert_eq!(found["findings"].as_array().unwrap().len(), 1, "{found:#}");
    }
}

#[test]
fn a_machine_without_a_row_is_missing() {
    let found = ips(&without_row(IPS, "Lab computer"));
    assert_found(&found, "note", 0, "no row names a Lab computer");
    assert_done(&found);
    let found = ips(&without_row(IPS, "mobile"));
    assert_found(&found, "open", 0, "a row is missing: mobile");
    // The lesson's own table shows two rows.
    let found = ips(&without_row(IPS, "home"));
    assert_found(&found, "note", 0, "the lesson asks for both");
    assert_done(&found);
}

#[test]
fn loopback_counts_as_no_machine_where_the_row_says_loopback() {
    let table = format!("{IPS}| Lab computer | lo | 2024-03-02 | Alcorcon Lab | 127.0.0.1 |\n");
    let found = ips(&table);
    assert_found(&found, "note", 6, "it is loopback");
    assert_done(&found);
    let found = ips(&with(IPS, "Wire      | 2024-03-02 | Alcorcon Lab | 192.168.253.17", "lo | | | 127.0.0.1"));
    assert_found(&found, "note", 0, "no row names a Lab computer");
}

#[test]
fn rows_are_counted_and_not_addresses() {
    let wide = "| | home | lab | computer |\n|---|---|---|---|\n| IP of my phone and the pc | 10.0.0.3 | 10.7.33.225 | 192.168.253.17 |\n";
    let found = ips(wide);
    assert_found(&found, "ok", 0, "1 row has an IP");
    assert_found(&ips(IPS), "ok", 0, "3 rows have an IP");
}
