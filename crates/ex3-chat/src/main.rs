//! The chat: sends each line typed to a server, over a new connection each time.
//!
//! The loop stands in [`run`]: ask the user for a message, send it, again. The steps with the socket stand in [`send`]: create,
//! connect, send, close.

mod failures;
mod input;
mod options;
mod reply;

use clap::Parser as _;
use common::{Problem, address, close_gracefully, interrupt, problem};
use failures::Failures;
use input::Input;
use options::Options;
use socket2::{Domain, Protocol, Socket, Type};
use std::io::Write as _;
use std::net::SocketAddr;
use std::process::ExitCode;

/// The server's IP, where the command line gives none.
const IP: &str = "127.0.0.1";
/// The server's port, where the command line gives none.
const PORT: u16 = 8080;

fn main() -> ExitCode {
    problem::exit_code_or(run(&Options::parse()), ExitCode::FAILURE)
}

fn run(options: &Options) -> Result<ExitCode, Problem> {
    interrupt::exit_on_ctrl_c()?;
    let server = address::resolve(&options.ip, options.port)?;
    let mut input = Input::open()?;
    let mut failures = Failures::default();

    // 1. Ask the user for a message, again and again until there is no more
    while let Some(message) = input.ask()? {
        let sent = send(&message, server, options).map_err(Problem::with_other_addresses(&options.ip));
        if let Err(problem) = sent {
            failures.report(problem, &message, &input)?;
        }
    }
    Ok(failures.exit_code(&input))
}

/// Sends one message over a connection of its own.
fn send(message: &[u8], server: SocketAddr, options: &Options) -> Result<(), Problem> {
    // 2. Create the socket: a new one, since one that was closed cannot be connected again
    let mut socket =
        Socket::new(Domain::for_address(server), Type::STREAM, Some(Protocol::TCP)).map_err(Problem::creating)?;

    // 3. Connect it to the server's (IP, port)
    socket.connect_timeout(&server.into(), address::TIME_TO_CONNECT).map_err(Problem::connecting(server))?;

    // 4. Send the message: `write_all` calls `send` until the last byte is on its way
    socket.write_all(message).map_err(Problem::sending(server))?;
    // Nobody answers a message of no bytes, since nothing of it arrives.
    if options.reply && !message.is_empty() {
        reply::show(&mut socket, server)?;
    }

    // 5. Close the socket, in such a way that the message arrives though nobody looks at the answer
    close_gracefully(socket).map_err(Problem::closing(server))
}
