//! What the lesson's own clients do: the grade is made of these tests, for programs in any language (`SESSION08_CMD`).
//!
//! The lesson has two versions. The first one *sends*; the second one *receives* as well. A program that is the first version passes
//! [`it_sends`], and owes nothing of [`then_it_receives`].
//!
//! Each test asks for one thing only. They judge by what arrives at the other end of the wire, and by the one fixed text of the
//! contract; never by exit codes or by what else is on the screen.

mod it_sends;
mod then_it_receives;

use assert_cmd::cargo::cargo_bin;
use common::testing::{ClientRun, CommandUnderTest, Judged, Reply, Requirement};
use std::net::Ipv4Addr;
use std::sync::OnceLock;

/// Where everything begins: while this fails, little can be said of the rest.
const FIRST: &str = "it_sends::a_message";

/// Why nothing can be said of it.
const TO_NO_ONE: &str = "it connected to no one";

/// Starts the client. Where it connects to no one, nothing can be said of how it does.
fn run_against(requirement: &Requirement, reply: Reply) -> ClientRun {
    run_at(Ipv4Addr::LOCALHOST, requirement, reply)
}

fn run_at(ip: Ipv4Addr, requirement: &Requirement, reply: Reply) -> ClientRun {
    let connects = connects();
    let run = ClientRun::start_at(ip, &under_test(), &[], reply);
    if !connects {
        run.not_judged(requirement, TO_NO_ONE, FIRST);
    }
    run
}

/// Whether it connects at all: asked once for all tests, each of which would wait for it in vain.
fn connects() -> bool {
    static CONNECTS: OnceLock<bool> = OnceLock::new();
    *CONNECTS.get_or_init(|| ClientRun::start(&under_test(), &[], Reply::AtOnce(b"HELLO".to_vec())).connects())
}

fn under_test() -> CommandUnderTest {
    CommandUnderTest::new(cargo_bin!("client"))
}
