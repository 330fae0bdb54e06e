//! The first client: sends a message to a server and shows the answer.
//!
//! The five steps of every client stand in [`run`], in order: create a socket, connect it, send, receive, close.

mod message;
mod options;

use clap::Parser as _;
use common::{Answer, Problem, address, close_gracefully, interrupt, problem, retry};
use options::Options;
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Read as _, Write as _};
use std::process::ExitCode;

/// The server's IP, where the command line gives none.
const IP: &str = "127.0.0.1";
/// The server's port, where the command line gives none.
const PORT: u16 = 8080;

fn main() -> ExitCode {
    let options = Options::parse();
    problem::exit_code(run(&options).map_err(Problem::with_other_addresses(&options.ip)))
}

fn run(options: &Options) -> Result<(), Problem> {
    interrupt::exit_on_ctrl_c()?;
    let message = message::read(options)?;
    let server = address::resolve(&options.ip, options.port)?;

    // 1. Create the socket
    let mut socket =
        Socket::new(Domain::for_address(server), Type::STREAM, Some(Protocol::TCP)).map_err(Problem::creating)?;
    socket.set_read_timeout(options.timeout).map_err(Problem::configuring)?;
    socket.set_write_timeout(options.timeout).map_err(Problem::configuring)?;

    // 2. Connect it to the server's (IP, port)
    socket.connect_timeout(&server.into(), options.time_to_connect()).map_err(Problem::connecting(server))?;

    // 3. Send the message: `write_all` calls `send` until the last byte is on its way
    socket.write_all(&message).map_err(Problem::sending(server))?;

    // 4. Receive the answer, piece by piece, until the server says that nothing follows
    if !options.send_only {
        let mut answer = Answer::new(io::stdout());
        let mut buffer = [0; 2048];
        loop {
            let received = socket.read(&mut buffer);
            if retry::must_read_again(&received) {
                continue;
            }
            let length = received.map_err(Problem::receiving(server))?;
            if length == 0 {
                break;
            }
            answer.show(&buffer[..length])?;
        }
        answer.finish()?;
    }

    // 5. Close the socket, in such a way that the message arrives, though with --send-only nobody looks at the answer
    close_gracefully(socket).map_err(Problem::closing(server))
}
