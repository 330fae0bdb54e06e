//! What passes is what was sent: the bytes, their order, half-closes and resets.

use super::{Explained, accept, reset, server};
use common::testing::TIME_LIMIT;
use socket2::{Domain, Socket, Type};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::thread;

const MEGABYTE: usize = 1024 * 1024;

/// Bytes that are not the same at any two places near each other.
fn bytes(length: usize, seed: u32) -> Vec<u8> {
    let mut state = seed;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(length).collect()
}

/// All that comes, and how that ends.
fn read_all(mut socket: &TcpStream) -> (Vec<u8>, io::Result<()>) {
    let mut received = Vec::new();
    let result = socket.read_to_end(&mut received).map(drop);
    (received, result)
}

fn assert_same(received: &[u8], sent: &[u8]) {
    assert_eq!(received.len(), sent.len(), "bytes arrived");
    assert!(received == sent, "they arrived, but changed or in another order");
}

#[test]
fn a_megabyte_passes_both_ways_at_once() {
    let (listener, address) = server();
    let explained = Explained::listen(address);
    let client = explained.connect();
    let server = accept(&listener);
    thread::scope(|scope| {
        for (socket, sent, expected) in [(&client, 1, 2), (&server, 2, 1)] {
            scope.spawn(move || {
                let mut socket = socket;
                socket.write_all(&bytes(MEGABYTE, sent)).unwrap();
                socket.shutdown(Shutdown::Write).unwrap();
                expected
            });
            scope.spawn(move || {
                let (received, result) = read_all(socket);
                result.unwrap();
                assert_same(&received, &bytes(MEGABYTE, expected));
            });
        }
    });
}

/// A server that answers at the end of the message gets that end, and can answer after it.
#[test]
fn a_half_close_passes_and_the_other_direction_stays_open() {
    let (listener, address) = server();
    let explained = Explained::listen(address);
    let mut client = explained.connect();
    let mut server = accept(&listener);
    client.write_all(b"HELLO").unwrap();
    client.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_all(&server).0, b"HELLO");
    explained.wait_for("end (FIN) ──────▶");
    server.write_all(b"answer").unwrap();
    drop(server);
    let (answer, result) = read_all(&client);
    result.unwrap();
    assert_eq!(answer, b"answer");
    explained.wait_for("◀───── end (FIN)");
}

/// The server hears of it at once, though it has nothing to read, and writes nothing.
#[test]
fn a_reset_after_a_half_close_passes() {
    let (listener, address) = server();
    let explained = Explained::listen(address);
    let mut client = explained.connect();
    let server = accept(&listener);
    client.write_all(b"HELLO").unwrap();
    client.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_all(&server).0, b"HELLO");
    assert!(server.take_error().unwrap().is_none());
    reset(client);
    common::testing::poll("a reset at the server", || server.take_error().unwrap()).unwrap();
    let ladder = explained.wait_for("reset (RST)");
    assert_eq!(ladder.matches("reset (RST) ─────▶").count(), 1, "{ladder}");
}

/// Of the server too: the client, which sends on, gets it.
#[test]
fn a_close_without_reading_on_resets_the_client() {
    let (listener, address) = server();
    let explained = Explained::listen(address);
    let mut client = explained.connect();
    let mut server = accept(&listener);
    server.write_all(b"answer").unwrap();
    drop(server);
    let (answer, result) = read_all(&client);
    result.unwrap();
    assert_eq!(answer, b"answer");
    // The first one makes the server's system send the reset.
    let lost = common::testing::poll("an error", || client.write_all(b"more").err()).unwrap();
    assert!(matches!(lost.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset), "{lost}");
    explained.wait_for("◀──── reset (RST) ─");
}

/// The answer that was sent before a reset arrives, also at a client with little room that sends on before it reads.
#[test]
fn an_answer_before_a_reset_arrives() {
    let (listener, address) = server();
    let explained = Explained::listen(address);
    let client = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    client.set_recv_buffer_size(4 * 1024).unwrap();
    client.set_write_timeout(Some(TIME_LIMIT)).unwrap();
    client.connect(&explained.relay.into()).unwrap();
    let mut client: TcpStream = client.into();
    let mut server = accept(&listener);
    let answer = bytes(48 * 1024, 3);
    server.write_all(&answer).unwrap();
    client.write_all(b"unread").unwrap();
    assert_eq!(server.peek(&mut [0; 6]).unwrap(), 6);
    // The system resets a connection that is closed with unread bytes.
    drop(server);
    client.write_all(&vec![0; 16 * MEGABYTE]).unwrap();
    let (received, result) = read_all(&client);
    assert_same(&received, &answer);
    assert_eq!(result.unwrap_err().kind(), ErrorKind::ConnectionReset);
    explained.wait_for("◀──── reset (RST) ─");
}

/// Of a client that has seen 4 MB acknowledged and then resets the connection, nothing is lost.
#[cfg(target_os = "linux")]
#[test]
fn four_megabytes_before_a_reset_arrive_and_then_the_reset() {
    let (listener, address) = server();
    // Its system takes little, so that most waits at the relay.
    socket2::SockRef::from(&listener).set_recv_buffer_size(32 * 1024).unwrap();
    let explained = Explained::listen(address);
    let mut client = explained.connect();
    let server = accept(&listener);
    let sent = bytes(4 * MEGABYTE, 4);
    let mut received = vec![0; 2 * MEGABYTE];
    thread::scope(|scope| {
        // It reads one half, and the other one only after the reset.
        scope.spawn(|| (&server).read_exact(&mut received).unwrap());
        client.write_all(&sent).unwrap();
    });
    common::testing::poll("the relay's acknowledgement", || is_acknowledged(&client).then_some(())).unwrap();
    reset(client);
    explained.wait_for("reset (RST)");
    let (rest, result) = read_all(&server);
    received.extend(rest);
    assert_same(&received, &sent);
    assert_eq!(result.unwrap_err().kind(), ErrorKind::ConnectionReset);
}

/// Whether nothing waits to be sent or acknowledged: the line with both ports in /proc/net/tcp, where addresses are hexadecimal.
#[cfg(target_os = "linux")]
fn is_acknowledged(socket: &TcpStream) -> bool {
    let pair = [socket.local_addr().unwrap(), socket.peer_addr().unwrap()].map(|end| format!(":{:04X} ", end.port()));
    let table = std::fs::read_to_string("/proc/self/net/tcp").unwrap();
    let is_own = |line: &&str| {
        let Some((_, behind)) = line.split_once(&pair[0]) else { return false };
        behind.split_once(&pair[1]).is_some_and(|(address, _)| address.len() == "0100007F".len())
    };
    let line = table.lines().find(is_own).unwrap();
    line.split_whitespace().nth(4).unwrap().starts_with("00000000:")
}

#[test]
fn a_refusal_becomes_a_reset_and_is_named() {
    let (listener, address) = server();
    drop(listener);
    let explained = Explained::listen(address);
    let (_, result) = read_all(&explained.connect());
    assert_eq!(result.unwrap_err().kind(), ErrorKind::ConnectionReset);
    let ladder = explained.wait_for("sees a reset instead\n");
    let named = format!("nobody is listening at 127.0.0.1, port {}\n", address.port());
    assert!(ladder.contains(" refused ") && ladder.contains(&named), "{ladder}");
}

/// A chat's messages come in the order in which they were sent.
#[test]
fn connections_one_after_another_reach_the_server_in_their_order() {
    let (listener, address) = server();
    let explained = Explained::listen(address);
    let numbers: Vec<u8> = (0..100).collect();
    for number in &numbers {
        explained.connect().write_all(&[*number]).unwrap();
    }
    let arrived: Vec<u8> = numbers.iter().map(|_| read_all(&accept(&listener)).0[0]).collect();
    assert_eq!(arrived, numbers);
}

#[test]
fn connections_pass_side_by_side_by_number() {
    let (listener, address) = server();
    let explained = Explained::listen(address);
    let mut clients = Vec::new();
    for number in 1..=3 {
        clients.push((explained.connect(), accept(&listener)));
        explained.wait_for(&format!(" ms  {number}  127.0.0.1:"));
    }
    for (number, (client, server)) in clients.iter_mut().enumerate().rev() {
        client.write_all(format!("from {number}").as_bytes()).unwrap();
        let mut buffer = [0; 6];
        server.read_exact(&mut buffer).unwrap();
        assert_eq!(buffer, format!("from {number}").as_bytes());
    }
    let ladder = explained.wait_for("| from 0\n");
    for (number, (client, _)) in clients.iter().enumerate() {
        let rung = format!(" {}  {} ─", number + 1, client.local_addr().unwrap());
        assert_eq!(ladder.matches(&rung).count(), 2, "{ladder}");
    }
}
