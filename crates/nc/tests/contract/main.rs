//! The contract of the netcat, tested from outside: the program, real sockets, what arrives at both ends.
//!
//! `cargo test -p nc required` runs what the contract demands; the rest are extra features.

mod extra;
mod failures;
#[cfg(unix)]
mod files;
mod misbehaving;
mod own_output;
#[cfg(target_os = "linux")]
mod peers;
mod required;
mod support {
    pub mod netcat;
}
