//! Ports for programs that cannot take port 0.

use super::subject::COULD_NOT_GRADE;
use socket2::{Domain, SockAddr, Socket, Type};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};

/// The ports that are given: below those that systems take for connections (Linux from 32768, others from 49152), so that no
/// client's end can take one meanwhile.
const LOWEST: u32 = 10_000;
const HOW_MANY: u32 = 22_000;

/// How many ports lie between the first ones of two processes with neighbouring numbers: tests run side by side.
const APART: u32 = 61;

/// A port at which nobody listens, though nothing keeps it free. Each one is given once, and nothing ever connected to it: a
/// server that does not ask for `SO_REUSEADDR` can have it.
///
/// # Panics
///
/// If there is none: then nothing can be graded.
#[must_use]
pub fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let first = std::process::id() % (HOW_MANY / APART) * APART;
    for _ in 0..HOW_MANY {
        let number = LOWEST + (first + NEXT.fetch_add(1, Ordering::Relaxed)) % HOW_MANY;
        let Ok(port) = u16::try_from(number) else { continue };
        let Ok(socket) = Socket::new(Domain::IPV4, Type::STREAM, None) else { break };
        // At all addresses, as some servers do.
        if socket.bind(&SockAddr::from(SocketAddr::from((Ipv4Addr::UNSPECIFIED, port)))).is_ok() {
            return port;
        }
    }
    panic!("{COULD_NOT_GRADE}: this machine has no free port")
}
