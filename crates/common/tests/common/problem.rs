//! The three lines: each failure that a beginner meets is told apart from the others.

use common::Problem;
use common::problem::Operation;
use socket2::{Domain, Protocol, Socket, Type};
use std::error::Error as _;
use std::io::{self, ErrorKind, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
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
            "check the IP; if it is right, a rule on this computer forbids it",
        ),
        (
            ErrorKind::AddrNotAvailable,
            "this computer has no free port from which it could reach 192.168.1.36, port 8080",
            "wait a minute",
        ),
        (
            ErrorKind::InvalidInput,
            "this computer sends nothing to 192.168.1.36, port 8080",
            "check the IP; if it is right, ask who looks after this computer",
        ),
        (ErrorKind::ConnectionReset, "192.168.1.36, port 8080 broke off the connection at once", "try again"),
        (ErrorKind::Other, "no connection to 192.168.1.36, port 8080", "check the IP and the port"),
    ] {
        check(&Problem::connecting(place())(kind.into()), error, next);
    }
}

/// A chat that creates its socket before the loop: the error has no kind of its own, only the words of Linux, macOS and Windows.
#[test]
fn connecting_twice() {
    for words in [
        "Transport endpoint is already connected (os error 106)",
        "Socket is already connected (os error 56)",
        "A connect request was made on an already connected socket. (os error 10056)",
    ] {
        let again = Problem::connecting(place())(io::Error::other(words));
        check(&again, "no connection to 192.168.1.36, port 8080", "a socket connects only once");
    }
}

#[test]
fn sending_without_a_connection() {
    let mut socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP)).unwrap();
    let lost = socket.write_all(b"HELLO").map_err(Problem::sending(place())).unwrap_err();
    let error = "the connection to 192.168.1.36, port 8080 was lost before the message was sent";
    check(&lost, error, "look at the other side's screen; in a program that you write: does connect come");
}

/// By IPv6 some of it has another reason.
#[test]
fn connecting_by_ipv6() {
    let connecting =
        |ip: &str, kind: ErrorKind| Problem::connecting(SocketAddr::new(ip.parse().unwrap(), 80))(kind.into());
    let (off, none) = (ErrorKind::AddrNotAvailable, ErrorKind::NetworkUnreachable);
    let error = "this computer has no address from which it could reach ::1, port 80";
    check(&connecting("::1", off), error, "use an IPv4 address: IPv6 is switched off here");
    check(
        &connecting("2001:db8::1", none),
        "there is no route to 2001:db8::1, port 80",
        "use the server's IPv4 address",
    );
    let error = "fe80::1, port 80 is an address of more than one network";
    check(&connecting("fe80::1", ErrorKind::InvalidInput), error, "write % and the name of this computer's interface");
}

/// ETIMEDOUT: not the time that was given is over, but the system's own.
#[test]
#[cfg(unix)]
fn a_computer_that_confirms_nothing_any_more_is_told_from_a_slow_one() {
    let gone = || io::Error::from_raw_os_error(nix::errno::Errno::ETIMEDOUT as i32);
    let here = "192.168.1.36, port 8080";
    let (sent, whole) = ("before the message was sent", "before the answer was whole");
    check(&Problem::sending(place())(gone()), &format!("the connection to {here} was lost {sent}"), "check the cable");
    check(
        &Problem::receiving(place())(gone()),
        &format!("the connection to {here} was lost {whole}"),
        "check the cable",
    );
    let unreachable = ErrorKind::HostUnreachable;
    check(
        &Problem::receiving(place())(unreachable.into()),
        &format!("the connection to {here} was lost {whole}"),
        "check",
    );
    let forbidden = Problem::sending(place())(ErrorKind::PermissionDenied.into());
    check(
        &forbidden,
        &format!("the connection to {here} was lost {sent}"),
        "check the IP; if it is right, a rule on this",
    );
}

#[test]
fn connecting_to_the_address_that_means_all_addresses() {
    let nobody = Problem::connecting("0.0.0.0:80".parse().unwrap())(ErrorKind::ConnectionRefused.into());
    check(&nobody, "nobody is listening at 0.0.0.0, port 80", "that is no computer's address");
}

#[test]
fn sending_receiving_and_closing() {
    let here = "192.168.1.36, port 8080";
    let (silent, lost) = (ErrorKind::WouldBlock, ErrorKind::ConnectionReset);
    for (problem, error, next) in [
        (
            Problem::sending(place())(silent.into()),
            format!("{here} is not reading the message"),
            "is that the right server?",
        ),
        (
            Problem::sending(place())(lost.into()),
            format!("the connection to {here} was lost before the message was sent"),
            "send it again",
        ),
        (
            Problem::receiving(place())(silent.into()),
            format!("{here} did not finish its answer in time"),
            "is that the right server?",
        ),
        (
            Problem::receiving(place())(lost.into()),
            format!("the connection to {here} was lost before the answer was whole"),
            "try again",
        ),
        (
            Problem::closing(place())(lost.into()),
            format!("the connection to {here} was lost after the message was sent"),
            "it may have arrived",
        ),
        (Problem::serving(place())(silent.into()), format!("the client {here} is silent"), "nothing"),
        (Problem::serving(place())(lost.into()), format!("the client {here} broke off the connection"), "nothing"),
    ] {
        check(&problem, &error, next);
    }
}

/// What a program wants to know of an error, a text need not be searched for.
#[test]
fn the_cause_and_the_operation_are_kept() {
    let problem = Problem::connecting(place())(ErrorKind::ConnectionRefused.into());
    let cause = problem.source().unwrap().downcast_ref::<io::Error>().unwrap();
    assert_eq!(cause.kind(), ErrorKind::ConnectionRefused);
    assert_eq!(problem.operation(), &Operation::Connect(place()));
    let path = Path::new("notes/IPs.txt");
    let problem = Problem::reading(path)(ErrorKind::NotFound.into());
    assert_eq!(problem.operation(), &Operation::ReadFile(path.to_path_buf()));
}

#[test]
fn binding() {
    let at = |port| SocketAddr::from(([192, 168, 1, 36], port));
    for (port, kind, next) in [
        (80, ErrorKind::PermissionDenied, "ports below 1024 are for the system: take one from 1024 to 65535"),
        (1024, ErrorKind::PermissionDenied, "the port is reserved by the system, or held by another program"),
        (8080, ErrorKind::PermissionDenied, "the port is reserved by the system, or held by another program"),
        (8080, ErrorKind::AddrNotAvailable, "192.168.1.36 is not an address of this computer: use one of its own: "),
        (8080, ErrorKind::Other, "check the IP and the port"),
    ] {
        let error = format!("Problems using port {port}. Do you have permission?");
        check(&Problem::binding(at(port))(kind.into()), &error, next);
    }
    for (port, another) in [(80, 8080), (8080, 8081), (65535, 8080)] {
        let in_use = Problem::binding(at(port))(ErrorKind::AddrInUse.into());
        let part = format!("another port, {another}");
        assert!(in_use.next().contains(&part), "one that is free and needs no permission: {in_use}");
    }
}

/// A student's server without `SO_REUSEADDR`, started again at once: no other program is to blame.
#[test]
fn a_port_at_which_somebody_listens_is_told_from_one_that_the_system_keeps() {
    let socket = || Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    let listener = socket();
    listener.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).unwrap();
    listener.listen(5).unwrap();
    let address = listener.local_addr().unwrap();
    let told = || {
        let problem = Problem::binding(address.as_socket().unwrap())(socket().bind(&address).unwrap_err());
        problem.next().to_string()
    };
    assert!(told().starts_with("another program listens at 127.0.0.1, port "), "{}", told());

    // The server closes first: its end is the one that stays for a minute.
    let client = socket();
    client.connect(&address).unwrap();
    drop(listener.accept().unwrap());
    drop((client, listener));
    if cfg!(target_os = "linux") {
        assert!(told().starts_with("nobody listens there: "), "{}", told());
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
        &Problem::resolving(name)(LookupError::new(EAI_NONAME)),
        "no computer is known by the name www.urjc.es",
        "check how the name is written",
    );
    check(
        &Problem::resolving(name)(LookupError::new(EAI_AGAIN)),
        "the name servers do not answer, so the IP of www.urjc.es is not known",
        "check that this computer is connected to the network",
    );
    check(
        &Problem::resolving(name)(LookupError::new(EAI_MEMORY)),
        "the name www.urjc.es could not be looked up",
        "use the IP instead",
    );
    check(
        &Problem::resolving("fe80::1%eth7")(LookupError::new(EAI_NONAME)),
        "this computer has no interface eth7",
        "behind the % stands the name of the interface",
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
        check(&Problem::writing(path)(kind.into()), "notes/IPs.txt could not be written", next);
    }
    for (kind, next) in [
        (ErrorKind::NotFound, "check how the name is written, and in which folder you are"),
        (ErrorKind::PermissionDenied, "name a file of your own, or ask its owner to let you read it"),
        (ErrorKind::IsADirectory, "that is a folder: name a file in it"),
        (ErrorKind::Other, "name another file"),
    ] {
        check(&Problem::reading(path)(kind.into()), "notes/IPs.txt could not be read", next);
    }
    check(&Problem::creating(ErrorKind::Other.into()), "the socket could not be created", "if too many files");
    check(&Problem::threads(ErrorKind::Other.into()), "no thread could be started", "close some programs");
    check(&Problem::output(ErrorKind::StorageFull.into()), "the output could not be written", "is the disk full?");
    check(
        &Problem::input(ErrorKind::IsADirectory.into()),
        "standard input could not be read",
        "check what stands before the |",
    );
}

#[test]
fn a_part_with_line_breaks_or_escapes_stays_one_safe_line() {
    let problem = Problem::new("one\nerror: two", "\u{1b}[2J", "next\r\n");
    assert_eq!(problem.to_string(), "error: one\\nerror: two\ncause: \\x1b[2J\nnext:  next\\r\\n");
}

#[cfg(windows)]
#[test]
fn an_error_of_winsock_that_a_beginner_meets_has_words() {
    for number in [10013, 10048, 10049, 10051, 10053, 10054, 10057, 10060, 10061, 10065] {
        let cause = Problem::new("no", std::io::Error::from_raw_os_error(number), "no").cause();
        assert!(!cause.contains("FormatMessage"), "{cause}");
        assert!(cause.ends_with(&format!("(os error {number})")), "{cause}");
    }
}
