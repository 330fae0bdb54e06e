//! What a line of a table holds, found by what it looks like and not by where it stands: addresses, names of hosts, times.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;

/// Units of time behind a number. `m` is what a Spanish Windows leaves of `1ms` in `tiempo<1m`.
const UNITS: &[&str] = &[
    "ms", "msec", "msecs", "mseg", "msegs", "m", "s", "sec", "secs", "seg", "segs", "us", "usec", "µs", "μs", "ns",
    "second", "seconds", "segundo", "segundos", "milis", "millis",
];

/// Something that looks like an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// None where one of its four numbers is more than 255.
    pub ip: Option<IpAddr>,
    /// The length of the prefix, where it is written behind it.
    pub prefix: Option<u8>,
    place: Range<usize>,
}

/// All addresses of a line.
pub fn addresses(line: &str) -> Vec<Address> {
    let mut found =
        runs(line, |c| c.is_ascii_hexdigit() || c == ':' || c == '.').filter_map(|run| v6(line, run)).collect();
    let fours = runs(line, |c| c.is_ascii_digit() || c == '.').filter_map(|run| v4(line, run));
    let is_new = |found: &Vec<Address>, four: &Address| !found.iter().any(|six| six.place.contains(&four.place.start));
    for four in fours {
        if is_new(&found, &four) {
            found.push(four);
        }
    }
    found
}

/// The line with spaces for its addresses and for the names of hosts.
pub fn without_hosts(line: &str) -> String {
    without(line, &addresses(line))
}

/// The same where its addresses are known.
pub fn without(line: &str, addresses: &[Address]) -> String {
    let mut rest = line.to_string();
    for place in addresses.iter().map(|address| address.place.clone()).chain(hosts(line)) {
        // As many bytes as it had, so that the other places stay what they are.
        let spaces = " ".repeat(place.len());
        rest.replace_range(place, &spaces);
    }
    rest
}

/// Whether there is the name of a host with a dot in it: `www.urjc.es`.
pub fn has_host(line: &str) -> bool {
    hosts(line).next().is_some()
}

/// Whether the line begins with the name of a host.
pub fn begins_with_host(line: &str) -> bool {
    hosts(line.trim_start()).next().is_some_and(|host| host.start == 0)
}

/// The times of a text that has no addresses in it any more.
#[derive(Debug, Default)]
pub struct Times {
    /// All numbers that may be times, as they are written.
    pub numbers: Vec<String>,
    /// How many of them have a unit.
    pub with_unit: usize,
    /// Whether there are words that are no units.
    pub has_words: bool,
}

/// The times of a text, with a unit or without.
pub fn times(text: &str) -> Times {
    let mut times = Times::default();
    for run in runs(text, |c| c.is_alphanumeric() || ".,_-".contains(c) || c == '\'') {
        let word = &text[run.clone()];
        let number = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let digits = number.find(|c: char| !(c.is_ascii_digit() || ".,".contains(c))).unwrap_or(number.len());
        let (number, behind) =
            (number[..digits].trim_end_matches(['.', ',']), number[digits..].trim_matches(['.', ',', '-']));
        if !number.starts_with(|c: char| c.is_ascii_digit()) {
            times.has_words |=
                word.contains(char::is_alphabetic) && !is_unit(word.trim_matches(|c: char| !c.is_alphanumeric()));
            continue;
        }
        let after = text[run.end..].trim_start_matches([' ', '\t', ')', ']', '}', '"', '\'', '`', '*']);
        let next = &after[..after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len())];
        match behind {
            "" if is_unit(next) => times.with_unit += 1,
            "" => {}
            // `12ms,13ms` without a space between them.
            unit if unit.split(['.', ',']).any(|part| is_unit(part.trim_matches(|c: char| !c.is_alphabetic()))) => {
                let count = unit.split(',').count();
                times.with_unit += count;
                times.numbers.extend(std::iter::repeat_n(String::new(), count - 1));
            }
            // A word that begins with a digit.
            _ => {
                times.has_words = true;
                continue;
            }
        }
        times.numbers.push(number.to_string());
    }
    times
}

/// Whether a unit of time stands in a text that has no hosts in it any more, without a number or with one. A single letter is one
/// only in brackets or behind a stroke: `Time (s)`, `Time / s`.
pub fn names_a_unit(text: &str) -> bool {
    let mut before = "";
    text.split_inclusive(|c: char| !c.is_alphanumeric()).any(|piece| {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_marked = before.trim_end().ends_with(['(', '[', '{', '/']);
        if !piece.trim().is_empty() {
            before = piece;
        }
        let word = word.trim_start_matches(|c: char| c.is_ascii_digit());
        is_unit(word) && (word.len() > 1 || is_marked)
    })
}

/// Longer words are spelt in many ways, in two languages: `miliseconds`, `milisegundos`.
fn is_unit(word: &str) -> bool {
    let word = word.to_lowercase();
    let of_a_second = ["milli", "mili", "micro"].iter().find_map(|part| word.strip_prefix(part));
    UNITS.contains(&word.as_str()) || of_a_second.is_some_and(|rest| rest.starts_with("sec") || rest.starts_with("seg"))
}

/// The longest pieces of a line that have only such characters.
fn runs(line: &str, is_in: impl Fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + line[rest..].find(&is_in)?;
        let end = line[start..].find(|c| !is_in(c)).map_or(line.len(), |length| start + length);
        rest = end;
        Some(start..end)
    })
}

/// Four numbers, perhaps with dots of a sentence around them, or letters before them.
fn v4(line: &str, run: Range<usize>) -> Option<Address> {
    let text = &line[run.clone()];
    let start = run.start + text.len() - text.trim_start_matches('.').len();
    let text = text.trim_matches('.');
    let parts: Vec<&str> = text.split('.').collect();
    if parts.len() != 4 || parts.iter().any(|part| !(1..=3).contains(&part.len())) {
        return None;
    }
    let numbers: Vec<u8> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let ip = <[u8; 4]>::try_from(numbers).ok().map(|octets| IpAddr::V4(Ipv4Addr::from(octets)));
    let place = start..start + text.len();
    Some(Address { ip, prefix: prefix(&line[place.end..], 32), place })
}

fn v6(line: &str, run: Range<usize>) -> Option<Address> {
    let text = &line[run.clone()];
    if text.matches(':').count() < 2 {
        return None;
    }
    // `IP:fe80::1` has a colon of the student's before it.
    let starts = [0].into_iter().chain(text.find(':').map(|colon| colon + 1));
    for start in starts {
        let begins = line[..run.start + start].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        let six = text[start..].trim_end_matches('.');
        let six = if six.ends_with("::") { six } else { six.trim_end_matches(':') };
        let place = run.start + start..run.start + start + six.len();
        let ends = line[place.end..].chars().next().is_none_or(|after| !after.is_alphanumeric());
        if let (true, true, Ok(ip)) = (begins, ends, six.parse::<Ipv6Addr>()) {
            return Some(Address { ip: Some(IpAddr::V6(ip)), prefix: prefix(&line[place.end..], 128), place });
        }
    }
    None
}

/// The length of a prefix, if one is written here: `/24`.
fn prefix(behind: &str, longest: u8) -> Option<u8> {
    let digits = behind.strip_prefix('/')?;
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok().filter(|length| (1..=longest).contains(length))
}

/// Names with dots whose last part is a word.
fn hosts(line: &str) -> impl Iterator<Item = Range<usize>> {
    let found = runs(line, |c| c.is_alphanumeric() || ".-_".contains(c));
    found.filter(|run| {
        let name = line[run.clone()].trim_matches(['.', '-']);
        let is_word = |part: &str| part.len() > 1 && part.chars().all(char::is_alphabetic);
        let begins = name.starts_with(char::is_alphabetic);
        begins && name.rsplit_once('.').is_some_and(|(before, last)| !before.ends_with('.') && is_word(last))
    })
}

#[cfg(test)]
mod tests {
    use super::{addresses, has_host, names_a_unit, times, without_hosts};

    #[track_caller]
    fn check_addresses(line: &str, expected: &str) {
        let found: Vec<String> = addresses(line)
            .into_iter()
            .map(|address| {
                let ip = address.ip.map_or("none".to_string(), |ip| ip.to_string());
                address.prefix.map_or(ip.clone(), |prefix| format!("{ip}/{prefix}"))
            })
            .collect();
        assert_eq!(found.join(" "), expected, "{line}");
    }

    #[test]
    fn addresses_are_found_wherever_they_stand() {
        check_addresses("| mobile | 10.1.128.39 |", "10.1.128.39");
        check_addresses("10.1.128.39/16, 10.1.3.4.", "10.1.128.39/16 10.1.3.4");
        check_addresses("208.80.154.224)", "208.80.154.224");
        check_addresses("FUENLA212.128.255.129:", "212.128.255.129");
        check_addresses("URJC[212.128.240.50]", "212.128.240.50");
        check_addresses("10.1.128.039", "10.1.128.39");
        check_addresses("10.1.300.4", "none");
        check_addresses("fe80::3e58:c2ff:fe9f:117e%wlan0", "fe80::3e58:c2ff:fe9f:117e");
        check_addresses("IP:2001:db8::1/64 (home)", "2001:db8::1/64");
        check_addresses("::1 and ::ffff:10.0.0.1", "::1 ::ffff:10.0.0.1");
        for line in
            ["25.02.2020", "12:30:45", "3c:58:c2:9f:11:7e", "1.2.3.4.5", "10,1,128,39", "a::b::c", "0.020, 0.017"]
        {
            check_addresses(line, "");
        }
    }

    #[track_caller]
    fn check_times(text: &str, numbers: usize, with_unit: usize, has_words: bool) {
        let found = times(text);
        assert_eq!(
            (found.numbers.len(), found.with_unit, found.has_words),
            (numbers, with_unit, has_words),
            "{text}: {found:?}"
        );
    }

    #[test]
    fn times_are_found_as_students_write_them() {
        check_times("0.020 ms, 0.017 ms...", 2, 2, false);
        check_times("23,2 ms , 36.0 ms", 2, 2, false);
        check_times("3ms, 6ms", 2, 2, false);
        check_times("3ms,6ms,7ms", 3, 3, false);
        check_times("3.10, 2.66, 4.14... ms", 3, 1, false);
        check_times("0.020 , 0,017", 2, 0, false);
        check_times("12.3", 1, 0, false);
        check_times("tiempo<1m", 1, 1, true);
        check_times("Mínimo = 0ms, Máximo = 16ms, Media = 15ms", 3, 3, true);
        check_times("time=0.049 ms)", 1, 1, true);
        check_times("5 MS 6 Ms", 2, 2, false);
        check_times("0.3) ms", 1, 1, false);
        check_times("1.2/1.3/1.4 ms", 3, 1, false);
        check_times("[30.1, 30.2] ms", 2, 1, false);
        check_times("0.4 \"ms\", 0.5 *ms*, 0.6 miliseconds", 3, 3, false);
        check_times("No ping", 0, 0, true);
        check_times("f-l3208-pc01", 0, 0, true);
        check_times("4G", 0, 0, true);
        check_times("100% packet loss", 1, 0, true);
        check_times("-", 0, 0, false);
        check_times("0.020 ms, 0.017 ms (1 lost)", 3, 2, true);
    }

    #[test]
    fn a_unit_is_known_in_many_spellings() {
        for text in
            ["Time (s)", "Time[ s ]", "Time/s", "Time (ms)", "in miliseconds", "Tiempo: milisegundos", "3ms", "µs"]
        {
            assert!(names_a_unit(text), "{text}");
        }
        for text in ["Time", "row s", "I'm it's", "microsoft", "Destination IP | Name (if known) | Time"] {
            assert!(!names_a_unit(text), "{text}");
        }
    }

    #[test]
    fn hosts_are_taken_out() {
        assert_eq!(without_hosts("8.8.8.8 Google 3 ms").trim(), "Google 3 ms");
        assert_eq!(without_hosts("www.urjc.es No ping").trim(), "No ping");
        assert!(has_host("newdomain.com.au") && !has_host("0.020 ms... Google. f-l3208-pc01"));
    }
}
