//! What the lesson's own client does: the grade is made of these tests, for programs in any language (`SESSION08_CMD`).
//!
//! Each asks for one thing only. They judge by what arrives at the other end of the wire, and by the one fixed text of the
//! contract; never by exit codes or by what else is on the screen.

use assert_cmd::cargo::cargo_bin;
use common::testing::{ClientRun, CommandUnderTest, End, Judged, Reply, Requirement, excerpt, unforeseen};
#[cfg(target_os = "linux")]
use std::net::Ipv4Addr;

/// Starts the client with these arguments behind IP and PORT, against a peer that answers when all has been sent.
fn run_client(arguments: &[&str]) -> ClientRun {
    ClientRun::start(&under_test(), arguments, Reply::Patiently(b"Hello from the teacher's server".to_vec()))
}

/// The same against a peer that answers at once, and the answer's last line. It has two: bytes printed as they are show `\n`.
fn answered() -> (ClientRun, String) {
    let last_line = format!("This is answer {}", unforeseen());
    let answer = format!("Hello from the teacher's server\n{last_line}");
    (ClientRun::start(&under_test(), &[], Reply::AtOnce(answer.into())), last_line)
}

fn under_test() -> CommandUnderTest {
    CommandUnderTest::new(cargo_bin!("client"))
}

/// "Message: … else `HELLO FROM THE CLIENT!!!`"
#[test]
fn without_a_message_it_sends_the_lessons() {
    const REQUIREMENT: Requirement = Requirement {
        says: "the message is the third argument, else HELLO FROM THE CLIENT!!!",
        hint: "look at the text in step 3, send: capital letters, three exclamation marks",
    };
    let mut run = run_client(&[]);
    let first = run.first(&REQUIREMENT);
    run.check_bytes(&REQUIREMENT, b"HELLO FROM THE CLIENT!!!", first.message());
}

/// "Message: third argument"
#[test]
fn it_sends_the_third_argument() {
    const REQUIREMENT: Requirement = Requirement {
        says: "the message is the third argument",
        hint: "send what stands behind IP and PORT on the command line (in Python sys.argv[3]), not a text of your own",
    };
    let mut run = run_client(&["See-You"]);
    let first = run.first(&REQUIREMENT);
    run.check_bytes(&REQUIREMENT, b"See-You", first.message());
}

/// "exactly as given (no newline added)"
#[test]
fn it_adds_nothing_to_the_message() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it sends the message exactly as given, no newline added",
        hint: "do not add \"\\n\" to the message; print() adds one, send() must not",
    };
    let mut run = run_client(&["See-You"]);
    let first = run.first(&REQUIREMENT);
    let added = &first.bytes[first.message().len()..];
    run.check(!first.bytes.is_empty(), &REQUIREMENT, "a message", "no bytes at all");
    run.check(added.is_empty(), &REQUIREMENT, "nothing behind the message", &excerpt(&first.bytes));
}

/// "exactly as given": inner and outer spaces belong to it.
#[test]
fn it_keeps_the_spaces_of_the_message() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it sends the message exactly as given",
        hint: "do not strip or split the message: its spaces belong to it",
    };
    let mut run = run_client(&["  two  spaces  "]);
    let first = run.first(&REQUIREMENT);
    // Another text altogether is another test's affair.
    let text = String::from_utf8_lossy(&first.bytes);
    if text.contains("two") || text.contains("spaces") {
        run.check_bytes(&REQUIREMENT, b"  two  spaces  ", first.message());
    }
}

/// "sends the message in UTF-8"
#[test]
fn it_sends_utf_8() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it sends the message in UTF-8",
        hint: "encode the text as UTF-8, in Python message.encode(\"utf-8\"): an ñ is the two bytes c3 b1",
    };
    let mut run = run_client(&["mañana€日本🙂"]);
    let first = run.first(&REQUIREMENT);
    if first.bytes.is_empty() || first.bytes.starts_with(b"ma") {
        run.check_bytes(&REQUIREMENT, "mañana€日本🙂".as_bytes(), first.message());
    }
}

/// "`-` for standard input to its end"
#[test]
fn for_a_dash_it_sends_standard_input_to_its_end() {
    const REQUIREMENT: Requirement = Requirement {
        says: "the message is the third argument; - means standard input to its end",
        hint: "if the message is -, read all of standard input (in Python sys.stdin.buffer.read()) and send that",
    };
    let mut run = run_client(&["-"]);
    run.type_line("one line");
    run.type_line("and another");
    run.program.close_stdin();
    let first = run.first(&REQUIREMENT);
    run.check_bytes(&REQUIREMENT, b"one line\nand another", first.message());
}

/// "creates the socket, connects, sends …, closes": one run is one connection, which ends with a normal FIN.
#[test]
fn it_connects_once_and_closes() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it creates the socket, connects, sends the message, closes",
        hint: "call connect once, and close the socket when everything is done",
    };
    let mut run = run_client(&[]);
    let first = run.first(&REQUIREMENT);
    run.check(first.end == End::Finished, &REQUIREMENT, "a close with FIN", &format!("{:?}", first.end));
    let _ = run.program.wait_for_end();
    let count = run.peer.connections().len();
    run.check(count == 1, &REQUIREMENT, "one connection", &format!("{count} connections"));
}

/// "Then waits for the answer, prints `MESSAGE FROM THE SERVER:`, an empty line, the answer."
#[test]
fn it_shows_the_answer() {
    const REQUIREMENT: Requirement = Requirement {
        says: "then it waits for the answer, and prints it",
        hint: "after send call recv, decode what it gives, and print that",
    };
    let (run, last_line) = answered();
    // As a line of its own, whatever stands before it: a mark of a line that goes on, say.
    let is_there =
        |screen: &str| screen.lines().any(|line| line.trim().ends_with(&last_line) && !line.contains("Hello"));
    if run.program.wait_for_screen(&last_line, is_there).is_err() {
        run.fail(
            &REQUIREMENT,
            &format!("the answer on the program's screen, two lines: …, {last_line}"),
            "see its screen below",
        );
    }
}

/// "prints `MESSAGE FROM THE SERVER:`, an empty line, the answer."
#[test]
fn it_shows_the_heading_and_an_empty_line_before_the_answer() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it prints MESSAGE FROM THE SERVER:, an empty line, the answer",
        hint: "compare the heading letter by letter; in Python print(\"MESSAGE FROM THE SERVER:\\n\")",
    };
    let (mut run, last_line) = answered();
    let _ = run.program.wait_for_end();
    let screen = run.program.screen();
    let below = screen.split_once("MESSAGE FROM THE SERVER:\n\n").map(|(_, below)| below);
    // That the answer is shown at all is another test's affair.
    let is_right = below.is_some_and(|below| below.contains(&last_line) || !screen.contains(&last_line));
    run.check(
        is_right,
        &REQUIREMENT,
        "MESSAGE FROM THE SERVER:, an empty line, and then the answer",
        "see its screen below",
    );
}

/// "`--send-only` closes without waiting (the lesson's first version)."
#[test]
fn with_send_only_it_closes_without_waiting() {
    const REQUIREMENT: Requirement = Requirement {
        says: "--send-only closes without waiting (the lesson's first version)",
        hint: "with --send-only on the command line, call close right after send, and no recv",
    };
    // This peer answers only after the client has closed: who waits, waits for ever.
    let mut run = ClientRun::start(&under_test(), &["HELLO", "--send-only"], Reply::AtTheEnd(b"too late".to_vec()));
    let connection = run.first(&REQUIREMENT);
    run.check(!connection.bytes.is_empty(), &REQUIREMENT, "a message", "no bytes at all");
    run.check(connection.end != End::Open, &REQUIREMENT, "a close at once", "the connection is still open");
}

/// Run as `COMMAND IP PORT`.
#[test]
#[cfg(target_os = "linux")]
fn it_connects_to_the_ip_of_the_command_line() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it is run as client IP PORT, in the order of nc",
        hint: "take the IP from the command line as well (in Python sys.argv[1]): a constant is only for who gives none",
    };
    let mut run =
        ClientRun::start_at(Ipv4Addr::new(127, 0, 0, 2), &under_test(), &[], Reply::AtOnce(b"HELLO".to_vec()));
    let _ = run.first(&REQUIREMENT);
}
