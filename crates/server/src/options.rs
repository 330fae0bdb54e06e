//! What the command line can say.

use crate::{IP, PORT};
use clap::Parser;
use common::address;

/// Shows each client's message, and answers with a greeting, one after the other.
///
/// Ctrl-C ends it.
#[derive(Debug, Parser)]
#[command(version, bin_name = "server", before_help = "Example: server 0.0.0.0 8080")]
pub struct Options {
    /// One of this computer's IPs, or 0.0.0.0 for all
    #[arg(default_value = IP, value_parser = address::host)]
    pub ip: String,

    /// The port to listen at, or 0 for any that is free
    #[arg(default_value_t = PORT, allow_negative_numbers = true, value_parser = address::port_or_any)]
    pub port: u16,
}
