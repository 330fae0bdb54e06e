//! Tests of `src/options.rs`, from inside.

use super::{Options, Role, Words};
use clap::Parser as _;

fn understand(line: &str) -> Result<Options, String> {
    Words::parse_from(line.split(' ')).understand()
}

#[test]
fn the_ways_of_all_netcats_are_understood() {
    for (line, role, ip, port) in [
        ("nc 10.0.0.1 80", Role::Client, "10.0.0.1", 80),
        ("nc localhost", Role::Client, "localhost", 8080),
        ("nc", Role::Client, "127.0.0.1", 8080),
        ("nc -l -p 8000", Role::Server, "0.0.0.0", 8000),
        ("nc -lp 8000", Role::Server, "0.0.0.0", 8000),
        ("nc -p 8000 -l", Role::Server, "0.0.0.0", 8000),
        ("nc -l 8000", Role::Server, "0.0.0.0", 8000),
        ("nc -l 127.0.0.1 8000", Role::Server, "127.0.0.1", 8000),
        ("nc -l ::1 0", Role::Server, "::1", 0),
        ("nc -l", Role::Server, "0.0.0.0", 8080),
        ("nc -l -n 8000", Role::Server, "0.0.0.0", 8000),
        ("nc -n ::1 80", Role::Client, "::1", 80),
        ("nc -n fe80::1%eth0 80", Role::Client, "fe80::1%eth0", 80),
    ] {
        let options = understand(line).unwrap();
        assert_eq!((options.role, options.ip.as_str(), options.port), (role, ip, port), "{line}");
        assert_eq!((options.half_close, options.verbose), (false, port == 0), "{line}");
    }
    // As on many pages about the traditional one.
    for line in ["nc -lvnp 4444", "nc -nlvp 4444", "nc -l -v -v -n -p 4444", "nc -lvvp4444", "nc -lvn 4444"] {
        let options = understand(line).unwrap();
        assert_eq!((options.role, options.ip.as_str(), options.port), (Role::Server, "0.0.0.0", 4444), "{line}");
        assert!(options.verbose, "{line}");
    }
    let both = understand("nc -Nv 10.0.0.1 80").unwrap();
    assert!(both.half_close && both.verbose);
}

#[test]
fn what_is_wrong_is_named() {
    for (line, part) in [
        ("nc -l p 8000", "write it with a dash, nc -l -p 8000"),
        ("nc -l -p 8000 127.0.0.1", "nc -l IP 8000"),
        ("nc -l 80800", "invalid value '80800' for PORT: a port is a number from 1 to 65535"),
        ("nc -n localhost 80", "'localhost' is a name, and with -n only an IP is taken"),
        ("nc 127.0.0.1 0", "invalid value '0' for PORT"),
        ("nc 127.0.0.1:80", "invalid value '127.0.0.1:80' for IP: write only the IP here; a port is a word of its own"),
    ] {
        let message = understand(line).unwrap_err();
        assert!(message.contains(part), "{line}: {message}");
    }
}
