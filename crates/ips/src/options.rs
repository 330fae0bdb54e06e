//! What the command line can say.

use crate::interfaces::Kind;
use clap::{Args, Parser, Subcommand};
use common::text;
use jiff::Zoned;
use jiff::civil::Date;
use std::net::IpAddr;
use std::path::PathBuf;

/// How long a name in the table may be, in characters.
const MAX_NAME_LEN: usize = 60;

/// Shows the addresses of this computer, or saves them in the table IPs.txt.
#[derive(Debug, Parser)]
#[command(
    version,
    bin_name = "ips",
    args_conflicts_with_subcommands = true,
    after_help = "Example: ips --save --machine \"Lab computer\" --place \"Alcorcon Lab\"\n\n\
                  IPs.txt is that of the folder session-08, here or in a folder above."
)]
pub struct Options {
    /// Show them as JSON, for programs
    #[arg(long, conflicts_with = "save")]
    json: bool,

    /// Save this computer's address in the table [default: session-08/IPs.txt]
    #[arg(long, value_name = "FILE", num_args = 0..=1, requires_all = ["machine", "place"])]
    #[allow(clippy::option_option, reason = "clap's form of an option that may have a value")]
    save: Option<Option<PathBuf>>,

    /// What the table calls this computer
    #[arg(long, value_name = "NAME", requires = "save", value_parser = name)]
    machine: Option<String>,

    /// Where it is
    #[arg(long, value_name = "NAME", requires = "save", value_parser = name)]
    place: Option<String>,

    /// Which of its interfaces to save [default: the one that leads to the Internet]
    #[arg(long, value_name = "NAME", requires = "save")]
    interface: Option<String>,

    /// What to write in the column Interface: Wire, Wifi or Virtual [default: what the system says]
    #[arg(long, requires = "save", value_parser = kind)]
    kind: Option<Kind>,

    #[command(subcommand)]
    other: Option<Other>,
}

#[derive(Debug, Subcommand)]
enum Other {
    /// Add another machine's address to the table, typed by hand
    #[command(after_help = "Example: ips add --machine mobile --interface Wifi --place home --ip 10.1.128.39")]
    Add(Typed),
}

#[derive(Debug, Args)]
struct Typed {
    /// What the table calls the machine
    #[arg(long, value_name = "NAME", value_parser = name)]
    machine: String,

    /// How it is connected: Wire, Wifi, Virtual or another word
    #[arg(long, value_name = "KIND", value_parser = name)]
    interface: String,

    /// Where it is
    #[arg(long, value_name = "NAME", value_parser = name)]
    place: String,

    /// Its IP; with the length of its network's prefix if it ends in 0 or 255: 10.1.3.255/16
    #[arg(long, value_parser = ip)]
    ip: TypedIp,

    /// When it had this IP, as YYYY-MM-DD [default: today]
    #[arg(long, value_parser = date)]
    date: Option<Date>,

    /// Another file than session-08/IPs.txt
    #[arg(long)]
    file: Option<PathBuf>,
}

/// An IP as it was typed, perhaps with a prefix length: `10.1.3.255/16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypedIp {
    pub ip: IpAddr,
    pub prefix: Option<u8>,
}

/// What is to be done.
pub enum Command {
    List,
    Json,
    Save(Save),
    Add(Add),
}

/// The row of this computer is to be saved.
pub struct Save {
    pub file: Option<PathBuf>,
    pub machine: String,
    pub place: String,
    pub interface: Option<String>,
    pub kind: Option<Kind>,
    pub date: Date,
}

/// A row that was typed is to be saved.
pub struct Add {
    pub file: Option<PathBuf>,
    pub machine: String,
    pub interface: String,
    pub place: String,
    pub ip: TypedIp,
    pub date: Date,
}

impl Options {
    /// What is to be done.
    pub fn command(self) -> Command {
        match (self.other, self.save) {
            (Some(Other::Add(typed)), _) => Command::Add(Add {
                file: typed.file,
                machine: typed.machine,
                interface: typed.interface,
                place: typed.place,
                ip: typed.ip,
                date: typed.date.unwrap_or_else(today),
            }),
            (None, Some(file)) => Command::Save(Save {
                file,
                // clap has seen to it that both are there.
                machine: self.machine.unwrap_or_default(),
                place: self.place.unwrap_or_default(),
                interface: self.interface,
                kind: self.kind,
                date: today(),
            }),
            (None, None) if self.json => Command::Json,
            (None, None) => Command::List,
        }
    }
}

/// The day that it is here.
fn today() -> Date {
    Zoned::now().date()
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
    if name.chars().count() > MAX_NAME_LEN {
        return Err(format!("a name has at most {MAX_NAME_LEN} characters"));
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
    let (text, prefix) = match typed.split_once('/') {
        Some((ip, prefix)) => (ip, Some(prefix)),
        None => (typed, None),
    };
    let (text, zone) = match text.split_once('%') {
        // The zone is the name of an interface of this computer; to others it means nothing.
        Some((ip, zone)) if !zone.is_empty() => (ip, Some(zone)),
        _ => (text, None),
    };
    let ip: IpAddr = text.parse().map_err(|_| {
        "an IP is four numbers from 0 to 255 with dots between them, for example 10.1.128.39, or an IPv6 address"
            .to_string()
    })?;
    if zone.is_some() && !matches!(ip, IpAddr::V6(v6) if v6.is_unicast_link_local()) {
        return Err("only an address that begins with fe80: has a % and an interface's name behind it".to_string());
    }
    let longest: u8 = if ip.is_ipv4() { 32 } else { 128 };
    let allowed = |length: &u8| (1..=longest).contains(length);
    let wrong = || format!("the length of a prefix, behind the /, is a number from 1 to {longest}");
    let prefix = prefix.map(|text| text.parse().ok().filter(allowed).ok_or_else(wrong)).transpose()?;
    Ok(TypedIp { ip, prefix })
}

#[cfg(test)]
mod tests {
    use super::{MAX_NAME_LEN, name};

    #[test]
    fn a_name_has_so_many_characters_at_most_whatever_they_are() {
        assert_eq!(name(&format!(" {} ", "ñ".repeat(MAX_NAME_LEN))).unwrap(), "ñ".repeat(MAX_NAME_LEN));
        for more in [1, 2, 1000] {
            assert_eq!(name(&"ñ".repeat(MAX_NAME_LEN + more)).unwrap_err(), "a name has at most 60 characters");
        }
    }
}
