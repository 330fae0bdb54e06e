//! What the contract asks of the lesson's netcat: the grade is made of these tests, for programs in any language (`SESSION08_CMD`).
//!
//! Each asks for one thing only. They judge by the bytes that arrive at the other side, and by those that stand on standard output;
//! never by exit codes, nor by what is said as errors. OpenBSD's nc passes all of them. Other
//! real netcats differ in four: ncat, the traditional nc and busybox have no `-N` and refuse the second client at once; the last two
//! want `-p` before the port.

mod listening;

use assert_cmd::cargo::cargo_bin;
use common::testing::{
    ClientRun, CommandUnderTest, Connection, End, Hint, Judged, Reply, Requirement, TIME_LIMIT, excerpt, poll,
};
use listening::{LISTENS, Listening};
use std::time::{Duration, Instant};

/// How long something is waited for that should not come, or need not. What must come may take until the deadline.
const QUIET_TIME: Duration = Duration::from_secs(1);

/// The lesson's way to listen.
const LISTEN: &[&str] = &["-l", "-p"];

fn under_test() -> CommandUnderTest {
    CommandUnderTest::new(cargo_bin!("nc")).as_filter()
}

/// What every test of a netcat that connects begins with.
const CONNECTS: Requirement = Requirement {
    says: "nc IP PORT connects, and so does nc -N IP PORT",
    hint: Hint::new(
        "create the socket and connect it to the IP and the port; does it stop at -N? then its errors say so",
    ),
};

/// A netcat that has connected to a peer, with this typed.
fn connected(under_test: &CommandUnderTest, typed: &[u8], reply: Reply) -> ClientRun {
    let mut run = ClientRun::start(under_test, &[], reply);
    run.type_in(typed);
    run.wait_for(&CONNECTS, "a connection", |all| !all.is_empty());
    run
}

/// What has arrived at the peer, as soon as it is so much, or nothing more will come, or at the deadline.
fn arrived(run: &ClientRun, length: usize) -> Vec<u8> {
    let enough = |all: &[Connection]| all[0].bytes.len() >= length || all[0].end != End::Open;
    run.wait_at_most(TIME_LIMIT, enough).1.swap_remove(0).bytes
}

fn holds(bytes: &[u8], text: &str) -> bool {
    String::from_utf8_lossy(bytes).contains(text)
}

/// "`nc IP PORT` connects; … standard input to the other side"
#[test]
fn it_sends_what_is_typed() {
    const REQUIREMENT: Requirement = Requirement {
        says: "nc IP PORT connects, and copies standard input to the other side",
        hint: Hint::new("after connect read from standard input and send what was read, again and again"),
    };
    let mut run = connected(&under_test(), b"good morning\n", Reply::Nothing);
    run.program.close_stdin();
    let bytes = arrived(&run, b"good morning".len());
    run.check(holds(&bytes, "good morning"), &REQUIREMENT, "good morning", &excerpt(&bytes));
}

/// "bytes exactly"
#[test]
fn it_sends_every_byte_as_it_is() {
    const REQUIREMENT: Requirement = Requirement {
        says: "bytes pass exactly: spaces, line breaks, and those that are no text",
        hint: Hint::new("read and send bytes, not text, and do not strip or decode them").in_python("sys.stdin.buffer"),
    };
    const BYTES: &[u8] = b"  ma\xc3\xb1ana \r\n\n\0\xff\xfe\x1b[2J\n";
    let mut run = connected(&under_test(), BYTES, Reply::Nothing);
    run.program.close_stdin();
    let bytes = arrived(&run, BYTES.len());
    // Another text altogether, or none, is another test's affair.
    if holds(&bytes, "ma") {
        run.check_bytes(&REQUIREMENT, BYTES, &bytes);
    }
}

/// "and the other side to standard output"
#[test]
fn it_shows_what_the_other_side_sends() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it copies what the other side sends to standard output",
        hint: Hint::new(
            "receive and write to standard output, again and again, while standard input is read as well: that takes two \
               threads; does the text come only at the end? then flush it",
        ),
    };
    let run = connected(&under_test(), b"good morning\n", Reply::AndStay(b"see you later\n".to_vec()));
    let is_there = |screen: &str| screen.contains("see you later");
    if run.program.wait_for_stdout_until("see you later", is_there).is_err() {
        run.fail(&REQUIREMENT, "see you later on the screen", "see its screen below");
    }
}

/// "the other side to standard output, bytes exactly"
#[test]
fn it_shows_every_byte_as_it_is_and_nothing_else() {
    const REQUIREMENT: Requirement = Requirement {
        says: "through a pipe standard output holds the bytes of the other side exactly, and nothing else",
        hint: Hint::new("write the bytes as they came; what your program has to say itself goes to standard error")
            .in_python("sys.stdout.buffer.write(data)"),
    };
    const BYTES: &[u8] = b"  caf\xc3\xa9 \r\n\n\0\xff\x1b[2J end";
    let run = connected(&under_test(), b"good morning\n", Reply::AndStay(BYTES.to_vec()));
    let _ = run.program.wait_for_stdout("end");
    let shown = run.program.stdout();
    // That anything is shown at all is another test's affair.
    if shown.contains("end") {
        let expected = String::from_utf8_lossy(BYTES);
        run.check(shown == expected, &REQUIREMENT, &format!("{expected:?}"), &format!("{shown:?}"));
    }
}

/// "both copy … until both ends are done"
#[test]
fn the_conversation_goes_on_after_the_first_answer() {
    const REQUIREMENT: Requirement = Requirement {
        says: "both copy standard input to the other side until both ends are done",
        hint: Hint::new(
            "reading and sending stand in a loop, and so do receiving and writing: one answer is not the end",
        ),
    };
    let mut run = connected(&under_test(), b"one\n", Reply::AndStay(b"see you later\n".to_vec()));
    // What it sends is another test's affair, and so are the line breaks.
    let has_come = |all: &[Connection], text: &str| all[0].bytes.len() >= text.len();
    run.wait_for(&REQUIREMENT, "the first line", |all| has_come(all, "one"));
    run.type_in(b"two\n");
    run.wait_for(&REQUIREMENT, "the second line as well", |all| has_come(all, "onetwo"));
}

/// "`-N` half-closes at the end of input"
#[test]
fn with_n_the_other_side_is_told_that_the_input_has_ended() {
    const REQUIREMENT: Requirement = Requirement {
        says: "-N half-closes at the end of input: the other side is told that nothing more will come",
        hint: Hint::new("at the end of standard input shut down writing")
            .in_python("s.shutdown(socket.SHUT_WR)")
            .in_rust("socket.shutdown(Shutdown::Write)"),
    };
    let mut run = connected(&under_test().with("-N"), b"good morning\n", Reply::AtTheEnd(b"answer".to_vec()));
    run.program.close_stdin();
    run.wait_for(&REQUIREMENT, "the end of what it sends (FIN)", |all| all[0].end == End::Finished);
}

/// "half-closes", and "the other side to standard output … until both ends are done"
#[test]
fn with_n_it_shows_what_comes_after_the_end_of_its_input() {
    const REQUIREMENT: Requirement = Requirement {
        says: "-N half-closes: it sends nothing more, and goes on showing what the other side sends",
        hint: Hint::new("shut down writing alone: close would end both directions, and leaving would too"),
    };
    check_late_answer(&REQUIREMENT, &under_test().with("-N"));
}

/// "until both ends are done": the end of the input is one of them.
#[test]
fn it_shows_what_comes_after_the_end_of_its_input() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it copies until both ends are done: the end of its input is not the end of the other side",
        hint: Hint::new(
            "when standard input has ended go on receiving until the other side closes (recv gives no bytes)",
        ),
    };
    check_late_answer(&REQUIREMENT, &under_test());
}

fn check_late_answer(requirement: &Requirement, under_test: &CommandUnderTest) {
    let mut run = connected(under_test, b"good morning\n", Reply::Patiently(b"see you later\n".to_vec()));
    run.program.close_stdin();
    if run.program.wait_for_stdout("see you later").is_err() {
        run.fail(
            requirement,
            "see you later, which the other side sends half a second after the end of the input",
            "it is not shown",
        );
    }
}

/// "until both ends are done"
#[test]
fn it_ends_when_both_ends_are_done() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it copies until both ends are done: then it ends",
        hint: Hint::new(
            "recv gives no bytes when the other side has closed: leave the loop then; do the two threads wait for each other?",
        ),
    };
    let mut run = connected(&under_test(), b"good morning\n", Reply::AtOnce(b"see you later\n".to_vec()));
    let _ = run.peer.wait_at_most(QUIET_TIME, "the line", |all| !all[0].bytes.is_empty());
    run.program.close_stdin();
    let ended = run.program.wait_for_end();
    run.check(
        ended.is_ok(),
        &REQUIREMENT,
        "a netcat that ends: its input has ended and the other side has closed",
        "it goes on",
    );
}

/// Ctrl-C ends every program: with which exit code is no matter here.
#[test]
#[cfg(unix)]
fn ctrl_c_ends_it() {
    const REQUIREMENT: Requirement = Requirement {
        says: "Ctrl-C ends it",
        hint: Hint::new("catch no Ctrl-C inside the loop, and let no thread keep the program alive")
            .in_python("no except KeyboardInterrupt: there, and daemon=True for threads"),
    };
    let mut run = connected(&under_test(), b"good morning\n", Reply::Nothing);
    let ended = run.program.interrupt_until_it_ends();
    run.check(ended.is_ok(), &REQUIREMENT, "a netcat that ends", "it goes on");
}

/// "`nc -l [-p] PORT` listens … the other side to standard output"
#[test]
fn a_listener_shows_what_its_client_sends() {
    const REQUIREMENT: Requirement = Requirement {
        says: "nc -l -p PORT listens, and copies what its client sends to standard output",
        hint: Hint::new("bind, listen, accept, and then the same copying as when it connects"),
    };
    let mut listening = Listening::start(LISTEN);
    let client = listening.first_client(&LISTENS);
    listening.client_says(&client, b"good morning\n");
    listening.run.wait_for_screen(&REQUIREMENT, "good morning", |screen| screen.contains("good morning"));
}

/// "standard input to the other side"
#[test]
fn a_listener_sends_what_is_typed_to_its_client() {
    const REQUIREMENT: Requirement = Requirement {
        says: "a listener too copies standard input to the other side",
        hint: Hint::new("it is the same copying in both roles: only the beginning is accept instead of connect"),
    };
    let mut listening = Listening::start(LISTEN);
    let client = listening.first_client(&LISTENS);
    listening.types(b"see you later\n");
    listening.check_client(&REQUIREMENT, &client, b"see you later\n");
}

/// "`nc -l [-p] PORT`"
#[test]
fn the_p_before_the_port_may_be_left_out() {
    const REQUIREMENT: Requirement = Requirement {
        says: "nc -l PORT listens just as nc -l -p PORT",
        hint: Hint::new("after -l take the port with -p before it and without"),
    };
    let mut listening = Listening::start(&["-l"]);
    let _ = listening.first_client(&REQUIREMENT);
}

/// "The listener serves one client; the next one waits until the first is gone, as the lesson's experiment shows."
#[test]
fn the_next_client_waits_until_the_first_is_gone() {
    const REQUIREMENT: Requirement = Requirement {
        says: "the listener serves one client; the next one waits until the first is gone",
        hint: Hint::new(
            "call accept once, and keep the listening socket open as long as the client is there: the system lets the next one \
               in, and it waits",
        ),
    };
    let mut listening = Listening::start(LISTEN);
    let first = listening.first_client(&LISTENS);
    listening.client_says(&first, b"from the first\n");
    // That it shows this at all is another test's affair.
    let is_shown = listening.run.program.wait_for_stdout("from the first").is_ok();
    let second = listening.next_client(&REQUIREMENT);
    if !is_shown {
        return;
    }
    listening.client_says(&second, b"from the second\n");
    let start = Instant::now();
    let is_there = || listening.run.program.stdout().contains("from the second");
    let is_served = poll("it", || (is_there() || start.elapsed() > QUIET_TIME).then(is_there)).unwrap_or(true);
    listening.run.check(
        !is_served,
        &REQUIREMENT,
        "only the first client on the screen",
        "what the second one sent stands there",
    );
}

/// "The listener serves one client"
#[test]
fn a_listener_ends_when_its_client_is_gone() {
    const REQUIREMENT: Requirement = Requirement {
        says: "the listener serves one client, until both ends are done: then it ends",
        hint: Hint::new(
            "recv gives no bytes when the client has closed: leave the loop, and do not accept another one",
        ),
    };
    let mut listening = Listening::start(LISTEN);
    let client = listening.first_client(&LISTENS);
    listening.client_says(&client, b"good morning\n");
    drop(client);
    listening.run.end(&REQUIREMENT);
}
