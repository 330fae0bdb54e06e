//! Parts of the program that can be tested alone.

#[cfg(target_os = "linux")]
mod clock;
mod format;
mod icmp;
mod probes;
mod statistics;
