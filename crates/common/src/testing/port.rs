//! Ports for programs that cannot take port 0.

use super::group::between_starts;
use super::{COULD_NOT_GRADE, fail};
use socket2::{Domain, Socket, Type};
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

/// The ports that are given: below those that systems take for connections (Linux from 32768, others from 49152), so that no
/// client's end can take one meanwhile.
const FIRST_PORT: u32 = 10_000;
const PORT_COUNT: u32 = 22_000;

/// How many ports lie between the first ones of two processes with neighbouring numbers: tests run side by side.
const PORT_STRIDE: u32 = 61;

/// What keeps the ports that were given: a UDP socket at the same number. Another process of tests asks for it first, and the
/// program under test, which wants the port for TCP, is not disturbed.
static KEPT: Mutex<Vec<UdpSocket>> = Mutex::new(Vec::new());

/// A port at which nobody listens. Each one is given once, to one of all the processes that ask here, and nothing ever connected to
/// it: a server that does not ask for `SO_REUSEADDR` can have it.
#[must_use]
pub fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let first = std::process::id() % (PORT_COUNT / PORT_STRIDE) * PORT_STRIDE;
    for _ in 0..PORT_COUNT {
        let number = FIRST_PORT + (first + NEXT.fetch_add(1, Ordering::Relaxed)) % PORT_COUNT;
        let Ok(port) = u16::try_from(number) else { continue };
        let Ok(kept) = UdpSocket::bind((Ipv4Addr::LOCALHOST, port)) else { continue };
        if between_starts(|| is_free(port)) {
            KEPT.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
            return port;
        }
    }
    fail(&format!("{COULD_NOT_GRADE}: this machine has no free port"))
}

/// Whether a server can have the port, at all addresses, as some servers want it.
fn is_free(port: u16) -> bool {
    let address = SocketAddr::from((Ipv4Addr::UNSPECIFIED, port));
    Socket::new(Domain::IPV4, Type::STREAM, None).is_ok_and(|socket| socket.bind(&address.into()).is_ok())
}
