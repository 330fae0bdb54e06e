//! The contract of the teacher's server, tested from outside: the program, real sockets, what arrives at both ends.
//!
//! `cargo test -p server required` runs what the lesson demands, the rest is what people rely on besides.

mod required;
// BEGIN SOLUTION
mod exact;
mod extra;
mod faults;
mod limits;
#[cfg(target_os = "linux")]
mod peers;
mod running;
mod screen;
mod stopping;
// END SOLUTION
