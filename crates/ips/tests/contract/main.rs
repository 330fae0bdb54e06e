//! The contract of exercise 1, tested from outside: the program, its output, and the file it leaves.
//!
//! `cargo test -p ips required` runs what the lesson demands, the rest is what people rely on besides.

mod extra;
#[cfg(target_os = "linux")]
mod namespaces;
mod refused;
mod required;
mod running;
#[cfg(unix)]
mod saving;
