//! The lines as ping (iputils) prints them. Programs read these too, so not a space is changed.

use super::format_ip;
use super::names::Names;
use super::numbers::{format_millis, significant};
use crate::icmp::{HEADER_LEN, PAYLOAD_LEN};
use crate::ping::{PingEvent, Statistics};
use common::text::escape_line;
use std::fmt::Write as _;
use std::net::SocketAddr;

/// The bytes of an IPv4 header, which ping adds in parentheses.
const IPV4_HEADER_LEN: usize = 20;

/// `PING www.urjc.es (212.128.240.50) 56(84) bytes of data.`
pub fn begin(name: &str, address: SocketAddr) -> String {
    let (name, ip) = (escape_line(name.as_bytes()), format_ip(address));
    if address.is_ipv4() {
        format!("PING {name} ({ip}) {PAYLOAD_LEN}({}) bytes of data.", PAYLOAD_LEN + HEADER_LEN + IPV4_HEADER_LEN)
    } else {
        format!("PING {name} ({ip}) {PAYLOAD_LEN} data bytes")
    }
}

/// `64 bytes from www.urjc.es (212.128.240.50): icmp_seq=1 ttl=253 time=2.14 ms`, or what came instead; nothing for a probe
/// that was not sent, which is told on standard error.
pub fn line(event: &PingEvent, names: &mut Names) -> Option<String> {
    let from = names.format_sender(event.sender()?);
    match event {
        PingEvent::Reply { sequence, ttl, bytes, time, is_duplicate, .. } => {
            let ttl = format_ttl(*ttl);
            let duplicate = if *is_duplicate { " (DUP!)" } else { "" };
            Some(format!(
                "{bytes} bytes from {from}: icmp_seq={sequence}{ttl} time={} ms{duplicate}",
                format_millis(*time)
            ))
        }
        PingEvent::Corrupted { sequence, ttl, bytes, what, .. } => {
            Some(format!("{bytes} bytes from {from}: icmp_seq={sequence}{} ({what}!)", format_ttl(*ttl)))
        }
        PingEvent::NetworkError(error) => Some(format!("From {from} icmp_seq={} {}", error.sequence, error.icmp)),
        PingEvent::NotSent { .. } => None,
    }
}

fn format_ttl(ttl: Option<u8>) -> String {
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
        let [min, avg, max, mdev] = trips.map(|micros| format!("{}.{:03}", micros / 1000, micros % 1000));
        let _ = write!(text, "rtt min/avg/max/mdev = {min}/{avg}/{max}/{mdev} ms");
    }
    if statistics.pipe > 1 {
        let comma = if text.ends_with('\n') { "" } else { ", " };
        let _ = write!(text, "{comma}pipe {}", statistics.pipe);
    }
    text
}
