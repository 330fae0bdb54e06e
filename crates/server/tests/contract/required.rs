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
use common::testing::{CommandUnderTest, End, Hint, Judged, Requirement, ServerRun, free_port};
use std::net::Ipv4Addr;
use std::sync::OnceLock;
use std::time::Duration;

const GREETING: &str = "Hello from the teacher's server";

/// How long a screen stands still before it is taken for all.
const QUIET_TIME: Duration = Duration::from_millis(200);

/// How long no right server takes that does not pause.
const SLOW: Duration = Duration::from_millis(600);

/// Where everything begins: while this fails, little can be said of the rest.
const FIRST: &str = "it_answers";

/// Why nothing can be said of it.
const NOBODY: &str = "nobody can connect to it";
const NO_ANSWER: &str = "it did not answer";

fn under_test() -> CommandUnderTest {
    CommandUnderTest::new(cargo_bin!())
}

/// Starts the server. Where nobody can connect to it, nothing can be said of what it does for those who do.
fn run_server(requirement: &Requirement) -> ServerRun {
    run_server_at(Ipv4Addr::LOCALHOST, requirement)
}

fn run_server_at(ip: Ipv4Addr, requirement: &Requirement) -> ServerRun {
    let first_client = FirstClient::get();
    let mut run = ServerRun::start_at(ip, free_port(), &under_test());
    match first_client {
        FirstClient::Nobody => run.not_judged(requirement, NOBODY, FIRST),
        FirstClient::IsServedAtTheEnd => run.half_close_at_once(),
        _ => {}
    }
    run
}

/// The same where a client has to be served: one that hears neither bytes nor an end says nothing of how that is done.
fn run_that_serves(requirement: &Requirement) -> ServerRun {
    let run = run_server(requirement);
    if FirstClient::get() == FirstClient::Waits {
        run.not_judged(requirement, NO_ANSWER, FIRST);
    }
    run
}

/// What becomes of the first client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FirstClient {
    /// It cannot connect.
    Nobody,
    /// It waits in vain for a word, or for the end.
    Waits,
    /// It has an answer, and waits in vain for the end of it.
    HearsNoEnd,
    /// It has an answer, and the end of it, once it has said that it sends nothing more.
    IsServedAtTheEnd,
    /// It has an answer, and the end of it.
    IsServed,
}

impl FirstClient {
    /// Asked once for all tests, each of which would wait in vain. Where nothing came it is asked again, since so much hangs on it.
    fn get() -> Self {
        static FIRST_CLIENT: OnceLock<FirstClient> = OnceLock::new();
        *FIRST_CLIENT.get_or_init(|| match Self::ask() {
            Self::Nobody | Self::Waits => Self::ask(),
            other => other,
        })
    }

    fn ask() -> Self {
        let mut run = ServerRun::start(&under_test());
        match run.ask_if_it_listens(b"HELLO") {
            None => Self::Nobody,
            Some(answer) if answer.end == End::Open && answer.bytes.is_empty() => Self::Waits,
            Some(answer) if answer.end == End::Open => Self::HearsNoEnd,
            Some(answer) if answer.after > SLOW => {
                // Is it slow, or did it wait for the end of what its client sends?
                run.half_close_at_once();
                let next = run.ask_if_it_listens(b"HELLO");
                let waits = next.is_some_and(|next| !next.bytes.is_empty() && next.after < SLOW);
                if waits { Self::IsServedAtTheEnd } else { Self::IsServed }
            }
            Some(_) => Self::IsServed,
        }
    }

    /// Whether there are to be more clients than one: each would wait for a server that ends no conversation.
    fn has_followers() -> bool {
        matches!(Self::get(), Self::IsServed | Self::IsServedAtTheEnd)
    }
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
    // The one test that does not ask first whether it listens: this one reports that it does not.
    let mut run = ServerRun::start(&under_test());
    let answer = run.ask(&REQUIREMENT, b"HELLO");
    if answer.bytes.is_empty() {
        let arrived = run.without_an_answer(&answer);
        run.fail(&REQUIREMENT, "an answer", &arrived);
    }
}
