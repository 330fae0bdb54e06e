//! python as a client of the server.

use super::*;

/// The greeting as the lesson's client shows it.
fn lessons_answer() -> String {
    format!("MESSAGE FROM THE SERVER:\n\n{GREETING}\n")
}

/// The lesson's client with a message as its argument.
fn lessons_client(server: &RunningServer, message: &str) -> Program {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/client.py");
    let mut command = Command::new("python3");
    command.args([script, "127.0.0.1", &server.port.to_string(), message]);
    Program::start(command).unwrap()
}

#[test]
#[ignore = "needs python3; run by .ci/run"]
fn the_lessons_client_is_answered() {
    let server = RunningServer::start(&[]);
    let mut client = start("python3 PEERS/client.py HOST PORT", &server);
    ends(&mut client, &lessons_answer(), &server);
    shows(&server, "HELLO FROM THE CLIENT!!!");
    has_served(&server, 1);
}

#[test]
#[ignore = "needs python3; run by .ci/run"]
fn the_lessons_clients_message_is_shown_exactly() {
    let server = RunningServer::start(&[]);
    let mut client = lessons_client(&server, MESSAGE);
    ends(&mut client, &lessons_answer(), &server);
    shows(&server, MESSAGE);
}

/// Its `send` has to wait until the server has read, and its one `recv` gets the whole greeting.
#[test]
#[ignore = "needs python3; run by .ci/run"]
fn the_lessons_client_is_answered_after_a_long_message() {
    let server = RunningServer::start(&[]);
    let mut client = lessons_client(&server, &"x".repeat(100_000));
    ends(&mut client, &lessons_answer(), &server);
    shows(&server, &format!("{}... (98976 more bytes not shown)", "x".repeat(1024)));
}

/// The lesson's first version closes without having read, so the greeting is answered with a reset.
#[test]
#[ignore = "needs python3; run by .ci/run"]
fn the_lessons_client_that_only_sends_delivers_its_message() {
    let server = RunningServer::start(&[]);
    let mut client = start("python3 PEERS/client.py HOST PORT --send-only", &server);
    ends(&mut client, "", &server);
    shows(&server, "HELLO FROM THE CLIENT!!!");
    has_served(&server, 1);
    assert_eq!(server.ask(b"the next one"), GREETING);
}

#[test]
#[ignore = "needs python3; run by .ci/run"]
fn a_class_of_the_lessons_clients_is_answered_and_counted() {
    let server = RunningServer::start(&[]);
    let messages: Vec<String> = (1..=5).map(|student| format!("I am student {student}")).collect();
    let clients: Vec<Program> = messages.iter().map(|message| lessons_client(&server, message)).collect();
    for mut client in clients {
        ends(&mut client, &lessons_answer(), &server);
    }
    has_served(&server, 5);
    for (number, message) in (1..).zip(&messages) {
        shows(&server, message);
        server.program.wait_for_stdout(&format!("CONNECTION: {number}. From the IP: 127.0.0.1\n")).unwrap();
    }
}

#[test]
#[ignore = "needs python3; run by .ci/run"]
fn a_pipe_is_answered_though_its_end_is_not_passed_on() {
    check("python3 PEERS/pipe.py HOST PORT", Stdin::Pipe);
}

#[test]
#[ignore = "needs python3; run by .ci/run"]
fn a_pipe_with_half_close_is_answered() {
    check("python3 PEERS/pipe.py HOST PORT --half-close", Stdin::Pipe);
}

#[test]
#[ignore = "needs python3; run by .ci/run"]
fn a_person_is_answered() {
    check("python3 PEERS/pipe.py HOST PORT", Stdin::Person);
}

#[test]
#[ignore = "needs python3; run by .ci/run"]
fn a_person_with_half_close_is_answered() {
    check("python3 PEERS/pipe.py HOST PORT --half-close", Stdin::Person);
}

#[test]
#[ignore = "needs python3; run by .ci/run"]
fn an_empty_pipe_with_half_close_is_an_empty_message() {
    check_empty("python3 PEERS/pipe.py HOST PORT --half-close");
}
