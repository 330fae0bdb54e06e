//! What the command line can say.

use crate::{IP, PORT};
use clap::Parser;
use common::address;

/// Sends each line typed to a server, over a new connection each time.
///
/// The end of the input ends it, at a terminal Ctrl-D.
///
/// Exit code: 0, or 1 if a message from a pipe could not be sent.
#[derive(Debug, Parser)]
#[command(version, bin_name = "ex3-chat", before_help = "Example: ex3-chat 192.168.1.36 8080")]
pub struct Options {
    /// The server's IP, or its name
    #[arg(default_value = IP, value_parser = address::host)]
    pub ip: String,

    /// The server's port
    #[arg(default_value_t = PORT, allow_negative_numbers = true, value_parser = address::port)]
    pub port: u16,

    /// Wait for the answer to each message, and show it
    #[arg(long)]
    pub reply: bool,
}
