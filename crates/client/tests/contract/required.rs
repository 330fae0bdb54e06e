//! What the lesson's own clients do: the grade is made of these tests, for programs in any language (`SESSION08_CMD`).
//!
//! The lesson has two versions. The first one *sends*; the second one *receives* as well. A program that is the first version passes
//! [`it_sends`], and owes nothing of [`it_receives`].
//!
//! Each test asks for one thing only. They judge by what arrives at the other end of the wire, and by the one fixed text of the
//! contract; never by exit codes or by what else is on the screen.

use assert_cmd::cargo::cargo_bin;
use common::testing::{ClientRun, CommandUnderTest, Connection, End, Judged, Reply, Requirement, excerpt, unforeseen};
#[cfg(target_os = "linux")]
use std::net::Ipv4Addr;

fn under_test() -> CommandUnderTest {
    CommandUnderTest::new(cargo_bin!("client"))
}

/// "creates the socket, connects, sends a message … in UTF-8, without a newline, and closes with a normal FIN."
mod it_sends {
    use super::*;

    /// Starts the client against a peer that answers when all has been sent.
    fn run_client() -> ClientRun {
        ClientRun::start(&under_test(), &[], Reply::Patiently(b"Hello from the teacher's server".to_vec()))
    }

    /// The connection over which a message came.
    fn message(run: &mut ClientRun, requirement: &Requirement) -> Connection {
        let first = run.first(requirement);
        if first.message().is_empty() {
            run.not_judged(requirement, "it sent no message");
        }
        first
    }

    #[test]
    fn a_message() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it sends a message, in the lesson HELLO FROM THE CLIENT!!!",
            hint: "after connect call send, with the text as bytes: in Python s.send(str.encode(message))",
        };
        let mut run = run_client();
        let first = run.first(&REQUIREMENT);
        run.check(!first.message().is_empty(), &REQUIREMENT, "a message", "no bytes at all");
    }

    #[test]
    fn in_utf_8() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it sends the message in UTF-8",
            hint: "encode the text as UTF-8, in Python message.encode(\"utf-8\"): an ñ is the two bytes c3 b1",
        };
        let mut run = run_client();
        let first = message(&mut run, &REQUIREMENT);
        let is_utf_8 = std::str::from_utf8(&first.bytes).is_ok_and(|text| !text.contains('\0'));
        run.check(is_utf_8, &REQUIREMENT, "text in UTF-8", &excerpt(&first.bytes));
    }

    #[test]
    fn without_a_line_break() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it sends the message without a line break behind it",
            hint: "do not add \"\\n\" to the message; print() adds one, send() must not",
        };
        let mut run = run_client();
        let first = message(&mut run, &REQUIREMENT);
        let added = &first.bytes[first.message().len()..];
        run.check(added.is_empty(), &REQUIREMENT, "nothing behind the message", &excerpt(&first.bytes));
    }

    #[test]
    fn over_one_connection_that_it_closes() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it creates the socket, connects, sends the message, closes",
            hint: "call connect once, and close the socket when everything is done",
        };
        let mut run = run_client();
        let mut end = run.first(&REQUIREMENT).end;
        if end == End::Reset {
            // A client that takes its time, and closes with the peer's answer unread, resets the connection without knowing it (RFC
            // 1122, 4.2.2.13). It is not answered now.
            run = ClientRun::start(&under_test(), &[], Reply::Nothing);
            end = run.first(&REQUIREMENT).end;
        }
        run.program.wait_for_rest();
        if end == End::Open {
            end = run.peer.connections()[0].end;
        }
        run.check(end == End::Finished, &REQUIREMENT, "a close with FIN", &format!("{end:?}"));
        let count = run.peer.connections().len();
        run.check(count == 1, &REQUIREMENT, "one connection", &format!("{count} connections"));
    }

    /// Run as `COMMAND IP PORT`.
    #[test]
    #[cfg(target_os = "linux")]
    fn to_the_ip_of_the_command_line() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it is run as client IP PORT, in the order of nc",
            hint: "take the IP from the command line as well (in Python sys.argv[1]): a constant is for when there is none",
        };
        let reply = Reply::AtOnce(b"HELLO".to_vec());
        let mut run = ClientRun::start_at(Ipv4Addr::new(127, 0, 0, 2), &under_test(), &[], reply);
        let _ = run.first(&REQUIREMENT);
    }
}

/// "waits for the answer, and prints `MESSAGE FROM THE SERVER:`, an empty line, the answer."
mod it_receives {
    use super::*;

    /// Starts the client against a peer that answers at once: the run, and the answer's last line. It has two lines, since bytes
    /// that are printed as they are show `\n`.
    fn answered() -> (ClientRun, String) {
        let last_line = format!("This is answer {}", unforeseen());
        let answer = format!("Hello from the teacher's server\n{last_line}");
        (ClientRun::start(&under_test(), &[], Reply::AtOnce(answer.into())), last_line)
    }

    #[test]
    fn and_prints_the_answer() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it waits for the answer, and prints it",
            hint: "after send call recv, decode what it gives, and print that",
        };
        let (run, last_line) = answered();
        // Both lines, whatever stands around them: a mark of a line that goes on, say.
        let is_line = |line: &str, text: &str, other: &str| line.contains(text) && !line.contains(other);
        let is_there = |screen: &str| {
            screen.lines().any(|line| is_line(line, &last_line, "Hello"))
                && screen.lines().any(|line| is_line(line, "Hello from the teacher's server", &last_line))
        };
        if run.program.wait_for_screen(&last_line, is_there).is_err() {
            let connections = run.peer.connections();
            if !connections.is_empty() && connections.iter().all(|one| one.length == 0) {
                run.not_judged(&REQUIREMENT, "it sent no message, and so nobody answered");
            }
            let expected = format!("the answer on the program's screen, two lines: …, {last_line}");
            run.fail(&REQUIREMENT, &expected, "see its screen below");
        }
    }

    #[test]
    fn under_the_heading_and_an_empty_line() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it prints MESSAGE FROM THE SERVER:, an empty line, the answer",
            hint: "compare the heading letter by letter; in Python print(\"MESSAGE FROM THE SERVER:\\n\")",
        };
        let (mut run, last_line) = answered();
        if run.program.wait_for_screen(&last_line, |screen| screen.contains(&last_line)).is_err() {
            run.not_judged(&REQUIREMENT, "it did not print the answer");
        }
        run.program.wait_for_rest();
        let screen = run.program.screen();
        // Spaces at the end of a line cannot be seen.
        let screen = screen.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        let below = screen.split_once("MESSAGE FROM THE SERVER:\n\n").map(|(_, below)| below);
        let is_right = below.is_some_and(|below| below.contains(&last_line));
        let expected = "MESSAGE FROM THE SERVER:, an empty line, and then the answer";
        run.check(is_right, &REQUIREMENT, expected, "see its screen below");
    }

    #[test]
    fn and_prints_no_more_than_has_come() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it prints the answer, and nothing of the buffer behind it",
            hint: "recv says how many bytes have come: print only those (in Rust &buffer[..length])",
        };
        let (mut run, last_line) = answered();
        if run.program.wait_for_screen(&last_line, |screen| screen.contains(&last_line)).is_err() {
            run.not_judged(&REQUIREMENT, "it did not print the answer");
        }
        run.program.wait_for_rest();
        // As they are, where a screen does not show them, or made visible.
        let output = run.program.stdout() + &run.program.stderr();
        let count = output.matches('\0').count() + output.matches("\\x00").count();
        run.check(count == 0, &REQUIREMENT, "the answer alone", &format!("{count} bytes of zero as well"));
    }
}
