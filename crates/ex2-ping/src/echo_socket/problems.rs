//! Why a destination cannot be pinged, and what to do then.

use common::Problem;
use socket2::{Domain, Socket, Type};
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};

const ONE_COMPUTER: &str = "use the address of one computer";

/// Fails for the address of many computers: each of them would answer, and a class of students would flood the network.
pub fn refuse_groups(ip: IpAddr) -> Result<(), Problem> {
    let group = match ip {
        IpAddr::V4(v4) if v4.is_broadcast() => "the address of all computers of this network (broadcast)",
        _ if ip.is_multicast() => "the address of a group of computers (multicast)",
        _ => return Ok(()),
    };
    Err(Problem::new(format_args!("{ip} is not one computer"), format!("it is {group}"), ONE_COMPUTER))
}

/// No kind of socket could be created.
pub fn creating(cause: io::Error) -> Problem {
    if cause.kind() != ErrorKind::PermissionDenied {
        return Problem::creating(cause);
    }
    let error = "this computer does not allow you to ping";
    if !cfg!(target_os = "linux") {
        let next = "run it as administrator (Windows) or with sudo, or use the system's own ping";
        return Problem::new(error, cause, next);
    }
    let program = std::env::current_exe().map_or_else(|_| "ex2-ping".to_string(), |path| path.display().to_string());
    let next = format!(
        "ask for one of two things: sudo sysctl net.ipv4.ping_group_range='0 2147483647' (for everybody), \
         or sudo setcap cap_net_raw+ep {program} (for this program)"
    );
    Problem::new(error, cause, next)
}

/// There is no way to this address.
pub fn connecting(destination: SocketAddr) -> impl Fn(io::Error) -> Problem {
    let ip = destination.ip();
    move |cause| match cause.kind() {
        ErrorKind::PermissionDenied if is_broadcast(destination) => Problem::new(
            format_args!("{ip} is not one computer"),
            format!("{cause}; it is the address of all computers of a network (broadcast)"),
            ONE_COMPUTER,
        ),
        ErrorKind::PermissionDenied | ErrorKind::InvalidInput => {
            Problem::new(format_args!("this computer forbids packets to {ip}"), cause, forbidding(ip))
        }
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::AddrNotAvailable => Problem::new(
            format_args!("there is no route to {ip}"),
            cause,
            "check that this computer is connected to the network, and that the IP is one computer's",
        ),
        _ => Problem::new(format_args!("{ip} cannot be pinged"), cause, "check the IP"),
    }
}

/// Whether only leave for broadcast is missing: then a socket that has it finds the way.
fn is_broadcast(destination: SocketAddr) -> bool {
    let Ok(socket) = Socket::new(Domain::for_address(destination), Type::DGRAM, None) else { return false };
    socket.set_broadcast(true).and_then(|()| socket.connect(&destination.into())).is_ok()
}

/// Where to look for the rule.
fn forbidding(ip: IpAddr) -> String {
    if cfg!(target_os = "linux") {
        format!("look at its own rules: ip route get {ip} (prohibit, blackhole), or its firewall")
    } else {
        "look at this computer's own firewall and routes".to_string()
    }
}
