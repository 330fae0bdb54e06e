//! Closing in such a way that what was sent arrives, and in any case.

use common::close_gracefully;
use common::testing::TIME_LIMIT;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;

fn pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    (client, listener.accept().unwrap().0)
}

#[test]
fn a_peer_that_keeps_its_side_open_is_not_waited_for_for_ever() {
    let (client, _open) = pair();
    let (ended, end) = mpsc::channel();
    thread::spawn(move || ended.send(close_gracefully(client.into())));
    end.recv_timeout(TIME_LIMIT).expect("it to end").unwrap();
}

/// What a peer sends after it has heard of the end is still read: else it would be reset, and might lose what it has not read yet.
#[test]
fn a_peer_that_has_one_more_thing_to_say_is_not_reset() {
    let is_reset = || {
        let (client, mut peer) = pair();
        let closing = thread::spawn(move || close_gracefully(client.into()));
        peer.read_to_end(&mut Vec::new()).unwrap();
        peer.write_all(b"one more thing").unwrap();
        closing.join().unwrap().unwrap();
        peer.take_error().unwrap().is_some()
    };
    // A peer that a busy computer holds up for half a second is reset.
    assert!((0..3).any(|_| !is_reset()));
}
