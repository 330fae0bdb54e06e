//! What goes wrong, told in three lines.

use crate::support::netcat::connecting;
use common::testing::{Program, Recorder, Reply};

/// Waits for the end: the exit code is 1, and this is what is told.
fn fails(nc: &mut Program, error: &str, next: &str) {
    assert_eq!(nc.wait_for_end().unwrap().code(), Some(1));
    let stderr = nc.stderr();
    let lines: Vec<&str> = stderr.lines().collect();
    assert!(lines.len() == 3 && lines[1].starts_with("cause: "), "{stderr}");
    assert_eq!(lines[0], format!("error: {error}"));
    assert!(lines[2].starts_with(&format!("next:  {next}")), "{stderr}");
}

#[test]
fn nobody_listening_is_told() {
    let port = Recorder::start(Reply::Nothing).unwrap().port();
    let error = format!("nobody is listening at 127.0.0.1, port {port}");
    fails(&mut connecting(port, &[]), &error, "start the server there");
}

#[test]
fn a_port_that_is_in_use_is_told() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    let mut nc = connecting(peer.port(), &["-l"]);
    let error = format!("Problems using port {}. Do you have permission?", peer.port());
    fails(&mut nc, &error, &format!("another program listens at 127.0.0.1, port {}: stop it", peer.port()));
}

#[test]
fn a_connection_that_the_other_side_breaks_off_is_told() {
    let peer = Recorder::start(Reply::ThenReset(Vec::new())).unwrap();
    let mut nc = connecting(peer.port(), &[]);
    nc.type_in(b"question\n").unwrap();
    let error = format!("the connection to 127.0.0.1, port {} was lost before the answer was whole", peer.port());
    fails(&mut nc, &error, "try again");
}

#[cfg(target_os = "linux")]
mod streams {
    use super::fails;
    use crate::support::netcat::{client, listening_as};
    use assert_cmd::cargo::cargo_bin;
    use common::testing::{Program, Recorder, Reply};
    use std::io::Read as _;
    use std::net::Shutdown;
    use std::process::Command;

    /// Started by a shell with these redirections.
    fn redirected(redirections: &str, peer: &Recorder) -> Program {
        let mut command = Command::new("sh");
        command.args(["-c", &format!(r#"exec "$0" "$@" {redirections}"#)]).arg(cargo_bin!("nc"));
        command.args(["127.0.0.1", &peer.port().to_string()]);
        Program::start(command).unwrap()
    }

    /// The other side says that it sends nothing more, and leaves before it has read all.
    #[test]
    fn a_message_that_is_not_read_to_its_end_is_told() {
        let mut command = Command::new("sh");
        command.args(["-c", r#"exec "$0" "$@" </dev/zero"#]).arg(cargo_bin!("nc")).args(["-l", "127.0.0.1", "0"]);
        let (mut nc, port) = listening_as(command);
        let mut client = client(port);
        client.read_exact(&mut [0; 1000]).unwrap();
        client.shutdown(Shutdown::Write).unwrap();
        drop(client);
        assert_eq!(nc.wait_for_end().unwrap().code(), Some(1));
        let told = " was lost before the message was sent\ncause: ";
        assert!(nc.stderr().contains(told), "{}", nc.stderr());
    }

    #[test]
    fn a_full_disk_is_told() {
        let peer = Recorder::start(Reply::AtOnce(b"answer".to_vec())).unwrap();
        let mut nc = redirected(">/dev/full", &peer);
        nc.type_in(b"question\n").unwrap();
        fails(&mut nc, "the output could not be written", "is the disk full?");
    }

    #[test]
    fn an_input_that_cannot_be_read_is_told() {
        let peer = Recorder::start(Reply::Nothing).unwrap();
        fails(&mut redirected("<.", &peer), "standard input could not be read", "check what stands");
    }
}
