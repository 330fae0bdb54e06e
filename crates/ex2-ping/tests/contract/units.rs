//! Parts of the program that can be tested alone.

mod address;
#[cfg(target_os = "linux")]
mod clock;
mod icmp;
mod numbers;
mod probes;
mod statistics;
