//! The lesson's server: counts connections, shows each message, answers with a greeting, closes.
//!
//! The seven steps of every server stand here from top to bottom: create a socket, bind it, listen and accept in [`run`], receive,
//! send and close in [`serve`]. It serves one client after the other.

mod options;

use clap::Parser as _;
use common::{Problem, address, close_gracefully, interrupt, problem, retry, say, text};
use options::Options;
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

/// The IP to listen at, where the command line gives none.
const IP: &str = "127.0.0.1";
/// The port to listen at, where the command line gives none.
const PORT: u16 = 8080;
/// What every client is answered.
const GREETING: &str = "Hello from the teacher's server";
/// How long a silent client may keep the others waiting.
const PATIENCE: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    problem::exit_code(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    interrupt::stop_on_ctrl_c("Server stopped by the user")?;
    let address = address::resolve(&options.ip, options.port)?;

    // 1. Create the socket. The option lets the server start again at once: the system keeps the port of a connection that has
    //    just been closed for a minute (RFC 9293, TIME-WAIT). On Windows it would let two servers share a port
    let listener =
        Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP)).map_err(Problem::creating)?;
    #[cfg(not(windows))]
    listener.set_reuse_address(true).map_err(Problem::configuring)?;

    // 2. Bind it to (IP, port)
    listener.bind(&address.into()).map_err(Problem::binding(address))?;

    // 3. Listen: so many clients may wait until they are accepted
    listener.listen(5).map_err(Problem::binding(address))?;
    // For port 0 the system has chosen one.
    let address = listener.local_addr().map_err(Problem::configuring)?.as_socket().unwrap_or(address);

    let mut connections = 0;
    loop {
        say(format!("Waiting for connections at {}, {}", address::format_ip(address), address.port()))?;

        // 4. Accept the next client: a new socket for it, and its address
        let accepted = listener.accept();
        if retry::must_accept_again(&accepted) {
            continue;
        }
        let (socket, client) = accepted.map_err(Problem::accepting)?;
        let client = client.as_socket().unwrap_or(address);
        connections += 1;
        say(format!("CONNECTION: {connections}. From the IP: {}", address::format_ip(client)))?;

        // What fails for one client is no reason to send the others away
        if let Err(problem) = serve(socket, client) {
            problem.print();
        }
    }
}

fn serve(mut socket: Socket, client: SocketAddr) -> Result<(), Problem> {
    // 5. Receive the message. The first bytes are enough: a person at a netcat does not say when a message ends
    socket.set_read_timeout(Some(PATIENCE)).map_err(Problem::serving(client))?;
    let mut buffer = [0; 2048];
    let mut received = socket.read(&mut buffer);
    while retry::must_read_again(&received) {
        received = socket.read(&mut buffer);
    }
    let length = received.map_err(Problem::serving(client))?;
    say(format!("Message from client: {}", text::escape_multiline(&buffer[..length])))?;

    // 6. Send the answer
    socket.write_all(GREETING.as_bytes()).map_err(Problem::serving(client))?;

    // 7. Close the client's socket, in such a way that the answer arrives however much the client has sent. One that has left without
    //    reading it, as the lesson's first client does, is no error
    let _ = close_gracefully(socket);
    Ok(())
}
