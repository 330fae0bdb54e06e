//! The contract of the netcat, tested from outside: the program, real sockets, what arrives at both ends.
//!
//! `cargo test -p nc required` runs what the contract demands, the rest is what people rely on besides.

mod exact;
mod extra;
mod failures;
#[cfg(unix)]
mod files;
mod listening;
mod misbehaving;
#[cfg(target_os = "linux")]
mod peers;
mod required;
mod running;
