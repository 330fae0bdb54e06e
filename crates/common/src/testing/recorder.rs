//! A peer on loopback that notes each connection: its bytes, its order, how it ended.

mod log;
mod reply;

pub use log::{Connection, End};
pub use reply::Reply;

use super::network::Network;
use super::watch::Watch;
use super::words::{counted, shown};
use super::{TIME_LIMIT, Timeout};
use log::Log;
use socket2::{Domain, Protocol, Socket, Type};
use std::fmt::Write as _;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, SocketAddrV4, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// How long [`Recorder::connections`] waits for those that wait to be accepted: for ever only if a flood keeps it from its turn.
const CATCH_UP_TIMEOUT: Duration = Duration::from_secs(1);

/// How many connections a story has.
const MAX_NOTES: usize = 10;

/// How long after a failed `accept` the next one is tried: at once would only burn the processor.
const RETRY_INTERVAL: Duration = Duration::from_millis(50);

/// How long the next connection of a flood has to wait.
const FLOOD_INTERVAL: Duration = Duration::from_millis(1);

/// A peer on loopback, on a free port, that accepts any number of connections side by side and notes what arrives.
///
/// ```
/// use common::testing::{End, Recorder, Reply};
/// use std::io::Write as _;
/// use std::net::TcpStream;
///
/// let recorder = Recorder::start(Reply::Nothing).unwrap();
/// TcpStream::connect(recorder.address()).unwrap().write_all(b"HELLO").unwrap();
///
/// let connections = recorder.wait_for_ended(1).unwrap();
/// assert_eq!(connections[0].bytes, b"HELLO");
/// assert_eq!(connections[0].end, End::Finished);
/// ```
pub struct Recorder {
    address: SocketAddr,
    log: Watch<Log>,
    /// Where it is, if that is not the network in which all tests begin.
    network: Option<Network>,
    accepting: Option<thread::JoinHandle<()>>,
}

impl Recorder {
    /// Starts to listen on 127.0.0.1, on a port that the system chooses.
    pub fn start(reply: Reply) -> io::Result<Self> {
        Self::start_at((Ipv4Addr::LOCALHOST, 0).into(), reply)
    }

    /// Starts to listen on this address of loopback.
    pub fn start_at(address: SocketAddr, reply: Reply) -> io::Result<Self> {
        #[allow(clippy::disallowed_methods, reason = "std's backlog of 128 is enough for one program")]
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;

        let network = Network::current();
        let (log, is_redirected) = (Watch::new(Log::new()), network.is_some());
        let accepting = thread::Builder::new().name("recorder".to_string()).spawn({
            let log = log.clone();
            move || accept_all(&listener, &reply, &log, is_redirected)
        })?;
        Ok(Self { address, log, network, accepting: Some(accepting) })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Every connection up to now, in the order in which they came: also one that was made just before, by a program that has ended.
    #[must_use]
    pub fn connections(&self) -> Vec<Connection> {
        // Where there is no room for one more connection, what has been noted has to do; and behind a flood nobody gets a turn.
        if !self.log.look(Log::is_full) {
            let _ = self.catch_up();
        }
        self.log.look(|log| log.connections.clone())
    }

    /// Whether any connection has been noted.
    pub(super) fn has_noted_any(&self) -> bool {
        self.log.look(|log| !log.connections.is_empty())
    }

    /// Why connections could not be noted, if any could not: the machine was short of something, and what is noted is not all.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        self.log.look(|log| log.fault.clone())
    }

    /// Waits until `number` connections have come and ended, and gives all of them.
    pub fn wait_for_ended(&self, number: usize) -> Result<Vec<Connection>, Timeout> {
        self.wait_for(&format!("{number} connections that came and ended"), |connections| {
            connections.iter().filter(|connection| connection.end != End::Open).count() >= number
        })
    }

    /// Waits until `enough` says so of the connections, and gives all of them. `what` describes it for [`Timeout`].
    pub fn wait_for(&self, what: &str, enough: impl Fn(&[Connection]) -> bool) -> Result<Vec<Connection>, Timeout> {
        self.wait_at_most(TIME_LIMIT, what, enough)
    }

    /// As [`Recorder::wait_for`], but not longer than this: for what should not happen, or need not.
    pub fn wait_at_most(
        &self,
        limit: Duration,
        what: &str,
        enough: impl Fn(&[Connection]) -> bool,
    ) -> Result<Vec<Connection>, Timeout> {
        self.log
            .wait(limit, |log| enough(&log.connections).then(|| log.connections.clone()))
            .ok_or_else(|| Timeout::new(format_args!("waited in vain for {what}\n{}", self.story())))
    }

    /// Waits until all connections are noted that the system has already made on our behalf.
    ///
    /// It hands them over in the order in which they came: when a connection of our own is handed over, so were all before it.
    fn catch_up(&self) -> io::Result<()> {
        self.network.iter().for_each(Network::enter);
        let marker = Socket::new(Domain::for_address(self.address), Type::STREAM, Some(Protocol::TCP))?;
        marker.bind(&SocketAddr::new(self.address.ip(), 0).into())?;
        let from = marker.local_addr()?.as_socket().ok_or(ErrorKind::AddrNotAvailable)?;
        self.log.change(|log| log.markers.insert(from));
        let connected = marker.connect_timeout(&self.address.into(), CATCH_UP_TIMEOUT);
        if connected.is_ok() {
            self.log.wait(CATCH_UP_TIMEOUT, |log| (!log.markers.contains(&from)).then_some(()));
        }
        connected
    }

    /// The conversation so far as it has been noted, for a test that fails.
    #[must_use]
    pub fn story(&self) -> String {
        let connections = self.log.look(|log| log.connections.clone());
        let mut story = format!("  {} came to port {}", counted(connections.len(), "connection"), self.port());
        for (index, connection) in connections.iter().enumerate().take(MAX_NOTES) {
            let Connection { bytes, end, .. } = connection;
            let beginning = shown(&bytes[..bytes.len().min(200)]);
            let length = counted(usize::try_from(connection.length).unwrap_or(usize::MAX), "byte");
            let _ = write!(story, "\n  {}. {length}, {end}: {beginning}", index + 1);
        }
        if connections.len() > MAX_NOTES {
            let _ = write!(story, "\n  … and {} more", connections.len() - MAX_NOTES);
        }
        story
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.network.iter().for_each(Network::enter);
        self.log.change(|log| {
            log.closing = true;
            for socket in log.open.values() {
                let _ = socket.shutdown(Shutdown::Both);
            }
        });
        // One more connection, so that `accept` returns and its thread sees that it is over. Where none can be had, the thread is
        // left behind: a test must end.
        let is_awake = TcpStream::connect(self.address).is_ok();
        if let (Some(accepting), true) = (self.accepting.take(), is_awake) {
            let _ = accepting.join();
        }
    }
}

fn accept_all(listener: &TcpListener, reply: &Reply, log: &Watch<Log>, is_redirected: bool) {
    while !log.look(|log| log.closing) {
        let (socket, from) = match listener.accept() {
            Ok(accepted) => accepted,
            Err(e) if matches!(e.kind(), ErrorKind::Interrupted | ErrorKind::ConnectionAborted) => continue,
            Err(e) => {
                log.change(|log| log.fault = Some(format!("no connection can be accepted: {e}")));
                log.wait(RETRY_INTERVAL, |log| log.closing.then_some(()));
                continue;
            }
        };
        if log.change(|log| log.markers.remove(&from)) {
            continue;
        }
        let socket = Arc::new(Socket::from(socket));
        let to = if is_redirected { original_destination(&socket) } else { None };
        let Some(index) = log.change(|log| log.begin(from, to, &socket)) else {
            // A flood: it is let in no faster than others get their turn.
            log.wait(FLOOD_INTERVAL, |log| log.closing.then_some(()));
            continue;
        };
        if let Err(e) = start_conversation(socket, index, reply.clone(), log.clone()) {
            log.change(|log| {
                log.open.remove(&index);
                log.fault = Some(format!("no thread can be started: {e}"));
            });
        }
    }
}

/// Where a connection was to go that has been redirected: it is the system's firewall that knows.
#[cfg(target_os = "linux")]
fn original_destination(socket: &Socket) -> Option<SocketAddrV4> {
    socket.original_dst_v4().ok()?.as_socket_ipv4()
}

#[cfg(not(target_os = "linux"))]
fn original_destination(_: &Socket) -> Option<SocketAddrV4> {
    None
}

/// Replies on a thread of its own, and notes what arrives.
fn start_conversation(socket: Arc<Socket>, index: usize, reply: Reply, log: Watch<Log>) -> io::Result<()> {
    let conversation = move || {
        let Some(end) = reply.converse(&socket, |bytes| log.change(|log| log.note(index, bytes))) else { return };
        // First the socket, then the note: when it says that the connection has ended, it has.
        log.change(|log| log.open.remove(&index));
        drop(socket);
        log.change(|log| log.end(index, end));
    };
    thread::Builder::new().name(format!("recorder {index}")).spawn(conversation).map(drop)
}
