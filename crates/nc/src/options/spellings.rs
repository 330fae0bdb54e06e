//! Options of other netcats that this one has not, each with what to do instead.

use super::{Words, escape};
use clap::CommandFactory as _;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// An option that is not known, with what to do instead; clap's own tip would be to write it behind `--`. Any other error is clap's.
pub fn explain(error: clap::Error) -> clap::Error {
    match (error.kind(), error.get(ContextKind::InvalidArg)) {
        (ErrorKind::UnknownArgument, Some(ContextValue::String(option))) if option.starts_with('-') => {
            let message = format!("unexpected '{}': {}", escape(option), instead(option));
            Words::command().error(ErrorKind::UnknownArgument, message)
        }
        _ => error,
    }
}

/// What to do instead of an option that another netcat has.
fn instead(option: &str) -> &'static str {
    match option {
        "-z" => {
            "this netcat does not look for open ports; nc -v IP PORT tells whether somebody listens at one, and Ctrl-C ends it"
        }
        "-e" | "-c" | "--exec" | "--sh-exec" => {
            "this netcat starts no program for the other side: whoever connects would have your computer"
        }
        "-u" | "--udp" => "this netcat speaks TCP only, as the lesson does",
        "-k" | "--keep-open" => {
            "this netcat serves one client and ends; cargo run -q -p server serves one after the other"
        }
        "-w" | "-i" | "-q" | "--wait" | "--idle-timeout" => {
            "this netcat has no time limit of yours: it tries 10 s to connect, and ends when both sides have; Ctrl-C ends it before"
        }
        "-4" | "-6" => "write the IP itself; of a name's addresses the first IPv4 one is taken",
        "-s" => {
            "this netcat leaves its own IP and port to the system when it connects; nc -l IP PORT listens at one IP"
        }
        "-U" | "-x" | "-X" | "--ssl" | "--proxy" => {
            "this netcat knows IP and PORT only: no Unix sockets, proxies or encryption"
        }
        // Other netcats have -4 and -6, so a number with a dash is no value, but most often a mistyped one.
        _ if option[1..].starts_with(|first: char| first.is_ascii_digit()) => "a PORT is a number from 1 to 65535",
        _ => "the options are -l, -p, -N, -n and -v",
    }
}
