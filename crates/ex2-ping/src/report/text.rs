//! The lines as ping (iputils) prints them. Programs read these too, so not a space is changed.

use super::format::{format_ip, format_millis, significant};
use super::names::Names;
use crate::echo_socket::Reply;
use crate::icmp::{HEADER_LEN, PAYLOAD_LEN};
use crate::ping::{PingEvent, Statistics};
use common::text::escape_line;
use std::fmt::Write as _;
use std::net::SocketAddr;

/// `PING www.urjc.es (212.128.240.50) 56(84) bytes of data.`
pub fn begin(name: &str, address: SocketAddr) -> String {
    let (name, ip) = (escape_line(name.as_bytes()), format_ip(address));
    if address.is_ipv4() {
        let with_ip_header = 20 + HEADER_LEN + PAYLOAD_LEN;
        format!("PING {name} ({ip}) {PAYLOAD_LEN}({with_ip_header}) bytes of data.")
    } else {
        format!("PING {name} ({ip}) {PAYLOAD_LEN} data bytes")
    }
}

/// `64 bytes from www.urjc.es (212.128.240.50): icmp_seq=1 ttl=253 time=2.14 ms`, or what came instead; nothing for a probe
/// that was not sent, which is told on standard error.
pub fn line(event: &PingEvent, names: &mut Names) -> Option<String> {
    let from = names.format_sender(event.sender()?);
    Some(match event {
        PingEvent::Reply { reply, time, is_duplicate } => {
            let duplicate = if *is_duplicate { " (DUP!)" } else { "" };
            format!("{} time={} ms{duplicate}", reply_line(&from, reply), format_millis(*time))
        }
        PingEvent::Corrupted { reply, what } => format!("{} ({what}!)", reply_line(&from, reply)),
        PingEvent::NetworkError(error) => format!("From {from} icmp_seq={} {}", error.sequence, error.icmp),
        PingEvent::NotSent { .. } => return None,
    })
}

fn reply_line(from: &str, reply: &Reply) -> String {
    let ttl = reply.ttl.map(|ttl| format!(" ttl={ttl}")).unwrap_or_default();
    format!("{} bytes from {from}: icmp_seq={}{ttl}", HEADER_LEN + reply.payload.len(), reply.sequence)
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
    if let Some(trips) = statistics.round_trips() {
        let [min, avg, max, mdev] = trips.map(|micros| format!("{}.{:03}", micros / 1000, micros % 1000));
        let _ = write!(text, "rtt min/avg/max/mdev = {min}/{avg}/{max}/{mdev} ms");
    }
    if statistics.pipe > 1 {
        let comma = if text.ends_with('\n') { "" } else { ", " };
        let _ = write!(text, "{comma}pipe {}", statistics.pipe);
    }
    text
}
