//! The own addresses that lead to the rest of the world.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

/// Addresses of nobody, RFC 5737 and RFC 3849, so that no other route than the default one leads there.
const OF_NOBODY: [IpAddr; 2] =
    [IpAddr::V4(Ipv4Addr::new(203, 0, 113, 1)), IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1))];

/// The own addresses with which this computer would send by its default routes, the one for IPv4 first. Empty without such a route.
///
/// ```
/// assert!(common::address::default_sources().len() <= 2);
/// ```
#[must_use]
pub fn default_sources() -> Vec<IpAddr> {
    OF_NOBODY.into_iter().filter_map(|nobody| source_for(nobody).ok()).collect()
}

/// Nothing is sent: connecting a UDP socket only makes the system look up the route.
fn source_for(target: IpAddr) -> io::Result<IpAddr> {
    let any = if target.is_ipv4() { IpAddr::V4(Ipv4Addr::UNSPECIFIED) } else { IpAddr::V6(Ipv6Addr::UNSPECIFIED) };
    let socket = UdpSocket::bind(SocketAddr::new(any, 0))?;
    socket.connect(SocketAddr::new(target, 9))?;
    Ok(socket.local_addr()?.ip())
}
