//! The chat, as a student has written it who knows the lesson and no more.

mod input;
mod options;

use clap::Parser as _;
use common::{Problem, address, interrupt, problem};
use input::Input;
use options::Options;
use std::net::SocketAddr;
use std::process::ExitCode;
use socket2::{Domain, Protocol, Socket, Type};
use std::io::Write as _;

const IP: &str = "127.0.0.1";
const PORT: u16 = 8080;

fn main() -> ExitCode {
    problem::exit_code(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    interrupt::exit_on_ctrl_c()?;
    if options.reply {
        return Err(Problem::not_written(
            "the steps of --reply, which nobody asks for,",
            "the function send of src/main.rs",
        ));
    }
    let server = address::resolve(&options.ip, options.port)?;
    let mut input = Input::open()?;

    // 1. Ask the user for a message, again and again until there is no more
    while let Some(message) = input.ask()? {
        send(&message, server)?;
    }
    Ok(())
}

fn send(message: &[u8], server: SocketAddr) -> Result<(), Problem> {
    // 2. Create the socket
    let mut socket = Socket::new(Domain::for_address(server), Type::STREAM, Some(Protocol::TCP)).map_err(Problem::creating)?;
    // 3. Connect it to the server's (IP, port)
    socket.connect_timeout(&server.into(), address::TIME_TO_CONNECT).map_err(Problem::connecting(server))?;
    // 4. Send the message
    socket.write_all(message).map_err(Problem::sending(server))?;
    // 5. Close the socket
    drop(socket);
    Ok(())
}
