//! How a connection begins: the server has to be reached first.

use super::{Connection, is_error, reset};
use crate::explain::lane::{CLIENT, Lane, SERVER};
use common::{Problem, address};
use mio::Events;
use mio::net::TcpStream;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::Instant;

/// No connection to the server: the client gets a reset.
pub fn refuse(client: &TcpStream, lane: &Lane, problem: &Problem) {
    lane.not_connected(problem);
    reset(client);
}

impl Connection {
    /// Waits for the connection to `server`, which has begun, and relays.
    pub fn connect_and_relay(mut self, server: SocketAddr, is_over: impl Fn() -> bool) {
        match self.wait_for_server() {
            Ok(()) => {
                self.lane.connected(self.ends[SERVER].socket.local_addr().ok());
                self.relay(is_over);
            }
            Err(e) => refuse(&self.ends[CLIENT].socket, &self.lane, &Problem::connecting(server)(e)),
        }
    }

    /// Until the server has accepted or refused, and not for ever: connect(2), EINPROGRESS.
    fn wait_for_server(&mut self) -> io::Result<()> {
        let start = Instant::now();
        let mut events = Events::with_capacity(8);
        loop {
            let socket = &self.ends[SERVER].socket;
            if let Some(e) = socket.take_error()? {
                return Err(e);
            }
            if socket.peer_addr().is_ok() {
                return Ok(());
            }
            let left = address::TIME_TO_CONNECT.checked_sub(start.elapsed()).ok_or(ErrorKind::TimedOut)?;
            match self.poll.poll(&mut events, Some(left)) {
                Err(e) if e.kind() != ErrorKind::Interrupted => return Err(e),
                _ => {}
            }
            if events.iter().any(|event| event.token().0 == CLIENT && is_error(event)) {
                self.note_error(CLIENT);
            }
        }
    }
}
