//! The first client, as a student has written it who knows the lesson and no more.

mod message;
mod options;

use clap::Parser as _;
use common::{Problem, address, interrupt, problem};
use options::Options;
use std::process::ExitCode;
use common::text;
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{Read as _, Write as _};

const IP: &str = "127.0.0.1";
const PORT: u16 = 8080;

fn main() -> ExitCode {
    problem::exit_code(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    interrupt::exit_on_ctrl_c()?;
    let message = message::read(options)?;
    let server = address::resolve(&options.ip, options.port)?;

    // 1. Create the socket
    let mut socket = Socket::new(Domain::for_address(server), Type::STREAM, Some(Protocol::TCP)).map_err(Problem::creating)?;
    // 2. Connect it to the server's (IP, port)
    socket.connect_timeout(&server.into(), options.time_to_connect()).map_err(Problem::connecting(server))?;
    // 3. Send the message
    socket.write_all(&message).map_err(Problem::sending(server))?;
    // 4. Receive the answer
    if !options.send_only {
        let mut answer = Vec::new();
        let mut buffer = [0; 2048];
        loop {
            let length = socket.read(&mut buffer).map_err(Problem::receiving(server))?;
            if length == 0 {
                break;
            }
            answer.extend_from_slice(&buffer[..length]);
        }
        println!("MESSAGE FROM THE SERVER:\n\n{}", text::escape_multiline(&answer));
    }
    // 5. Close the socket
    drop(socket);
    Ok(())
}
