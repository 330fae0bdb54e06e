//! What is found in the two tables: each finding, once.

use super::{Folder, IPS, PINGS, assert_found, shipped};
use serde_json::Value;

#[track_caller]
fn ips(table: &str) -> Value {
    Folder::new(&[("session-08/IPs.txt", table)]).deliverable("IPs")
}

#[track_caller]
fn pings(table: &str) -> Value {
    Folder::new(&[("session-08/Ex2.txt", table)]).deliverable("Ex2")
}

/// The table with one of its texts replaced, which has to be there.
#[track_caller]
fn with(table: &str, old: &str, new: &str) -> String {
    assert!(table.contains(old), "{old}");
    table.replace(old, new)
}

/// The table without the row that holds the text.
fn without_row(table: &str, text: &str) -> String {
    table.lines().filter(|line| !line.contains(text)).fold(String::new(), |all, line| all + line + "\n")
}

#[track_caller]
fn assert_done(deliverable: &Value) {
    assert_eq!(deliverable["state"], "done", "{deliverable:#}");
    assert_eq!(deliverable["next"], Value::Null);
}

#[test]
fn a_file_that_is_missing_is_named_where_it_belongs() {
    let folder = Folder::new(&[("S08/notes.txt", "")]);
    for (name, file) in [("IPs", "S08/IPs.txt"), ("Ex2", "S08/Ex2.txt")] {
        let deliverable = folder.deliverable(name);
        assert_eq!((&deliverable["state"], &deliverable["file"]), (&Value::from("missing"), &Value::Null));
        assert_found(&deliverable, "open", 0, &format!("there is no file {}", folder.path().join(file).display()));
    }
}

#[test]
fn an_empty_file_is_told_as_empty() {
    for empty in ["", " \n\n\t\r\n"] {
        assert_found(&ips(empty), "open", 0, "it is empty");
        assert_found(&pings(empty), "open", 0, "it is empty");
    }
}

#[test]
fn a_file_with_something_else_in_it_has_no_table() {
    let prose = "Exercise of Ana. I will do it tomorrow,\nmy word of honour.\n";
    assert_found(&ips(prose), "open", 0, "no row of the lesson's table is in it");
    assert_found(&pings(prose), "open", 0, "no row of the lesson's table is in it");
}

#[test]
fn the_lessons_tables_are_told_as_not_filled_in() {
    let ips = ips(&shipped("IPs.txt"));
    assert_found(&ips, "open", 0, "no row has an IP yet");
    assert_eq!(ips["findings"].as_array().unwrap().len(), 1);
    assert_found(&pings(&shipped("Ex2.txt")), "open", 0, "no row has a time yet");
}

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
        ("10.1.128.39", 4, "stands in the lesson as an example"),
        ("no coverage there", 4, "it says «no coverage there»"),
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
            assert_found(&found, "open", line, &format!("no IP is in the row «{row}"));
            assert!(found["next"].as_str().unwrap().contains(next), "{found:#}");
        }
    }
    // Without pipes, and with too few cells to say which is which.
    let table = "Machine  Interface  Date  Place  IP\nphone   wifi    home  10.0.0.3\npc  wire 1 May   lab  10.0.0.4\nmy phone      wifi    lab\n";
    let found = ips(table);
    assert_found(&found, "note", 4, "no IP is in the row «my phone, wifi, lab»");
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
        assert_found(&found, "note", 6, "no IP is in the row");
        assert_done(&found);
    }
    let found = ips(&with(&format!("{IPS}| VPN | tun0 | | | |\n"), "192.168.253.17", ""));
    assert_found(&found, "open", 5, "no IP is in the row «Lab computer");
    assert_found(&found, "open", 6, "no IP is in the row «VPN");
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

#[test]
fn a_machine_without_a_row_is_missing() {
    assert_found(&ips(&without_row(IPS, "Lab computer")), "open", 0, "a row is missing: Lab computer");
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
    assert_found(
        &ips(&with(IPS, "Wire      | 2024-03-02 | Alcorcon Lab | 192.168.253.17", "lo | | | 127.0.0.1")),
        "open",
        0,
        "Lab computer",
    );
}

#[test]
fn a_row_without_a_time_or_a_reason_may_be_right_but_most_of_them_are_not() {
    for nothing in ["", "?", "...", "…"] {
        let found = pings(&with(PINGS, "4.31 ms, 4.53 ms", nothing));
        assert_found(&found, "note", 5, "no time, and no reason why not, is in the row «8.8.8.8, Google");
        assert_done(&found);
    }
    let found = pings(&with(PINGS, "Self             | 0.044 ms, 0.040 ms, 0.041 ms", "Yo |"));
    assert_found(&found, "note", 3, "«192.168.253.17, Yo»");
    assert_found(
        &pings(&with(PINGS, "212.128.240.50  | www.urjc.es      | 2.52 ms, 2.71 ms", "- | www.urjc.es |")),
        "note",
        7,
        "urjc",
    );
    let mut few = PINGS.to_string();
    for times in ["0.044 ms, 0.040 ms, 0.041 ms", "4.31 ms, 4.53 ms", "160 ms, 402 ms"] {
        few = with(&few, times, "");
        assert_done(&pings(&few));
    }
    few = with(&few, "2.52 ms, 2.71 ms", "");
    assert_done(&pings(&few));
    few = with(&few, "35.1 ms, 35.9 ms", "");
    let found = pings(&few);
    assert_found(&found, "open", 0, "5 rows have no time: ping them");
    assert!(found["next"].as_str().unwrap().starts_with("cargo run -q -p ex2-ping -- --table "), "{found:#}");
    // A line that is another machine's is not the answer to the one above.
    for next in ["1.1.1.1 and 3 ms 4 ms", "self 3 ms 4 ms", "github 3 ms 4 ms", "www.foo.org 3 ms 4 ms", "\n3 ms 4 ms"]
    {
        assert_found(&pings(&format!("8.8.8.8 Google\n{next}\n")), "note", 1, "no time, and no reason");
    }
    assert_found(&pings("-      www.urjc.es\n1.1.1.1 Self 3 ms 4 ms\n"), "note", 1, "no time, and no reason");
}

#[test]
fn with_reasons_alone_nothing_was_measured() {
    let table: String = shipped("Ex2.txt").lines().map(|line| line.replace("|      |", "| - |") + "\n").collect();
    assert_found(&pings(&table), "open", 0, "no row has a time: at least your own computer, Self, always answers");
}

#[test]
fn every_destination_that_has_no_row_is_named() {
    for name in
        ["Self", "f-l3208-pc01", "Google", "Mobile", "www.urjc.es", "github.com", "wikipedia.org", "newdomain.com.au"]
    {
        assert!(shipped("Ex2.txt").contains(name));
        let found = pings(&without_row(PINGS, name));
        assert_found(&found, "open", 0, &format!("a row is missing, to be written into the table: {name}"));
    }
    let two = without_row(&without_row(PINGS, "Google"), "github");
    assert_found(&pings(&two), "open", 0, "rows are missing, to be written into the table: Google, github.com");
    // Who calls himself otherwise is not asked for himself.
    let found = pings(&with(&without_row(PINGS, "Google"), "Self ", "Yo"));
    assert_found(&found, "open", 0, "a row is missing, to be written into the table: Google");
}

#[test]
fn another_destination_in_the_place_of_one_is_only_noted() {
    let found = pings(&with(PINGS, "212.128.255.129 | f-l3208-pc01", "192.168.250.99 | f-x3209-pc05"));
    assert_found(&found, "note", 0, "no row is for f-l3208-pc01");
    assert_done(&found);
}

#[test]
fn times_need_a_unit_somewhere() {
    let bare = with(PINGS, " ms", "");
    let found = pings(&bare);
    assert_found(&found, "open", 3, "no unit is behind «0.044»");
    assert_found(&found, "open", 5, "no unit is behind «4.31»");
    let found = pings(&with(PINGS, "4.31 ms, 4.53 ms", "3.71, 3.83"));
    assert_found(&found, "note", 5, "no unit is behind «3.71», as there is in other rows");
    assert_done(&found);
    let header = pings(&with(&bare, "Time    ", "Time (ms)"));
    assert_done(&header);
    assert_eq!(header["findings"].as_array().unwrap().len(), 1, "{header:#}");
}

#[test]
fn a_unit_may_stand_anywhere() {
    let bare = with(PINGS, " ms", "");
    for header in ["Time (s)", "Time [ms]", "Time (miliseconds)", "Time in milisegundos", "Time / µs"] {
        let found = pings(&with(&bare, "Time                         |", &format!("{header} |")));
        assert_done(&found);
        assert_eq!(found["findings"].as_array().unwrap().len(), 1, "{header}: {found:#}");
    }
    for times in
        ["[4.31, 4.53] ms", "4.31 \"ms\", 4.53 \"ms\"", "4.31 *ms*, 4.53 *ms*", "ms: 4.31, 4.53", "4.31, 4.53 (ms)"]
    {
        // In one row of a table whose others have none, and in one whose others have it.
        assert_done(&pings(&with(&bare, "4.31, 4.53", times)));
        let found = pings(&with(PINGS, "4.31 ms, 4.53 ms", times));
        assert_done(&found);
        assert_eq!(found["findings"].as_array().unwrap().len(), 1, "{times}: {found:#}");
    }
    assert_done(&pings(&format!("{bare}\nAll of it in milliseconds.\n")));
    // The name of a host is no unit.
    let found = pings(&format!("{bare}| 10.3.4.5 | ns.urjc.es | 0.3, 0.4 |\n"));
    assert_found(&found, "open", 5, "no unit is behind «4.31»");
}

#[test]
fn one_time_alone_is_only_noted() {
    let found = pings(&with(PINGS, "4.31 ms, 4.53 ms", "3.71 ms"));
    assert_found(&found, "note", 5, "only one time");
    assert_done(&found);
}

#[test]
fn the_lessons_example_is_told_where_it_is_certain_and_noted_where_it_may_be_right() {
    let own = "192.168.253.17  | Self             | 0.044 ms, 0.040 ms, 0.041 ms";
    for times in ["0.020 ms, 0.017 ms...", "0,020 ms, 0,017 ms", "0.020, 0.017"] {
        let found = pings(&with(PINGS, own, &format!("192.168.124.179 | Self | {times}")));
        assert_found(&found, "open", 3, "this is the lesson's example");
    }
    for (row, note) in [
        ("192.168.124.179 | Self | 0.020 ms, 0.031 ms", "192.168.124.179 is the IP of the lesson's example"),
        ("192.168.253.17 | Self | 0.020 ms, 0.017 ms", "0.020 and 0.017 are the times of the lesson's example"),
        ("192.168.124.179 | Self | 0.020 ms, 0.017 ms, 0.031 ms", "192.168.124.179 is the IP"),
    ] {
        let found = pings(&with(PINGS, own, row));
        assert_found(&found, "note", 3, note);
        assert_done(&found);
    }
    let found = pings(&with(PINGS, "10.7.33.225 ", "10.1.128.39 "));
    assert_found(&found, "note", 6, "10.1.128.39 is the IP of the lesson's example");
    assert_done(&found);
}

#[test]
fn a_text_that_may_be_a_reason_or_a_name_is_noted() {
    let found = pings(&with(
        PINGS,
        "212.128.255.129 | f-l3208-pc01     | no answer                    |",
        "212.128.255.129 | No ping |",
    ));
    assert_found(&found, "note", 4, "its reason may be «No ping»");
    assert_done(&found);
}

#[test]
fn a_document_that_is_no_text_is_told() {
    let found = Folder::new(&[("session-08/IPs.docx", "PK\u{3}\u{4}")]).deliverable("IPs");
    assert_found(&found, "open", 0, "it is no plain text");
    assert_eq!(found["file"], "session-08/IPs.docx");
}

#[test]
fn every_spelling_is_found() {
    for name in
        ["IPs.txt", "ips.txt", "IPS.TXT", "ips.md", "IPs", "ips", "ex1.txt", "Ex-1.md", "ip s.txt", "IPs.txt.txt"]
    {
        for folder in ["session-08", "S08", "Session 8", "SESSION_08", "pne/session-08", "."] {
            let name = format!("{folder}/{name}");
            assert_done(&Folder::new(&[(&name, IPS)]).deliverable("IPs"));
        }
    }
    for name in
        ["Ex2.txt", "EX2.txt", "ex 2.txt", "ex-2", "Ex_2.md", "exercise 2.txt", "Exercise2", "Ex2/Ex2.txt", "pings.txt"]
    {
        assert_done(&Folder::new(&[(&format!("S08/{name}"), PINGS)]).deliverable("Ex2"));
    }
}

#[test]
fn of_two_files_the_one_that_is_done_counts() {
    let folder =
        Folder::new(&[("S08/EX2.txt", ""), ("S08/Ex2.txt", PINGS), ("S08/IPs.docx", "PK"), ("S08/ips.txt", IPS)]);
    assert_eq!(folder.deliverable("Ex2")["file"], "S08/Ex2.txt");
    assert_eq!(folder.deliverable("IPs")["file"], "S08/ips.txt");
}

#[test]
fn what_is_found_too_often_is_counted() {
    let rows = "| pc | Wire | | lab | 255.255.255.0 |\n".repeat(50);
    let found = ips(&format!("{IPS}{rows}"));
    assert_eq!(found["findings"].as_array().unwrap().len(), 12);
    assert!(found["left_out"].as_u64().unwrap() >= 38, "{found:#}");
}

#[test]
fn what_is_open_is_never_left_out_for_notes() {
    let notes = "| pc | Wire | | lab | 10.0.0.255 |\n".repeat(20);
    let found = ips(&format!("{IPS}{notes}| pc | Wire | | lab | 255.255.255.0 |\n{notes}"));
    assert_found(&found, "open", 26, "it is a netmask");
    assert_found(&found, "note", 6, "broadcast");
    assert_eq!(found["state"], "wrong");
    // 40 notes, one thing open, and how many rows have an IP.
    assert_eq!(found["left_out"], 42 - 12);
}
