//! The table of ping times.

use super::{PINGS, assert_done, assert_found, pings, shipped, with, without_row};

#[test]
fn a_row_without_a_time_or_a_reason_may_be_right_but_most_of_them_are_not() {
    for nothing in ["", "?", "...", "…"] {
        let found = pings(&with(PINGS, "4.31 ms, 4.53 ms", nothing));
        assert_found(&found, "note", 5, "the row «8.8.8.8, Google");
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
    for times in ["4.31 ms, 4.53 ms", "160 ms, 402 ms", "2.52 ms, 2.71 ms", "35.1 ms, 35.9 ms"] {
        few = with(&few, times, "");
        assert_done(&pings(&few));
    }
    few = with(&few, "141 ms, 142 ms", "");
    let found = pings(&few);
    assert_found(&found, "open", 0, "5 rows have no time: ping them");
    assert!(found["next"].as_str().unwrap().starts_with("cargo run -q -p ex2-ping -- --table "), "{found:#}");
    let more = format!("{few}| 10.3.4.5 | router | 3 ms, 4 ms |\n");
    assert_found(&pings(&more), "open", 0, "5 rows have no time: ping them");
    // A line that is another machine's is not the answer to the one above.
    for next in ["1.1.1.1 and 3 ms 4 ms", "self 3 ms 4 ms", "github 3 ms 4 ms", "www.foo.org 3 ms 4 ms", "\n3 ms 4 ms"]
    {
        assert_found(&pings(&format!("8.8.8.8 Google\n{next}\n")), "note", 1, "has neither a time nor a reason");
    }
    assert_found(&pings("-      www.urjc.es\n1.1.1.1 Self 3 ms 4 ms\n"), "note", 1, "has neither a time nor a reason");
}

/// Which row is the student's own computer's, only words could say.
#[test]
fn a_row_of_the_students_own_computer_without_a_time_is_noted() {
    let own = "192.168.253.17  | Self             | 0.044 ms, 0.040 ms, 0.041 ms";
    for (row, excerpt) in [
        ("192.168.253.17 | Self | ", "«192.168.253.17, Self»"),
        ("192.168.253.17 | self (laptop) | ...", "«192.168.253.17, self (laptop), ...»"),
        (" | localhost | ?", "«localhost, ?»"),
        ("::1 | | ", "«::1»"),
    ] {
        let found = pings(&with(PINGS, own, row));
        assert_found(&found, "note", 3, &format!("the row {excerpt} has neither a time nor a reason why not"));
        assert_done(&found);
    }
    let heading = format!("{}\nSelf (192.168.253.17)\n\n0.044 ms, 0.040 ms\n", without_row(PINGS, "Self"));
    assert_done(&pings(&heading));
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
