//! Closing in such a way that what was sent arrives, and in any case.

use common::close_gracefully;
use common::testing::TIME_LIMIT;
use socket2::{Domain, Socket, Type};
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::mpsc;
use std::thread;

fn pair() -> (Socket, TcpStream) {
    let [listener, client] = [(); 2].map(|()| Socket::new(Domain::IPV4, Type::STREAM, None).unwrap());
    listener.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).unwrap();
    listener.listen(1).unwrap();
    client.connect(&listener.local_addr().unwrap()).unwrap();
    (client, listener.accept().unwrap().0.into())
}

#[test]
fn a_peer_that_keeps_its_side_open_is_not_waited_for_for_ever() {
    let (client, _open) = pair();
    let (ended, end) = mpsc::channel();
    thread::Builder::new().spawn(move || ended.send(close_gracefully(client))).unwrap();
    end.recv_timeout(TIME_LIMIT).expect("it to end").unwrap();
}

/// What a peer sends after it has heard of the end is still read: else it would be reset, and might lose what it has not read yet.
#[test]
fn a_peer_that_has_one_more_thing_to_say_is_not_reset() {
    let is_reset = || {
        let (client, mut peer) = pair();
        let closing = thread::Builder::new().spawn(move || close_gracefully(client)).unwrap();
        peer.read_to_end(&mut Vec::new()).unwrap();
        peer.write_all(b"one more thing").unwrap();
        closing.join().unwrap().unwrap();
        peer.take_error().unwrap().is_some()
    };
    // A peer that a busy computer holds up for half a second is reset.
    assert!((0..3).any(|_| !is_reset()));
}
