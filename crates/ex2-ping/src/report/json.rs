//! The same as JSON: an object a line, since nobody knows when it ends. Times are milliseconds.

use super::format_ip;
use super::numbers::milliseconds;
use crate::ping::{PingEvent, Statistics};
use serde_json::{Value, json};
use std::net::SocketAddr;

/// Who is pinged.
pub fn begin(name: &str, address: SocketAddr) -> String {
    safe(&json!({ "event": "begin", "destination": name, "address": format_ip(address) }))
}

/// What became of a probe.
pub fn line(event: &PingEvent) -> String {
    let from = event.sender().map(format_ip);
    let object = match event {
        PingEvent::Reply { sequence, ttl, bytes, time, is_duplicate, .. } => json!({
            "event": if *is_duplicate { "duplicate" } else { "reply" },
            "icmp_seq": sequence, "from": from, "ttl": ttl, "bytes": bytes, "time_ms": milliseconds(time.as_micros()),
        }),
        PingEvent::Corrupted { sequence, what, .. } => {
            json!({ "event": "corrupted", "icmp_seq": sequence, "from": from, "reason": what })
        }
        PingEvent::NetworkError(error) => json!({
            "event": "error", "icmp_seq": error.sequence, "from": from,
            "type": error.icmp.kind, "code": error.icmp.code, "reason": error.icmp.to_string(),
        }),
        PingEvent::NotSent { sequence, cause } => {
            json!({ "event": "not sent", "icmp_seq": sequence, "reason": cause.to_string() })
        }
    };
    safe(&object)
}

/// The statistics.
pub fn end(statistics: &Statistics) -> String {
    let trips = statistics.trips.summary().map(|trips| trips.map(milliseconds));
    let trips = trips.map(|[min, avg, max, mdev]| json!({ "min": min, "avg": avg, "max": max, "mdev": mdev }));
    safe(&json!({
        "event": "statistics",
        "transmitted": statistics.transmitted,
        "received": statistics.received,
        "duplicates": statistics.duplicates,
        "corrupted": statistics.corrupted,
        "errors": statistics.errors,
        "in_flight": statistics.in_flight,
        "loss_percent": statistics.loss(),
        "time_ms": milliseconds(statistics.time.as_micros()),
        "rtt_ms": trips,
    }))
}

/// What a name server says may hold anything.
fn safe(object: &Value) -> String {
    common::text::escape_json(&object.to_string())
}
