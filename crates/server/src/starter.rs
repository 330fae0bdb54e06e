//! Your own server: counts connections, shows each message, answers with a greeting, closes.
//!
//! The seven steps of every server are yours to write, in [`run`]: create a socket, bind it, listen, accept, receive, send, close.

mod options;

use clap::Parser as _;
use common::{Problem, address, interrupt, problem};
use options::Options;
use std::process::ExitCode;
// For the steps you need these as well: remove the slashes in front of them. rustc warns of what no step
// uses yet; in the end it has no warning left.
// use common::{say, text};
// use socket2::{Domain, Protocol, Socket, Type};
// use std::io::{Read as _, Write as _};

/// The IP to listen at, where the command line gives none.
const IP: &str = "127.0.0.1";
/// The port to listen at, where the command line gives none.
const PORT: u16 = 8080;
/// What every client is answered.
const GREETING: &str = "Hello from the teacher's server";

fn main() -> ExitCode {
    problem::exit_code(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    interrupt::stop_on_ctrl_c("Server stopped by the user")?;
    let address = address::resolve(&options.ip, options.port)?;

    // 1. Create the socket: let listener = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))
    //    It may fail. With .map_err(Problem::creating)? behind it the function then ends with an error in three lines.
    //    Not on Windows: listener.set_reuse_address(true) and Problem::configuring, so that the server can start again at once
    // 2. Bind it to (IP, port): listener.bind(&address.into()) and Problem::binding(address)
    // 3. Listen: listener.listen(5) and again Problem::binding(address)
    // Again and again, in a loop, with the connections counted from 1:
    //    say(format!("Waiting for connections at {}, {}", address::format_ip(address), address.port()))?;
    // 4. Accept the next client: let (mut socket, client) = listener.accept() and Problem::accepting
    //    Its IP is in client.as_socket(), an Option: let client = client.as_socket().unwrap_or(address);
    //    CONNECTION: N. From the IP: ADDRESS, where ADDRESS is address::format_ip(client)
    // 5. Receive its message: let mut buffer = [0; 2048]; and, once, let length = socket.read(&mut buffer)
    //    A client that is gone is no reason to end the server: .unwrap_or(0) instead of an error
    //    Message from client: TEXT, where TEXT is text::escape_multiline(&buffer[..length])
    // 6. Send the answer: let _ = socket.write_all(GREETING.as_bytes());
    // 7. Close the client's socket: drop(socket);
    // The loop has no end, and takes the place of all that follows here.
    let _ = (address, GREETING);
    Err(Problem::not_written("the seven steps of a server", "the function run"))
}
