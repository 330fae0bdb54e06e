//! The three lines: each failure that a beginner meets is told apart from the others.

use common::Problem;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::path::Path;

fn place() -> SocketAddr {
    "192.168.1.36:8080".parse().unwrap()
}

/// Checks that there are three lines and what they say: the whole first one, and the beginning of the last one.
#[track_caller]
fn check(problem: &Problem, error: &str, next: &str) {
    let text = problem.to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert_eq!(lines[0], format!("error: {error}"));
    assert!(lines[1].starts_with("cause: ") && lines[1].len() > 7, "{text}");
    assert!(lines[2].starts_with(&format!("next:  {next}")), "{text}");
    assert!(!text.contains("Os {"), "no debug text: {text}");
}

#[test]
fn connecting() {
    for (kind, error, next) in [
        (ErrorKind::ConnectionRefused, "nobody is listening at 192.168.1.36, port 8080", "start the server there"),
        (ErrorKind::TimedOut, "192.168.1.36, port 8080 did not answer in time", "check the IP; if it is right"),
        (
            ErrorKind::HostUnreachable,
            "192.168.1.36, port 8080 cannot be reached",
            "check the IP: no computer here has it",
        ),
        (ErrorKind::NetworkUnreachable, "there is no route to 192.168.1.36, port 8080", "check that this computer is"),
        (
            ErrorKind::PermissionDenied,
            "this computer does not allow a connection to 192.168.1.36, port 8080",
            "check the IP, and ask whether a firewall",
        ),
        (ErrorKind::ConnectionReset, "192.168.1.36, port 8080 broke off the connection at once", "try again"),
        (ErrorKind::Other, "no connection to 192.168.1.36, port 8080", "check the IP and the port"),
    ] {
        check(&Problem::connecting(place(), &kind.into()), error, next);
    }
}

#[test]
fn connecting_to_the_address_that_means_all_addresses() {
    let nobody = Problem::connecting("0.0.0.0:80".parse().unwrap(), &ErrorKind::ConnectionRefused.into());
    check(&nobody, "nobody is listening at 0.0.0.0, port 80", "0.0.0.0 is no computer's address");
}

#[test]
fn sending_and_receiving() {
    let silent = io::Error::from(ErrorKind::WouldBlock);
    let lost = io::Error::from(ErrorKind::ConnectionReset);
    let here = "192.168.1.36, port 8080";
    check(
        &Problem::sending(place(), &silent),
        &format!("{here} is not reading the message"),
        "is that the right server?",
    );
    check(
        &Problem::sending(place(), &lost),
        &format!("the connection to {here} was lost before the message was sent"),
        "send it again",
    );
    check(
        &Problem::receiving(place(), &silent),
        &format!("{here} did not answer in time"),
        "is that the right server?",
    );
    check(
        &Problem::unfinished(place()),
        &format!("{here} did not finish its answer: it keeps the connection open"),
        "what has come is above",
    );
    check(
        &Problem::receiving(place(), &lost),
        &format!("the connection to {here} was lost before the answer was whole"),
        "try again",
    );
}

#[test]
fn binding() {
    let at = |port| SocketAddr::from(([192, 168, 1, 36], port));
    check(
        &Problem::binding(at(8080), &ErrorKind::AddrInUse.into()),
        "port 8080 of 192.168.1.36 is in use: another program listens there",
        "stop that program (Ctrl-C in its window; after Ctrl-Z first fg), or take another port, 8081",
    );
    check(
        &Problem::binding(at(80), &ErrorKind::PermissionDenied.into()),
        "port 80 is for the system: ports below 1024 need permission",
        "take a port from 1024 to 65535",
    );
    check(
        &Problem::binding(at(1024), &ErrorKind::PermissionDenied.into()),
        "port 1024 is reserved by the system, or held by another program",
        "take another port, 1025",
    );
    check(
        &Problem::binding(at(8080), &ErrorKind::PermissionDenied.into()),
        "port 8080 is reserved by the system, or held by another program",
        "take another port, 8081",
    );
    check(
        &Problem::binding(at(8080), &ErrorKind::AddrNotAvailable.into()),
        "192.168.1.36 is not an address of this computer",
        "use one of its own: ",
    );
    check(
        &Problem::binding(at(8080), &ErrorKind::Other.into()),
        "the server cannot listen at 192.168.1.36, port 8080",
        "check the IP and the port",
    );
    for port in [80, 65535] {
        let in_use = Problem::binding(at(port), &ErrorKind::AddrInUse.into()).to_string();
        assert!(in_use.ends_with("another port, 8080"), "one that is free and needs no permission: {in_use}");
    }
}

/// The numbers are those of netdb.h on Linux; other systems have others.
#[test]
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn resolving() {
    use dns_lookup::LookupError;
    const EAI_NONAME: i32 = -2;
    const EAI_AGAIN: i32 = -3;
    const EAI_MEMORY: i32 = -10;
    let name = "www.urjc.es";
    check(
        &Problem::resolving(name, LookupError::new(EAI_NONAME)),
        "no computer is known by the name www.urjc.es",
        "check how the name is written",
    );
    check(
        &Problem::resolving(name, LookupError::new(EAI_AGAIN)),
        "the name servers do not answer, so the IP of www.urjc.es is not known",
        "check that this computer is connected to the network",
    );
    check(
        &Problem::resolving(name, LookupError::new(EAI_MEMORY)),
        "the name www.urjc.es could not be looked up",
        "use the IP instead",
    );
}

#[test]
fn files_and_streams() {
    let path = Path::new("notes/IPs.txt");
    for (kind, next) in [
        (ErrorKind::NotFound, "create its folder first"),
        (ErrorKind::PermissionDenied, "is it write-protected? name a file of your own, in a folder of your own"),
        (ErrorKind::ReadOnlyFilesystem, "is it write-protected? name a file of your own, in a folder of your own"),
        (ErrorKind::IsADirectory, "that is a folder"),
        (ErrorKind::StorageFull, "free some room"),
        (ErrorKind::Other, "name another file"),
    ] {
        check(&Problem::writing(path, &kind.into()), "notes/IPs.txt could not be written", next);
    }
    for (kind, next) in [
        (ErrorKind::NotFound, "check how the name is written, and in which folder you are"),
        (ErrorKind::PermissionDenied, "name a file of your own, or ask its owner to let you read it"),
        (ErrorKind::IsADirectory, "that is a folder: name a file in it"),
        (ErrorKind::Other, "name another file"),
    ] {
        check(&Problem::reading(path, &kind.into()), "notes/IPs.txt could not be read", next);
    }
    check(&Problem::creating(&ErrorKind::Other.into()), "the socket could not be created", "close some programs");
    check(&Problem::threads(&ErrorKind::Other.into()), "no thread could be started", "close some programs");
    check(&Problem::output(&ErrorKind::StorageFull.into()), "the output could not be written", "is the disk full?");
    check(
        &Problem::input(&ErrorKind::IsADirectory.into()),
        "the message could not be read from standard input",
        "check what stands before the |",
    );
}

#[test]
fn a_part_with_line_breaks_or_escapes_stays_one_safe_line() {
    let problem = Problem::new("one\nerror: two", "\u{1b}[2J", "next\r\n");
    assert_eq!(problem.to_string(), "error: one\\nerror: two\ncause: \\x1b[2J\nnext:  next\\r\\n");
}
