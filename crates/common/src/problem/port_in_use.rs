//! Why a port is in use: somebody listens there, or somebody did a moment ago.

use crate::address::format_ip;
use std::fs;
use std::net::SocketAddr;

/// What to do about a port that is in use.
pub fn next(address: SocketAddr, another_port: u16) -> String {
    let (ip, port) = (format_ip(address), address.port());
    // Where a shell can stop a program, that one still holds its port.
    let stopped = if cfg!(unix) { "; after Ctrl-Z first fg" } else { "" };
    let listens = format!("another program listens at {ip}, port {port}: stop it (Ctrl-C in its window{stopped})");
    let is_kept = "nobody listens there: a program holds it all the same, or a server without set_reuse_address(true) has just ended, \
                   and the system keeps its port for a minute: wait";
    let what = if has_listener(port) == Some(false) { is_kept } else { &listens };
    format!("{what}, or take another port, {another_port}")
}

/// Whether somebody listens at the port, as far as the system tells: proc(5), /proc/net/tcp. The fourth word of a line is the state,
/// 0A for LISTEN.
fn has_listener(port: u16) -> Option<bool> {
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"].map(fs::read_to_string);
    let text: String = tables.into_iter().flatten().collect();
    let end = format!(":{port:04X}");
    let is_listener = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().take(4).collect();
        words.get(1).is_some_and(|address| address.ends_with(&end)) && words.get(3) == Some(&"0A")
    };
    (!text.is_empty()).then(|| text.lines().any(is_listener))
}
