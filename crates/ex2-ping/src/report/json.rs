//! The same as JSON: an object a line, since nobody knows when it ends. Times are milliseconds.

use super::format::{format_ip, milliseconds};
use crate::echo_socket::Reply;
use crate::ping::{PingEvent, Statistics};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::Duration;

pub fn begin(name: &str, address: SocketAddr) -> String {
    safe(&json!({ "event": "begin", "destination": name, "address": format_ip(address) }))
}

pub fn line(event: &PingEvent) -> String {
    let from = event.sender().map(format_ip);
    let object = match event {
        PingEvent::Reply { reply, time, is_duplicate, damage } => {
            let mut object = answer(if *is_duplicate { "duplicate" } else { "reply" }, reply, *time);
            if let Some(damage) = damage {
                object["reason"] = damage.to_string().into();
            }
            object
        }
        PingEvent::Corrupted { reply, time } => {
            let mut object = answer("corrupted", reply, *time);
            object["reason"] = "BAD CHECKSUM".into();
            object
        }
        PingEvent::Stray { why, .. } => json!({ "event": "stray", "from": from, "reason": why }),
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

fn answer(event: &str, reply: &Reply, time: Duration) -> Value {
    json!({
        "event": event,
        "icmp_seq": reply.sequence,
        "from": format_ip(reply.from),
        "different_address": reply.is_stranger,
        "ttl": reply.ttl,
        "bytes": reply.length,
        "time_ms": milliseconds(time.as_micros()),
    })
}

pub fn end(statistics: &Statistics) -> String {
    let trips = statistics.round_trips().map(|trips| trips.map(milliseconds));
    let trips = trips.map(|[min, avg, max, mdev]| json!({ "min": min, "avg": avg, "max": max, "mdev": mdev }));
    safe(&json!({
        "event": "statistics",
        "transmitted": statistics.transmitted,
        "received": statistics.received,
        "duplicates": statistics.duplicates,
        "corrupted": statistics.corrupted,
        "errors": statistics.errors,
        "strays": statistics.strays,
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
