//! Linux: time stamps by the kernel, the TTL, and network errors from the error queue (socket(7), ip(7), ipv6(7), icmp(7)). They
//! come as control messages beside the bytes (cmsg(3)).

mod clock;

use super::Packet;
use crate::icmp::Version;
use crate::icmp_error::IcmpError;
use nix::libc::{self, sock_extended_err};
use nix::sys::socket::sockopt::{Ipv4RecvErr, Ipv4RecvTtl, Ipv6RecvErr, Ipv6RecvHopLimit, ReceiveTimestampns};
use nix::sys::socket::{ControlMessageOwned, MsgFlags, SockaddrIn, SockaddrIn6, SockaddrStorage, recvmsg, setsockopt};
use nix::sys::time::TimeSpec;
use socket2::{Domain, Socket, Type};
use std::fs;
use std::io::{self, IoSliceMut};
use std::net::SocketAddr;
use std::os::fd::AsRawFd as _;
use std::time::SystemTime;

/// Asks the kernel for control messages.
pub fn configure(socket: &Socket, version: Version) -> io::Result<()> {
    setsockopt(socket, ReceiveTimestampns, &true)?;
    if version == Version::V4 {
        setsockopt(socket, Ipv4RecvErr, &true)?;
        setsockopt(socket, Ipv4RecvTtl, &true)?;
    } else {
        setsockopt(socket, Ipv6RecvErr, &true)?;
        setsockopt(socket, Ipv6RecvHopLimit, &true)?;
    }
    Ok(())
}

/// The socket whose "connect" says whether there is a way to `destination`: one of UDP, which sends nothing (udp(7)). A raw socket that
/// is connected gets nothing from other addresses, neither a redirect of a router nor a reply. So ours is not, and each packet finds its
/// own way.
pub fn socket_to_connect(_: &Socket, destination: SocketAddr) -> io::Result<Socket> {
    Socket::new(Domain::for_address(destination), Type::DGRAM, None)
}

/// Sends a message.
pub fn send(socket: &Socket, message: &[u8], destination: SocketAddr) -> io::Result<()> {
    socket.send_to(message, &destination.into()).map(drop)
}

/// Receives the next packet.
pub fn receive_packet(socket: &Socket, buffer: &mut [u8]) -> io::Result<Packet> {
    receive(socket, buffer, MsgFlags::MSG_DONTWAIT)
}

/// Receives the next packet that could not be delivered, from the queue of errors.
pub fn receive_error_packet(socket: &Socket, buffer: &mut [u8]) -> io::Result<Packet> {
    receive(socket, buffer, MsgFlags::MSG_ERRQUEUE | MsgFlags::MSG_DONTWAIT)
}

/// How many echo replies the kernel has counted: those with a wrong identifier too, which no datagram socket gets (proc(5), RFC 2011).
pub fn count_replies(version: Version) -> Option<u64> {
    let (table, name) = match version {
        Version::V4 => ("snmp", "InEchoReps"),
        Version::V6 => ("snmp6", "Icmp6InEchoReplies"),
    };
    let table = fs::read_to_string(format!("/proc/thread-self/net/{table}")).ok()?;
    if version == Version::V6 {
        // A name and a number in each line.
        let line = table.lines().find(|line| line.starts_with(name))?;
        return line.split_whitespace().nth(1)?.parse().ok();
    }
    // The names in one line, the numbers in the next.
    let mut lines = table.lines().filter(|line| line.starts_with("Icmp:")).map(str::split_whitespace);
    let place = lines.next()?.position(|word| word == name)?;
    lines.next()?.nth(place)?.parse().ok()
}

fn receive(socket: &Socket, buffer: &mut [u8], flags: MsgFlags) -> io::Result<Packet> {
    let mut buffers = [IoSliceMut::new(buffer)];
    let mut control = nix::cmsg_space!(TimeSpec, libc::c_int, (sock_extended_err, libc::sockaddr_in6));
    let received = recvmsg::<SockaddrStorage>(socket.as_raw_fd(), &mut buffers, Some(&mut control), flags)?;
    let (now, time_of_day) = clock::both_clocks();
    let from = received.address.as_ref().and_then(address_of);
    let mut packet = Packet { length: received.bytes, from, ttl: None, arrived: None, error: None };
    for message in received.cmsgs().into_iter().flatten() {
        match message {
            ControlMessageOwned::ScmTimestampns(stamp) => {
                let stamp = SystemTime::UNIX_EPOCH.checked_add(stamp.into());
                packet.arrived = stamp.map(|stamp| clock::on_our_clock(now, time_of_day, stamp));
            }
            ControlMessageOwned::Ipv4Ttl(ttl) | ControlMessageOwned::Ipv6HopLimit(ttl) => {
                packet.ttl = ttl.try_into().ok();
            }
            ControlMessageOwned::Ipv4RecvErr(error, Some(from)) => {
                packet.error = icmp_error(error, SockaddrIn::from(from).into());
            }
            ControlMessageOwned::Ipv6RecvErr(error, Some(from)) => {
                packet.error = icmp_error(error, SockaddrIn6::from(from).into());
            }
            _ => {}
        }
    }
    Ok(packet)
}

/// Who complains, and about what: only what an ICMP message said, the kernel's own notes are left out.
fn icmp_error(error: sock_extended_err, from: SocketAddr) -> Option<(SocketAddr, IcmpError)> {
    let version = match error.ee_origin {
        libc::SO_EE_ORIGIN_ICMP => Version::V4,
        libc::SO_EE_ORIGIN_ICMP6 => Version::V6,
        _ => return None,
    };
    Some((from, IcmpError { version, kind: error.ee_type, code: error.ee_code, info: error.ee_info }))
}

fn address_of(address: &SockaddrStorage) -> Option<SocketAddr> {
    let v4 = address.as_sockaddr_in().map(|v4| SocketAddr::V4((*v4).into()));
    v4.or_else(|| address.as_sockaddr_in6().map(|v6| SocketAddr::V6((*v6).into())))
}
