//! The table of ping times.

use super::{PINGS, assert_done, assert_found, pings, shipped, with, without_row};

const PHONE_TIMES: &str = "160 ms, 402 ms";

/// As good as a row that is not there.
#[test]
fn a_row_without_a_time_or_a_reason_is_left_to_do() {
    for (times, line, row) in [
        ("0.044 ms, 0.040 ms, 0.041 ms", 3, "192.168.253.17, Self"),
        ("4.31 ms, 4.53 ms", 5, "8.8.8.8, Google"),
        ("2.52 ms, 2.71 ms", 7, "212.128.240.50, www.urjc.es"),
        ("35.1 ms, 35.9 ms", 8, "198.51.100.3, github.com"),
        ("141 ms, 142 ms", 9, "198.51.100.224, wikipedia.org"),
    ] {
        for nothing in ["", "?", "...", "…"] {
            let found = pings(&with(PINGS, times, nothing));
            assert_found(&found, "open", line, &format!("the row «{row}"));
            assert!(found["next"].as_str().unwrap().starts_with("cargo run -q -p ex2-ping -- --table "), "{found:#}");
        }
        // It means the same as no row at all.
        let name = row.split(", ").nth(1).unwrap();
        assert_eq!(pings(&without_row(PINGS, name))["state"], "wrong");
    }
    for (row, excerpt) in [
        ("192.168.253.17 | self (laptop) | ...", "«192.168.253.17, self (laptop), ...»"),
        (" | localhost | ?", "«localhost, ?»"),
        ("::1 | | ", "«::1»"),
    ] {
        let found = pings(&with(PINGS, "192.168.253.17  | Self             | 0.044 ms, 0.040 ms, 0.041 ms", row));
        assert_found(&found, "open", 3, &format!("the row {excerpt} has neither a time nor a reason why not"));
    }
}

/// A firewall, or a phone that sleeps: a blank cell may mean it, in at most two rows.
#[test]
fn a_row_that_may_be_silent_is_noted() {
    let silent = [("no answer", 4), (PHONE_TIMES, 6), ("311 ms, 318 ms (1 lost)", 10)];
    for (times, line) in silent {
        let found = pings(&with(PINGS, times, ""));
        assert_found(&found, "note", line, "has neither a time nor a reason why not: if no answer came, say so");
        assert_done(&found);
    }
    assert_done(&pings(&with(&with(PINGS, "no answer", ""), PHONE_TIMES, "...")));
    let three = silent.iter().fold(PINGS.to_string(), |table, (times, _)| with(&table, times, ""));
    assert_found(&pings(&three), "open", 0, "3 rows have no time: ping them");
    // A row more of one's own makes it no better.
    assert_found(&pings(&format!("{three}| 10.3.4.5 | router | 3 ms, 4 ms |\n")), "open", 0, "3 rows have no time");
    let heading = format!("{}\nSelf (192.168.253.17)\n\n0.044 ms, 0.040 ms\n", without_row(PINGS, "Self"));
    assert_done(&pings(&heading));
}

/// A line that is another machine's is not the answer to the one above.
#[test]
fn the_times_below_belong_to_a_row_only_if_they_are_nobody_elses() {
    for next in
        ["1.1.1.1 and 3 ms 4 ms", "self 3 ms 4 ms", "github 3 ms 4 ms", "www.foo.org 3 ms 4 ms", "\n\n3 ms 4 ms"]
    {
        assert_found(&pings(&format!("8.8.8.8 Google\n{next}\n")), "open", 1, "has neither a time nor a reason");
    }
    assert_found(&pings("-      www.urjc.es\n1.1.1.1 Self 3 ms 4 ms\n"), "open", 1, "has neither a time nor a reason");
}

#[test]
fn a_row_with_another_rows_ip_is_told() {
    for (ip, name, why) in [
        (
            "212.128.255.129",
            "www.urjc.es",
            "the row of www.urjc.es has another row's IP: 212.128.255.129 is that of f-l3208-pc01",
        ),
        ("8.8.8.8", "github.com", "the row of github.com has another row's IP: 8.8.8.8 is that of Google"),
    ] {
        let table = format!("{}| {ip} | {name} | 2 ms, 3 ms |\n", without_row(PINGS, name));
        assert_found(&pings(&table), "open", 10, why);
    }
    for (old, copied, line, other) in
        [("198.51.100.3 ", "212.128.240.50", 8, 7), ("10.7.33.225 ", "192.168.253.17", 6, 3)]
    {
        let why = format!("{copied} stands in line {other} too: each machine has an IP of its own");
        assert_found(&pings(&with(PINGS, old, copied)), "open", line, &why);
    }
    let found = pings(&with(PINGS, "192.168.253.17", "192.168.56.1"));
    assert_found(&found, "note", 3, "192.168.56.1: it is most often an IP inside one computer");
    assert_done(&found);
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
        // Anybody may call his own machines otherwise.
        let names = if ["Self", "Mobile"].contains(&name) { "(1 of these): Self, Mobile" } else { name };
        assert_found(&found, "open", 0, "missing from the table");
        assert_found(&found, "open", 0, names);
    }
    let two = without_row(&without_row(PINGS, "Google"), "github");
    assert_found(&pings(&two), "open", 0, "missing from the table: Google, github.com");
    // Who calls himself otherwise is not asked for himself.
    let found = pings(&with(&without_row(PINGS, "Google"), "Self ", "Yo"));
    assert_found(&found, "open", 0, "missing from the table: Google");
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
    assert_found(&found, "note", 0, "no time has a unit: write ms behind it");
    assert_done(&found);
    for right in [with(PINGS, "4.31 ms, 4.53 ms", "3.71, 3.83"), with(&bare, "Time    ", "Time (ms)")] {
        let found = pings(&right);
        assert_done(&found);
        assert_eq!(found["findings"].as_array().unwrap().len(), 1, "{found:#}");
    }
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
        for table in [with(&bare, "4.31, 4.53", times), with(PINGS, "4.31 ms, 4.53 ms", times)] {
            let found = pings(&table);
            assert_done(&found);
            assert_eq!(found["findings"].as_array().unwrap().len(), 1, "{times}: {found:#}");
        }
    }
    assert_done(&pings(&format!("{bare}\nAll of it in milliseconds.\n")));
    // The name of a host is no unit.
    let found = pings(&format!("{bare}| 10.3.4.5 | ns.urjc.es | 0.3, 0.4 |\n"));
    assert_found(&found, "note", 0, "no time has a unit");
}

#[test]
fn a_number_in_a_reason_is_no_time() {
    let found = pings(&with(PINGS, "4.31 ms, 4.53 ms", "100% packet loss"));
    assert_eq!(found["findings"].as_array().unwrap().len(), 1, "{found:#}");
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
    assert_found(&found, "note", 4, "the row has no time; its reason may be «No ping»");
    assert_done(&found);
}
