//! Which of the command's words are the server's IP and PORT.

use common::{Problem, address, text};
use std::env;
use std::ffi::OsString;
use std::net::IpAddr;
use std::path::Path;

/// Where the server is, and where in the words that stands.
pub struct Place {
    pub index: usize,
    pub host: String,
    pub port: u16,
}

/// The server's IP and PORT: with a command the best pair among its words, see [`likelihood`], else these two words and no other.
pub fn place(words: &[OsString], is_listening: bool) -> Result<Place, Problem> {
    let found = if is_listening {
        pair_at(words, 0).filter(|_| words.len() == 2)
    } else {
        // Of several of the same kind the first: behind it may be a message that looks like one.
        (1..words.len()).filter_map(|index| pair_at(words, index)).min_by_key(|place| likelihood(&place.host))
    };
    found.ok_or_else(|| {
        let all: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
        Problem::new(
            "the server's IP and PORT are missing",
            format!("no IP, or name, with a port behind it is in: {}", text::escape_line(all.join(" ").as_bytes())),
            "cargo lab explain nc 127.0.0.1 8080, say; \
             for a program with its address written in: cargo lab explain --listen PORT IP PORT",
        )
    })
}

fn pair_at(words: &[OsString], index: usize) -> Option<Place> {
    let host = words.get(index)?.to_str()?;
    let port = address::port(words.get(index + 1)?.to_str()?).ok()?;
    // `python3 server.py 8080`: a file is no host.
    if host.starts_with('-') || (host.parse::<IpAddr>().is_err() && Path::new(host).exists()) {
        return None;
    }
    Some(Place { index, host: address::host(host).ok()?, port })
}

/// 0 for an IP, 1 for what looks like a name, 2 for any other word, 3 for one that is also a program's name: in
/// `env timeout 5 nc lab1 8080`, `timeout 5` is no server.
fn likelihood(host: &str) -> u8 {
    match host {
        _ if host.contains(':') || host.parse::<IpAddr>().is_ok() => 0,
        "localhost" => 1,
        _ if host.contains('.') => 1,
        _ if is_program(host) => 3,
        _ => 2,
    }
}

/// Whether a program of this name is in one of the folders of PATH.
fn is_program(name: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&folders).any(|folder| folder.join(&file).is_file())
}

#[cfg(test)]
mod tests {
    use super::place;
    use std::ffi::OsString;

    /// The host that is found, and its place.
    fn found(command: &str) -> Option<(usize, String)> {
        let words: Vec<OsString> = command.split(' ').map(OsString::from).collect();
        place(&words, false).ok().map(|place| (place.index, place.host))
    }

    #[test]
    fn a_word_that_is_a_program_is_the_last_to_be_taken_for_a_name() {
        // `sort` is a program of every system.
        for (command, index, host) in [
            ("env sort 5 nc lab1 8080", 4, "lab1"),
            ("sort 5 nc lab1 8080", 3, "lab1"),
            ("nc lab1 8080 hello 5", 1, "lab1"),
            ("nc lab1 8080 sort 5", 1, "lab1"),
            ("nc sort 8080", 1, "sort"),
            ("env sort 5 nc 10.0.0.1 8080", 4, "10.0.0.1"),
        ] {
            assert_eq!(found(command), Some((index, host.to_string())), "{command}");
        }
    }
}
