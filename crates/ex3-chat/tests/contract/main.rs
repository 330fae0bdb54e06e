//! The contract of the chat, tested from outside: the program, real sockets, what arrives at the other end.
//!
//! `cargo test -p ex3-chat required` runs what the lesson demands; the rest are extra features, which are not graded.

mod extra;
mod failures;
mod misbehaving;
mod required;
#[cfg(target_os = "linux")]
mod terminal;
mod support {
    pub mod chat;
}
