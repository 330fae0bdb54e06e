//! Networks of a test's own, in which every address is this computer's: `network_namespaces`(7), ip-route(8) `local`.
//!
//! Most students write the address of their teacher's computer into the program. In such a network the program reaches a recorder
//! whatever address that is, and a server can have any address and any port. Each run has a new one, so that a port that a server has just
//! left is free again for the next.
//!
//! A thread is in one network at a time, and what it starts is in the same: the recorder, and the program under test.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod without;

#[cfg(target_os = "linux")]
pub use linux::{Network, are_allowed, enter_new, leave, listeners, redirect_to};
#[cfg(not(target_os = "linux"))]
pub use without::{Network, are_allowed, enter_new, leave, listeners, redirect_to};

/// The environment variable that allows networks of a test's own: where tests run as root of a user namespace. No program under test
/// gets it.
pub const NETWORKS: &str = "SESSION08_NETWORKS";
