//! What the system has still to send for a socket, or has sent without being told yet that it arrived.

use mio::net::TcpStream;
use std::fs;
use std::net::{IpAddr, SocketAddr};

/// How many bytes that are: the column `tx_queue` of Linux's table of connections, see proc(5). 0 on other systems, which have no
/// such table.
pub fn length(socket: &TcpStream) -> u64 {
    let (Ok(own), Ok(peer)) = (socket.local_addr(), socket.peer_addr()) else { return 0 };
    let table = if own.is_ipv4() { "/proc/self/net/tcp" } else { "/proc/self/net/tcp6" };
    let table = fs::read_to_string(table).unwrap_or_default();
    find(&table, &format!(" {} {} ", column(own), column(peer))).unwrap_or(0)
}

fn find(table: &str, pair: &str) -> Option<u64> {
    let (_, behind) = table.split_once(pair)?;
    let (length, _) = behind.split_whitespace().nth(1)?.split_once(':')?;
    u64::from_str_radix(length, 16).ok()
}

/// An address as it stands there: each four bytes as a number of this processor, in hexadecimal.
fn column(address: SocketAddr) -> String {
    let bytes = match address.ip() {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    };
    let number = |four: &[u8]| format!("{:08X}", u32::from_ne_bytes([four[0], four[1], four[2], four[3]]));
    let ip: String = bytes.chunks_exact(4).map(number).collect();
    format!("{ip}:{:04X}", address.port())
}
