//! Tests of `src/visitors.rs`, from inside.

use super::{MAX_ROWS, MAX_VISITORS, Visitors};
use jiff::{SignedDuration, Timestamp};
use std::net::{IpAddr, Ipv4Addr};

const START: Timestamp = Timestamp::UNIX_EPOCH;

fn address(number: usize) -> IpAddr {
    Ipv4Addr::from_bits(0x0a00_0000 + u32::try_from(number).unwrap()).into()
}

/// A client that comes and says something.
fn visit(visitors: &Visitors, ip: IpAddr, time: Timestamp, text: &str) {
    visitors.arrived(ip, time);
    visitors.said(ip, time, time, text, false);
}

/// The cells of each row, without those for times.
fn rows(visitors: &Visitors) -> Vec<Vec<String>> {
    let cells = |line: &str| {
        let words = line.split_whitespace().enumerate();
        words.filter(|(place, _)| ![4, 5].contains(place)).map(|(_, word)| word.to_string()).collect()
    };
    visitors.table(None).unwrap().lines().skip(3).map(cells).collect()
}

#[test]
fn visits_are_counted_and_only_loopback_has_a_name_without_asking() {
    let visitors = Visitors::default();
    for ip in [address(1), Ipv4Addr::LOCALHOST.into(), address(1)] {
        visit(&visitors, ip, START, "HELLO");
    }
    assert_eq!(rows(&visitors), [["10.0.0.1", "-", "2", "0", "HELLO"], ["127.0.0.1", "localhost", "1", "0", "HELLO"]]);
}

#[test]
fn an_address_that_never_sent_a_byte_has_no_row_and_is_counted() {
    let visitors = Visitors::default();
    assert_eq!(visitors.table(None), None);
    visitors.arrived(address(1), START);
    let silent = "Addresses: 0. Connections: 1, 1 of them without a message. Rejected: 0.";
    assert_eq!(visitors.table(None).as_deref(), Some(silent));

    visit(&visitors, address(2), START, "HELLO");
    visitors.arrived(address(2), START);
    visitors.rejected(address(3), START);
    let table = visitors.table(None).unwrap();
    assert!(table.starts_with("Addresses: 2. Connections: 3, 2 of them without a message. Rejected: 1.\n"), "{table}");
    assert_eq!(rows(&visitors), [vec!["10.0.0.2", "-", "2", "0", "HELLO"], vec!["10.0.0.3", "-", "0", "1"]]);
}

#[test]
fn first_and_last_hold_whatever_the_order_in_which_two_logs_tell_it() {
    let visitors = Visitors::default();
    let later = START + SignedDuration::from_secs(5);
    visit(&visitors, address(1), later, "later");
    visit(&visitors, address(1), START, "earlier");
    let table = visitors.table(None).unwrap();
    let cells: Vec<_> = table.lines().last().unwrap().split_whitespace().collect();
    assert!(cells[4].ends_with(":00") && cells[5].ends_with(":05"), "{table}");
    assert_eq!(cells[6], "later");
}

#[test]
fn times_have_a_date_where_not_all_are_of_one_day() {
    let visitors = Visitors::default();
    visit(&visitors, address(1), START, "one");
    assert!(!visitors.table(None).unwrap().contains("19"), "no date");
    visit(&visitors, address(1), START + SignedDuration::from_hours(48), "two");
    assert!(visitors.table(None).unwrap().contains(" 1970-01-03 "));
}

#[test]
fn the_table_ends_after_so_many_rows_and_tells_how_many_are_missing() {
    let visitors = Visitors::default();
    (0..MAX_ROWS).for_each(|number| visit(&visitors, address(number), START, "x"));
    assert_eq!(rows(&visitors).len(), MAX_ROWS);
    visit(&visitors, address(MAX_ROWS), START, "x");
    let table = visitors.table(None).unwrap();
    assert!(table.ends_with("\n... and 1 more addresses"), "{table}");
}

#[test]
fn a_full_book_still_knows_its_visitors_and_counts_the_others() {
    let visitors = Visitors::default();
    (0..MAX_VISITORS).for_each(|number| visit(&visitors, address(number), START, "x"));
    visit(&visitors, address(0), START, "x");
    visitors.rejected(address(MAX_VISITORS), START);
    (MAX_VISITORS..MAX_VISITORS + 3).for_each(|number| visit(&visitors, address(number), START, "x"));
    assert_eq!(rows(&visitors)[0], ["10.0.0.0", "-", "2", "0", "x"]);
    let table = visitors.table(None).unwrap();
    assert!(table.contains(&format!("\n... and {} more addresses\n", MAX_VISITORS - MAX_ROWS)), "{table}");
    assert!(table.ends_with("\n3 connections came from still other addresses"), "{table}");
}

#[test]
fn in_a_full_book_who_said_nothing_makes_room_for_others_and_stays_counted() {
    let visitors = Visitors::default();
    visit(&visitors, address(0), START, "first");
    (1..MAX_VISITORS).for_each(|number| visitors.arrived(address(number), START));
    visit(&visitors, address(MAX_VISITORS), START, "last");
    visitors.said(address(1), START, START, "after a while", true);
    assert_eq!(rows(&visitors).iter().map(|row| &row[4][..]).collect::<Vec<_>>(), ["first", "after", "last"]);
    let table = visitors.table(None).unwrap();
    let totals = format!("Addresses: 3. Connections: {}, {} of them", MAX_VISITORS + 1, MAX_VISITORS - 2);
    assert!(table.starts_with(&totals), "{table}");
}

#[test]
fn the_last_message_is_the_last_one_though_the_clock_was_set_back() {
    let visitors = Visitors::default();
    for (time, text) in [(START + SignedDuration::from_hours(1), "before"), (START, "after")] {
        visitors.arrived(address(1), time);
        visitors.said(address(1), time, time, text, true);
    }
    assert_eq!(rows(&visitors)[0][4], "after");
}
