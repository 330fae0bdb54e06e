//! The chat: sends each line typed to a server, over a new connection each time.
//!
//! The loop stands in [`run`]: ask the user for a message, send it, again. The steps with the socket stand in [`send`]: create,
//! connect, send, close.

mod input;
mod options;
// BEGIN SOLUTION
mod failures;
// END SOLUTION

use clap::Parser as _;
use common::{Problem, address};
use input::Input;
use options::Options;
use std::net::SocketAddr;
use std::process::ExitCode;

// BEGIN SOLUTION
use common::{Answer, Ladder, closing};
use failures::Failures;
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Read as _, Stdout, Write as _};
// STUB: // For the steps: socket2's Domain, Protocol, Socket and Type, and the trait Write of std::io.
// END SOLUTION

/// The server's IP, where the command line gives none.
const IP: &str = "127.0.0.1";
/// The server's port, where the command line gives none.
const PORT: u16 = 8080;

fn main() -> ExitCode {
    common::problem::exit_code_or(run(&Options::parse()), ExitCode::FAILURE)
}

fn run(options: &Options) -> Result<ExitCode, Problem> {
    common::interrupt::exit_on_ctrl_c()?;
    let addresses = address::resolve(&options.ip, options.port)?;
    let mut input = Input::open()?;
    // BEGIN SOLUTION
    let mut failures = Failures::default();
    // END SOLUTION

    // 1. Ask the user for a message, again and again until there is no more
    while let Some(message) = input.ask()? {
        // BEGIN SOLUTION
        match send(&message, &addresses, options) {
            Ok(answer) => failures.check(answer.end())?,
            Err(problem) => failures.not_sent(&message, &problem, &input),
        }
        // STUB: send(&message, addresses[0])?;
        // END SOLUTION
    }
    // BEGIN SOLUTION
    Ok(failures.exit_code(&input))
    // STUB: Ok(ExitCode::SUCCESS)
    // END SOLUTION
}

// BEGIN SOLUTION
/// Sends one message over a connection of its own. The answer is empty without `--reply`.
fn send(message: &[u8], addresses: &[SocketAddr], options: &Options) -> Result<Answer<Stdout>, Problem> {
    let mut ladder = Ladder::for_client(options.explain);

    let (server, mut socket) = address::first_that_works(addresses, |server| {
        // 2. Create the socket: a new one, since one that was closed cannot be connected again
        let socket = Socket::new(Domain::for_address(server), Type::STREAM, Some(Protocol::TCP))
            .map_err(|e| Problem::creating(&e))?;
        ladder.created(server);
        socket.set_read_timeout(options.timeout).map_err(|e| Problem::creating(&e))?;
        socket.set_write_timeout(options.timeout).map_err(|e| Problem::creating(&e))?;

        // 3. Connect it to the server's (IP, port)
        socket
            .connect_timeout(&server.into(), options.timeout.unwrap_or(address::TIME_TO_CONNECT))
            .map_err(|e| Problem::connecting(server, &e))?;
        ladder.connected(&socket);
        Ok(socket)
    })?;

    // 4. Send the message: `write_all` calls `send` until the last byte is on its way
    socket.write_all(message).map_err(|e| Problem::sending(server, &e))?;
    ladder.sent(message);

    // With --reply: receive the answer. Nobody answers a message of no bytes, since nothing of it arrives.
    let mut answer = Answer::new(server, io::stdout());
    let mut buffer = [0; 2048];
    while options.reply && !message.is_empty() && !answer.has_ended() {
        let received = socket.read(&mut buffer).map(|length| &buffer[..length]);
        ladder.received(&received);
        answer.take(received);
    }

    // 5. Close the socket, in such a way that the message arrives
    let arrived = closing::shutdown_and_drain(&mut socket);
    drop(socket);
    // Where an answer was waited for, it has said already whether the connection was lost.
    if !answer.has_ended() {
        arrived.map_err(|e| Problem::sending(server, &e))?;
    }
    ladder.closed();
    Ok(answer)
}
// STUB: /// Sends one message over a connection of its own.
// STUB: fn send(message: &[u8], server: SocketAddr) -> Result<(), Problem> {
// STUB:     // 2. Create the socket: Socket::new with a domain (Domain::for_address(server)), a type (STREAM), a protocol (Some(TCP));
// STUB:     //    a new one, since one that was closed cannot be connected again. It may fail: behind it stands
// STUB:     //    .map_err(|e| Problem::creating(&e))? and with the other steps:
// STUB:     // 3. Connect it to the server's (IP, port): connect(&server.into()), and Problem::connecting(server, &e)
// STUB:     // 4. Send the message: write_all(message), and Problem::sending(server, &e)
// STUB:     // 5. Close the socket: drop(socket). Then, instead of the lines below: Ok(())
// STUB:     let _message = message;
// STUB:     Err(Problem::new(
// STUB:         format_args!("the chat is not written yet, and {server} hears nothing"),
// STUB:         "the steps with the socket are missing",
// STUB:         "open src/main.rs in the folder ex3-chat, and write them in the function send",
// STUB:     ))
// STUB: }
// END SOLUTION
