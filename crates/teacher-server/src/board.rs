//! `--board`: a page for the projector that shows who comes, live.
//!
//! A board must cost the class nothing. Its connections are bounded, each of them is one request, and who takes too long for it is
//! dropped. A page is sent the present state, a few times a second and when it can take it, and never a queue of what happened.

mod history;
mod pages;
mod place;
mod web;

pub use place::{Place, place};

use crate::invitation::{self, Invitation};
use crate::limits::Limits;
use crate::listener;
use crate::server::Server;
use axum::Router;
use axum::serve::Listener;
use common::{Problem, address, interfaces};
use history::History;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use pages::Pages;
use socket2::{SockRef, Socket};
use std::error::Error;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

/// How many connections the board has at once. The others wait in its backlog until one is free.
const MAX_CONNECTIONS: u32 = 32;
/// How many of them another computer has at most. A browser needs six.
const MAX_PER_ADDRESS: u32 = 8;
/// How many files these are, with the one that listens.
pub const MAX_FILES: u64 = MAX_CONNECTIONS as u64 + 1;
/// How long a request may take to arrive.
const HEADER_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a browser may take nothing of what waits for it.
const WRITE_TIMEOUT: Duration = Duration::from_secs(5);
/// How much waits for a browser at most, in the system and in this program, in bytes. By itself the system would keep 4 MB.
const SEND_BUFFER_LEN: usize = 64 * 1024;

/// A board that listens, and shows nothing yet.
pub struct Board {
    listener: Socket,
    address: SocketAddr,
    /// Its name, if that was given instead of an IP.
    host: String,
}

/// What all pages of a board share.
struct Shared {
    server: Arc<Server>,
    host: String,
    invitation: Arc<Invitation>,
    history: Mutex<History>,
    pages: Pages,
}

impl Board {
    /// Takes its port. The students' own is `students`.
    pub fn listen(place: &Place, students: SocketAddr) -> Result<Self, Problem> {
        let address = address::resolve(&place.host, place.port)?;
        let backlog = i32::try_from(MAX_CONNECTIONS).unwrap_or(i32::MAX);
        let listener = listener::listen(address, backlog).map_err(|problem| {
            let is_own = address.port() == students.port() && cause(&problem) == Some(ErrorKind::AddrInUse);
            let next = "the students come to that port: take another one for the board";
            if is_own { problem.with_next(next) } else { problem }
        })?;
        // With port 0 the system has chosen one.
        let address = listener.local_addr().ok().and_then(|chosen| chosen.as_socket()).unwrap_or(address);
        Ok(Self { listener, address, host: place.host.clone() })
    }

    /// Serves the page from now on, in tasks of the event loop, and says where it is and who can see it.
    pub fn start(self, server: &Arc<Server>, invitation: &Arc<Invitation>) -> io::Result<()> {
        let listener = TcpListener::from_std(self.listener.into())?;
        let url_address = address::format_pair(invitation::reachable(self.address, &interfaces::addresses()));
        server.console.print(format!("Board: http://{url_address}/"));
        if !self.address.ip().is_loopback() {
            let who =
                "everybody who can reach this address can see the board, with the students' addresses and messages";
            server.console.note(format!("note: {who}"));
        }
        let shared = Arc::new(Shared {
            server: Arc::clone(server),
            host: self.host,
            invitation: Arc::clone(invitation),
            history: Mutex::default(),
            pages: Pages::default(),
        });
        tokio::spawn(history::keep(Arc::clone(&shared)));
        tokio::spawn(accept(listener, shared));
        Ok(())
    }
}

/// Accepts browsers, and serves each in a task of its own.
async fn accept(mut listener: TcpListener, shared: Arc<Shared>) {
    let router = web::router(Arc::clone(&shared));
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS as usize));
    let limits = Arc::new(Limits::new(MAX_CONNECTIONS, MAX_PER_ADDRESS, HEADER_TIMEOUT));
    // Nobody closes the semaphore.
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        // Axum's own `accept` waits for a second where there is no descriptor left.
        let (socket, peer) = Listener::accept(&mut listener).await;
        let permit = limits.admit(peer.ip());
        // The teacher's own browser comes from the address that it has called.
        let is_own = socket.local_addr().is_ok_and(|own| own.ip() == peer.ip());
        if permit.is_err() && !is_own {
            continue;
        }
        let (router, shared) = (router.clone(), Arc::clone(&shared));
        tokio::spawn(async move {
            let _places = (place, permit);
            serve(socket, router, &shared).await;
        });
    }
}

/// One request, from its arrival to the end of its answer.
async fn serve(socket: TcpStream, router: Router, shared: &Shared) {
    // Without these the board is slower, and costs more memory: no reason to fail.
    let _ = socket.set_nodelay(true);
    let _ = SockRef::from(&socket).set_send_buffer_size(SEND_BUFFER_LEN);
    let mut stream = TimeoutStream::new(socket);
    stream.set_write_timeout(Some(WRITE_TIMEOUT));
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .keep_alive(false)
        .max_buf_size(SEND_BUFFER_LEN)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(router))
        .await;
    // A browser took nothing for too long.
    if served.is_err_and(|e| cause(&e) == Some(ErrorKind::TimedOut)) {
        shared.pages.dropped.fetch_add(1, Relaxed);
    }
}

/// What the system said.
fn cause(error: &dyn Error) -> Option<ErrorKind> {
    error.source().and_then(|cause| cause.downcast_ref()).map(io::Error::kind)
}
