//! The server for a whole class: counts connections, shows each message, answers with a greeting, closes.
//!
//! The steps of every server: create a socket, bind it, listen ([`listen`], here), accept (`accept.rs`), receive, send,
//! close (`talk.rs`). What is left keeps three hundred students out of each other's way.

mod accept;
mod console;
mod drain;
mod invitation;
mod limits;
mod log;
mod message;
mod names;
mod options;
mod pool;
mod queue;
mod records;
mod serve;
mod talk;
mod throttle;
mod visitors;

use clap::Parser as _;
use common::{Problem, address};
use options::Options;
use std::process::ExitCode;

use accept::Acceptor;
use common::interfaces;
use console::Console;
use limits::Limits;
use log::Log;
use records::Records;
use serve::Service;
use socket2::{Domain, Protocol, Socket, Type};
use std::net::SocketAddr;
use std::sync::Arc;

/// The IP to listen at, where the command line gives none.
const IP: &str = "127.0.0.1";
/// The port to listen at, where the command line gives none.
const PORT: u16 = 8080;

fn main() -> ExitCode {
    common::problem::exit_code(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    let console = Console::start().map_err(Problem::threads)?;
    let log = options.log.as_deref().map(|path| Log::open(path, console.clone())).transpose()?;

    let address = address::resolve(&options.ip, options.port)?;
    let listener = listen(address, options.backlog)?;

    let interrupted = common::interrupt::receiver()?;
    // With port 0 the system has chosen one.
    let address = listener.local_addr().ok().and_then(|chosen| chosen.as_socket()).unwrap_or(address);
    console.waiting(address);
    for line in invitation::lines(address, &interfaces::addresses()) {
        console.print(line);
    }

    let limits = Arc::new(Limits::new(options.max_clients, options.per_address(), options.patience));
    let records = Arc::new(Records::new(address, console, log));
    let acceptor = Arc::new(Acceptor::new(listener, limits.clone(), records.clone()));
    let service = Service { limits, records: records.clone() };
    let failing = acceptor.clone();
    pool::start(
        options.max_clients,
        move || acceptor.accept(),
        move |accepted| service.serve(accepted),
        move |e| failing.note_thread_failure(e),
    )
    .map_err(Problem::threads)?;

    // The clients are served by other threads. This one waits for Ctrl-C.
    let _ = interrupted.recv();
    records.close()
}

fn listen(address: SocketAddr, backlog: i32) -> Result<Socket, Problem> {
    // 1. Create the socket
    let listener =
        Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP)).map_err(Problem::creating)?;

    // So that the server can be started again at once: the system keeps the port of a connection that has just been closed
    // for a minute (RFC 9293, TIME-WAIT). On Windows the same option would let two servers share a port.
    #[cfg(not(windows))]
    listener.set_reuse_address(true).map_err(Problem::configuring)?;
    if address.is_ipv6() {
        // `::` means every address, those of IPv4 too.
        listener.set_only_v6(false).map_err(Problem::configuring)?;
    }

    // 2. Bind it to (IP, port)
    listener.bind(&address.into()).map_err(Problem::binding(address))?;

    // 3. Listen
    listener.listen(backlog).map_err(Problem::binding(address))?;
    Ok(listener)
}
