//! The contract of the chat, tested from outside: the program, real sockets, what arrives at the other end.
//!
//! `cargo test -p ex3-chat required` runs what the lesson demands, the rest is what people rely on besides.

mod required;
// BEGIN SOLUTION
mod exact;
mod extra;
mod failures;
mod misbehaving;
mod running;
#[cfg(target_os = "linux")]
mod terminal;
// END SOLUTION
