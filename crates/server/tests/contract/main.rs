//! The contract of the server, tested from outside: the program, real sockets, what arrives at both ends.
//!
//! `cargo test -p server required` runs what the lesson demands; the rest are extra features, which are not graded.

#[cfg(target_os = "linux")]
mod addresses;
mod extra;
mod required;
mod support {
    pub mod running_server;
}
