//! What the lesson's own clients do: the grade is made of these tests, for programs in any language (`SESSION08_CMD`).
//!
//! The lesson has two versions. The first one *sends*; the second one *receives* as well. A program that is the first version passes
//! [`it_sends`], and owes nothing of [`then_it_receives`].
//!
//! Each test asks for one thing only. They judge by what arrives at the other end of the wire, and by the one fixed text of the
//! contract; never by exit codes or by what else is on the screen.

use assert_cmd::cargo::cargo_bin;
use common::testing::{
    ClientRun, CommandUnderTest, Connection, End, Hint, Judged, Reply, Requirement, counted, excerpt, unforeseen,
};
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

/// "creates the socket, connects, sends a message … in UTF-8, without a newline, and closes with a normal FIN."
mod it_sends {
    use super::*;

    /// A peer that answers when all has been sent, if anything has.
    fn patiently() -> Reply {
        Reply::PatientlyIfAsked(b"Hello from the teacher's server".to_vec())
    }

    /// Starts the client: the run, and the connection over which a message came.
    fn message(requirement: &Requirement) -> (ClientRun, Connection) {
        let mut run = run_against(requirement, patiently());
        let first = run.first(requirement);
        if first.message().is_empty() {
            run.not_judged(requirement, "it sent no message", FIRST);
        }
        (run, first)
    }

    #[test]
    fn a_message() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it sends a message, in the lesson HELLO FROM THE CLIENT!!!",
            hint: Hint::new("after connect call send, with the text as bytes")
                .in_python("s.send(str.encode(message))")
                .in_rust("socket.write_all(&message)"),
        };
        // The one test that does not ask first whether it connects: it is here that this is told.
        let mut run = ClientRun::start(&under_test(), &[], patiently());
        let first = run.first(&REQUIREMENT);
        let arrived = run.without_a_message(&first);
        run.check(!first.message().is_empty(), &REQUIREMENT, "a message", &arrived);
    }

    #[test]
    fn in_utf_8() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it sends the message in UTF-8",
            hint: Hint::new("encode the text as UTF-8: an ñ is the two bytes c3 b1")
                .in_python("message.encode(\"utf-8\")")
                .in_rust("message.as_bytes()"),
        };
        let (run, first) = message(&REQUIREMENT);
        let is_utf_8 =
            std::str::from_utf8(&first.bytes).is_ok_and(|text| !text.contains('\0') && !is_pythons_bytes(text));
        run.check(is_utf_8, &REQUIREMENT, "text in UTF-8", &excerpt(&first.bytes));
    }

    /// Whether this is what Python prints of bytes, as of b'HELLO': the text is between the quotation marks.
    fn is_pythons_bytes(text: &str) -> bool {
        let text = text.trim();
        ["'", "\""].iter().any(|quote| text.starts_with(&format!("b{quote}")) && text.ends_with(quote))
    }

    #[test]
    fn without_a_line_break() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it sends the message without a line break behind it",
            hint: Hint::new("do not add \"\\n\" to the message: what prints a line adds one, what sends it must not"),
        };
        let (run, first) = message(&REQUIREMENT);
        let added = &first.bytes[first.message().len()..];
        run.check(added.is_empty(), &REQUIREMENT, "nothing behind the message", &excerpt(&first.bytes));
    }

    #[test]
    fn over_one_connection_that_it_closes() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it creates the socket, connects, sends the message, closes",
            hint: Hint::new("call connect once, and close the socket when everything is done"),
        };
        let mut run = run_against(&REQUIREMENT, patiently());
        let mut end = run.first(&REQUIREMENT).end;
        if end == End::Reset {
            // A client that takes its time, and closes with the peer's answer unread, resets the connection without knowing it (RFC
            // 1122, 4.2.2.13). It is not answered now.
            run = run_against(&REQUIREMENT, Reply::Nothing);
            end = run.first(&REQUIREMENT).end;
        }
        run.program.wait_for_rest();
        let has_ended = run.program.has_ended();
        if end == End::Open {
            end = run.peer.connections()[0].end;
        }
        let still = if has_ended { "" } else { "; your program is still running" };
        let arrived = format!("a connection that is {end}{still}");
        run.check(end == End::Finished, &REQUIREMENT, "a connection that is closed (FIN)", &arrived);
        let count = run.peer.connections().len();
        run.check(count == 1, &REQUIREMENT, "one connection", &counted(count, "connection"));
    }

    /// Run as `COMMAND IP PORT`.
    #[test]
    #[cfg(target_os = "linux")]
    fn to_the_ip_of_the_command_line() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it is run as client IP PORT, in the order of nc",
            hint: Hint::new("take the IP from the command line as well: a constant is for when there is none")
                .in_python("sys.argv[1]")
                .in_rust("options.ip"),
        };
        let reply = Reply::AtOnce(b"HELLO".to_vec());
        let mut run = run_at([127, 0, 0, 2].into(), &REQUIREMENT, reply);
        let _ = run.first(&REQUIREMENT);
    }
}

/// "waits for the answer, and prints `MESSAGE FROM THE SERVER:`, an empty line, the answer."
mod then_it_receives {
    use super::*;

    /// The test that says more where no answer is printed.
    const PRINTS: &str = "then_it_receives::and_prints_the_answer";

    /// Why nothing can be said of how it prints it.
    const NOT_PRINTED: &str = "it did not print the answer";

    /// Starts the client against a peer that answers at once: the run, and the answer's last line. It has two lines, since bytes
    /// that are printed as they are show `\n`.
    fn answered(requirement: &Requirement) -> (ClientRun, String) {
        let last_line = format!("This is answer {}", unforeseen());
        let answer = format!("Hello from the teacher's server\n{last_line}");
        (run_against(requirement, Reply::AtOnce(answer.into())), last_line)
    }

    #[test]
    fn and_prints_the_answer() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it waits for the answer, and prints it",
            hint: Hint::new("after send receive, decode what has come, and print that")
                .in_python("print(s.recv(2048).decode(\"utf-8\"))")
                .in_rust("socket.read(&mut buffer)"),
        };
        let (mut run, last_line) = answered(&REQUIREMENT);
        // Both lines, whatever stands around them: a mark of a line that goes on, say.
        let is_line = |line: &str, text: &str, other: &str| line.contains(text) && !line.contains(other);
        let is_there = |screen: &str| {
            screen.lines().any(|line| is_line(line, &last_line, "Hello"))
                && screen.lines().any(|line| is_line(line, "Hello from the teacher's server", &last_line))
        };
        if run.program.wait_for_screen(&last_line, is_there).is_err() {
            if run.first(&REQUIREMENT).length == 0 {
                run.not_judged(&REQUIREMENT, "it sent no message, and so nobody answered", FIRST);
            }
            let expected = format!("the answer on the program's screen, two lines: …, {last_line}");
            run.fail(&REQUIREMENT, &expected, "see its screen below");
        }
    }

    /// In small letters, without the article, the colon or the empty line, and in the answer's own line it is the same heading.
    #[test]
    fn under_the_heading() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it prints MESSAGE FROM THE SERVER:, an empty line, the answer",
            hint: Hint::new("compare the heading word by word, and print it before the answer")
                .in_python("print(\"MESSAGE FROM THE SERVER:\\n\")")
                .in_rust("println!(\"MESSAGE FROM THE SERVER:\\n\")"),
        };
        let (mut run, last_line) = answered(&REQUIREMENT);
        if run.program.wait_for_screen(&last_line, |screen| screen.contains(&last_line)).is_err() {
            run.not_judged(&REQUIREMENT, NOT_PRINTED, PRINTS);
        }
        run.program.wait_for_rest();
        let screen = run.program.screen();
        let (small, last_line) = (screen.to_lowercase(), last_line.to_lowercase());
        let mut headings = ["message from the server", "message from server"].into_iter();
        let is_right =
            headings.any(|heading| small.split_once(heading).is_some_and(|(_, below)| below.contains(&last_line)));
        run.check_shown(is_right, &REQUIREMENT, "MESSAGE FROM THE SERVER:", &screen);
    }

    #[test]
    fn and_prints_no_more_than_has_come() {
        const REQUIREMENT: Requirement = Requirement {
            says: "it prints the answer, and nothing of the buffer behind it",
            hint: Hint::new("receiving gives a length: print only so many bytes of the buffer")
                .in_rust("&buffer[..length]"),
        };
        let (mut run, last_line) = answered(&REQUIREMENT);
        if run.program.wait_for_screen(&last_line, |screen| screen.contains(&last_line)).is_err() {
            run.not_judged(&REQUIREMENT, NOT_PRINTED, PRINTS);
        }
        run.program.wait_for_rest();
        // As they are, where a screen does not show them, or made visible.
        let output = run.program.stdout() + &run.program.stderr();
        let count = output.matches('\0').count() + output.matches("\\x00").count();
        run.check(count == 0, &REQUIREMENT, "the answer alone", &format!("{} of zero as well", counted(count, "byte")));
    }

    /// What a server sends is text in UTF-8 as well.
    #[test]
    fn and_prints_it_in_utf_8() {
        const REQUIREMENT: Requirement = Requirement {
            says: "messages are text in UTF-8",
            hint: Hint::new("decode the bytes as UTF-8: an ñ is the two bytes c3 b1")
                .in_python("msg.decode(\"utf-8\")"),
        };
        let answer = format!("Hasta mañana, {}", unforeseen());
        let shows = |answer: &str| {
            let run = run_against(&REQUIREMENT, Reply::AtOnce(answer.as_bytes().to_vec()));
            let is_there = run.program.wait_for_screen(answer, |screen| screen.contains(answer)).is_ok();
            (run, is_there)
        };
        let (run, is_there) = shows(&answer);
        if !is_there {
            // Two lines, since bytes that are printed as they are show `\n`.
            let (in_english, is_there) = shows(&format!("See you tomorrow\nat {}", unforeseen()));
            if !is_there {
                in_english.not_judged(&REQUIREMENT, NOT_PRINTED, PRINTS);
            }
        }
        run.check_shown(is_there, &REQUIREMENT, &answer, &run.program.screen());
    }
}
