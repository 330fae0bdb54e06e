//! Addresses and numbers as text.

#[cfg(unix)]
use common::text::escape_line;
use std::net::SocketAddr;
use std::time::Duration;

/// An address for the command line: with the interface where it is valid on one only (RFC 4007).
pub fn format_ip(address: SocketAddr) -> String {
    match address {
        SocketAddr::V6(v6) if v6.scope_id() != 0 => format!("{}%{}", v6.ip(), interface(v6.scope_id())),
        _ => address.ip().to_string(),
    }
}

#[cfg(unix)]
fn interface(index: u32) -> String {
    // nix 0.31 gives an empty name for an interface that is gone.
    let name = nix::net::if_::if_indextoname(index).ok().filter(|name| !name.is_empty());
    name.map_or_else(|| index.to_string(), |name| escape_line(name.to_bytes()))
}

#[cfg(not(unix))]
fn interface(index: u32) -> String {
    index.to_string()
}

/// A round trip in milliseconds with the digits that ping gives it: three behind the point below 1 ms, then fewer.
pub fn format_millis(time: Duration) -> String {
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
pub fn significant(number: f64) -> String {
    let scientific = format!("{number:.5e}");
    let exponent: i32 = scientific.split('e').nth(1).and_then(|exponent| exponent.parse().ok()).unwrap_or(0);
    let text = format!("{number:.*}", usize::try_from(5 - exponent).unwrap_or(0));
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.to_string()
}

/// Microseconds as milliseconds.
pub fn milliseconds(micros: u128) -> f64 {
    // A float has room for 285 years of them.
    #[allow(clippy::cast_precision_loss)]
    let micros = micros as f64;
    micros / 1000.0
}
