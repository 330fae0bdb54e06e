//! Whether a program printed what a page shows.
//!
//! What is never the same twice matches anything of its kind: a time (`0.044 ms`, `2001ms`), a port that the system chose (32768 and
//! above), a date (`2024-03-01`), a MAC, an address that begins with `fe80::`, the seconds of a test run. Several spaces, and several
//! of what a ladder or a table is drawn with, count as one. `…` in a line of a page stands for any text, and a line of `…` alone for any lines.
//! All else is what it is.

use std::collections::BTreeSet;

/// Whether the lines of a page are those of the two streams, each in its own order.
pub fn is_shown(page: &[&str], stdout: &str, stderr: &str) -> bool {
    let normal = |text: &str| text.lines().map(normal).collect::<Vec<_>>();
    let page: Vec<String> = page.iter().map(|line| self::normal(line)).collect();
    Merge { page, stdout: normal(stdout), stderr: normal(stderr), refuted: BTreeSet::new() }.from(0, 0, 0)
}

struct Merge {
    page: Vec<String>,
    stdout: Vec<String>,
    stderr: Vec<String>,
    /// From where on it is known not to fit.
    refuted: BTreeSet<(usize, usize, usize)>,
}

impl Merge {
    /// Whether the rests fit: of the page, of standard output, of standard error.
    fn from(&mut self, page: usize, out: usize, err: usize) -> bool {
        if page == self.page.len() {
            return out == self.stdout.len() && err == self.stderr.len();
        }
        if self.refuted.contains(&(page, out, err)) {
            return false;
        }
        let is_any = self.page[page] == "…";
        let next = if is_any { page } else { page + 1 };
        let takes = |line: Option<&String>| line.is_some_and(|line| is_any || is_like(&self.page[page], line));
        let (from_out, from_err) = (takes(self.stdout.get(out)), takes(self.stderr.get(err)));
        let fits = is_any && self.from(page + 1, out, err)
            || from_out && self.from(next, out + 1, err)
            || from_err && self.from(next, out, err + 1);
        if !fits {
            self.refuted.insert((page, out, err));
        }
        fits
    }
}

/// Whether a line is like this pattern, in which `…` stands for any text.
fn is_like(pattern: &str, line: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('…') else { return pattern == line };
    let Some(line) = line.strip_prefix(start) else { return false };
    line.char_indices().map(|(at, _)| &line[at..]).chain([""]).any(|line| is_like(rest, line))
}

/// The line with a word for each thing that is never the same.
fn normal(line: &str) -> String {
    let mut short = String::new();
    for c in line.trim_end().chars() {
        let is_drawn = c == ' ' || c == '─' || c == '-';
        if !(is_drawn && short.ends_with(c)) {
            short.push(c);
        }
    }
    let mut all = String::new();
    let mut rest = short.as_str();
    while let Some(first) = rest.chars().next() {
        let is_number = |c: char| c.is_ascii_hexdigit() || ".:-".contains(c);
        let end = rest.find(|c| !is_number(c)).unwrap_or(rest.len());
        match end {
            0 => {
                all.push(first);
                rest = &rest[first.len_utf8()..];
            }
            end => {
                let (number, behind) = rest.split_at(end);
                all += &normal_number(number, behind);
                rest = behind;
            }
        }
    }
    // Beside a number of another width stand more or fewer of what a line is drawn with.
    all.replace("─ ", " ").replace(" ─", " ")
}

/// A run of digits, letters up to f, dots, colons and hyphens, and what stands behind it.
fn normal_number(number: &str, behind: &str) -> String {
    let parts = |mark| number.split(mark).collect::<Vec<&str>>();
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if number.starts_with("fe80::") {
        return "fe80::#".to_string();
    }
    if parts(':').len() == 6 && parts(':').iter().all(|part| part.len() == 2) {
        return "a MAC".to_string();
    }
    if let [year, month, day] = parts('-')[..] {
        if year.len() == 4 && [year, month, day].iter().all(|part| is_digits(part)) && month.len() + day.len() == 4 {
            return "a date".to_string();
        }
    }
    if let [whole, fraction] = parts('.')[..] {
        if is_digits(whole) && is_digits(fraction) {
            return "a time".to_string();
        }
    }
    if is_digits(number) && behind.starts_with("ms") {
        return "a time".to_string();
    }
    if let Some(number) = number.strip_suffix('.') {
        return normal_number(number, ".") + ".";
    }
    // An IP with a port, or a port alone.
    let (before, port) = number.rsplit_once(':').map_or(("", number), |(before, port)| (before, port));
    if is_digits(port) && port.parse().is_ok_and(|port: u32| (32_768..=65_535).contains(&port)) {
        return format!("{before}{}a port", if before.is_empty() { "" } else { ":" });
    }
    number.to_string()
}

#[test]
fn only_what_is_never_the_same_may_differ() {
    for (page, printed, is_same) in [
        ("time=0.044 ms", "time=12.5 ms", true),
        ("icmp_seq=1 ttl=64", "icmp_seq=2 ttl=64", false),
        ("time 2001ms", "time 2020ms", true),
        ("127.0.0.1:42120 ─── 5 bytes ──▶ 127.0.0.1:8080", "127.0.0.1:33582 ── 5 bytes ──▶ 127.0.0.1:8080", true),
        ("127.0.0.1:42120 ── 5 bytes ──▶ 127.0.0.1:8080", "127.0.0.1:33582 ── 6 bytes ──▶ 127.0.0.1:8080", false),
        ("127.0.0.1:8080", "127.0.0.1:8081", false),
        ("at 127.0.0.1:46087.", "at 127.0.0.1:33582.", true),
        ("192.168.124.11", "192.168.124.12", false),
        ("mobile | 2024-03-01", "mobile | 2026-11-28", true),
        ("up  3c:58:c2:9f:11:7e", "up 3a:b9:fe:7a:c7:79", true),
        ("fe80::1/64 link", "fe80::38b9:feff:fe7a:c779/64 link", true),
        ("port …: Connection refused", "port 8080: Connection refused", true),
        ("port …: Connection refused", "port 8080: Timed out", false),
        ("…", "", true),
    ] {
        assert_eq!(is_shown(&[page], printed, ""), is_same, "{page} / {printed}");
    }
}

#[test]
fn the_two_streams_may_be_merged_in_any_way_and_nothing_may_be_left() {
    for (page, is_same) in [
        (&["a", "1", "b", "2"][..], true),
        (&["1", "a", "2", "b"], true),
        (&["b", "a", "1", "2"], false),
        (&["a", "b", "1"], false),
        (&["a", "…"], true),
        (&["…", "2"], true),
        (&["…", "3"], false),
        (&[], false),
    ] {
        assert_eq!(is_shown(page, "a\nb\n", "1\n2\n"), is_same, "{page:?}");
    }
    assert!(is_shown(&["x", "x", "y"], "x\ny\n", "x\n"));
}
