//! What a client sees.

use super::lines::without_line_breaks;
use super::{FIRST, FirstClient, GREETING, NO_ANSWER, run_that_serves};
use common::testing::{End, Hint, Judged, Requirement, ServerRun, counted, unforeseen};
use std::time::{Duration, Instant};

/// How many clients come one after another, if there is time: more than the 5 that the lesson lets wait, which some take for all there may
/// be, and than a hundred.
const MOST_CLIENTS: usize = 101;
const TIME_FOR_ALL: Duration = Duration::from_secs(3);
/// And how many at least, however long the first ones take: one of them carries nothing.
const FEWEST_CLIENTS: usize = 3;

/// How many clients compare the answer, if there is time, and how many at least: the fourth may hear something else.
const MOST_ANSWERS: usize = 12;
const FEWEST_ANSWERS: usize = 4;

/// How long a server may take to close a socket that it has shut down.
#[cfg(target_os = "linux")]
const TIME_TO_CLOSE: Duration = Duration::from_secs(1);

/// How much longer than others a person at a netcat, who does not close, may wait for the answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// "answers exactly `Hello from the teacher's server`"
#[test]
fn the_answer_is_the_greeting() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it answers exactly: Hello from the teacher's server",
        hint: Hint::new("compare your text letter by letter: no other words, no colours"),
    };
    let mut run = run_that_serves(&REQUIREMENT);
    let begin = Instant::now();
    let mut answer = run.ask(&REQUIREMENT, b"HELLO");
    if answer.bytes.is_empty() {
        run.not_judged(&REQUIREMENT, NO_ANSWER, FIRST);
    }
    let mut number = 0;
    // That it answers more than one client at all is another test's affair.
    while !answer.bytes.is_empty() {
        run.check_bytes(&REQUIREMENT, GREETING.as_bytes(), without_line_breaks(&answer.bytes));
        number += 1;
        if number >= MOST_ANSWERS || (number >= FEWEST_ANSWERS && begin.elapsed() > TIME_FOR_ALL) {
            break;
        }
        // Whatever a client says.
        let message = format!("What is the time? {}", unforeseen());
        let Some(next) = run.ask_if_it_listens(message.as_bytes()) else { break };
        answer = next;
    }
}

/// "closes"
#[test]
fn it_closes_after_the_answer() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it answers and closes",
        hint: Hint::new("receive the whole message, and close the client's socket after send")
            .in_python("clientsocket.close()")
            .in_rust("drop(socket)"),
    };
    let mut run = run_that_serves(&REQUIREMENT);
    let answer = run.ask(&REQUIREMENT, b"HELLO");
    let is_closed = answer.end == End::Finished;
    run.check(is_closed, &REQUIREMENT, "a connection that is closed (FIN) after the answer", &answer.describe());
    #[cfg(target_os = "linux")]
    check_sockets(&mut run, &REQUIREMENT);
}

/// A socket that is shut down, and never closed, looks closed from the other side. But more and more of them are open then.
#[cfg(target_os = "linux")]
fn check_sockets(run: &mut ServerRun, requirement: &Requirement) {
    const MORE: usize = 4;
    let (before, begin) = (run.program.sockets(), Instant::now());
    for _ in 0..MORE {
        // That it goes on is another test's affair.
        let answer = run.ask_if_it_listens(b"HELLO");
        if answer.is_none_or(|answer| answer.end != End::Finished) || begin.elapsed() > TIME_FOR_ALL {
            return;
        }
    }
    let (are_closed, since) = (|| run.program.sockets() < before + MORE, Instant::now());
    let _ = common::testing::poll("the last one to be closed", || {
        (are_closed() || since.elapsed() > TIME_TO_CLOSE).then_some(())
    });
    let is_right = are_closed();
    let open = format!("{MORE} clients later it has {MORE} sockets more: shutdown does not close them");
    run.check(is_right, requirement, "sockets that are closed", &open);
}

/// "netcat clients do not half-close, so it never waits for EOF."
#[test]
fn it_answers_a_client_that_keeps_its_side_open() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it answers as soon as the first bytes are here, and never waits for the end of what the client sends",
        hint: Hint::new(
            "receive once for each connection, not until nothing comes: a person at a netcat does not close",
        ),
    };
    const TOO_EARLY: Requirement = Requirement {
        hint: Hint::new("receive first, from the socket that accept gave, and send after that")
            .in_python("clientsocket.recv(2048)")
            .in_rust("socket.read(&mut buffer)"),
        ..REQUIREMENT
    };
    let mut run = run_that_serves(&REQUIREMENT);
    let early = run.hear_before_asking(&REQUIREMENT);
    run.check(early.bytes.is_empty(), &TOO_EARLY, "no answer before the client has sent anything", &early.describe());
    let stays = early.end == End::Open;
    run.check(stays, &REQUIREMENT, "a server that waits for the first bytes, as a person types", &early.describe());
    // That it serves more than one client is another test's affair.
    let mut run = run_that_serves(&REQUIREMENT);
    let answer = run.ask_and_stay(&REQUIREMENT, b"typed in netcat");
    let mut is_served = !answer.bytes.is_empty() || answer.end != End::Open;
    if is_served && answer.after > PATIENCE {
        // It, or the machine, may be slow: then it is so with those who close as well.
        let usual = run_that_serves(&REQUIREMENT).ask(&REQUIREMENT, b"typed in netcat");
        is_served = answer.after < usual.after + PATIENCE;
    }
    let arrived = format!("after {:.1} s: {}", answer.after.as_secs_f64(), answer.describe());
    run.check(is_served, &REQUIREMENT, "an answer, before the client closes", &arrived);
}

/// "For each connection": again and again.
#[test]
fn it_serves_one_client_after_another() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it serves each connection, one after the other, until Ctrl-C",
        hint: Hint::new("accept, receive, send and close stand in a loop without end, and bind and listen before it")
            .in_python("while True:")
            .in_rust("loop"),
    };
    let mut run = run_that_serves(&REQUIREMENT);
    let (begin, mut number, mut answers) = (Instant::now(), 0, false);
    let has_time = || FirstClient::has_followers() && begin.elapsed() < TIME_FOR_ALL;
    while number < FEWEST_CLIENTS || (number < MOST_CLIENTS && has_time()) {
        number += 1;
        if number == 3 {
            // An empty line in the chat: a connection that carries nothing.
            run.say_nothing(&REQUIREMENT);
        }
        let answer = run.ask(&REQUIREMENT, b"HELLO");
        // One that never answers, but closes, fails another test.
        answers |= !answer.bytes.is_empty();
        let is_served = !answer.bytes.is_empty() || (answer.end != End::Open && !answers);
        run.check(is_served, &REQUIREMENT, &format!("client {number} to be served"), &answer.describe());
        if number == 1 && answers && FirstClient::has_followers() {
            let has_its_turn = who_waits_has_its_turn(&mut run, &REQUIREMENT);
            run.check(
                has_its_turn,
                &REQUIREMENT,
                "a client that came while another one was served to be served",
                "it was not",
            );
        }
    }
    let ended = format!("it ended after {}", counted(number, "client"));
    let has_ended = run.program.has_ended();
    run.check(!has_ended, &REQUIREMENT, "a server that waits for the next client", &ended);
}

/// Whether one is answered that connects and speaks while another one is served, and has to wait. A server that closes its listening socket
/// after each client resets those.
fn who_waits_has_its_turn(run: &mut ServerRun, requirement: &Requirement) -> bool {
    let Some([first, second]) = run.ask_two_at_once(requirement, b"HELLO") else { return false };
    // Where the first one is not served, it is the next one alone that fails.
    first.bytes.is_empty() || !second.bytes.is_empty()
}

/// "Binds IP:PORT": run as `COMMAND IP PORT`.
#[test]
#[cfg(target_os = "linux")]
fn it_listens_at_the_ip_it_is_given() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it binds the socket to IP and PORT, both from the command line",
        hint: Hint::new("take the IP from the command line as well, and bind the socket to it: 0.0.0.0 or nothing stands for all of them")
            .in_python("IP = sys.argv[1], and s.bind((IP, PORT))")
            .in_rust("options.ip"),
    };
    let mut run = super::run_server_at([127, 0, 0, 2].into(), &REQUIREMENT);
    let _ = run.ask(&REQUIREMENT, b"HELLO");
    // Who starts it at 127.0.0.1 wants no visitors from the network.
    let arrived = format!("somebody listens at 127.0.0.1:{} as well", run.port);
    run.check(!run.listens_at([127, 0, 0, 1].into()), &REQUIREMENT, "nobody at another IP of this computer", &arrived);
}
