//! The contract of `ex2-ping`, tested from outside.
//!
//! `cargo test -p ex2-ping required` runs what the lesson demands; the rest are extra features, which are not graded, and go to
//! loopback. What needs other hosts, name servers or privileges is in `virtual_lab`, which `scripts/virtual-lab --test` runs in a
//! network of its own. `units` looks at parts of the program alone.

mod extra;
mod failures;
#[cfg(target_os = "linux")]
mod graded;
mod own_output;
#[cfg(target_os = "linux")]
mod readers;
mod required;
mod table;
mod units;
#[cfg(target_os = "linux")]
mod virtual_lab;
mod support {
    #[cfg(target_os = "linux")]
    pub mod network;
    pub mod running;
    #[cfg(target_os = "linux")]
    pub mod scripted_host;
}

// A program has no library, so its files are taken as they are, and find each other here.
#[cfg(target_os = "linux")]
#[path = "../../src/echo_socket/linux/clock.rs"]
#[allow(dead_code, reason = "the clocks are not read here")]
mod clock;
#[path = "../../src/echo_message.rs"]
mod echo_message;
#[path = "../../src/report/format.rs"]
#[allow(dead_code, reason = "not all of it is tested on each system")]
mod format;
#[path = "../../src/icmp.rs"]
#[allow(dead_code, unused_imports, reason = "not all of it is tested alone")]
mod icmp;
#[path = "../../src/ping/probes.rs"]
mod probes;
#[path = "../../src/ping/statistics.rs"]
#[allow(dead_code, reason = "not all figures are used here")]
mod statistics;

use echo_message::{echo_numbers, echo_request};
