//! Where the board is, and who can see it.

use super::Board;
use crate::running_server::RunningServer;
use assert_cmd::cargo::cargo_bin_cmd;
use common::testing::TIME_LIMIT;
use predicates::str::{contains, starts_with};

#[test]
fn on_loopback_it_says_where_it_is_and_nothing_else() {
    let board = Board::start(&[]);
    let expected =
        format!("Waiting for connections at 127.0.0.1, {}\nBoard: http://{}/\n", board.server.port, board.address);
    assert_eq!((board.server.program.stdout(), board.server.program.stderr()), (expected, String::new()));
    assert_eq!(board.get("/").status(), "200");
}

#[test]
fn elsewhere_it_says_who_can_see_it() {
    let server = RunningServer::start(&["--board", "0.0.0.0:0"]);
    server.program.wait_for_stderr("note: everybody who can reach this address can see the board, ").unwrap();
    server.program.wait_for_stdout("Board: http://").unwrap();
}

#[test]
fn a_port_that_it_cannot_have_ends_the_server_before_it_serves() {
    let first = Board::start(&[]);
    let taken = first.address.to_string();
    let next = format!("next:  another program listens at 127.0.0.1, port {}: ", first.address.port());
    check_failure(&["127.0.0.1", "0", "--board", &taken], &next);
    // 198.51.100.0/24 is for documentation (RFC 5737): nobody's own.
    check_failure(&["127.0.0.1", "0", "--board", "198.51.100.1:0"], "198.51.100.1 is not an address of this computer");
    let own = common::testing::free_port().to_string();
    let board = format!("127.0.0.1:{own}");
    let elsewhere = format!("198.51.100.1:{own}");
    check_failure(&["127.0.0.1", &own, "--board", &elsewhere], "198.51.100.1 is not an address of this computer");
    check_failure(&["127.0.0.1", &own, "--board", &board], "next:  the students come to that port: take another one");
}

fn check_failure(arguments: &[&str], next: &str) {
    let mut server = cargo_bin_cmd!();
    server.args(arguments).timeout(TIME_LIMIT);
    server.assert().code(1).stdout("").stderr(starts_with("error: Problems using port ")).stderr(contains(next));
}

#[test]
fn what_is_no_address_is_a_wrong_use() {
    for (value, told) in [
        ("8090", "write IP:PORT, for example 127.0.0.1:8090"),
        ("127.0.0.1:x", "a port is a number"),
        ("http://127.0.0.1:8090/", "write IP:PORT"),
    ] {
        let mut server = cargo_bin_cmd!();
        server.args(["127.0.0.1", "0", "--board", value]).timeout(TIME_LIMIT);
        server.assert().code(2).stdout("").stderr(contains(told)).stderr(contains(value));
    }
}

/// A server that is built without the board has nothing of it.
#[test]
fn without_the_feature_there_is_neither_axum_nor_hyper() {
    let mut tree = assert_cmd::Command::new(env!("CARGO"));
    tree.args(["tree", "--offline", "--locked", "--edges", "normal", "--prefix", "none", "--no-default-features"]);
    let output = tree.current_dir(env!("CARGO_MANIFEST_DIR")).timeout(4 * TIME_LIMIT).assert().success();
    let tree = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    assert!(tree.contains("tokio v"), "{tree}");
    for name in ["axum", "hyper", "futures", "http", "tower", "tokio-io-timeout"] {
        assert!(!tree.lines().any(|line| line.starts_with(name)), "{name}:\n{tree}");
    }
}
