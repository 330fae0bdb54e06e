//! The first client: sends a message to a server and shows the answer.
//!
//! The five steps of every client are yours to write, in [`run`]: create a socket, connect it, send, receive, close.

mod message;
mod options;

use clap::Parser as _;
use common::{Problem, address, interrupt, problem};
use options::Options;
use std::process::ExitCode;
// For the steps you need these as well: remove the slashes in front of them. rustc warns of what no step
// uses yet; in the end it has no warning left.
// use common::text;
// use socket2::{Domain, Protocol, Socket, Type};
// use std::io::{Read as _, Write as _};

/// The server's IP, where the command line gives none.
const IP: &str = "127.0.0.1";
/// The server's port, where the command line gives none.
const PORT: u16 = 8080;

fn main() -> ExitCode {
    problem::exit_code(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    interrupt::exit_on_ctrl_c()?;
    let message = message::read(options)?;
    let server = address::resolve(&options.ip, options.port)?;

    // 1. Create the socket: let mut socket = Socket::new(Domain::for_address(server), Type::STREAM, Some(Protocol::TCP))
    //    It may fail. With .map_err(Problem::creating)? behind it the function then ends with an error in three lines.
    //    In each of the next steps it is .map_err(Problem::…(server))? with the word that is named there.
    // 2. Connect it to the server's (IP, port): socket.connect_timeout(&server.into(), options.time_to_connect())
    //    and Problem::connecting
    // 3. Send the message: socket.write_all(&message), and Problem::sending
    // 4. Receive the answer, but not where options.send_only is true: again and again let length = socket.read(&mut buffer)
    //    with let mut buffer = [0; 2048]; and Problem::receiving, until length is 0.
    //    Collect what comes: let mut answer = Vec::new(); and answer.extend_from_slice(&buffer[..length]);
    //    Then print it once: MESSAGE FROM THE SERVER: and an empty line, then text::escape_multiline(&answer)
    // 5. Close the socket: drop(socket); and behind it Ok(()), in the place of all that follows here.
    let _ = (server, message, options.send_only, options.timeout, options.time_to_connect());
    Err(Problem::not_written("the five steps of a client", "the function run"))
}
