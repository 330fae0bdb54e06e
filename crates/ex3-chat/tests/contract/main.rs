//! The contract of the chat, tested from outside: the program, real sockets, what arrives at the other end.
//!
//! `cargo test -p ex3-chat required` runs what the lesson demands, the rest is what people rely on besides.

mod exact;
mod extra;
mod failures;
mod misbehaving;
mod required;
mod running;
#[cfg(target_os = "linux")]
mod terminal;
