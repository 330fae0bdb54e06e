//! Whether this machine lets anybody ping at all: where it does not, no program is to blame.

use etherparse::{IcmpEchoHeader, Icmpv4Header, Icmpv4Type};
use socket2::{Domain, Protocol, Socket, Type};
use std::io::Read as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

/// How long loopback may take. It takes less than a millisecond.
const ENOUGH: Duration = Duration::from_millis(500);

/// Whether a ping of 127.0.0.1 is answered, sent by this very process: a system may forbid both kinds of sockets, and may be told
/// to answer nobody.
pub fn can_ping() -> bool {
    is_answered(Type::DGRAM) || is_answered(Type::RAW)
}

fn is_answered(kind: Type) -> bool {
    let Ok(socket) = Socket::new(Domain::IPV4, kind, Some(Protocol::ICMPV4)) else { return false };
    let request = Icmpv4Type::EchoRequest(IcmpEchoHeader { id: 1, seq: 1 });
    let request = Icmpv4Header::with_checksum(request, &[]).to_bytes();
    let destination = SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into();
    if socket.connect(&destination).is_err() || socket.send(&request).is_err() {
        return false;
    }
    let start = Instant::now();
    while let Some(left) = ENOUGH.checked_sub(start.elapsed()).filter(|left| !left.is_zero()) {
        let mut packet = [0; 128];
        let _ = socket.set_read_timeout(Some(left));
        let Ok(length) = (&socket).read(&mut packet) else { return false };
        // A raw socket gets the IPv4 header as well, whose first byte has its length, and the request too.
        let header = if packet[0] >> 4 == 4 { usize::from(packet[0] & 0x0f) * 4 } else { 0 };
        if header < length && packet[header] == 0 {
            return true;
        }
    }
    false
}
