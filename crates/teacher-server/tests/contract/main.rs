//! The contract of the teacher's server, tested from outside: the program, real sockets, what arrives at both ends.
//!
//! `cargo test -p teacher-server required` runs what the lesson demands of every server; the rest is what a class needs besides.

#[cfg(target_os = "linux")]
#[path = "../../../server/tests/contract/addresses.rs"]
mod addresses;
mod balancer;
#[cfg(feature = "board")]
mod board;
mod extra;
mod failures;
#[path = "support/files.rs"]
mod files;
#[cfg(target_os = "linux")]
mod haproxy;
mod limits;
mod log;
mod own_output;
#[cfg(target_os = "linux")]
mod peers;
#[path = "../../../server/tests/contract/required.rs"]
mod required;
#[path = "../../../server/tests/contract/support/running_server.rs"]
mod running_server;
mod screen;
#[cfg(target_os = "linux")]
mod screen_for_a_class;
#[cfg(target_os = "linux")]
mod soak;
mod stopping;
#[cfg(target_os = "linux")]
#[path = "support/terminal.rs"]
mod terminal;
mod who_came;
#[cfg(not(feature = "board"))]
mod without_board;
