//! The lesson's netcat, for computers without one: what is typed goes to the other side, and what the other side sends is shown.
//!
//! The steps of a client stand in [`connect`], those of a server in [`listen`]; [`copy::both_ways`] is what both do then.

mod copy;
mod options;
mod output;

use common::{Problem, address};
use options::{Options, Role};
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::process::ExitCode;

/// The IP to connect to, where the command line gives none.
const IP: &str = "127.0.0.1";
/// The IP to listen at, where the command line gives none: all addresses of this computer.
const ANY: &str = "0.0.0.0";
/// The port, where the command line gives none.
const PORT: u16 = 8080;
/// How many clients may wait while one is served.
const BACKLOG: i32 = 5;

fn main() -> ExitCode {
    common::problem::exit_code(run(&Options::read()))
}

fn run(options: &Options) -> Result<(), Problem> {
    common::interrupt::ends_the_program()?;
    let addresses = address::resolve(&options.ip, options.port)?;
    match options.role {
        Role::Client => {
            let (server, socket) = address::first_that_works(&addresses, connect)?;
            options.narrate(format_args!("connected to {server}"));
            copy::both_ways(&socket, server, options.half_close)
        }
        Role::Server => {
            let (address, listener) = address::first_that_works(&addresses, listen)?;
            options.narrate(format_args!("listening at {}", spoken(&listener)));

            // 4. Accept one connection
            let (socket, client) = listener.accept().map_err(|e| Problem::accepting(&e))?;
            let client = client.as_socket().unwrap_or(address);
            options.narrate(format_args!("connection from {client}"));
            // The next one waits in the listener's queue, which lasts as long as the listener: to the end of this function.
            copy::both_ways(&socket, client, options.half_close)
        }
    }
}

fn connect(server: SocketAddr) -> Result<Socket, Problem> {
    // 1. Create the socket
    let socket = Socket::new(Domain::for_address(server), Type::STREAM, Some(Protocol::TCP))
        .map_err(|e| Problem::creating(&e))?;

    // 2. Connect it to the server's (IP, port)
    socket.connect_timeout(&server.into(), address::TIME_TO_CONNECT).map_err(|e| Problem::connecting(server, &e))?;
    Ok(socket)
}

fn listen(address: SocketAddr) -> Result<Socket, Problem> {
    // 1. Create the socket
    let listener = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))
        .map_err(|e| Problem::creating(&e))?;
    // As in the server: a port can be taken again at once, and `::` means the addresses of IPv4 too.
    #[cfg(not(windows))]
    listener.set_reuse_address(true).map_err(|e| Problem::creating(&e))?;
    if address.is_ipv6() {
        listener.set_only_v6(false).map_err(|e| Problem::creating(&e))?;
    }

    // 2. Bind it to (IP, port)
    listener.bind(&address.into()).map_err(|e| Problem::binding(address, &e))?;

    // 3. Listen
    listener.listen(BACKLOG).map_err(|e| Problem::binding(address, &e))?;
    Ok(listener)
}

fn spoken(listener: &Socket) -> String {
    let address = listener.local_addr().ok().and_then(|address| address.as_socket());
    address.map_or_else(|| "(unknown)".to_string(), |address| address.to_string())
}

impl Options {
    /// What happens, on standard error, for whoever wants to know.
    fn narrate(&self, event: std::fmt::Arguments) {
        if self.verbose {
            let _ = writeln!(io::stderr(), "{event}");
        }
    }
}
