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
    explained.wait_for("note: 64 connections are open; more wait until one of them ends\n");
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

/// The pieces pass, and the command ends as it would, though nobody reads what is drawn.
#[test]
#[cfg(unix)]
fn a_ladder_that_nobody_reads_holds_up_nothing() {
    use super::lab;
    use common::testing::{Program, Recorder, Reply};
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    use std::process::Stdio;

    let (_never_read, mut stderr) = UnixStream::pair().unwrap();
    stderr.set_nonblocking(true).unwrap();
    while stderr.write(&[b'.'; 4096]).is_ok() {}
    stderr.set_nonblocking(false).unwrap();
    let server = Recorder::start(Reply::AtOnce(b"answer".to_vec())).unwrap();
    let client = "import socket, sys\n\
                  for number in range(300):\n  \
                      s = socket.create_connection((sys.argv[1], int(sys.argv[2])))\n  \
                      s.sendall(b'x'); answer = s.recv(100); s.close()\n\
                  print(answer.decode()); sys.exit(7)";
    let command = lab(&["python3", "-c", client, "127.0.0.1", &server.port().to_string()]);
    let mut program = Program::start_with(command, Stdio::piped(), Stdio::from(OwnedFd::from(stderr))).unwrap();
    assert_eq!(program.wait_for_end().unwrap().code(), Some(7));
    assert_eq!(program.stdout(), "answer\n");
    assert_eq!(server.connections().len(), 300);
}

/// Connections to a server that does not answer are tried side by side: after the first one, this one's queue is full. Linux shows those
/// that are tried as in the state 02 (`SYN_SENT`) in /proc/net/tcp.
#[test]
#[cfg(target_os = "linux")]
fn a_server_that_does_not_answer_is_waited_for_side_by_side() {
    let listener = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    listener.bind(&std::net::SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
    listener.listen(0).unwrap();
    let address = listener.local_addr().unwrap().as_socket().unwrap();
    let explained = Explained::listen(address);
    let mut clients: Vec<_> = (0..5).map(|_| explained.connect()).collect();
    let server = format!(" 0100007F:{:04X} 02 ", address.port());
    let are_tried = || {
        let table = std::fs::read_to_string("/proc/self/net/tcp").unwrap();
        (table.matches(&server).count() >= 3).then_some(())
    };
    common::testing::poll("three connections that are tried", are_tried).unwrap();
    // All of them come to the server in the end.
    let listener: std::net::TcpListener = listener.into();
    for client in &mut clients {
        client.write_all(b"x").unwrap();
    }
    let mut servers: Vec<_> = (0..5).map(|_| accept(&listener)).collect();
    read_one_of_each(&mut servers);
}

/// It arrives, in its place among the others; that it was urgent is told.
#[test]
#[cfg(target_os = "linux")]
fn an_urgent_byte_is_passed_on_and_told() {
    let (listener, address) = server();
    let explained = Explained::listen(address);
    let mut client = explained.connect();
    let mut server = accept(&listener);
    client.write_all(b"1").unwrap();
    server.read_exact(&mut [0]).unwrap();
    // Whether it is told is seen as it comes: one that comes while the others are read is one of them.
    common::testing::poll("a word about it", || {
        socket2::SockRef::from(&client).send_out_of_band(b"!").unwrap();
        server.read_exact(&mut [0]).unwrap();
        explained.program.stderr().contains(" urgent data ").then_some(())
    })
    .unwrap();
    explained.wait_for("it is passed on as an ordinary byte, in its place\n");
}
