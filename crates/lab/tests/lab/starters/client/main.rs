//! The first client, as a student has written it who knows the lesson and no more.

mod message;
mod options;

use clap::Parser as _;
use common::{Problem, address, text};
use options::Options;
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{Read as _, Write as _};
use std::process::ExitCode;

const IP: &str = "127.0.0.1";
const PORT: u16 = 8080;

fn main() -> ExitCode {
    common::problem::exit_code(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    common::interrupt::exit_on_ctrl_c()?;
    let message = message::read(options)?;
    let addresses = address::resolve(&options.ip, options.port)?;
    let server = addresses[0];

    // 1. Create the socket
    let mut socket = Socket::new(Domain::for_address(server), Type::STREAM, Some(Protocol::TCP))
        .map_err(Problem::creating)?;
    // 2. Connect it to the server's (IP, port)
    socket.connect(&server.into()).map_err(Problem::connecting(server))?;
    // 3. Send the message
    socket.write_all(&message).map_err(Problem::sending(server))?;
    // 4. Receive the answer
    if !options.send_only {
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).map_err(Problem::receiving(server))?;
        println!("MESSAGE FROM THE SERVER:\n\n{}", text::escape_multiline(&answer));
    }
    // 5. Close the socket
    drop(socket);
    Ok(())
}
