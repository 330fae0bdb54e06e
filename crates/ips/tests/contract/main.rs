//! The contract of exercise 1, tested from outside: the program, its output, and the file it leaves.
//!
//! `cargo test -p ips required` runs what the lesson demands, the rest is what people rely on besides.

mod listing;
mod required;
mod running;
mod shown;
mod system;
mod table;
// BEGIN SOLUTION
mod exact;
mod extra;
#[cfg(target_os = "linux")]
mod namespaces;
mod refused;
#[cfg(unix)]
mod saving;
// END SOLUTION
