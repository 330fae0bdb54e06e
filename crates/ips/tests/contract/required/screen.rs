//! Reading a program's screen, whatever its form.

use super::system::Interfaces;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Every IP in a text, wherever it stands: `inet 127.0.0.1/8`, `"fe80::1%eth0"`, `address=::1,`, `IPv6:fd00::2`.
pub fn addresses(text: &str) -> Vec<IpAddr> {
    let v4 = text.split(|next: char| !(next.is_ascii_digit() || next == '.')).map(|word| word.trim_matches('.'));
    let v6 = text.split(|next: char| !(next.is_alphanumeric() || next == ':' || next == '.')).map(without_label);
    let v6 = v6.flat_map(|word| word.split(|next: char| !(next.is_ascii_hexdigit() || next == ':' || next == '.')));
    let v6 = v6.filter(|word| word.matches(':').count() > 1);
    v4.chain(v6).filter_map(|word| word.parse().ok()).collect()
}

/// A word without what stands before its address, and has a letter that no address has: `fe80::1` of `addr:fe80::1`.
fn without_label(word: &str) -> &str {
    match word.split_once(':') {
        Some((label, rest)) if !label.chars().all(|next| next.is_ascii_hexdigit()) => without_label(rest),
        _ => word,
    }
}

/// The words of a text in lower case: `<UP,LOWER_UP>` has two of them.
pub fn words(text: &str) -> Vec<String> {
    let words = text.split(|next: char| !(next.is_alphanumeric() || "_-".contains(next)));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// What is shown of each interface: from a line with its name up to one with another's.
pub fn entries<'a>(screen: &str, interfaces: &'a Interfaces) -> BTreeMap<&'a str, String> {
    let mut entries = BTreeMap::<&str, String>::new();
    let mut current = None;
    for line in screen.lines() {
        let named = interfaces.keys().filter_map(|name| Some((place(line, name)?, name.as_str())));
        current = named.min().map(|(_, name)| name).or(current);
        if let Some(name) = current {
            let entry = entries.entry(name).or_default();
            entry.push_str(line);
            entry.push('\n');
        }
    }
    entries
}

/// Where this name stands in a line, and is not a part of another word: `eth0` is none of `eth0.5` or `veth0`.
fn place(line: &str, name: &str) -> Option<usize> {
    let belongs = |next: Option<char>| next.is_some_and(|next| next.is_alphanumeric() || "-_.".contains(next));
    let is_alone = |&(start, _): &(usize, &str)| {
        !belongs(line[..start].chars().next_back()) && !belongs(line[start + name.len()..].chars().next())
    };
    line.match_indices(name).find(is_alone).map(|(start, _)| start)
}
