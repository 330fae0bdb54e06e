//! The relay: accepts the clients, and connects each one to the server.

use super::connection::{Connection, refuse};
use super::ladder::Ladder;
use super::lane::Lane;
use common::address::format_pair;
use common::{Problem, retry};
use mio::Poll;
use socket2::{Domain, Socket, Type};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, OnceLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How many connections are relayed at once: more than a lesson's program has, and few enough for this computer's threads and
/// descriptors. More wait in the system's queue.
const MAX_CONNECTIONS: usize = 64;
/// How long after a failed `accept` the next one is tried, if no connection ends before that.
const RETRY_INTERVAL: Duration = Duration::from_millis(100);

/// A running relay.
pub struct Relay {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

/// What the threads of a relay share.
struct Shared {
    server: SocketAddr,
    ladder: Arc<Ladder>,
    /// Once the command has ended: where the last connection comes from, one of the relay's own.
    over: OnceLock<SocketAddr>,
}

impl Relay {
    /// Listens at `address`, and says so.
    pub fn start(address: SocketAddr, server: SocketAddr) -> Result<Self, Problem> {
        // std's own would fix the backlog at 128, and not start again at once.
        let listener: TcpListener = mio::net::TcpListener::bind(address).map_err(Problem::binding(address))?.into();
        listener.set_nonblocking(false).map_err(Problem::configuring)?;
        let address = listener.local_addr().map_err(Problem::configuring)?;

        let ladder = Arc::new(Ladder::new().map_err(Problem::threads)?);
        let (server_shown, own) = (format_pair(server), format_pair(address));
        ladder.say(&format!(
            "explain: the server is {server_shown}. The program connects in its place\n         to a relay at {own}, which passes everything on."
        ));
        // The command comes after it.
        ladder.flush();
        let shared = Arc::new(Shared { server, ladder, over: OnceLock::new() });
        let accept = {
            let shared = Arc::clone(&shared);
            move || accept_all(&listener, &shared)
        };
        let accepting = thread::Builder::new().spawn(accept).map_err(Problem::threads)?;
        Ok(Self { address, shared, accepting })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The command has ended: waits until what it has sent is passed on, and what the server does about it is drawn.
    ///
    /// The system hands connections over in the order in which they came: before one that is made now come all of the command's.
    pub fn finish(self) -> Result<(), Problem> {
        let last = Socket::new(Domain::for_address(self.address), Type::STREAM, None).map_err(Problem::creating)?;
        last.bind(&SocketAddr::new(self.address.ip(), 0).into()).map_err(Problem::configuring)?;
        let own = last.local_addr().map_err(Problem::configuring)?.as_socket().unwrap_or(self.address);
        let _ = self.shared.over.set(own);
        last.connect(&self.address.into()).map_err(Problem::connecting(self.address))?;
        let _ = self.accepting.join();
        self.shared.ladder.flush();
        Ok(())
    }

    /// Waits until all is drawn, as long as somebody reads it.
    pub fn flush(&self) {
        self.shared.ladder.flush();
    }
}

/// Relays each connection on a thread of its own, until the last one has come and all have ended.
fn accept_all(listener: &TcpListener, shared: &Arc<Shared>) {
    let (ended, endings) = mpsc::channel();
    let (mut accepted, mut open, mut is_full_told) = (0, 0, false);
    loop {
        open -= endings.try_iter().count();
        if open == MAX_CONNECTIONS {
            if !std::mem::replace(&mut is_full_told, true) {
                shared.ladder.say(&format!("note: {open} connections are open; more wait until one of them ends"));
            }
            open -= endings.recv().iter().count();
        }
        let result = listener.accept();
        if retry::must_accept_again(&result) {
            continue;
        }
        let Ok((client, from)) = result else {
            // Where descriptors have run out, some come back when a connection ends.
            open -= endings.recv_timeout(RETRY_INTERVAL).iter().count();
            continue;
        };
        if shared.over.get() == Some(&from) {
            break;
        }
        accepted += 1;
        let lane = Lane::new(Arc::clone(&shared.ladder), accepted, from, shared.server);
        match start(client, lane, shared, ended.clone()) {
            Ok(()) => open += 1,
            Err(problem) => shared.ladder.say(&problem.to_string()),
        }
    }
    // Each of them has a sender; when the last one is gone, so are they.
    drop(ended);
    endings.iter().for_each(drop);
}

/// Begins to connect to the server here and now, so that it meets the clients in their order; waits for it and relays on a thread, so
/// that a server that never answers holds up nobody.
fn start(client: TcpStream, lane: Lane, shared: &Arc<Shared>, ended: Sender<()>) -> Result<(), Problem> {
    let client = for_poll(client)?;
    let poll = Poll::new().map_err(Problem::creating)?;
    let server = mio::net::TcpStream::connect(shared.server);
    let shared = Arc::clone(shared);
    let relaying = move || {
        match server {
            Ok(server) => Connection::new(client, server, poll, lane)
                .connect_and_relay(shared.server, || shared.over.get().is_some()),
            Err(e) => refuse(&client, &lane, &Problem::connecting(shared.server)(e)),
        }
        let _ = ended.send(());
    };
    thread::Builder::new().spawn(relaying).map(drop).map_err(Problem::threads)
}

fn for_poll(socket: TcpStream) -> Result<mio::net::TcpStream, Problem> {
    socket.set_nonblocking(true).map_err(Problem::configuring)?;
    Ok(mio::net::TcpStream::from_std(socket))
}
