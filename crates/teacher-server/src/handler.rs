//! The handler: steps 5 to 7, for one client.

use crate::message::{Message, receive};
use crate::server::Server;
use crate::visit::{Outcome, Visit};
use crate::{balancer, drain};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time;

/// What the server answers.
pub const GREETING: &[u8] = b"Hello from the teacher's server";

/// The longest time in which the answer must leave. It is short: only a client that is gone makes it wait at all.
const TIME_TO_SEND: Duration = Duration::from_secs(5);
/// How often patience is looked at anew while a client is silent: the server may have become full in between.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// One client, from its arrival to its end.
pub async fn handle(mut socket: TcpStream, peer: SocketAddr, server: Arc<Server>) {
    let mut message = Message::default();
    // Behind a balancer its own address comes first, and its first bytes may come with that
    let Some(from) = balancer::client(&mut socket, peer, &mut message, &server).await else { return };
    match server.admit(from, message) {
        Ok(mut visit) => visit.outcome = talk(socket, &mut visit).await,
        Err(rejection) => drain::say_goodbye(&mut socket, format!("{rejection}\n").as_bytes()).await,
    }
}

/// Talks with a client: receives, answers, closes.
async fn talk(mut socket: TcpStream, visit: &mut Visit) -> Outcome {
    // 5. Receive. The first bytes are enough: netcat does not tell the server when a message ends
    if let Err(outcome) = receive_first(&mut socket, visit).await {
        return outcome;
    }

    // 6. Send the answer, and tell the client that nothing follows. Where it has broken the connection off, the first of these fails.
    //    Later resets are no fault: the lesson's first client closes without reading, and its system answers our bytes with one
    let sent = time::timeout(TIME_TO_SEND, socket.write_all(GREETING)).await;
    let _ = socket.shutdown().await;

    // Before closing, read what the client still has to say: `drain.rs` tells why
    drain::drain(&mut socket, visit).await;

    // 7. Close
    drop(socket);
    if matches!(sent, Ok(Ok(()))) { Outcome::Answered } else { Outcome::Reset }
}

/// Receives the first bytes, or the news that there will be none, which is a message of no bytes.
async fn receive_first(socket: &mut TcpStream, visit: &mut Visit) -> Result<(), Outcome> {
    while visit.message.length == 0 {
        let left = visit.patience().saturating_sub(visit.client.at.elapsed());
        if left.is_zero() {
            return Err(Outcome::Silent);
        }
        match time::timeout(left.min(POLL_INTERVAL), receive(socket, &mut visit.message)).await {
            Ok(received) => return received.map(drop).map_err(|_| Outcome::ResetBeforeMessage),
            Err(_elapsed) => {}
        }
    }
    Ok(())
}
