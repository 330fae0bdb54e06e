//! `--reply`: the answer to a message.

use common::{Answer, Problem, retry};
use socket2::Socket;
use std::io::{self, Read as _};
use std::net::SocketAddr;

/// Waits for the answer to its end, and shows it.
pub fn show(socket: &mut Socket, server: SocketAddr) -> Result<(), Problem> {
    let mut answer = Answer::new(io::stdout());
    let mut buffer = [0; 2048];
    loop {
        let received = socket.read(&mut buffer);
        if retry::must_read_again(&received) {
            continue;
        }
        match received.map_err(Problem::receiving(server))? {
            0 => return answer.finish(),
            length => answer.show(&buffer[..length])?,
        }
    }
}
