//! What the command line can say.

use crate::icmp::Version;
use crate::ping::Settings;
use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser};
use common::{Problem, address, seconds, table};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The shortest interval for everybody, in milliseconds: ping has the same.
const MIN_INTERVAL_MS: u128 = 2;

/// How long a reply to the last probe is waited for if none has ever come: as ping does.
const DEFAULT_WAIT: Duration = Duration::from_secs(10);

/// How many times stand in one cell of the table at most.
const MAX_TIMES_PER_CELL: u64 = 100;

#[cfg(target_os = "linux")]
const PLATFORM_NOTE: &str = "";
#[cfg(not(target_os = "linux"))]
const PLATFORM_NOTE: &str = "\n\nOn this system network errors are not told (a probe is lost without a reason), \
    IPv6 has no ttl, and the times are a little longer (on Windows up to 15 ms), since the kernel does not stamp \
    replies.";

/// Asks a computer whether it is there, again and again, and shows how long each answer takes. Ctrl-C ends it.
// A command line has as many of them as it has flags.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Parser)]
#[command(
    version,
    bin_name = "ex2-ping",
    after_help = format!(
        "Examples: ex2-ping -c 3 www.urjc.es\n          ex2-ping --table session-08/Ex2.txt{PLATFORM_NOTE}"
    )
)]
pub struct Options {
    /// The other computer's name or IP
    #[arg(value_parser = address::host, required_unless_present = "table")]
    destination: Option<String>,

    /// Stop after so many probes
    #[arg(short, long, value_name = "N", value_parser = count)]
    count: Option<u64>,

    /// The time from one probe to the next [default: 1, in a table 0.2]
    #[arg(short, long, value_name = "SECONDS", value_parser = seconds::parse)]
    interval: Option<Duration>,

    /// How long to wait for a reply if none has ever come [default: 10, in a table 3]
    #[arg(short = 'W', long, value_name = "SECONDS", value_parser = seconds::parse)]
    wait: Option<Duration>,

    /// IPv4 only
    #[arg(short = '4', long, conflicts_with = "ipv6")]
    ipv4: bool,

    /// IPv6 only
    #[arg(short = '6', long)]
    ipv6: bool,

    /// Show addresses only, and look up no names for them
    #[arg(short, long)]
    pub numeric: bool,

    /// Show only the first line and the statistics
    #[arg(short, long)]
    pub quiet: bool,

    /// Print JSON: an object a line, and for a table one array
    #[arg(long)]
    pub json: bool,

    /// Ping all destinations of the table in FILE side by side, and write names and times into it [default: session-08/Ex2.txt]
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with_all = ["destination", "quiet"])]
    #[allow(clippy::option_option, reason = "clap's form of an option that may have a value")]
    table: Option<Option<PathBuf>>,

    /// Send the next probe as soon as the last one is answered: to measure, as root, on loopback
    #[arg(long, hide = true, conflicts_with_all = ["interval", "table"])]
    flood: bool,
}

impl Options {
    /// Reads the command line; what is wrong there ends the program with exit code 2.
    pub fn parse_checked() -> Self {
        let options = Self::parse();
        if options.interval.is_some_and(|interval| interval.as_millis() < MIN_INTERVAL_MS) && !is_root() {
            let message = "an interval below 0.002 seconds is only for root: write -i 0.002 or more";
            Self::command().error(ErrorKind::ValueValidation, message).exit();
        }
        if options.is_table() && options.count.is_some_and(|count| count > MAX_TIMES_PER_CELL) {
            let message = format!(
                "a cell of a table has room for {MAX_TIMES_PER_CELL} times: write -c {MAX_TIMES_PER_CELL} or less"
            );
            Self::command().error(ErrorKind::ValueValidation, message).exit();
        }
        options
    }

    /// Whether a table of destinations is to be pinged.
    pub fn is_table(&self) -> bool {
        self.table.is_some()
    }

    /// The file of the table: the one that was named, or the course's.
    pub fn table(&self) -> Result<PathBuf, Problem> {
        self.table.clone().flatten().map_or_else(|| table::find_course_file("Ex2.txt", "--table FILE"), Ok)
    }

    /// The destination, where it is no table.
    pub fn destination(&self) -> &str {
        self.destination.as_deref().unwrap_or_default()
    }

    /// The version of IP, if only one is wanted.
    pub fn version(&self) -> Option<Version> {
        match (self.ipv4, self.ipv6) {
            (true, _) => Some(Version::V4),
            (_, true) => Some(Version::V6),
            _ => None,
        }
    }

    /// How this one destination is pinged. A flood is only for root, on loopback.
    pub fn settings(&self, address: SocketAddr) -> Result<Settings, Problem> {
        if self.flood && !(is_root() && address.ip().is_loopback()) {
            return Err(Problem::new(
                format_args!("{} is not flooded", address.ip()),
                "--flood is for measuring, as root, on loopback",
                "leave out --flood",
            ));
        }
        let interval = if self.flood { Duration::ZERO } else { self.interval.unwrap_or(Duration::from_secs(1)) };
        let wait = self.wait.unwrap_or(DEFAULT_WAIT);
        Ok(Settings { count: self.count, interval, wait, deadline: None })
    }

    /// How each destination of a table is pinged: four times within a second, and three seconds for the network to say that it is
    /// not there. That is how long Linux looks for a computer on the same network (arp(7)). A lookup shares this time.
    pub fn settings_of_table(&self) -> Settings {
        let count = self.count.unwrap_or(4);
        let interval = self.interval.unwrap_or(Duration::from_millis(200));
        let wait = self.wait.unwrap_or(Duration::from_secs(3));
        let intervals = u32::try_from(count - 1).unwrap_or(u32::MAX);
        let deadline = Instant::now() + interval.saturating_mul(intervals) + wait;
        Settings { count: Some(count), interval, wait, deadline: Some(deadline) }
    }
}

/// Reads a number of probes.
fn count(text: &str) -> Result<u64, String> {
    text.parse().ok().filter(|&count| count > 0).ok_or_else(|| "write how many, for example 3".to_string())
}

#[cfg(unix)]
fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
