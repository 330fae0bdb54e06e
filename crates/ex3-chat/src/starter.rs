//! The chat: sends each line typed to a server, over a new connection each time.
//!
//! The loop stands in [`run`]: ask the user for a message, send it, again. The steps with the socket are yours to write, in
//! [`send`]: create, connect, send, close.

mod input;
mod options;

use clap::Parser as _;
use common::{Problem, address, interrupt, problem};
use input::Input;
use options::Options;
use std::net::SocketAddr;
use std::process::ExitCode;
// For the steps you need these as well: remove the slashes in front of them. rustc warns of what no step
// uses yet; in the end it has no warning left.
// use socket2::{Domain, Protocol, Socket, Type};
// use std::io::Write as _;

/// The server's IP, where the command line gives none.
const IP: &str = "127.0.0.1";
/// The server's port, where the command line gives none.
const PORT: u16 = 8080;

fn main() -> ExitCode {
    problem::exit_code(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    interrupt::exit_on_ctrl_c()?;
    if options.reply {
        return Err(Problem::new("--reply is an extra feature", "this exercise does not ask for it", "leave it out"));
    }
    let server = address::resolve(&options.ip, options.port)?;
    let mut input = Input::open()?;

    // 1. Ask the user for a message, again and again until there is no more
    while let Some(message) = input.ask()? {
        send(&message, server)?;
    }
    Ok(())
}

/// Sends one message over a connection of its own.
fn send(message: &[u8], server: SocketAddr) -> Result<(), Problem> {
    // 2. Create the socket: let mut socket = Socket::new(Domain::for_address(server), Type::STREAM, Some(Protocol::TCP))
    //    A new one for each message, since one that was closed cannot be connected again. It may fail:
    //    with .map_err(Problem::creating)? behind it the function then ends with an error in three lines.
    //    In the next steps it is .map_err(Problem::…(server))? with the word that is named there.
    // 3. Connect it to the server's (IP, port): socket.connect_timeout(&server.into(), address::TIME_TO_CONNECT)
    //    and Problem::connecting
    // 4. Send the message: socket.write_all(message), and Problem::sending
    // 5. Close the socket: drop(socket); and behind it Ok(()), in the place of all that follows here.
    let _ = (server, message);
    Err(Problem::not_written("the steps with the socket", "the function send"))
}
