//! `cargo lab explain`, between the clients and servers of these tests.

mod command;
mod drawing;
mod fidelity;
mod hostile;

use common::testing::{Program, TIME_LIMIT};
use socket2::{Domain, Socket, Type};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::time::Duration;

/// A running `cargo lab explain --listen`.
struct Explained {
    program: Program,
    relay: SocketAddr,
}

impl Explained {
    fn listen(server: SocketAddr) -> Self {
        let (ip, port) = (server.ip().to_string(), server.port().to_string());
        let program = Program::start(lab(&["--listen", "0", &ip, &port])).unwrap();
        let stderr = program.wait_for_stderr("passes everything on").unwrap();
        let (_, behind) = stderr.split_once("a relay at ").unwrap();
        let relay = behind.split(',').next().unwrap().parse().unwrap();
        Self { program, relay }
    }

    fn connect(&self) -> TcpStream {
        let client = TcpStream::connect(self.relay).unwrap();
        client.set_read_timeout(Some(TIME_LIMIT)).unwrap();
        client.set_write_timeout(Some(TIME_LIMIT)).unwrap();
        client
    }

    /// Waits until the ladder holds this.
    fn wait_for(&self, text: &str) -> String {
        self.program.wait_for_stderr(text).unwrap()
    }
}

/// `cargo lab explain` with these arguments.
fn lab(arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("lab"));
    command.arg("explain").args(arguments).env("LC_ALL", "C.UTF-8");
    command
}

/// A listening server, as the lesson makes it.
fn server() -> (TcpListener, SocketAddr) {
    server_at((Ipv4Addr::LOCALHOST, 0).into())
}

fn server_at(address: SocketAddr) -> (TcpListener, SocketAddr) {
    let listener = Socket::new(Domain::for_address(address), Type::STREAM, None).unwrap();
    listener.bind(&address.into()).unwrap();
    listener.listen(128).unwrap();
    let address = listener.local_addr().unwrap().as_socket().unwrap();
    (listener.into(), address)
}

/// The next client, which is not waited for for ever.
fn accept(listener: &TcpListener) -> TcpStream {
    listener.set_nonblocking(true).unwrap();
    let (client, _) = common::testing::poll("a client", || match listener.accept() {
        Err(e) if e.kind() == ErrorKind::WouldBlock => None,
        accepted => Some(accepted),
    })
    .unwrap()
    .unwrap();
    client.set_nonblocking(false).unwrap();
    client.set_read_timeout(Some(TIME_LIMIT)).unwrap();
    client.set_write_timeout(Some(TIME_LIMIT)).unwrap();
    client
}

/// Closes with a reset.
fn reset(socket: TcpStream) {
    Socket::from(socket).set_linger(Some(Duration::ZERO)).unwrap();
}
