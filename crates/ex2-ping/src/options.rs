//! What the command line can say.

use crate::icmp::Version;
use crate::ping::Settings;
use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser};
use common::problem::{Operation, exit_code_or};
use common::{Problem, address, seconds, table};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The shortest interval for everybody: ping has the same.
const MIN_INTERVAL: Duration = Duration::from_millis(2);

/// How many times stand in one cell of the table at most.
const MAX_TIMES_PER_CELL: u64 = 100;

/// Asks a computer whether it is there, and how fast it answers, until Ctrl-C.
// A command line has as many of them as it has flags.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Parser)]
#[command(
    version,
    bin_name = "ex2-ping",
    before_help = "Example: ex2-ping -c 3 www.urjc.es",
    after_help = "The table: ex2-ping --table session-08/Ex2.txt\n\nThe lines are those of ping from iputils 20250605."
)]
pub struct Options {
    /// The other computer's name or IP
    #[arg(value_parser = address::host, required_unless_present = "table")]
    destination: Option<String>,

    /// Stop after so many probes
    #[arg(short, long, value_name = "N", allow_hyphen_values = true, value_parser = count)]
    count: Option<u64>,

    /// The time from one probe to the next
    /// [default: 1, in a table 0.2]
    #[arg(verbatim_doc_comment, short, long, value_name = "SECONDS", allow_hyphen_values = true, value_parser = seconds::parse)]
    interval: Option<Duration>,

    /// How long to wait for a reply if none has
    /// ever come [default: 10, in a table 3]
    #[arg(verbatim_doc_comment, short = 'W', long, value_name = "SECONDS", allow_hyphen_values = true, value_parser = seconds::parse)]
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

    /// Print JSON: an object a line; a table is an array
    #[arg(long)]
    pub json: bool,

    /// Ping all destinations of the table in FILE side
    /// by side, and write names and times into it
    /// [default: session-08/Ex2.txt]
    #[arg(verbatim_doc_comment, long, value_name = "FILE", num_args = 0..=1, conflicts_with_all = ["destination", "quiet"])]
    #[allow(clippy::option_option, reason = "clap's form of an option that may have a value")]
    table: Option<Option<PathBuf>>,
}

impl Options {
    /// Reads the command line; what is wrong there ends the program with exit code 2.
    pub fn parse_checked() -> Self {
        let options = Self::parse();
        let is_too_fast = options.interval.is_some_and(|interval| interval < MIN_INTERVAL) && !is_root();
        let is_too_long = options.is_table() && options.count.is_some_and(|count| count > MAX_TIMES_PER_CELL);
        let message = match (is_too_fast, is_too_long) {
            (true, _) => "an interval below 0.002 seconds is only for root: write -i 0.002 or more",
            (_, true) => "a cell of a table has room for 100 times: write -c 100 or less",
            _ => return options,
        };
        Self::command().error(ErrorKind::ValueValidation, message).exit()
    }

    pub fn is_table(&self) -> bool {
        self.table.is_some()
    }

    /// As ping has it: 2 if nothing could be sent, because the name is not known, say. 1 for a table, and if only the output failed.
    pub fn exit_code(&self, result: Result<ExitCode, Problem>) -> ExitCode {
        let is_output = matches!(&result, Err(problem) if *problem.operation() == Operation::WriteOutput);
        let failure = if self.is_table() || is_output { 1 } else { 2 };
        exit_code_or(result, ExitCode::from(failure))
    }

    /// The file of the table: the one that was named, or the course's.
    pub fn table(&self) -> Result<PathBuf, Problem> {
        self.table.clone().flatten().map_or_else(|| table::find_course_file("Ex2.txt", "--table FILE"), Ok)
    }

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

    /// How one destination is pinged: each second, and ten seconds for the last reply, as ping does it.
    pub fn settings(&self) -> Settings {
        let interval = self.interval.unwrap_or(Duration::from_secs(1));
        Settings { count: self.count, interval, wait: self.wait.unwrap_or(Duration::from_secs(10)), deadline: None }
    }

    /// How each destination of a table is pinged: four times within a second. Linux looks for a computer on the same network for three
    /// seconds (arp(7)), so that is the wait. The lookups share this time.
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
    text.parse()
        .ok()
        .filter(|&count| count > 0)
        .ok_or_else(|| "write a whole number from 1 on, for example 3".to_string())
}

#[cfg(unix)]
fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
