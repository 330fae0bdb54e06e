//! What the command line can say.

use crate::{IP, PORT};
use clap::Parser;
use common::{address, seconds};
use std::time::Duration;

/// Sends a message to a server and shows the answer.
#[derive(Debug, Parser)]
#[command(version, bin_name = "client", before_help = "Example: client 192.168.1.36 8080 \"Hello, teacher\"")]
pub struct Options {
    /// The server's IP, or its name
    #[arg(default_value = IP, value_parser = address::host)]
    pub ip: String,

    /// The server's port
    #[arg(default_value_t = PORT, allow_negative_numbers = true, value_parser = address::port)]
    pub port: u16,

    /// The message, in quotes; or - for
    /// standard input to its end
    #[arg(verbatim_doc_comment, default_value = "HELLO FROM THE CLIENT!!!")]
    pub message: String,

    /// Close the connection without waiting for an answer
    #[arg(long)]
    pub send_only: bool,

    /// The longest wait to connect, and for each piece
    /// of the answer [default: 10, for ever]
    #[arg(verbatim_doc_comment, long, value_name = "SECONDS", allow_hyphen_values = true, value_parser = seconds::parse)]
    pub timeout: Option<Duration>,
}

impl Options {
    /// How long to wait for the connection.
    pub fn time_to_connect(&self) -> Duration {
        self.timeout.unwrap_or(address::TIME_TO_CONNECT)
    }
}

#[cfg(test)]
mod tests {
    use super::Options;
    use clap::Parser as _;
    use std::time::Duration;

    #[test]
    fn it_tries_ten_seconds_to_connect_where_nobody_says_how_long() {
        assert_eq!(Options::parse_from(["client"]).time_to_connect(), Duration::from_secs(10));
        assert_eq!(Options::parse_from(["client", "--timeout", "3"]).time_to_connect(), Duration::from_secs(3));
    }
}
