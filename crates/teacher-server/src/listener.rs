//! The listener: steps 1 to 4 of every server.

use crate::handler;
use crate::server::Server;
use common::{Problem, retry};
use socket2::{Domain, Protocol, Socket, Type};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::{task, time};

/// After a failure `accept` is called again after this time: at once, it would fail a million times a second.
const RETRY_PAUSE: Duration = Duration::from_millis(100);
/// How many clients are accepted before those who are here have their turn.
const MAX_AT_ONCE: usize = 16;

/// A socket that listens at `address`.
pub fn listen(address: SocketAddr, backlog: i32) -> Result<Socket, Problem> {
    // 1. Create the socket
    let listener =
        Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP)).map_err(Problem::creating)?;

    // So that the server can be started again at once: the system keeps the port of a connection that has just been closed
    // for a minute (RFC 9293, TIME-WAIT). On Windows the same option would let two servers share a port.
    #[cfg(not(windows))]
    listener.set_reuse_address(true).map_err(Problem::configuring)?;
    if address.is_ipv6() {
        // `::` means every address, those of IPv4 too.
        listener.set_only_v6(false).map_err(Problem::configuring)?;
    }
    // No call may wait for one client while others come: the event loop says when a call has something to do.
    listener.set_nonblocking(true).map_err(Problem::configuring)?;

    // 2. Bind it to (IP, port)
    listener.bind(&address.into()).map_err(Problem::binding(address))?;

    // 3. Listen
    listener.listen(backlog).map_err(Problem::binding(address))?;
    Ok(listener)
}

/// 4. Accepts the clients; each is handled by a task of its own.
///
/// To be spawned: the future of `block_on` itself comes first again and again, and would accept two clients for each that is served.
pub async fn accept(listener: TcpListener, server: Arc<Server>) {
    loop {
        for _ in 0..MAX_AT_ONCE {
            let accepted = listener.accept().await;
            if retry::must_accept_again(&accepted) {
                continue;
            }
            match accepted {
                Ok((socket, from)) => {
                    server.note_accepted();
                    task::spawn(handler::handle(socket, from, Arc::clone(&server)));
                }
                // Out of descriptors or memory. The clients wait in the backlog.
                Err(e) => {
                    server.note_failure(e);
                    time::sleep(RETRY_PAUSE).await;
                }
            }
        }
        task::yield_now().await;
    }
}
