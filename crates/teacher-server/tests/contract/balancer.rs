//! `--proxy-protocol`: the students' own addresses, from the balancer's header and from nobody else's.

use crate::files::{scratch, wait_for_lines};
use crate::running_server::{Client, GREETING, RunningServer};
use serde_json::Value;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

const STUDENT: &str = "192.0.2.41:50001";
const STUDENT_V6: &str = "[2001:db8::41]:50001";

/// A server behind a balancer with the address of all of these tests' connections.
fn start(arguments: &[&str]) -> RunningServer {
    RunningServer::start(&[&["--proxy-protocol", "127.0.0.1"], arguments].concat())
}

/// A header of version 1.
fn v1(student: &str) -> Vec<u8> {
    let student: SocketAddr = student.parse().unwrap();
    let (family, server) = if student.is_ipv4() { ("TCP4", "198.51.100.1") } else { ("TCP6", "2001:db8::1") };
    format!("PROXY {family} {} {server} {} 8080\r\n", student.ip(), student.port()).into_bytes()
}

/// A header of version 2, with `more` behind the addresses.
fn v2(student: &str, more: &[u8]) -> Vec<u8> {
    let student: SocketAddr = student.parse().unwrap();
    let (family, ip) = match student.ip() {
        IpAddr::V4(ip) => (0x11, ip.octets().to_vec()),
        IpAddr::V6(ip) => (0x21, ip.octets().to_vec()),
    };
    // The server's own address is of no interest: here it is the student's.
    let ports = [student.port().to_be_bytes(), 8080_u16.to_be_bytes()].concat();
    let rest = [&ip[..], &ip, &ports, more].concat();
    let length = u16::try_from(rest.len()).unwrap().to_be_bytes();
    [V2_START, &[0x21, family], &length, &rest].concat()
}

/// What a balancer may add: a host name, and filling (`PP2_TYPE_AUTHORITY`, `PP2_TYPE_NOOP`).
const MORE: &[u8] = b"\x02\0\x03lab\x04\0\x02\0\0";
const V2_START: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";
const LOCAL: &[u8] = b"\r\n\r\n\0\r\nQUIT\n\x20\0\0\0";
/// What else is in such a header is of no interest: here a family of addresses without them, with others, and one that there is not yet.
const OTHER_LOCALS: [&[u8]; 3] = [
    b"\r\n\r\n\0\r\nQUIT\n\x20\x11\0\0",
    b"\r\n\r\n\0\r\nQUIT\n\x20\x21\0\x04\x04\0\x01\0",
    b"\r\n\r\n\0\r\nQUIT\n\x20\x40\0\x02..",
];
const UNSPECIFIED: &[u8] = b"\r\n\r\n\0\r\nQUIT\n\x21\0\0\0";
const UNKNOWN: &[u8] = b"PROXY UNKNOWN\r\n";

/// The longest header of version 2: its length is a number of 16 bits.
fn longest_v2() -> Vec<u8> {
    let filling = u16::MAX - 12 - 3;
    let [high, low] = filling.to_be_bytes();
    v2(STUDENT, &[&[4, high, low], &vec![0; filling.into()][..]].concat())
}

/// The connection lines, once there are so many.
fn wait_for_connections(server: &RunningServer, number: usize) -> Vec<String> {
    let enough = |all: &str| all.matches("CONNECTION: ").count() == number;
    let shown = server.program.wait_for_stdout_until("the connections", enough).unwrap();
    shown.lines().filter(|line| line.starts_with("CONNECTION: ")).map(String::from).collect()
}

#[test]
fn a_student_is_known_by_its_own_address_everywhere() {
    for (header, student) in [
        (v1(STUDENT), "192.0.2.41"),
        (v1(STUDENT_V6), "2001:db8::41"),
        (v2(STUDENT, b""), "192.0.2.41"),
        (v2(STUDENT_V6, b""), "2001:db8::41"),
        (v2(STUDENT, MORE), "192.0.2.41"),
        (longest_v2(), "192.0.2.41"),
        // A balancer that listens at `::` for IPv4.
        (v2("[::ffff:192.0.2.41]:50001", b""), "192.0.2.41"),
    ] {
        let path = scratch("student");
        let server = start(&["--log", path.to_str().unwrap()]);
        assert_eq!(server.connect().say(&[&header[..], b"hola"].concat()).finish().answer(), GREETING);
        let said = format!("CONNECTION: 1. From the IP: {student}\nMessage from client: hola\nWaiting");
        server.program.wait_for_stdout(&said).unwrap();
        let entry: Value = serde_json::from_str(&wait_for_lines(&path, 1)[0]).unwrap();
        let logged = (&entry["address"], &entry["port"], &entry["message"], &entry["bytes"], &entry["outcome"]);
        assert_eq!(logged, (&student.into(), &50001.into(), &"hola".into(), &4.into(), &"answered".into()));
        #[cfg(unix)]
        {
            let mut server = server;
            server.program.interrupt().unwrap();
            server.program.wait_for_end().unwrap();
            let table = server.program.stdout();
            assert!(table.lines().any(|line| line.starts_with(student) && line.ends_with("  hola")), "{table}");
        }
    }
}

/// Wherever TCP cuts it: each header comes in two pieces, the second of which the server reads by itself.
#[test]
fn a_header_may_be_cut_anywhere() {
    for (header, student) in [
        (v1(STUDENT), "192.0.2.41"),
        (v1(STUDENT_V6), "2001:db8::41"),
        (v2(STUDENT, MORE), "192.0.2.41"),
        (v2(STUDENT_V6, b""), "2001:db8::41"),
    ] {
        let server = start(&["--max-clients", "200"]);
        let all = [&header[..], b"hola"].concat();
        let cuts = 1..all.len();
        let clients: Vec<Client> = cuts.clone().map(|cut| server.connect().say(&all[..cut])).collect();
        // The first pieces have been read when a later client has been served.
        assert_eq!(server.connect().say(&all).finish().answer(), GREETING);
        for (cut, client) in cuts.clone().zip(clients) {
            let answer = client.say(&all[cut..]).finish().answer();
            assert_eq!(answer, GREETING, "cut after {cut} bytes");
        }
        for line in wait_for_connections(&server, all.len()) {
            assert!(line.ends_with(&format!("From the IP: {student}")), "{line}");
        }
        assert!(!server.program.stderr().contains("error"), "{}", server.program.stderr());
    }
}

#[test]
fn a_header_byte_by_byte_is_a_header() {
    for header in [v1(STUDENT), v2(STUDENT_V6, MORE)] {
        let server = start(&[]);
        let mut client = server.connect();
        // Each byte is a segment of its own.
        client.0.set_nodelay(true).unwrap();
        for byte in &header {
            client.0.write_all(&[*byte]).unwrap();
        }
        wait_for_connections(&server, 1);
        assert_eq!(client.say(b"hola").finish().answer(), GREETING);
        server.program.wait_for_stdout("Message from client: hola\n").unwrap();
    }
}

#[test]
fn patience_begins_after_the_header_and_the_student_has_all_of_it() {
    let server = start(&["--patience", "0.5"]);
    let start = Instant::now();
    let silent = server.connect().say(&v2(STUDENT, b""));
    wait_for_connections(&server, 1);
    assert_eq!(silent.answer(), "");
    assert!(start.elapsed() >= Duration::from_millis(500));
    server.program.wait_for_stderr("connection 1 (192.0.2.41) sent nothing for").unwrap();
}

#[test]
fn limits_are_for_each_student_not_for_the_balancer() {
    let server = start(&["--max-clients", "10", "--max-per-address", "1"]);
    let _first = server.connect().say(&v1(STUDENT));
    wait_for_connections(&server, 1);
    let again = server.connect().say(&v2(STUDENT, b"")).finish().answer();
    assert_eq!(again, "Your address has 1 of 1 connections already. Close some and try again.\n");
    assert_eq!(server.connect().say(&v2(STUDENT_V6, b"")).finish().answer(), GREETING);
}

#[test]
fn the_header_of_anybody_else_is_a_message() {
    for arguments in [&[][..], &["--proxy-protocol", "192.0.2.1"], &["--proxy-protocol", "10.0.0.0/8,::1"]] {
        let server = RunningServer::start(arguments);
        assert_eq!(server.ask(&v1(STUDENT)), GREETING);
        server
            .program
            .wait_for_stdout("CONNECTION: 1. From the IP: 127.0.0.1\nMessage from client: PROXY TCP4 ")
            .unwrap();
        assert_eq!(server.ask(&v2(STUDENT, b"")), GREETING);
        wait_for_connections(&server, 2);
    }
}

#[test]
fn several_balancers_and_their_networks_may_be_named() {
    for arguments in [
        &["--proxy-protocol", "192.0.2.1", "--proxy-protocol", "127.0.0.1"][..],
        &["--proxy-protocol", "::1,127.0.0.0/8"],
        &["--proxy-protocol", "::ffff:127.0.0.1"],
    ] {
        let server = RunningServer::start(arguments);
        assert_eq!(server.connect().say(&v1(STUDENT)).finish().answer(), GREETING);
        assert_eq!(wait_for_connections(&server, 1), ["CONNECTION: 1. From the IP: 192.0.2.41"]);
    }
}

#[test]
fn what_is_no_header_is_closed_without_an_answer_and_told_once() {
    let mut long_v1 = v1(STUDENT);
    long_v1.splice(5..5, [b' '; 100]);
    let no_headers: [&[u8]; 9] = [
        b"HELLO FROM THE CLIENT!!!",
        b"PROXY TCP4 192.0.2.41 198.51.100.1 65536 1\r\n",
        b"PROXY TCP4 2001:db8::41 2001:db8::1 1 1\r\n",
        b"PROXY TCP5 192.0.2.41 198.51.100.1 1 1\r\n",
        b"PROXY TCP4 192.0.2.41 198.51.100.1 1 1\r1234",
        &long_v1,
        // Version 3; a version 2 too short for its addresses; no command of version 2.
        b"\r\n\r\n\0\r\nQUIT\n\x31\x11\0\x0c123456789012",
        b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x04123456789012",
        b"\r\n\r\n\0\r\nQUIT\n\x22\x11\0\x0c123456789012",
    ];
    let server = start(&[]);
    for bytes in no_headers {
        let client = server.connect().say(bytes).finish();
        assert!(is_closed(client), "{:?}", String::from_utf8_lossy(bytes));
    }
    // One that ends within its header.
    assert!(is_closed(server.connect().say(&v2(STUDENT, b"")[..20]).finish()));
    let told = "error: the balancer 127.0.0.1 did not say whose connection it was, and it was closed\n";
    server.program.wait_for_stderr(told).unwrap();
    assert_eq!(server.connect().say(&v1(STUDENT)).finish().answer(), GREETING);
    assert_eq!(wait_for_connections(&server, 1), ["CONNECTION: 1. From the IP: 192.0.2.41"]);
    assert_eq!(server.program.stderr().matches("error: ").count(), 1, "{}", server.program.stderr());
}

/// Whether it ends without a byte: normally, or with a reset where the server has not read all.
fn is_closed(mut client: Client) -> bool {
    let mut answer = Vec::new();
    let end = client.0.read_to_end(&mut answer);
    answer.is_empty() && end.map_or_else(|e| e.kind() == ErrorKind::ConnectionReset, |_| true)
}

#[test]
fn a_balancer_that_is_silent_does_not_keep_its_connection() {
    let server = start(&[]);
    let silent = server.connect();
    let half = server.connect().say(&v1(STUDENT)[..20]);
    assert_eq!((silent.answer(), half.answer()), (String::new(), String::new()));
    server.program.wait_for_stderr("cause: timed out\n").unwrap();
}

#[test]
fn health_checks_are_answered_and_are_no_visitors() {
    let path = scratch("checks");
    let server = start(&["--log", path.to_str().unwrap()]);
    let own = v1("127.0.0.1:50001");
    for header in [LOCAL, UNSPECIFIED, UNKNOWN, &own] {
        // A check that only looks, and ends as HAProxy's do.
        server.connect().say(header).reset();
        assert_eq!(server.connect().say(header).finish().answer(), "");
    }
    // One that opens a connection and no more.
    server.connect().reset();
    server.connect();
    for header in OTHER_LOCALS.into_iter().chain([LOCAL, UNSPECIFIED, UNKNOWN]) {
        assert_eq!(server.connect().say(header).say(b"are you well?").answer(), GREETING, "one that asks");
    }
    assert_eq!(server.connect().say(&v1(STUDENT)).say(b"the only one").finish().answer(), GREETING);
    assert_eq!(wait_for_connections(&server, 1), ["CONNECTION: 1. From the IP: 192.0.2.41"]);
    server.program.wait_for_stdout("Message from client: the only one\nWaiting").unwrap();
    assert_eq!(wait_for_lines(&path, 1).len(), 1);
    assert_eq!(server.program.stderr(), "");
    // Who sits at the balancer's own computer and says something is a visitor.
    assert_eq!(server.connect().say(&own).say(b"hola").finish().answer(), GREETING);
    wait_for_connections(&server, 2);
    #[cfg(unix)]
    {
        let mut server = server;
        server.program.interrupt().unwrap();
        server.program.wait_for_end().unwrap();
        assert!(server.program.stdout().contains("Addresses: 2. Connections: 2, 0 of them without a message."));
    }
}

#[test]
fn a_student_that_says_nothing_and_ends_is_a_visitor_as_without_a_balancer() {
    let server = start(&[]);
    assert_eq!(server.connect().say(&v2(STUDENT, b"")).finish().answer(), GREETING);
    server.program.wait_for_stdout("CONNECTION: 1. From the IP: 192.0.2.41\nMessage from client: \n").unwrap();
}

#[test]
fn a_long_message_behind_a_header_is_counted_whole() {
    let path = scratch("long-behind-a-header");
    let server = start(&["--log", path.to_str().unwrap()]);
    let message = vec![b'm'; 100_000];
    assert_eq!(server.connect().say(&[&v1(STUDENT)[..], &message].concat()).finish().answer(), GREETING);
    let entry: Value = serde_json::from_str(&wait_for_lines(&path, 1)[0]).unwrap();
    assert_eq!((&entry["bytes"], entry["message"].as_str().unwrap().len()), (&100_000.into(), 1024));
}

#[test]
fn a_value_that_is_no_address_is_told() {
    for value in ["balancer", "10.0.0.0/33", "10.0.0.1:8080", ""] {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!();
        let output = command.args(["--proxy-protocol", value]).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(&format!("'{value}'")) && stderr.contains("10.0.0.0/24"), "{stderr}");
    }
}
