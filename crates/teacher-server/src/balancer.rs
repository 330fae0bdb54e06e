//! `--proxy-protocol`: behind a balancer, each connection begins with a header that says whose it is.
//!
//! The PROXY protocol, versions 1 and 2: <https://www.haproxy.org/download/2.6/doc/proxy-protocol.txt>. The header comes together with the
//! client's first bytes, or alone, or in pieces. Anybody can write one: only a balancer's is read.

use crate::console::Console;
use crate::drain;
use crate::handler::GREETING;
use crate::message::{Message, receive, receive_with};
use crate::server::Server;
use common::Problem;
use ipnet::IpNet;
use proxy_header::{Error, ParseConfig, ProxyHeader};
use std::io::{self, ErrorKind};
use std::net::{AddrParseError, IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time;

/// How long a balancer has for its header. It is short: a balancer sends it at once, and the client's patience begins after it.
const HEADER_TIMEOUT: Duration = Duration::from_secs(5);

/// The balancers that the teacher has named.
pub struct Balancers {
    networks: Vec<IpNet>,
    /// Whether it was told that one of them sent no header.
    is_told: AtomicBool,
}

impl Balancers {
    /// Those with an address in one of these networks.
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self { networks, is_told: AtomicBool::default() }
    }

    fn note_no_header(&self, balancer: IpAddr, cause: io::Error, console: &Console) {
        if !self.is_told.swap(true, Relaxed) {
            let problem = Problem::new(
                format_args!("the balancer {balancer} did not say whose connection it was, and it was closed"),
                cause,
                "let it send the PROXY protocol (in haproxy.cfg: send-proxy-v2), or start without --proxy-protocol",
            );
            console.note(problem.to_string());
        }
    }
}

/// Reads an address, or a network like 10.0.0.0/24, on the command line.
pub fn parse(text: &str) -> Result<IpNet, String> {
    let address = |_| text.parse().map(|ip: IpAddr| ip.to_canonical().into());
    text.parse().or_else(address).map_err(|_: AddrParseError| {
        "write the IP of the balancer, or its network, for example 10.0.0.5 or 10.0.0.0/24".to_string()
    })
}

/// The client's own address, where `peer` has connected. What came with a balancer's header is added to the client's `message`.
///
/// None: there is no client, and all is done. A balancer has looked whether the server is well, or did not say whose connection it was.
pub async fn client(
    socket: &mut TcpStream,
    peer: SocketAddr,
    message: &mut Message,
    server: &Server,
) -> Option<SocketAddr> {
    let peer = canonical(peer);
    if !server.balancers.networks.iter().any(|network| network.contains(&peer.ip())) {
        return Some(peer);
    }
    let header = time::timeout(HEADER_TIMEOUT, receive_header(socket, message)).await;
    let client = match header.unwrap_or_else(|elapsed| Err(elapsed.into())) {
        Ok(client) => client,
        Err(cause) => {
            server.balancers.note_no_header(peer.ip(), cause, &server.console);
            return None;
        }
    };
    // What a balancer does in its own name is a health check, as long as it says nothing
    if client.is_none_or(|client| client.ip() == peer.ip()) && message.length == 0 {
        let patience = server.limits.patience(peer.ip());
        let _ = time::timeout(patience, receive(socket, message)).await;
        if message.length == 0 {
            return None;
        }
    }
    if client.is_none() {
        drain::say_goodbye(socket, GREETING).await;
    }
    client
}

/// Receives the header, and what comes with it. The client that it names; none where it names nobody (version 1 `UNKNOWN`, version 2
/// `LOCAL`), or where the balancer has only looked whether anybody listens.
///
/// Its length is bounded by the protocol: 107 bytes in version 1, 16 and what 16 bits can say in version 2.
async fn receive_header(socket: &mut TcpStream, message: &mut Message) -> io::Result<Option<SocketAddr>> {
    let mut bytes = Vec::new();
    loop {
        match receive_with(socket, |received| bytes.extend_from_slice(received)).await {
            Ok(0) | Err(_) if bytes.is_empty() => return Ok(None),
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            received => received?,
        };
        match parse_header(&bytes) {
            Ok((client, length)) => {
                message.add(&bytes[length..]);
                return Ok(client);
            }
            Err(Error::BufferTooShort) => {}
            Err(_) => return Err(io::Error::new(ErrorKind::InvalidData, "what it sent is no header")),
        }
    }
}

/// The client that a whole header names, and the header's length.
fn parse_header(bytes: &[u8]) -> Result<(Option<SocketAddr>, usize), Error> {
    /// Version 2: the signature, version and command. Section 2.2 says to ignore the rest, but for its length; the crate does not.
    const LOCAL: &[u8] = b"\r\n\r\n\0\r\nQUIT\n\x20";
    if let Some([_family, high, low, rest @ ..]) = bytes.strip_prefix(LOCAL) {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        return if rest.len() < length { Err(Error::BufferTooShort) } else { Ok((None, LOCAL.len() + 3 + length)) };
    }
    let (header, length) = ProxyHeader::parse(bytes, ParseConfig::default())?;
    Ok((header.proxied_address().map(|address| canonical(address.source)), length))
}

/// A client that reached `::` by IPv4 has an address like `::ffff:192.168.1.36`. A link-local one keeps its zone.
fn canonical(mut address: SocketAddr) -> SocketAddr {
    address.set_ip(address.ip().to_canonical());
    address
}
