//! The lines as ping (iputils) prints them. Programs read these too, so not a space is changed.

use super::address::shown;
use super::names::Names;
use crate::icmp::{HEADER_LEN, PAYLOAD_LEN};
use crate::news::News;
use crate::statistics::Statistics;
use common::text::escape_line;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::Duration;

/// The bytes of an IPv4 header, which ping adds in parentheses.
const IPV4_HEADER_LEN: usize = 20;

/// `PING www.urjc.es (212.128.240.50) 56(84) bytes of data.`
pub fn begin(name: &str, address: SocketAddr) -> String {
    let (name, ip) = (escape_line(name.as_bytes()), shown(address));
    if address.is_ipv4() {
        format!("PING {name} ({ip}) {PAYLOAD_LEN}({}) bytes of data.", PAYLOAD_LEN + HEADER_LEN + IPV4_HEADER_LEN)
    } else {
        format!("PING {name} ({ip}) {PAYLOAD_LEN} data bytes")
    }
}

/// `64 bytes from www.urjc.es (212.128.240.50): icmp_seq=1 ttl=253 time=2.14 ms`, or what came instead; nothing for a probe
/// that was not sent, which is told on standard error.
pub fn line(news: &News, names: &Names) -> Option<String> {
    let from = names.shown(news.sender()?);
    match news {
        News::Reply { sequence, ttl, bytes, time, is_duplicate, .. } => {
            let ttl = shown_ttl(*ttl);
            let duplicate = if *is_duplicate { " (DUP!)" } else { "" };
            Some(format!("{bytes} bytes from {from}: icmp_seq={sequence}{ttl} time={} ms{duplicate}", millis(*time)))
        }
        News::Corrupted { sequence, ttl, bytes, what, .. } => {
            Some(format!("{bytes} bytes from {from}: icmp_seq={sequence}{} ({what}!)", shown_ttl(*ttl)))
        }
        News::Refused(error) => Some(format!("From {from} icmp_seq={} {}", error.sequence, error.icmp)),
        News::NotSent { .. } => None,
    }
}

fn shown_ttl(ttl: Option<u8>) -> String {
    ttl.map(|ttl| format!(" ttl={ttl}")).unwrap_or_default()
}

/// The statistics: an empty line, a heading, and one or two lines.
pub fn end(name: &str, statistics: &Statistics) -> String {
    let Statistics { transmitted, received, duplicates, corrupted, errors, .. } = statistics;
    let mut text = format!("\n--- {} ping statistics ---\n", escape_line(name.as_bytes()));
    let _ = write!(text, "{transmitted} packets transmitted, {received} received");
    for (count, what) in [(duplicates, "duplicates"), (corrupted, "corrupted"), (errors, "errors")] {
        if *count > 0 {
            let _ = write!(text, ", +{count} {what}");
        }
    }
    if *transmitted > 0 {
        let loss = significant(statistics.loss());
        let _ = write!(text, ", {loss}% packet loss, time {}ms", (statistics.time.as_micros() + 500) / 1000);
    }
    text.push('\n');
    if let Some(trips) = statistics.trips.summary() {
        let [min, avg, max, mdev] = [trips.min, trips.avg, trips.max, trips.mdev]
            .map(|micros| format!("{}.{:03}", micros / 1000, micros % 1000));
        let _ = write!(text, "rtt min/avg/max/mdev = {min}/{avg}/{max}/{mdev} ms");
    }
    if statistics.pipe > 1 {
        let comma = if text.ends_with('\n') { "" } else { ", " };
        let _ = write!(text, "{comma}pipe {}", statistics.pipe);
    }
    text
}

/// A round trip in milliseconds with the digits that ping gives it: three behind the point below 1 ms, then fewer.
pub fn millis(time: Duration) -> String {
    let micros = time.as_micros();
    let (tens, hundreds, thousands) = ((micros + 5) / 10, (micros + 50) / 100, (micros + 500) / 1000);
    match micros {
        0..1_000 => format!("0.{micros:03}"),
        1_000..9_995 => format!("{}.{:02}", tens / 100, tens % 100),
        9_995..99_950 => format!("{}.{}", hundreds / 10, hundreds % 10),
        _ => thousands.to_string(),
    }
}

/// A number with at most six significant digits and no zeros at its end, as C's `%g` gives it.
fn significant(number: f64) -> String {
    let scientific = format!("{number:.5e}");
    let exponent: i32 = scientific.split('e').nth(1).and_then(|exponent| exponent.parse().ok()).unwrap_or(0);
    let text = format!("{number:.*}", usize::try_from(5 - exponent).unwrap_or(0));
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.to_string()
}

#[cfg(test)]
mod tests {
    use super::{end, millis, significant};
    use crate::statistics::Statistics;
    use std::time::Duration;

    #[test]
    fn a_time_has_the_digits_that_ping_gives_it() {
        let cases = [
            (0, "0.000"),
            (31, "0.031"),
            (999, "0.999"),
            (1_000, "1.00"),
            (2_144, "2.14"),
            (9_994, "9.99"),
            (9_995, "10.0"),
            (12_345, "12.3"),
            (99_949, "99.9"),
            (99_950, "100"),
            (1_234_567, "1235"),
        ];
        for (micros, expected) in cases {
            assert_eq!(millis(Duration::from_micros(micros)), expected);
        }
    }

    #[test]
    fn a_loss_has_no_more_digits_than_it_needs() {
        let cases = [
            (0.0, "0"),
            (100.0, "100"),
            (33.333_333, "33.3333"),
            (0.09, "0.09"),
            (6.666_666_7, "6.66667"),
            (0.012_345_678, "0.0123457"),
        ];
        for (loss, expected) in cases {
            assert_eq!(significant(loss), expected);
        }
    }

    #[test]
    fn everything_that_was_counted_stands_in_the_statistics() {
        let mut statistics = Statistics { transmitted: 4, received: 2, duplicates: 1, ..Statistics::default() };
        (statistics.corrupted, statistics.errors, statistics.time) = (3, 5, Duration::from_micros(3_004_500));
        statistics.pipe = 2;
        statistics.trips.add(Duration::from_micros(1_500));
        let expected = "\n--- host ping statistics ---\n\
            4 packets transmitted, 2 received, +1 duplicates, +3 corrupted, +5 errors, 50% packet loss, time 3005ms\n\
            rtt min/avg/max/mdev = 1.500/1.500/1.500/0.000 ms, pipe 2";
        assert_eq!(end("host", &statistics), expected);
    }
}
