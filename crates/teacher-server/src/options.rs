//! What the command line can say.

use crate::{IP, PORT, balancer};
use clap::Parser;
use common::{address, seconds};
use ipnet::IpNet;
use std::path::PathBuf;
use std::time::Duration;

/// The lesson's server for a whole class: counts connections, shows each message, answers with a greeting, closes.
#[derive(Debug, Parser)]
#[command(
    version,
    bin_name = "teacher-server",
    max_term_width = 80,
    before_help = "Example: teacher-server 0.0.0.0 8080"
)]
pub struct Options {
    /// One of this computer's IPs, or 0.0.0.0 for all of them
    #[arg(default_value = IP, value_parser = address::host)]
    pub ip: String,

    /// The port to listen at, or 0 for any that is free
    #[arg(default_value_t = PORT, allow_negative_numbers = true, value_parser = address::port_or_any)]
    pub port: u16,

    /// How many connections may wait to be accepted
    #[arg(long, value_name = "N", default_value_t = 1024, allow_hyphen_values = true, value_parser = clap::value_parser!(i32).range(1..=65535))]
    pub backlog: i32,

    /// How many clients are served at once
    #[arg(long, value_name = "N", default_value_t = 1000, allow_hyphen_values = true, value_parser = clap::value_parser!(u32).range(1..=30_000))]
    pub max_clients: u32,

    /// How many of them with the same address, or IPv6 /64 [default: half]
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = clap::value_parser!(u32).range(1..))]
    pub max_per_address: Option<u32>,

    /// How long a client may be silent; less when nearly full
    #[arg(long, value_name = "SECONDS", default_value = "120", allow_hyphen_values = true, value_parser = seconds::parse)]
    pub patience: Duration,

    /// A balancer in front, by IP or network, which names the clients
    #[arg(long, value_name = "ADDRESS", value_delimiter = ',', allow_hyphen_values = true, value_parser = balancer::parse)]
    pub proxy_protocol: Vec<IpNet>,

    /// Add a line of JSON for each connection to this file
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,

    /// The lesson's lines on a terminal too, instead of one line a connection
    #[arg(long)]
    pub plain: bool,

    /// Show who comes, live, on a page for a browser: at 127.0.0.1:8090, or at one of this computer's IPs
    #[cfg(feature = "board")]
    #[arg(long, value_name = "IP:PORT", num_args = 0..=1, default_missing_value = "127.0.0.1:8090", value_parser = crate::board::place)]
    pub board: Option<crate::board::Place>,

    /// Show who came, from files that --log wrote, and end
    #[arg(long, value_name = "FILE", num_args = 1.., exclusive = true)]
    pub report: Vec<PathBuf>,
}

impl Options {
    /// How many clients of one address are served at once.
    pub fn per_address(&self) -> u32 {
        self.max_per_address.unwrap_or(self.max_clients.div_ceil(2))
    }

    /// How many files the board may have open.
    #[cfg_attr(not(feature = "board"), expect(clippy::unused_self, reason = "there is no board to look for"))]
    pub fn files_of_the_board(&self) -> u64 {
        #[cfg(feature = "board")]
        if self.board.is_some() {
            return crate::board::MAX_FILES;
        }
        0
    }
}
