//! The contract of the first client, tested from outside: the program, real sockets, what arrives at both ends.
//!
//! `cargo test -p client required` runs what the lesson demands; the rest are extra features, which are not graded.

mod extra;
mod failures;
mod misbehaving;
#[cfg(target_os = "linux")]
mod peers;
mod required;
mod support {
    pub mod client;
}
