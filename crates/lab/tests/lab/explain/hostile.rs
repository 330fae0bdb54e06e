//! Peers that mean harm, or do it.

use super::{Explained, accept, reset, server};
use common::testing::TIME_LIMIT;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

#[test]
fn nothing_of_a_message_is_printed_raw_nor_passes_for_a_rung() {
    let (listener, address) = server();
    let explained = Explained::listen(address);
    let _client = explained.connect();
    let mut server = accept(&listener);
    let message = "\u{1b}[2J\r\n    0.999 ms  9  reset\u{202e}\u{7}\u{9b}31m\u{200b}\n";
    server.write_all(message.as_bytes()).unwrap();
    let ladder = explained.wait_for("| ");
    let shown = r"| \x1b[2J\r\n    0.999 ms  9  reset\u{202e}\x07\x9b31m\u{200b}\n";
    // It is wider than a line.
    assert!(ladder.contains(&format!("                 {}...\n", &shown[..59])), "{ladder}");
    assert!(ladder.chars().all(|character| character == '\n' || common::text::is_safe(character)), "{ladder:?}");
}

/// A character that two pieces divide is put together, and bytes that are no text are shown as what they are.
#[test]
fn half_a_character_waits_for_its_other_half() {
    let (listener, address) = server();
    let explained = Explained::listen(address);
    let mut client = explained.connect();
    let _server = accept(&listener);
    client.write_all(b"ma\xc3").unwrap();
    explained.wait_for("| ma\n");
    client.write_all(b"\xb1ana").unwrap();
    explained.wait_for("| ñana\n");
    client.write_all(b"\xff!").unwrap();
    explained.wait_for("| \u{fffd}!\n");
}

/// The 65th connection waits in the queue until one of the others ends; none is lost.
#[test]
fn connections_over_the_limit_wait() {
    let (listener, address) = server();
    let explained = Explained::listen(address);
    let mut clients: Vec<_> = (0..70).map(|_| explained.connect()).collect();
    let mut servers: Vec<_> = (0..64).map(|_| accept(&listener)).collect();
    for client in &mut clients {
        client.write_all(b"x").unwrap();
    }
    read_one_of_each(&mut servers);
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "a 65th connection is relayed");
    clients.drain(..6).for_each(reset);
    let mut others: Vec<_> = (0..6).map(|_| accept(&listener)).collect();
    read_one_of_each(&mut others);
}

fn read_one_of_each(servers: &mut [TcpStream]) {
    for server in servers {
        server.read_exact(&mut [0]).unwrap();
    }
}

/// It holds up no other connection, and what it does not take is not collected without end.
#[test]
fn an_end_that_does_not_read_holds_back_the_other_one() {
    let (listener, address) = server();
    let explained = Explained::listen(address);
    let mut client = explained.connect();
    let _unread = accept(&listener);
    client.set_write_timeout(Some(TIME_LIMIT / 16)).unwrap();
    let mut taken = 0;
    while let Ok(length) = client.write(&[0; 8 * 1024]) {
        taken += length;
        assert!(taken < 100 * 1024 * 1024, "{taken} bytes");
    }
    let mut another = explained.connect();
    let mut server = accept(&listener);
    another.write_all(b"HELLO").unwrap();
    server.read_exact(&mut [0; 5]).unwrap();
}
