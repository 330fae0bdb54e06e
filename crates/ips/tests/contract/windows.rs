//! What Windows alone says of its interfaces, compared with its own program for them.

use crate::support::ips::ips;
use std::process::Command;

/// Interfaces without an address, and those that are down, have a MAC too. The words of `ipconfig` are in the user's language: only a
/// hardware address looks the same in all of them.
#[test]
fn every_mac_that_ipconfig_shows_is_listed() {
    let output = Command::new("ipconfig").arg("/all").output().unwrap();
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    let is_mac = |word: &&str| word.split('-').count() == 6 && word.split('-').all(|byte| byte.len() == 2);
    let macs: Vec<String> =
        words.split_whitespace().filter(is_mac).map(|word| word.replace('-', ":").to_lowercase()).collect();
    assert!(!macs.is_empty(), "a computer on which this can be tested has a network card: {words}");
    let shown = String::from_utf8(ips(&[]).output().unwrap().stdout).unwrap();
    for mac in macs {
        assert!(shown.contains(&mac), "{mac} is not in\n{shown}");
    }
}
