//! The lines as ping of iputils 20250605 prints them. Programs read these too, so not a space is changed.

use super::format::{format_ip, format_millis, significant};
use super::names::Names;
use crate::echo_socket::Reply;
use crate::icmp::{HEADER_LEN, PAYLOAD_LEN};
use crate::ping::{Damage, PingEvent, Statistics};
use common::text::escape_line;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::Duration;

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

/// `64 bytes from www.urjc.es (212.128.240.50): icmp_seq=1 ttl=253 time=2.14 ms`, or what came instead; nothing for what ping has no
/// line for, which is told on standard error.
pub fn line(event: &PingEvent, names: &mut Names) -> Option<String> {
    let from = names.format_sender(event.sender()?);
    Some(match event {
        PingEvent::Reply { reply, damage: Some(Damage::Truncated), .. } => {
            format!("{} (truncated)", reply_line(&from, reply))
        }
        PingEvent::Reply { reply, time, is_duplicate, damage } => {
            let duplicate = if *is_duplicate { " (DUP!)" } else { "" };
            let line = timed_line(&from, reply, *time, duplicate);
            let Some(Damage::WrongByte(place)) = *damage else { return Some(line) };
            line + &payload_lines(place, &reply.payload)
        }
        PingEvent::Corrupted { reply, time } => timed_line(&from, reply, *time, " (BAD CHECKSUM!)"),
        PingEvent::NetworkError(error) => {
            let mut what = error.icmp.to_string();
            if let Some(router) = error.icmp.next_hop() {
                what = what.replace(&router.to_string(), &names.format_sender((router, 0).into()));
            }
            format!("From {from} icmp_seq={} {what}", error.sequence)
        }
        PingEvent::Stray { .. } | PingEvent::NotSent { .. } => return None,
    })
}

fn reply_line(from: &str, reply: &Reply) -> String {
    let ttl = reply.ttl.map(|ttl| format!(" ttl={ttl}")).unwrap_or_default();
    format!("{} bytes from {from}: icmp_seq={}{ttl}", reply.length, reply.sequence)
}

fn timed_line(from: &str, reply: &Reply, time: Duration, mark: &str) -> String {
    let stranger = if reply.is_stranger { " (DIFFERENT ADDRESS!)" } else { "" };
    format!("{} time={} ms{mark}{stranger}", reply_line(from, reply), format_millis(time))
}

/// The lines about a payload whose byte at this place is wrong: in hexadecimal, 32 bytes in a line, from the byte on behind the number
/// and the token. Ping has its time stamp there, which has the same length.
fn payload_lines(wrong: usize, payload: &[u8]) -> String {
    let mut lines = format!("\nwrong data byte #{wrong} should be 0x{wrong:x} but was 0x{:x}", payload[wrong]);
    for (place, byte) in payload.iter().enumerate().skip(16) {
        if place % 32 == 16 {
            let _ = write!(lines, "\n#{place}\t");
        }
        let _ = write!(lines, "{byte:x} ");
    }
    lines
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
    // Also if nothing is counted because all is on its way: programs that read this look for the whole line.
    let (loss, millis) = (significant(statistics.loss().into()), (statistics.time.as_micros() + 500) / 1000);
    let _ = writeln!(text, ", {loss}% packet loss, time {millis}ms");
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
