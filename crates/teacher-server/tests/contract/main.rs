//! The contract of the teacher's server, tested from outside: the program, real sockets, what arrives at both ends.
//!
//! `cargo test -p teacher-server required` runs what the lesson demands of every server; the rest is what a class needs besides.

mod extra;
mod failures;
mod limits;
mod own_output;
#[cfg(target_os = "linux")]
mod peers;
#[path = "../../../server/tests/contract/required.rs"]
mod required;
#[path = "../../../server/tests/contract/support/running_server.rs"]
mod running_server;
mod screen;
mod stopping;
