//! Tests of `src/limits.rs`, from inside.

use super::{Limits, Rejection};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const THERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

fn limits(most: u32, most_per_address: u32, patience: Duration) -> Arc<Limits> {
    Arc::new(Limits::new(most, most_per_address, patience))
}

#[test]
fn permits_are_counted_for_all_and_for_each_address_and_come_back() {
    let limits = limits(3, 2, Duration::from_secs(120));
    let first = limits.admit(HERE).ok();
    let _second = limits.admit(HERE).expect("a second one for the same address");
    assert_eq!(limits.admit(HERE).err(), Some(Rejection::AddressFull(2)));
    let _third = limits.admit(THERE).expect("one for another address");
    assert_eq!(limits.admit(THERE).err(), Some(Rejection::Full(3)));
    drop(first);
    assert!(limits.admit(HERE).is_ok());
}

#[test]
fn an_address_that_has_no_permit_is_not_remembered() {
    let limits = limits(1, 1, Duration::from_secs(120));
    drop(limits.admit(HERE));
    assert!(limits.lock().by_source.is_empty());
}

#[test]
fn patience_shrinks_when_the_last_quarter_of_the_places_is_being_taken() {
    let limits = limits(8, 8, Duration::from_secs(120));
    let mut permits = Vec::new();
    let mut patience = vec![limits.patience(HERE).as_secs()];
    for _ in 0..8 {
        permits.extend(limits.admit(HERE));
        patience.push(limits.patience(HERE).as_secs());
    }
    assert_eq!(patience, [120, 120, 120, 120, 120, 120, 120, 60, 2]);
}

#[test]
fn patience_shrinks_for_the_address_that_takes_the_last_of_its_own_permits() {
    let limits = limits(100, 4, Duration::from_secs(120));
    let _permits = [(); 4].map(|()| limits.admit(HERE));
    assert_eq!((limits.patience(HERE).as_secs(), limits.patience(THERE).as_secs()), (2, 120));
}

/// One place, or two, are soon taken: that alone is no reason for haste.
#[test]
fn with_few_places_patience_is_whole_until_somebody_has_none() {
    for most in 1..4 {
        let limits = limits(most, most, Duration::from_secs(120));
        let _permits: Vec<_> = (0..most).map(|_| limits.admit(HERE).unwrap_or_else(|e| panic!("{e}"))).collect();
        assert_eq!(limits.patience(HERE).as_secs(), 120);
        assert!(limits.admit(THERE).is_err());
        assert_eq!(limits.patience(HERE).as_secs(), 2);
    }
    let limits = limits(100, 1, Duration::from_secs(120));
    let _permits = [limits.admit(HERE), limits.admit(THERE)];
    assert!(limits.admit(HERE).is_err());
    assert_eq!((limits.patience(HERE).as_secs(), limits.patience(THERE).as_secs()), (2, 120));
}

#[test]
fn patience_is_short_after_a_shortage() {
    let limits = limits(100, 100, Duration::from_secs(120));
    limits.note_shortage();
    assert_eq!(limits.patience(HERE).as_secs(), 2);
}

#[test]
fn a_patience_below_two_seconds_stays_as_it_was_asked_for() {
    let limits = limits(1, 1, Duration::from_millis(500));
    let _permit = limits.admit(HERE);
    assert_eq!(limits.patience(HERE), Duration::from_millis(500));
}

#[test]
fn the_ipv6_addresses_of_one_network_count_together_but_for_link_local_ones() {
    let limits = limits(100, 1, Duration::from_secs(120));
    let mut permits = Vec::new();
    let mut is_admitted = |ip: &str| {
        let permit = limits.admit(ip.parse().unwrap());
        let is_admitted = permit.is_ok();
        permits.extend(permit);
        is_admitted
    };
    assert!(is_admitted("2001:db8:0:1::1") && !is_admitted("2001:db8:0:1:ffff::2") && is_admitted("2001:db8:0:2::1"));
    assert!(is_admitted("fe80::1") && is_admitted("fe80::2") && !is_admitted("fe80::2"));
}
