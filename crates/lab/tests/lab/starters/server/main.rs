//! The server, as a student has written it who knows the lesson and no more: one client after the other.

mod options;

use clap::Parser as _;
use common::{Problem, address, interrupt, problem};
use options::Options;
use std::process::ExitCode;
use common::{say, text};
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{Read as _, Write as _};

const IP: &str = "127.0.0.1";
const PORT: u16 = 8080;
const GREETING: &str = "Hello from the teacher's server";

fn main() -> ExitCode {
    problem::exit_code(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    interrupt::stop_on_ctrl_c("Server stopped by the user")?;
    let address = address::resolve(&options.ip, options.port)?;

    // 1. Create the socket
    let listener = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP)).map_err(Problem::creating)?;
    // 2. Bind it to (IP, port)
    listener.bind(&address.into()).map_err(Problem::binding(address))?;
    // 3. Listen
    listener.listen(5).map_err(Problem::binding(address))?;
    let mut connections = 0;
    loop {
        say(format!("Waiting for connections at {}, {}", address.ip(), address.port()))?;
        // 4. Accept the next client
        let (mut socket, client) = listener.accept().map_err(Problem::accepting)?;
        let client = client.as_socket().unwrap_or(address);
        connections += 1;
        say(format!("CONNECTION: {connections}. From the IP: {}", client.ip()))?;
        // 5. Receive its message
        let mut buffer = [0; 2048];
        let length = socket.read(&mut buffer).unwrap_or(0);
        say(format!("Message from client: {}", text::escape_multiline(&buffer[..length])))?;
        // 6. Send the answer
        let _ = socket.write_all(GREETING.as_bytes());
        // 7. Close the client's socket
        drop(socket);
    }
}
