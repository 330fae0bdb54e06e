//! The teacher's server: counts connections, shows each message, answers with a greeting, closes.
//!
// BEGIN SOLUTION
//! The steps of every server: create a socket, bind it, listen ([`listen`], here), accept (`accept.rs`), receive, send,
//! close (`talk.rs`). What is left keeps three hundred students out of each other's way.
// STUB: //! The steps of every server: create a socket, bind it, listen, accept, receive, send, close.
// END SOLUTION

mod options;
// BEGIN SOLUTION
mod accept;
mod client;
mod console;
mod drain;
mod limits;
mod log;
mod message;
mod names;
mod pool;
mod queue;
mod records;
mod serve;
mod talk;
mod throttle;
mod visitors;
// END SOLUTION

use clap::Parser as _;
use common::{Problem, address};
use options::Options;
use std::process::ExitCode;

// BEGIN SOLUTION
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
// STUB: // For the steps: socket2's Domain, Protocol, Socket and Type, and the traits Read and Write of std::io.
// END SOLUTION

/// The IP to listen at, where the command line gives none.
const IP: &str = "127.0.0.1";
/// The port to listen at, where the command line gives none.
const PORT: u16 = 8080;

fn main() -> ExitCode {
    common::problem::exit_code(run(&Options::parse()))
}

// BEGIN SOLUTION
fn run(options: &Options) -> Result<(), Problem> {
    let console = Console::start().map_err(|e| Problem::threads(&e))?;
    let log = options.log.as_deref().map(|path| Log::open(path, console.clone())).transpose()?;

    let addresses = address::resolve(&options.ip, options.port)?;
    let (address, listener) = address::first_that_works(&addresses, |address| listen(address, options, &console))
        .inspect_err(|_| console.close(console::port_problem(options.port)))?;

    let interrupted = common::interrupt::receiver()?;
    // With port 0 the system has chosen one.
    let address = listener.local_addr().ok().and_then(|chosen| chosen.as_socket()).unwrap_or(address);
    console.waiting(address);
    invite(address, &console);

    let limits = Arc::new(Limits::new(options.max_clients, options.per_address(), options.patience));
    let records = Arc::new(Records::new(address, console, log));
    let acceptor = Arc::new(Acceptor::new(listener, limits.clone(), records.clone()));
    let service = Service { limits, records: records.clone(), explain: options.explain };
    let failing = acceptor.clone();
    pool::start(
        options.max_clients,
        move || acceptor.accept(),
        move |accepted| service.serve(accepted),
        move |e| failing.note_thread_failure(e),
    )
    .map_err(|e| Problem::threads(&e))?;

    // The clients are served by other threads. This one waits for Ctrl-C.
    let _ = interrupted.recv();
    records.close()
}

/// A server that listens at all addresses says what the students type to reach it.
fn invite(address: SocketAddr, console: &Console) {
    if !address.ip().is_unspecified() {
        return;
    }
    let mut own = interfaces::own_addresses();
    own.retain(|ip| address.is_ipv6() || ip.is_ipv4());
    // Typed on a student's computer, a loopback address would mean that computer.
    if own.iter().any(|ip| !ip.is_loopback()) {
        own.retain(|ip| !ip.is_loopback());
    }
    console.print("The students type:");
    for ip in own {
        console.print(format!("    nc {ip} {}", address.port()));
    }
}

fn listen(address: SocketAddr, options: &Options, console: &Console) -> Result<Socket, Problem> {
    let mut ladder = console.ladder(options.explain, String::new());
    // 1. Create the socket
    let listener = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))
        .map_err(|e| Problem::creating(&e))?;
    ladder.created(address);

    // So that the server can be started again at once: the system keeps the port of a connection that has just been closed
    // for a minute (RFC 9293, TIME-WAIT). On Windows the same option would let two servers share a port.
    #[cfg(not(windows))]
    listener.set_reuse_address(true).map_err(|e| Problem::creating(&e))?;
    if address.is_ipv6() {
        // `::` means every address, those of IPv4 too.
        listener.set_only_v6(false).map_err(|e| Problem::creating(&e))?;
    }

    // 2. Bind it to (IP, port)
    listener.bind(&address.into()).map_err(|e| Problem::binding(address, &e))?;
    ladder.bound(&listener);

    // 3. Listen
    listener.listen(options.backlog).map_err(|e| Problem::binding(address, &e))?;
    ladder.listening(options.backlog);
    Ok(listener)
}
// STUB: fn run(options: &Options) -> Result<(), Problem> {
// STUB:     let addresses = address::resolve(&options.ip, options.port)?;
// STUB:     let address = addresses[0];
// STUB:
// STUB:     // Ctrl-C ends the program from now on, and says so.
// STUB:     common::interrupt::on_ctrl_c(|| {
// STUB:         println!("Server stopped by the user");
// STUB:         std::process::exit(0)
// STUB:     })?;
// STUB:
// STUB:     // 1. Create the socket: Socket::new with a domain (Domain::for_address(address)), a type (STREAM), a protocol
// STUB:     //    (Some(TCP)). It may fail: behind it stands .map_err(|e| Problem::creating(&e))? and with the other steps the
// STUB:     //    Problem that is named there. Then set_reuse_address(true), not on Windows: else the system keeps the port for a
// STUB:     //    minute after each run
// STUB:     // 2. Bind it to (IP, port): bind(&address.into()), and Problem::binding(address, &e). Only if that fails print the lesson's
// STUB:     //    own line before: Problems using port PORT. Do you have permission?
// STUB:     // 3. Listen: listen(5), and Problem::binding again
// STUB:     // Again and again, in a loop, with the connections counted from 1:
// STUB:     //    Waiting for connections at IP, PORT
// STUB:     // 4. Accept the next client: accept() gives a socket and the client's address, and Problem::accepting(&e). The address
// STUB:     //    with .as_socket() is an Option of IP and port
// STUB:     //    CONNECTION: N. From the IP: ADDRESS
// STUB:     // 5. Receive its message: read(&mut buffer), once, into 2048 bytes, [0; 2048]; it tells how many came. They may be
// STUB:     //    anything; common::text::lines makes them safe to print. A client that is gone is no reason to end the server
// STUB:     //    Message from client: TEXT
// STUB:     // 6. Send the answer: write_all
// STUB:     //    Hello from the teacher's server
// STUB:     // 7. Close the client's socket: drop. A loop without an end needs no Ok(()) behind it: it takes the place of these lines
// STUB:     Err(Problem::new(
// STUB:         format_args!("the server is not written yet, and nobody listens at {address}"),
// STUB:         "its steps with the sockets are missing",
// STUB:         "open src/main.rs in the folder server, and write them in the function run",
// STUB:     ))
// STUB: }
// END SOLUTION
