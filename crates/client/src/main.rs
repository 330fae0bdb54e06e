//! The first client: sends a message to a server and shows the answer.
//!
//! The five steps of every client stand in [`run`], in order: create a socket, connect it, send, receive, close.

mod message;
mod options;

use clap::Parser as _;
use common::{Problem, address};
use options::Options;
use std::process::ExitCode;

// BEGIN SOLUTION
use common::{Answer, Ladder, closing};
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Read as _, Write as _};
// STUB: // For the steps: socket2's Domain, Protocol, Socket and Type, and the traits Read and Write of std::io.
// END SOLUTION

/// The server's IP, where the command line gives none.
const IP: &str = "127.0.0.1";
/// The server's port, where the command line gives none.
const PORT: u16 = 8080;

fn main() -> ExitCode {
    common::problem::exit_code(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    common::interrupt::exit_on_ctrl_c()?;
    let message = message::read(options)?;
    let addresses = address::resolve(&options.ip, options.port)?;

    // BEGIN SOLUTION
    let mut ladder = Ladder::for_client(options.explain);

    let (server, mut socket) = address::first_that_works(&addresses, |server| {
        // 1. Create the socket
        let socket = Socket::new(Domain::for_address(server), Type::STREAM, Some(Protocol::TCP))
            .map_err(|e| Problem::creating(&e))?;
        ladder.created(server);
        socket.set_read_timeout(options.timeout).map_err(|e| Problem::creating(&e))?;
        socket.set_write_timeout(options.timeout).map_err(|e| Problem::creating(&e))?;

        // 2. Connect it to the server's (IP, port)
        socket
            .connect_timeout(&server.into(), options.time_to_connect())
            .map_err(|e| Problem::connecting(server, &e))?;
        ladder.connected(&socket);
        Ok(socket)
    })?;

    // 3. Send the message: `write_all` calls `send` until the last byte is on its way
    let sent = socket.write_all(&message);
    match &sent {
        Ok(()) => ladder.sent(&message),
        // A server may answer and close before it has read all: its answer is here though sending failed.
        Err(e) if closing::is_closed_by_peer(e) => {}
        Err(e) => return Err(Problem::sending(server, e)),
    }

    // 4. Receive the answer, piece by piece, until the server says that nothing follows
    let mut answer = Answer::new(server, io::stdout());
    let mut buffer = [0; 2048];
    while !options.send_only && !answer.has_ended() {
        let received = socket.read(&mut buffer).map(|length| &buffer[..length]);
        ladder.received(&received);
        answer.take(received);
    }

    // 5. Close the socket
    if options.send_only {
        // In such a way that the message arrives, though nobody looks at the answer.
        closing::shutdown_and_drain(&mut socket).map_err(|e| Problem::sending(server, &e))?;
    }
    drop(socket);
    ladder.closed();

    if answer.is_empty() {
        sent.map_err(|e| Problem::sending(server, &e))?;
    }
    answer.end()
    // STUB: let server = addresses[0];
    // STUB: // 1. Create the socket: Socket::new with a domain (Domain::for_address(server)), a type (STREAM), a protocol (Some(TCP)).
    // STUB: //    It may fail. Behind it stands .map_err(|e| Problem::creating(&e))? and with the other steps:
    // STUB: // 2. Connect it to the server's (IP, port): connect(&server.into()), and Problem::connecting(server, &e)
    // STUB: // 3. Send the message: write_all(&message), and Problem::sending(server, &e)
    // STUB: // 4. Receive the answer: read(&mut buffer) into 2048 bytes, [0; 2048], which tells how many came, again and again until
    // STUB: //    these are 0; Problem::receiving(server, &e). Print it: the heading MESSAGE FROM THE SERVER:, an empty line, the answer,
    // STUB: //    made safe by common::text::lines. All this not with --send-only, options.send_only
    // STUB: // 5. Close the socket: drop(socket). Then, instead of the lines below: Ok(())
    // STUB: let _message = message;
    // STUB: Err(Problem::new(
    // STUB:     format_args!("the client is not written yet, and {server} hears nothing"),
    // STUB:     "the five steps with the socket are missing",
    // STUB:     "open src/main.rs in the folder client, and write them in the function run",
    // STUB: ))
    // END SOLUTION
}
