//! The lesson's netcat, for computers without one: what is typed goes to the other side, and what the other side sends is shown.
//!
//! It connects ([`connect`]) or waits for one client ([`listen`]); [`copy::both_ways`] is what both do then.

mod copy;
mod options;
mod output;

use common::{Problem, address, problem};
use options::{Options, Role};
use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;

/// The IP to connect to, where the command line gives none.
const IP: &str = "127.0.0.1";
/// The IP to listen at, where the command line gives none: every IPv4 address of this computer.
const ANY: &str = "0.0.0.0";
/// The port, where the command line gives none.
const PORT: u16 = 8080;

fn main() -> ExitCode {
    let options = Options::read();
    problem::exit_code(run(&options).map_err(Problem::with_other_addresses(&options.ip)))
}

fn run(options: &Options) -> Result<(), Problem> {
    common::interrupt::exit_on_ctrl_c()?;
    let address = address::resolve(&options.ip, options.port)?;
    match options.role {
        Role::Client => {
            let socket = connect(address)?;
            options.narrate(format_args!("connected to {}", address::format_pair(address)));
            copy::both_ways(&socket, address, options.half_close)
        }
        Role::Server => {
            let listener = listen(address)?;
            let address = listener.local_addr().map_err(Problem::configuring)?;
            options.narrate(format_args!("listening at {}", address::format_pair(address)));
            let (socket, client) = listener.accept().map_err(Problem::accepting)?;
            options.narrate(format_args!("connection from {}", address::format_pair(client)));
            // The next one waits in the listener's queue, which lasts as long as the listener: to the end of this function.
            copy::both_ways(&socket, client, options.half_close)
        }
    }
}

/// Creates a socket and connects it to the server's (IP, port), in one call of the standard library's. The steps one by one are
/// the lesson's: `client`, `ex3-chat` and `server` have them.
fn connect(server: SocketAddr) -> Result<TcpStream, Problem> {
    TcpStream::connect_timeout(&server, address::TIME_TO_CONNECT).map_err(Problem::connecting(server))
}

/// Creates a socket, binds it to (IP, port), and listens, in one call.
#[allow(clippy::disallowed_methods, reason = "as many as a class may wait here, and one is served")]
fn listen(address: SocketAddr) -> Result<TcpListener, Problem> {
    TcpListener::bind(address).map_err(Problem::binding(address))
}

impl Options {
    /// Says what happens, on standard error, with `-v`.
    fn narrate(&self, event: std::fmt::Arguments) {
        if self.verbose {
            let _ = writeln!(io::stderr(), "{event}");
        }
    }
}
