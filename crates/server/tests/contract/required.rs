//! What the lesson's own server does: the grade is made of these tests, for programs in any language (`SESSION08_CMD`).
//!
//! Each asks for one thing only, so that a greeting in other words fails one test and not ten. They judge by what arrives at a
//! client and by the lines that the contract fixes; never by exit codes, nor by what else is on the screen.

// By their paths, since teacher-server has this file by its path.
#[path = "required/lines.rs"]
mod lines;
#[path = "required/the_answer.rs"]
mod the_answer;
#[path = "required/the_end.rs"]
mod the_end;
#[path = "required/the_screen.rs"]
mod the_screen;

use assert_cmd::cargo::cargo_bin;
use common::testing::{CommandUnderTest, Hint, Judged, Requirement, ServerRun, free_port};
use std::net::Ipv4Addr;
use std::sync::OnceLock;
use std::time::Duration;

const GREETING: &str = "Hello from the teacher's server";

/// How long a screen stands still before it is taken for all.
const QUIET_TIME: Duration = Duration::from_millis(200);

/// Where everything begins: while this fails, little can be said of the rest.
const FIRST: &str = "it_answers";

/// Why nothing can be said of it.
const NOBODY: &str = "nobody can connect to it";

fn under_test() -> CommandUnderTest {
    CommandUnderTest::new(cargo_bin!())
}

/// Starts the server. Where nobody can connect to it, nothing can be said of what it does for those who do.
fn run_server(requirement: &Requirement) -> ServerRun {
    run_server_at(Ipv4Addr::LOCALHOST, requirement)
}

fn run_server_at(ip: Ipv4Addr, requirement: &Requirement) -> ServerRun {
    let listens = listens();
    let run = ServerRun::start_at(ip, free_port(), &under_test());
    if !listens {
        run.not_judged(requirement, NOBODY, FIRST);
    }
    run
}

/// Whether anybody can connect to it: asked once for all tests, each of which would try in vain.
fn listens() -> bool {
    static LISTENS: OnceLock<bool> = OnceLock::new();
    *LISTENS.get_or_init(|| ServerRun::start(&under_test()).listens())
}

/// "answers … closes"
#[test]
fn it_answers() {
    const REQUIREMENT: Requirement = Requirement {
        says: "for each connection it answers",
        hint: Hint::new("after receiving the message send, with bytes, over the socket that accept gave")
            .in_python("clientsocket.send(str.encode(message))")
            .in_rust("socket.write_all(GREETING.as_bytes())"),
    };
    // The one test that does not ask first whether it listens: it is here that this is told.
    let mut run = ServerRun::start(&under_test());
    let answer = run.ask(&REQUIREMENT, b"HELLO");
    if answer.bytes.is_empty() {
        let arrived = run.without_an_answer(&answer);
        run.fail(&REQUIREMENT, "an answer", &arrived);
    }
}
