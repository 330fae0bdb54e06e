//! Tests of `src/visitors.rs`, from inside.

use super::{MAX_ROWS, MAX_VISITORS, Visitors};
use crate::names::Lookups;
use std::net::{IpAddr, Ipv4Addr};

/// Visitors whose names nobody is asked for.
fn visitors() -> Visitors {
    Visitors { book: std::sync::Arc::default(), lookups: Lookups::default() }
}

fn address(number: usize) -> IpAddr {
    Ipv4Addr::from_bits(0x0a00_0000 + u32::try_from(number).unwrap()).into()
}

fn rows(visitors: &Visitors) -> Vec<Vec<String>> {
    let cells = |line: &str| line.split_whitespace().map(str::to_string).collect();
    visitors.table().trim_start().lines().skip(1).map(cells).collect()
}

#[test]
fn visits_are_counted_and_only_loopback_has_a_name_without_asking() {
    let visitors = visitors();
    for ip in [address(1), Ipv4Addr::LOCALHOST.into(), address(1)] {
        visitors.arrived(ip);
    }
    assert_eq!(rows(&visitors), [vec!["10.0.0.1", "-", "2", "0"], vec!["127.0.0.1", "localhost", "1", "0"]]);
}

#[test]
fn the_table_ends_after_so_many_rows_and_tells_how_many_are_missing() {
    let visitors = visitors();
    (0..MAX_ROWS).for_each(|number| visitors.arrived(address(number)));
    assert_eq!(rows(&visitors).len(), MAX_ROWS);
    visitors.arrived(address(MAX_ROWS));
    assert!(visitors.table().ends_with("\n... and 1 more addresses"), "{}", visitors.table());
}

#[test]
fn a_full_book_still_knows_its_visitors_and_counts_the_others() {
    let visitors = visitors();
    (0..MAX_VISITORS).for_each(|number| visitors.arrived(address(number)));
    visitors.arrived(address(0));
    visitors.rejected(address(MAX_VISITORS));
    (MAX_VISITORS..MAX_VISITORS + 3).for_each(|number| visitors.arrived(address(number)));
    assert_eq!(rows(&visitors)[0], ["10.0.0.0", "-", "2", "0"]);
    let table = visitors.table();
    assert!(table.contains(&format!("\n... and {} more addresses\n", MAX_VISITORS - MAX_ROWS)), "{table}");
    assert!(table.ends_with("\n3 connections came from still other addresses"), "{table}");
}
