//! Tests of `src/visitors/changes.rs`, from inside.

use super::super::{MAX_VISITORS, Visitors};
use jiff::Timestamp;
use std::net::{IpAddr, Ipv4Addr};

const START: Timestamp = Timestamp::UNIX_EPOCH;

fn address(number: usize) -> IpAddr {
    Ipv4Addr::from_bits(0x0a00_0000 + u32::try_from(number).unwrap()).into()
}

fn visit(visitors: &Visitors, number: usize) {
    visitors.arrived(address(number), START);
    visitors.said(address(number), START, START, "HELLO", true);
}

/// The addresses of the rows that have changed, sorted.
fn changed(visitors: &Visitors, since: u64, most: usize) -> Vec<IpAddr> {
    let mut addresses: Vec<_> = visitors.changes_since(since, most).rows.into_iter().map(|row| row.address).collect();
    addresses.sort_unstable();
    addresses
}

#[test]
fn only_what_has_changed_since_is_told() {
    let visitors = Visitors::default();
    let none = visitors.changes_since(0, 10);
    assert_eq!((none.students, none.rows.len(), none.version), (0, 0, visitors.version()));
    for number in 0..3 {
        visit(&visitors, number);
    }
    assert_eq!(changed(&visitors, 0, 10), [0, 1, 2].map(address));
    let before = visitors.version();
    assert!(changed(&visitors, before, 10).is_empty());
    visit(&visitors, 1);
    assert!(visitors.version() > before);
    assert_eq!(changed(&visitors, before, 10), [address(1)]);
}

#[test]
fn an_address_that_said_nothing_has_no_row_yet_changes_the_version() {
    let visitors = Visitors::default();
    visitors.arrived(address(1), START);
    visitors.rejected(address(2), START);
    assert_eq!(visitors.version(), 2);
    assert!(changed(&visitors, 0, 10).is_empty());
}

#[test]
fn of_too_many_those_are_told_that_have_changed_last() {
    let visitors = Visitors::default();
    for number in 0..MAX_VISITORS + 10 {
        visit(&visitors, number);
    }
    visit(&visitors, 5);
    assert_eq!(visitors.changes_since(0, 3).students, MAX_VISITORS);
    assert_eq!(changed(&visitors, 0, 3), [5, MAX_VISITORS - 2, MAX_VISITORS - 1].map(address));
}
