//! The socket: a new one for each message, connected after the question, closed.

use super::{QUIET_TIME, holds, run_client, run_with_messages, typed};
#[cfg(target_os = "linux")]
use common::testing::ClientRun;
use common::testing::{Connection, End, Hint, Judged, Reply, Requirement, counted, poll};
use std::time::{Duration, Instant};

/// How many messages are typed, if there is time: more than the 5 connections that the lesson's server lets wait, which some take for all
/// there may be, and than any number that comes to a mind.
const MOST_MESSAGES: usize = 25;
const TIME_TO_TYPE: Duration = Duration::from_secs(3);
/// And how many at least, however long they take: a chat that ends after 5, or 10, must not pass on a crowded machine.
const FEWEST_MESSAGES: usize = 11;

/// How long the next message is held back for the sake of the conversation about the one before.
const CONVERSATION_TIMEOUT: Duration = Duration::from_millis(600);

const FIRST_CONVERSATION_TIMEOUT: Duration = Duration::from_secs(3);

/// How long a screen stands still on which the question is.
const QUESTION_TIME: Duration = Duration::from_millis(700);

/// How long a program may take to ask for the next message.
const QUESTION_PAUSE: Duration = Duration::from_millis(100);

/// "close with a normal FIN"
#[test]
fn it_closes_after_each_message() {
    const REQUIREMENT: Requirement = Requirement {
        says: "after the message it closes the socket, with a normal FIN",
        hint: Hint::new("call close after send, inside the loop").in_python("s.close()").in_rust("drop(socket)"),
    };
    let (mut run, connection) = typed(&REQUIREMENT, "one");
    if connection.end == End::Open {
        run.type_line("two");
        let on_the_same = |all: &[Connection]| all.iter().any(|one| holds(one, "one") && holds(one, "two"));
        if run.wait_at_most(QUIET_TIME, on_the_same).0 {
            let first = "the_socket::each_message_has_a_connection_of_its_own";
            run.not_judged(&REQUIREMENT, "it sent two messages over one connection", first);
        }
    }
    let mut has_finished = connection.end == End::Finished;
    if connection.end == End::Reset {
        // A chat that takes its time, and closes with the peer's answer unread, resets the connection without knowing it (RFC
        // 1122, 4.2.2.13). It is not answered now.
        let mut again = run_with_messages(&REQUIREMENT, Reply::Nothing);
        again.type_line("one");
        has_finished = again.first(&REQUIREMENT).end == End::Finished;
    }
    let expected = "a connection that is closed (FIN)";
    run.check(has_finished, &REQUIREMENT, expected, &format!("a connection that is {}", connection.end));
    run.type_line("two");
    let (has_come, _) = run.wait_at_most(2 * QUIET_TIME, |all| all.iter().any(|one| holds(one, "two")));
    // That a second one comes at all is another test's affair.
    if has_come {
        let is_closed = |all: &[Connection]| all.iter().any(|one| holds(one, "two") && one.end != End::Open);
        let (is_closed, _) = run.wait_at_most(2 * QUIET_TIME, is_closed);
        run.check(is_closed, &REQUIREMENT, expected, "the first one is closed, and the second one is not");
    }
    #[cfg(target_os = "linux")]
    check_sockets(&mut run, &REQUIREMENT);
}

/// A socket that is shut down, and never closed, looks closed from the other side. But more and more of them are open then.
#[cfg(target_os = "linux")]
fn check_sockets(run: &mut ClientRun, requirement: &Requirement) {
    const MORE: usize = 4;
    let (before, seen) = (run.program.sockets(), run.peer.connections().len());
    for number in 1..=MORE {
        run.type_line(&format!("more {number}"));
        let (has_come, _) = run.wait_at_most(QUIET_TIME, |all| all.len() >= seen + number);
        if !has_come {
            // That it goes on is another test's affair.
            return;
        }
    }
    let (are_closed, since) = (|| run.program.sockets() < before + MORE, Instant::now());
    let _ = poll("the last one to be closed", || (are_closed() || since.elapsed() > QUIET_TIME).then_some(()));
    let open = format!("{MORE} messages later it has {MORE} sockets more: shutdown does not close them");
    run.check(are_closed(), requirement, "sockets that are closed", &open);
}

/// "create a **new** socket"
#[test]
fn each_message_has_a_connection_of_its_own() {
    const REQUIREMENT: Requirement = Requirement {
        says: "for each message it creates a new socket",
        hint: Hint::new("create the socket and connect it inside the loop, after the question"),
    };
    let (mut run, _) = typed(&REQUIREMENT, "one");
    run.type_line("two");
    let has_come = |all: &[Connection]| all.iter().any(|one| holds(one, "two"));
    let (two_came, connections) = run.wait_at_most(3 * QUIET_TIME, has_come);
    if !two_came {
        run.not_judged(&REQUIREMENT, "it did not send a second message", "the_socket::it_goes_on_until_the_input_ends");
    }
    // One that sends all that was typed so far has two that carry "one".
    let with_the_first: Vec<_> = connections.iter().filter(|connection| holds(connection, "one")).collect();
    let is_shared = matches!(&*with_the_first, [both] if holds(both, "two"));
    run.check(!is_shared, &REQUIREMENT, "a connection for each message", "both messages on one connection");
}

/// "It connects after the line is typed, not before: a user who thinks for a minute holds no connection."
#[test]
fn it_connects_after_the_line_is_typed() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it connects after the line is typed, not before",
        hint: Hint::new("ask for the message first, and create and connect the socket after that"),
    };
    let mut run = run_client(&REQUIREMENT);
    // When its question stands there, and nothing follows it for a while: many say more before that, and only then connect.
    run.program.wait_for_standstill(QUESTION_TIME, |screen| !screen.is_empty());
    let early = !run.peer.connections().is_empty();
    run.check(!early, &REQUIREMENT, "no connection before the first line", "a connection, and nothing was typed");
    run.type_line("one");
    let _ = run.first(&REQUIREMENT);
    let (early, _) = run.wait_at_most(QUIET_TIME, |all| all.len() > 1);
    run.check(!early, &REQUIREMENT, "no connection before the next line", "one more connection, and nothing was typed");
}

/// "again and again until the input ends"
#[test]
fn it_goes_on_until_the_input_ends() {
    const REQUIREMENT: Requirement = Requirement {
        says: "again and again: ask, create, connect, send, close, until the input ends",
        hint: Hint::new(
            "all steps, asking too, stand in a loop without end; does the second message fail? a closed socket cannot be used again",
        )
        .in_python("while True:")
        .in_rust("while let Some(message) = input.ask()?"),
    };
    let mut run = run_client(&REQUIREMENT);
    let (begin, mut typed, mut unanswered) = (Instant::now(), Vec::<String>::new(), 0);
    while typed.len() < FEWEST_MESSAGES || (typed.len() < MOST_MESSAGES && begin.elapsed() < TIME_TO_TYPE) {
        if run.program.has_ended() || unanswered > 1 {
            // It does nothing any more that could be disturbed.
            break;
        }
        let before = run.program.screen();
        typed.push(line(typed.len()));
        run.type_line(&typed[typed.len() - 1]);
        let has_ended = |one: &Connection| one.end != End::Open;
        let is_done = |all: &[Connection]| all.get(typed.len() - 1).is_some_and(has_ended) || holds_all(all, &typed);
        // Until the first one is done the program may still be starting.
        let limit = if typed.len() == 1 { FIRST_CONVERSATION_TIMEOUT } else { CONVERSATION_TIMEOUT };
        let (is_done, _) = run.wait_at_most(limit, is_done);
        unanswered = if is_done { 0 } else { unanswered + 1 };
        // A person types when the next question stands there, and some programs lose what is typed before that.
        let pause = Instant::now();
        let asks = || run.program.screen().len() > before.len() || pause.elapsed() >= QUESTION_PAUSE;
        let _ = poll("the next question", || asks().then_some(()));
    }
    let (all_came, connections) = run.wait_at_most(CONVERSATION_TIMEOUT, |all| have_come(all, &typed));
    // The last line may have been typed just before it ended.
    let come = if all_came { typed.len() } else { connections.len().min(typed.len()) };
    let ended = format!("it ended after {}, and nobody had ended its input", counted(come, "message"));
    let has_ended = come > 0 && run.program.has_ended();
    run.check(!has_ended, &REQUIREMENT, "a chat that asks for the next message", &ended);
    let all_of_them = format!("all of the {} that were typed, one after the other", counted(typed.len(), "message"));
    run.wait_for(&REQUIREMENT, &all_of_them, |all| have_come(all, &typed));
}

/// What is typed. The first line is the longest, since a buffer that is used again holds the end of the one before; and the third is the
/// same as the second.
fn line(index: usize) -> String {
    match index {
        0 => "message 1, and it is longer than all the others.".to_string(),
        2 => line(1),
        _ => format!("message {}.", index + 1),
    }
}

/// Whether all of them have come, in their order, and nothing else. However they come: that they share a connection, or that something else
/// is sent than what is typed, is another test's affair.
fn have_come(connections: &[Connection], typed: &[String]) -> bool {
    let mut messages = connections.iter().map(Connection::message).filter(|message| !message.is_empty());
    let sends_what_is_typed = messages.clone().next() == typed.first().map(String::as_bytes);
    if sends_what_is_typed && messages.clone().count() >= typed.len() {
        return typed.iter().all(|line| messages.any(|message| message == line.as_bytes()));
    }
    holds_all(connections, typed) || (!sends_what_is_typed && connections.len() >= typed.len())
}

fn holds_all(connections: &[Connection], messages: &[String]) -> bool {
    let texts: Vec<_> = connections.iter().map(|one| String::from_utf8_lossy(&one.bytes)).collect();
    messages.iter().all(|message| {
        let come: usize = texts.iter().map(|text| text.matches(message.as_str()).count()).sum();
        come >= messages.iter().filter(|other| *other == message).count()
    })
}

/// Run as `COMMAND IP PORT`.
#[test]
#[cfg(target_os = "linux")]
fn it_connects_to_the_ip_of_the_command_line() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it is run as ex3-chat IP PORT, in the order of nc",
        hint: Hint::new("take the IP from the command line as well: a constant is for when there is none")
            .in_python("sys.argv[1]")
            .in_rust("options.ip"),
    };
    let mut run = super::run_at([127, 0, 0, 2].into(), &REQUIREMENT, super::patiently());
    run.type_line("HELLO");
    let _ = run.first(&REQUIREMENT);
}
