//! The chat, as a student has written it who knows the lesson and no more.

mod input;
mod options;

use clap::Parser as _;
use common::{Problem, address};
use input::Input;
use options::Options;
use socket2::{Domain, Protocol, Socket, Type};
use std::io::Write as _;
use std::net::SocketAddr;
use std::process::ExitCode;

const IP: &str = "127.0.0.1";
const PORT: u16 = 8080;

fn main() -> ExitCode {
    common::problem::exit_code_or(run(&Options::parse()), ExitCode::FAILURE)
}

fn run(options: &Options) -> Result<ExitCode, Problem> {
    common::interrupt::exit_on_ctrl_c()?;
    let addresses = address::resolve(&options.ip, options.port)?;
    let mut input = Input::open()?;
    while let Some(message) = input.ask()? {
        send(&message, addresses[0])?;
    }
    Ok(ExitCode::SUCCESS)
}

fn send(message: &[u8], server: SocketAddr) -> Result<(), Problem> {
    let mut socket = Socket::new(Domain::for_address(server), Type::STREAM, Some(Protocol::TCP))
        .map_err(Problem::creating)?;
    socket.connect(&server.into()).map_err(Problem::connecting(server))?;
    socket.write_all(message).map_err(Problem::sending(server))?;
    drop(socket);
    Ok(())
}
