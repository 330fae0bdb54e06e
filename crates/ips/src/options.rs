//! What the command line can say.

use crate::kind::Kind;
use clap::{Args, Parser, Subcommand};
use common::text;
use jiff::civil::Date;
use std::net::IpAddr;
use std::path::PathBuf;

/// List the addresses of this computer, or save them in the table IPs.txt
#[derive(Debug, Parser)]
#[command(
    version,
    bin_name = "ips",
    args_conflicts_with_subcommands = true,
    before_help = "Example: ips --save --machine \"Lab computer\" --place \"Alcorcon Lab\"",
    after_help = "IPs.txt is that of the folder session-08, here or in a folder above."
)]
pub struct Options {
    /// Print the list as JSON, for programs
    #[arg(long, conflicts_with = "save")]
    pub json: bool,

    /// Save this computer's address in the table
    /// [default: session-08/IPs.txt]
    #[arg(verbatim_doc_comment, long, value_name = "FILE", num_args = 0..=1, requires_all = ["machine", "place"])]
    #[allow(clippy::option_option, reason = "clap's form of an option that may have a value")]
    pub save: Option<Option<PathBuf>>,

    /// What the table calls this computer
    #[arg(long, value_name = "NAME", requires = "save", value_parser = name)]
    pub machine: Option<String>,

    /// Where it is
    #[arg(long, value_name = "NAME", requires = "save", value_parser = name)]
    pub place: Option<String>,

    /// Which of its interfaces to save
    /// [default: the one that leads to the Internet]
    #[arg(verbatim_doc_comment, long, value_name = "NAME", requires = "save")]
    pub interface: Option<String>,

    /// What to write in the column Interface: Wire, Wifi
    /// or Virtual [default: what the system says]
    #[arg(verbatim_doc_comment, long, requires = "save", value_parser = kind)]
    pub kind: Option<Kind>,

    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add another machine's address to the table, typed by hand
    #[command(
        override_usage = "ips add --machine NAME --interface KIND --place NAME --ip IP [OPTIONS]",
        before_help = "Example: ips add --machine mobile --interface Wifi --place home --ip 10.1.128.39"
    )]
    Add(Add),
}

#[derive(Debug, Args)]
pub struct Add {
    /// What the table calls the machine
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub machine: String,

    /// How it is connected: Wire, Wifi, Virtual, another word
    #[arg(long, value_name = "KIND", value_parser = name)]
    pub interface: String,

    /// Where it is
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub place: String,

    /// Its IP; with the length of its network's prefix if
    /// it ends in 0 or 255: 10.1.3.255/16
    #[arg(verbatim_doc_comment, long, allow_hyphen_values = true, value_parser = ip)]
    pub ip: TypedIp,

    /// When it had this IP, as YYYY-MM-DD [default: today]
    #[arg(long, allow_hyphen_values = true, value_parser = date)]
    pub date: Option<Date>,

    /// Another file than session-08/IPs.txt
    #[arg(long)]
    pub file: Option<PathBuf>,
}

/// An IP as it was typed, perhaps with a prefix length: `10.1.3.255/16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypedIp {
    pub ip: IpAddr,
    pub prefix: Option<u8>,
}

/// A name in the table.
fn name(typed: &str) -> Result<String, String> {
    let name = typed.trim();
    if name.is_empty() {
        return Err("write a name, for example \"Lab computer\"".to_string());
    }
    if name.contains('|') {
        return Err("a name has no | in it: that divides the columns of the table".to_string());
    }
    if !name.chars().all(text::is_safe) {
        return Err("a name is one line of characters that can be seen".to_string());
    }
    Ok(name.to_string())
}

fn kind(typed: &str) -> Result<Kind, String> {
    Kind::named(typed).ok_or_else(|| "write Wire, Wifi or Virtual".to_string())
}

fn date(typed: &str) -> Result<Date, String> {
    let date = Date::strptime("%Y-%m-%d", typed).ok().filter(|_| typed.len() == "2024-03-01".len());
    date.ok_or_else(|| "write a day that exists as YYYY-MM-DD, for example 2024-03-01".to_string())
}

fn ip(typed: &str) -> Result<TypedIp, String> {
    let (address, prefix) = typed.split_once('/').map_or((typed, None), |(address, prefix)| (address, Some(prefix)));
    let (address, zone) = match address.split_once('%') {
        // The zone is the name of an interface of this computer; to others it means nothing.
        Some((address, zone)) if !zone.is_empty() => (address, Some(zone)),
        _ => (address, None),
    };
    let ip: IpAddr = address.parse().map_err(
        |_| "an IP is four numbers from 0 to 255 with dots between them, for example 10.1.128.39, or an IPv6 address",
    )?;
    if zone.is_some() && !matches!(ip, IpAddr::V6(v6) if v6.is_unicast_link_local()) {
        return Err("only an address that begins with fe80: has a % and an interface's name behind it".to_string());
    }
    let Some(prefix) = prefix else { return Ok(TypedIp { ip, prefix: None }) };
    let longest: u8 = if ip.is_ipv4() { 32 } else { 128 };
    match prefix.parse() {
        Ok(length) if (1..=longest).contains(&length) => Ok(TypedIp { ip, prefix: Some(length) }),
        _ => Err(format!("the length of a prefix, behind the /, is a number from 1 to {longest}")),
    }
}
