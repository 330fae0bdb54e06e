//! What a line of a table holds, found by what it looks like and not by where it stands: addresses, names of hosts, times.

use std::net::{IpAddr, Ipv6Addr};

/// Units of time behind a number. `m` is what a Spanish Windows leaves of `1ms` in `tiempo<1m`.
const UNITS: &[&str] = &[
    "ms", "msec", "msecs", "mseg", "msegs", "m", "s", "sec", "secs", "seg", "segs", "us", "usec", "µs", "μs", "ns",
    "second", "seconds", "segundo", "segundos", "milis", "millis",
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// None where one of its four numbers is more than 255.
    pub ip: Option<IpAddr>,
    /// The length of the prefix, where it is written behind it.
    pub prefix: Option<u8>,
}

impl Address {
    /// The one that a word is, perhaps with letters or punctuation around it. Its prefix stands behind it: `/24`.
    fn of(word: &str, behind: &str) -> Option<Self> {
        let prefix = |longest| {
            let (digits, _) = split(behind.strip_prefix('/')?, |c| c.is_ascii_digit());
            digits.parse().ok().filter(|length| (1..=longest).contains(length))
        };
        let word = word.split('%').next().unwrap_or_default().trim_end_matches('.');
        // `fe80::1:` has a colon of the student's behind it, `IP:fe80::1` one before it.
        let sixes = [Some(word), word.strip_suffix(':'), word.split_once(':').map(|(_, behind)| behind)];
        if let Some(ip) = sixes.into_iter().flatten().find_map(|six| six.parse::<Ipv6Addr>().ok()) {
            return Some(Self { ip: Some(ip.into()), prefix: prefix(128) });
        }
        // `FUENLA212.128.255.129:`
        let parts: Vec<&str> = word.trim_matches(|c: char| !c.is_ascii_digit()).split('.').collect();
        let is_number = |part: &&str| (1..=3).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
        let numbers: Vec<u8> = parts.iter().filter_map(|part| part.parse().ok()).collect();
        let ip = <[u8; 4]>::try_from(numbers).ok().map(IpAddr::from);
        (parts.len() == 4 && parts.iter().all(is_number)).then(|| Self { ip, prefix: prefix(32) })
    }

    pub fn is(&self, ip: &str) -> bool {
        self.ip.is_some_and(|own| own.to_string() == ip)
    }
}

/// The hosts that a text names.
#[derive(Debug, Default)]
pub struct Hosts {
    pub addresses: Vec<Address>,
    /// Whether there is a name with a dot in it: `www.urjc.es`.
    pub has_name: bool,
    /// Whether the text begins with one.
    pub begins_with_name: bool,
    /// The text without both.
    pub others: String,
}

impl Hosts {
    pub fn of(text: &str) -> Self {
        let is_between = |c: char| c.is_whitespace() || "|,;()[]{}<>\"'`=/*".contains(c);
        let mut hosts = Self::default();
        let mut rest = text;
        while !rest.is_empty() {
            let (gap, behind) = split(rest, is_between);
            let (word, behind) = split(behind, |c| !is_between(c));
            hosts.others += gap;
            rest = behind;
            if let Some(address) = Address::of(word, behind) {
                hosts.addresses.push(address);
            } else if is_name(word) {
                hosts.begins_with_name |= hosts.addresses.is_empty() && hosts.others.trim().is_empty();
                hosts.has_name = true;
            } else {
                hosts.others += word;
            }
        }
        hosts
    }
}

/// Whether it is a name with dots whose last part is a word.
fn is_name(word: &str) -> bool {
    let name = word.trim_matches(['.', '-', ':']);
    let is_word = |part: &str| part.len() > 1 && part.chars().all(char::is_alphabetic);
    let last = name.rsplit_once('.').filter(|(before, last)| !before.ends_with('.') && is_word(last));
    name.starts_with(char::is_alphabetic) && last.is_some()
}

/// The times of a text that has no hosts in it.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Times {
    /// All numbers that may be times, as they are written.
    pub numbers: Vec<String>,
    /// Whether there is a unit, behind a number or anywhere.
    pub has_unit: bool,
    /// Whether there are words that are no units.
    pub has_words: bool,
}

impl Times {
    pub fn of(text: &str) -> Self {
        let mut times = Self::default();
        let mut rest = text;
        while let Some(start) = rest.find(char::is_alphanumeric) {
            let (number, behind) = split(&rest[start..], |c| c.is_ascii_digit() || ".,".contains(c));
            // A word, or the letters behind a number: `3ms`, `4G`.
            let has_word = number.is_empty() || behind.starts_with(char::is_alphabetic);
            let is_of_a_word = |c: char| has_word && (c.is_alphanumeric() || "_-'".contains(c));
            let (word, after) = split(behind, is_of_a_word);
            let next = behind.trim_start_matches([' ', '\t', ')', ']', '}', '"', '\'', '`', '*']);
            let is_unit = is_unit(split(next, char::is_alphanumeric).0);
            if number.is_empty() || (has_word && !is_unit) {
                times.has_words |= !is_unit && word.contains(char::is_alphabetic);
            } else {
                times.numbers.extend(numbers(number));
                times.has_unit |= is_unit;
            }
            rest = after;
        }
        times.has_unit |= !times.numbers.is_empty() && names_a_unit(text);
        times
    }

    /// Whether all words of the text are units.
    pub fn has_unit_alone(&self, text: &str) -> bool {
        !self.has_words && names_a_unit(text)
    }
}

/// The numbers of a run of digits, points and commas. A comma beside points divides two of them, and so do several: `0.041,0.052`,
/// `3,4,5`. A single one is decimal.
fn numbers(run: &str) -> Vec<String> {
    let run = run.trim_matches(['.', ',']);
    let divides = run.matches(',').count() > 1 || run.contains(',') && run.contains('.');
    let all = if divides { run.split(',').collect() } else { vec![run] };
    all.into_iter().map(|number| number.trim_matches('.').to_string()).filter(|number| !number.is_empty()).collect()
}

/// The first characters of this kind, and what follows.
fn split(text: &str, is_in: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !is_in(c)).unwrap_or(text.len()))
}

/// Whether a unit of time stands in a text that has no hosts in it, without a number or with one. A single letter is one only in
/// brackets or behind a stroke: `Time (s)`, `Time / s`.
pub fn names_a_unit(text: &str) -> bool {
    let words =
        text.split(|c: char| !c.is_alphanumeric()).map(|word| word.trim_start_matches(|c: char| c.is_ascii_digit()));
    let marked = text.split_whitespace().collect::<String>().to_lowercase() + "|";
    words.into_iter().any(|word| word.len() > 1 && is_unit(word))
        || ["(s)", "[s]", "/s|"].iter().any(|unit| marked.contains(unit))
}

/// Longer words are spelt in many ways, in two languages: `miliseconds`, `milisegundos`.
fn is_unit(word: &str) -> bool {
    let word = word.to_lowercase();
    let of_a_second = ["milli", "mili", "micro"].iter().find_map(|part| word.strip_prefix(part));
    UNITS.contains(&word.as_str()) || of_a_second.is_some_and(|rest| rest.starts_with("sec") || rest.starts_with("seg"))
}
