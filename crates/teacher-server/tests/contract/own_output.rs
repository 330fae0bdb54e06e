//! The lesson's lines as this server prints them, byte for byte. Of other programs `required` asks for less.

use crate::running_server::RunningServer;

/// "Binds IP:PORT, listens, prints `Waiting for connections at IP, PORT`."
#[test]
fn it_says_where_it_waits() {
    let server = RunningServer::start(&[]);
    let expected = format!("Waiting for connections at 127.0.0.1, {}\n", server.port);
    assert_eq!(server.program.stdout(), expected);
}

/// "For each connection, in order, counted from 1: `CONNECTION: N. From the IP: ADDRESS` and `Message from client: TEXT`,
/// … prints the waiting line again."
#[test]
fn it_shows_each_connection_and_its_message_and_waits_again() {
    let server = RunningServer::start(&[]);
    let waiting = format!("Waiting for connections at 127.0.0.1, {}\n", server.port);
    let mut expected = waiting.clone();
    for (number, message) in (1..).zip(["HELLO", "", "  mañana, 2 spaces  "]) {
        server.connect().say(message.as_bytes()).finish().answer();
        let shown = format!("CONNECTION: {number}. From the IP: 127.0.0.1\nMessage from client: {message}\n");
        expected += &(shown + &waiting);
        server.program.wait_for_stdout(&expected).unwrap();
    }
    assert_eq!(server.program.stdout(), expected);
}

/// "Ctrl-C: `Server stopped by the user`, exit 0."
#[cfg(unix)]
#[test]
fn ctrl_c_stops_it_with_a_word_and_exit_code_0() {
    let mut server = RunningServer::start(&[]);
    server.program.interrupt().unwrap();
    let status = server.program.wait_for_end().unwrap();
    assert_eq!(status.code(), Some(0));
    let expected = format!("Waiting for connections at 127.0.0.1, {}\nServer stopped by the user\n", server.port);
    assert_eq!(server.program.stdout(), expected);
}

/// "A port that can't be had: `Problems using port PORT. Do you have permission?`, then the cause and what to do, exit 1."
#[test]
fn a_port_in_use_is_told_with_its_cause_and_exit_code_1() {
    let first = RunningServer::start(&[]);
    let port = first.port.to_string();
    assert_cmd::cargo::cargo_bin_cmd!()
        .args(["127.0.0.1", &port])
        .timeout(common::testing::TIME_LIMIT)
        .assert()
        .code(1)
        .stdout("")
        .stderr(predicates::str::starts_with(format!(
            "error: Problems using port {port}. Do you have permission?\ncause: "
        )))
        .stderr(predicates::str::contains(format!("\nnext:  another program listens at 127.0.0.1, port {port}: ")));
}

/// In a network of its own, in which a cable is plugged in while the server runs.
#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs a network namespace and the command ip; run by .ci/run"]
fn addresses_that_change_are_told_and_the_new_ones_named() {
    const SCRIPT: &str = r#"
        ip link set lo up && ip link add v0 type veth peer name v1 && ip link set v1 up
        exec 3<&0
        { read -r _ <&3; ip addr add 192.0.2.2/24 dev v0 && ip link set v0 up; } &
        exec "$0" 0.0.0.0 8080 </dev/null
    "#;
    let mut command = std::process::Command::new("unshare");
    command.args(["--map-root-user", "--net", "bash", "-c", SCRIPT]).arg(assert_cmd::cargo::cargo_bin!());
    let mut server = crate::running_server::RunningServer::start_command(command);
    server.program.wait_for_stdout("    nc 127.0.0.1 8080\n").unwrap();
    server.program.type_in(b"now\n").unwrap();
    server.program.wait_for_stdout("The students type, by v0:\n    nc 192.0.2.2 8080\n").unwrap();
    server.program.wait_for_stderr("note: the addresses of this computer have changed\n").unwrap();
}
