//! Real netcats at the other end, in both roles.
//!
//! They are not on every computer, so these tests run on request only: `cargo test -p nc peers -- --ignored`. What a comment
//! says of a tool was seen with OpenBSD's nc 1.219, traditional nc 1.10-47, ncat 7.93, busybox 1.35, socat 1.7.4.

mod busybox;
mod ncat;
mod openbsd;
mod socat;
mod traditional;

use crate::support::netcat::{connecting, listening};
use common::testing::{Program, free_port, poll};
use std::process::Command;

/// A line each, with characters of two bytes and spaces that must stay.
const QUESTION: &str = "  ¿Qué  tal?  \n";
const ANSWER: &str = "¡Hola!  2 spaces  \n";

/// Starts a tool with PORT filled in.
fn start(command: &str, port: u16) -> Program {
    let mut words = command.split_whitespace().map(|word| word.replace("PORT", &port.to_string()));
    let mut filled = Command::new(words.next().expect("a command"));
    filled.args(words);
    Program::start(filled).unwrap_or_else(|e| panic!("cannot start {command}: {e}"))
}

/// The tool and the netcat, connected with each other. A tool that ends in `PORT` and has an `-l`, or LISTEN, is the server.
fn connected(command: &str, arguments: &[&str]) -> (Program, Program) {
    let arguments = [arguments, &["-v"]].concat();
    let listens = command.contains(" -l ") || command.contains("LISTEN");
    if !listens {
        let (nc, port) = listening(&arguments);
        let tool = start(command, port);
        nc.wait_for_stderr("connection from 127.0.0.1:").unwrap();
        return (tool, nc);
    }
    let port = free_port();
    let tool = start(command, port);
    // A connection that is refused uses up none of the tool's: so it is tried until the tool listens.
    let nc = poll(&format!("{command} to listen"), || {
        let nc = connecting(port, &arguments);
        nc.wait_for_stderr("connected to ").ok().map(|_| nc)
    });
    (tool, nc.unwrap_or_else(|e| panic!("{e}, stderr {:?}", start(command, port).stderr())))
}

/// Two persons: each types a line, the other one sees it. Then the tool's one presses Ctrl-C, and the netcat ends by itself.
fn check_persons(command: &str) {
    let (mut tool, mut nc) = connected(command, &[]);
    nc.type_in(QUESTION.as_bytes()).unwrap();
    tool.wait_for_stdout(QUESTION).unwrap();
    tool.type_in(ANSWER.as_bytes()).unwrap();
    nc.wait_for_stdout(ANSWER).unwrap();
    tool.interrupt().unwrap();
    tool.wait_for_end().unwrap();
    let status = nc.wait_for_end().unwrap();
    assert!(status.success(), "{}", nc.stderr());
    assert_eq!((nc.stdout().as_str(), tool.stdout().as_str()), (ANSWER, QUESTION));
}

/// Two pipes, of which each has more than the buffers on the way hold; the tool half-closes, as the netcat does with `-N` as
/// its argument. All of it arrives, and both end by themselves.
fn check_pipes(command: &str, arguments: &[&str]) {
    const LINES: usize = 300_000;
    let (mut tool, mut nc) = connected(command, arguments);
    let (question, answer) = (QUESTION.repeat(LINES), ANSWER.repeat(LINES));
    std::thread::scope(|scope| {
        let typing = std::thread::Builder::new().name("typing".to_string());
        typing
            .spawn_scoped(scope, || {
                tool.type_in(answer.as_bytes()).unwrap();
                tool.close_stdin();
            })
            .unwrap();
        nc.type_in(question.as_bytes()).unwrap();
        nc.close_stdin();
    });
    for program in [&mut nc, &mut tool] {
        assert!(program.wait_for_end().unwrap().success(), "{}", program.stderr());
    }
    assert!(nc.stdout() == answer, "the answer is not whole: {} of {}", nc.stdout().len(), answer.len());
    assert!(tool.stdout() == question, "the question is not whole: {} of {}", tool.stdout().len(), question.len());
}

/// A pipe at the netcat, and a person at the tool who answers after its end and leaves with Ctrl-C.
fn check_pipe_and_person(command: &str) {
    let (mut tool, mut nc) = connected(command, &[]);
    nc.type_in(QUESTION.as_bytes()).unwrap();
    nc.close_stdin();
    tool.wait_for_stdout(QUESTION).unwrap();
    tool.type_in(ANSWER.as_bytes()).unwrap();
    nc.wait_for_stdout(ANSWER).unwrap();
    tool.interrupt().unwrap();
    assert!(nc.wait_for_end().unwrap().success(), "{}", nc.stderr());
}
