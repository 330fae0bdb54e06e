//! Why a destination cannot be pinged, and what to do then.

use common::Problem;
use std::io::{self, ErrorKind};
use std::net::IpAddr;

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

/// There is no way to this IP.
pub fn connecting(ip: IpAddr) -> impl Fn(io::Error) -> Problem {
    move |cause| match cause.kind() {
        ErrorKind::PermissionDenied => Problem::new(
            format_args!("{ip} cannot be pinged"),
            format!("{cause}; it is the address of all computers of a network (broadcast), or a firewall forbids it"),
            ONE_COMPUTER,
        ),
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::AddrNotAvailable => Problem::new(
            format_args!("there is no route to {ip}"),
            cause,
            "check that this computer is connected to the network, and that the IP is one computer's",
        ),
        _ => Problem::new(format_args!("{ip} cannot be pinged"), cause, "check the IP"),
    }
}
