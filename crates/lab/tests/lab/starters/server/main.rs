//! The server, as a student has written it who knows the lesson and no more: one client after the other.

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
    let addresses = address::resolve(&options.ip, options.port)?;
    let address = addresses[0];

    common::interrupt::on_ctrl_c(|| {
        println!("Server stopped by the user");
        std::process::exit(0)
    })?;

    let listener = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))
        .map_err(Problem::creating)?;
    listener.bind(&address.into()).and_then(|()| listener.listen(5)).map_err(|e| {
        println!("Problems using port {}. Do you have permission?", address.port());
        Problem::binding(address, &e)
    })?;

    let mut connections = 0;
    loop {
        println!("Waiting for connections at {}, {}", address.ip(), address.port());
        let (mut client, from) = listener.accept().map_err(Problem::accepting)?;
        connections += 1;
        let from = from.as_socket().unwrap_or(address);
        println!("CONNECTION: {connections}. From the IP: {}", from.ip());

        let mut buffer = [0; 2048];
        let length = client.read(&mut buffer).unwrap_or(0);
        println!("Message from client: {}", text::escape_multiline(&buffer[..length]));

        let _ = client.write_all(b"Hello from the teacher's server");
        drop(client);
    }
}
