//! What the command line can say.

use crate::{IP, PORT};
use clap::Parser;
use common::address;

// BEGIN SOLUTION
use common::seconds;
use std::time::Duration;
// END SOLUTION

/// Sends each line typed to a server, over a new connection each time.
///
/// Ctrl-D ends it; through a pipe, the end of the input does.
// BEGIN SOLUTION
///
/// The exit code is then 0, and 1 if a message that came through a pipe could not be sent.
// END SOLUTION
#[derive(Debug, Parser)]
#[command(version, bin_name = "ex3-chat", after_help = "Example: ex3-chat 192.168.1.36 8080")]
pub struct Options {
    /// The server's IP, or its name
    #[arg(default_value = IP, value_parser = address::host)]
    pub ip: String,

    /// The server's port
    #[arg(default_value_t = PORT, value_parser = address::port)]
    pub port: u16,

    // BEGIN SOLUTION
    /// Wait for the answer to each message, and show it
    #[arg(long)]
    pub reply: bool,

    /// The longest wait to connect, and for an answer [default: 10, for ever]
    #[arg(long, value_name = "SECONDS", value_parser = seconds::parse)]
    pub timeout: Option<Duration>,

    /// Draw each socket call as it happens
    #[arg(long)]
    pub explain: bool,
    // END SOLUTION
}
