//! What the command line can say, in the ways of all netcats.

mod spellings;

use crate::{ANY, IP, PORT};
use clap::error::ErrorKind;
use clap::{ArgAction, CommandFactory as _, Parser};
use common::{address, text};
use std::net::IpAddr;

/// The lesson's netcat: sends what is typed, and shows what the other side sends.
#[derive(Debug, Parser)]
#[command(
    version,
    bin_name = "nc",
    override_usage = "nc [-Nnv] [IP] [PORT]\n       nc -l [-Nnv] [-p] [PORT]\n       nc -l [-Nnv] IP PORT",
    before_help = "Example: nc 192.168.1.36 8080",
    after_help = "To listen: nc -l -p 8000"
)]
struct Words {
    /// Listen, and serve one client
    #[arg(short)]
    listen: bool,

    /// The port to listen at
    #[arg(short = 'p', value_name = "PORT", allow_negative_numbers = true)]
    local_port: Option<String>,

    /// Tell the other side when the input has ended
    #[arg(short = 'N')]
    half_close: bool,

    /// Tell on standard error who is at the other end
    #[arg(short, action = ArgAction::Count)]
    verbose: u8,

    /// Take an IP only, and look up no name
    #[arg(short, action = ArgAction::Count)]
    numeric: u8,

    /// The other side, 127.0.0.1 and 8080 if not given; after -l,
    /// where to listen: 0.0.0.0, which is every IPv4 address of this
    /// computer, and 8080 if not given
    #[arg(verbatim_doc_comment, value_name = "IP] [PORT", num_args = 0..=2)]
    place: Vec<String>,
}

/// Which side of the connection this one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It connects.
    Client,
    /// It listens.
    Server,
}

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    /// Connect or listen.
    pub role: Role,
    /// The other side's IP or name, or the own one to listen at.
    pub ip: String,
    /// The port there; 0 to listen at any that is free.
    pub port: u16,
    /// Whether to say that no more will come when the input has ended.
    pub half_close: bool,
    /// Whether to tell what happens.
    pub verbose: bool,
}

impl Options {
    /// Reads the command line. Wrong usage ends the program with exit code 2.
    pub fn read() -> Self {
        let words = Words::try_parse().unwrap_or_else(|error| spellings::explain(error).exit());
        words.understand().unwrap_or_else(|message| Words::command().error(ErrorKind::ValueValidation, message).exit())
    }
}

impl Words {
    fn understand(&self) -> Result<Options, String> {
        let place: Vec<&str> = self.place.iter().map(String::as_str).collect();
        let (role, ip, port) = match (self.listen, self.local_port.as_deref(), place.as_slice()) {
            (false, Some(port), _) => {
                return Err(format!("-p {0} is a port to listen at: write nc -l -p {0}, or nc IP {0}", escape(port)));
            }
            (false, None, []) => (Role::Client, IP, None),
            (false, None, [ip]) => (Role::Client, *ip, None),
            (false, None, [ip, port, ..]) => (Role::Client, *ip, Some(*port)),
            (true, port, []) => (Role::Server, ANY, port),
            (true, None, [port]) => (Role::Server, ANY, Some(*port)),
            // The lesson's text has lost its dash.
            (true, None, ["p", port, ..]) => {
                return Err(format!("'p' is no IP: write it with a dash, nc -l -p {}", escape(port)));
            }
            (true, None, [ip, port, ..]) => (Role::Server, *ip, Some(*port)),
            (true, Some(port), [word, ..]) => {
                let (port, word) = (escape(port), escape(word));
                return Err(format!(
                    "unexpected '{word}' after -p {port}: write nc -l -p {port}, or nc -l IP {port} to listen at one IP"
                ));
            }
        };
        let ip = address::host(ip).map_err(|reason| format!("invalid value '{}' for IP: {reason}", escape(ip)))?;
        if self.numeric > 0 && ip.split('%').next().is_none_or(|ip| ip.parse::<IpAddr>().is_err()) {
            return Err(format!("'{ip}' is a name, and with -n only an IP is taken: leave out -n"));
        }
        let port_of = if role == Role::Server { address::port_or_any } else { address::port };
        let port = port.map_or(Ok(PORT), |port| {
            port_of(port).map_err(|reason| format!("invalid value '{}' for PORT: {reason}", escape(port)))
        })?;
        Ok(Options { role, ip, port, half_close: self.half_close, verbose: self.verbose > 0 || port == 0 })
    }
}

fn escape(word: &str) -> String {
    text::escape_line(word.as_bytes())
}

#[cfg(test)]
#[path = "../tests/unit/options.rs"]
mod tests;
