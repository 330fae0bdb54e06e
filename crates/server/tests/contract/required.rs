//! What the lesson's own server does: the grade is made of these tests, for programs in any language (`SESSION08_CMD`).
//!
//! Each asks for one thing only, so that a greeting in other words fails one test and not ten. They judge by what arrives at a
//! client and by the lines that the contract fixes; never by exit codes, nor by what else is on the screen.

use assert_cmd::cargo::cargo_bin;
use common::testing::{Judged, Rule, Serving, Subject, shown};
use std::time::Instant;

const GREETING: &str = "Hello from the teacher's server";

fn serving() -> Serving {
    Serving::start(&Subject::new(cargo_bin!("server")))
}

/// The texts behind this beginning, in each line that has it.
fn behind<'a>(screen: &'a str, beginning: &str) -> Vec<&'a str> {
    screen.lines().filter_map(|line| line.split_once(beginning)).map(|(_, rest)| rest.trim()).collect()
}

/// The number of each line about a connection.
fn numbers(screen: &str) -> Vec<u64> {
    let rests = screen
        .lines()
        .filter_map(|line| line.to_lowercase().split_once("connection:").map(|(_, rest)| rest.to_string()));
    rests.filter_map(|rest| rest.trim().split(|next: char| !next.is_ascii_digit()).next()?.parse().ok()).collect()
}

/// "answers … closes"
#[test]
fn it_answers() {
    const RULE: Rule = Rule {
        says: "for each connection it answers",
        hint: "after recv call send, with bytes: in Python clientsocket.send(str.encode(message))",
    };
    let mut serving = serving();
    let answer = serving.ask(&RULE, b"HELLO", true);
    serving.check(!answer.bytes.is_empty(), &RULE, "an answer", &answer.spoken());
}

/// "answers exactly `Hello from the teacher's server`"
#[test]
fn the_answer_is_the_greeting() {
    const RULE: Rule = Rule {
        says: "it answers exactly: Hello from the teacher's server",
        hint: "compare your text letter by letter: no other words, no colours, no line break at its end",
    };
    let mut serving = serving();
    let answer = serving.ask(&RULE, b"HELLO", true);
    // That it answers at all is another test's affair.
    let is_right = answer.bytes.is_empty() || answer.bytes == GREETING.as_bytes();
    serving.check(is_right, &RULE, &format!("\"{GREETING}\""), &answer.spoken());
}

/// "closes"
#[test]
fn it_closes_after_the_answer() {
    const RULE: Rule = Rule {
        says: "it answers and closes",
        hint: "close the client's socket after send: in Python clientsocket.close()",
    };
    let mut serving = serving();
    let answer = serving.ask(&RULE, b"HELLO", true);
    serving.check(answer.is_closed, &RULE, "a connection that is closed after the answer", &answer.spoken());
}

/// "It answers as soon as the first bytes are here: netcat clients do not half-close, so it never waits for EOF."
#[test]
fn it_answers_a_client_that_keeps_its_side_open() {
    const RULE: Rule = Rule {
        says: "it answers as soon as the first bytes are here, and never waits for the end of what the client sends",
        hint: "call recv once for each connection, not until it gives nothing: a person at a netcat does not close",
    };
    let mut serving = serving();
    let answer = serving.ask(&RULE, b"typed in netcat\n", false);
    let is_served = !answer.bytes.is_empty() || answer.is_closed;
    serving.check(is_served, &RULE, "an answer, before the client closes", &answer.spoken());
}

/// "For each connection": again and again.
#[test]
fn it_serves_one_client_after_another() {
    const RULE: Rule = Rule {
        says: "it serves each connection, one after the other, until Ctrl-C",
        hint: "accept, recv, send and close stand in a loop (in Python while True:), and bind and listen before it",
    };
    let mut serving = serving();
    for number in 1..=3 {
        let answer = serving.ask(&RULE, b"HELLO", true);
        let is_served = !answer.bytes.is_empty() || answer.is_closed;
        serving.check(is_served, &RULE, &format!("client {number} of 3 to be served"), &answer.spoken());
    }
}

/// "`Message from client: TEXT`"
#[test]
fn it_shows_the_message() {
    const RULE: Rule = Rule {
        says: "for each connection it prints Message from client: TEXT",
        hint: "decode what recv gave and print it behind Message from client: (in Python msg.decode(\"utf-8\"))",
    };
    let mut serving = serving();
    let _ = serving.ask(&RULE, b"see you later", true);
    serving.check_screen(&RULE, "Message from client: see you later", |screen| {
        behind(screen, "Message from client:").iter().any(|text| text.contains("see you later"))
    });
}

/// The message is text in UTF-8.
#[test]
fn it_shows_a_message_in_utf_8() {
    const RULE: Rule = Rule {
        says: "messages are text in UTF-8",
        hint: "decode the bytes as UTF-8: printing them as they are shows b'…' with numbers",
    };
    let mut serving = serving();
    let _ = serving.ask(&RULE, "mañana".as_bytes(), true);
    // That it shows the message at all is another test's affair.
    let is_there = |screen: &str| screen.contains("mañana");
    if serving.program.wait_for_stdout_until("mañana", is_there).is_err() && serving.program.stdout().contains("b'ma")
    {
        serving.fail(&RULE, "mañana", "see its screen below");
    }
}

/// "`CONNECTION: N. From the IP: ADDRESS`"
#[test]
fn it_shows_who_has_come() {
    const RULE: Rule = Rule {
        says: "for each connection it prints CONNECTION: N. From the IP: ADDRESS",
        hint: "accept gives the client's address as well: print it, in the lesson's words",
    };
    let mut serving = serving();
    let _ = serving.ask(&RULE, b"HELLO", true);
    // The lesson's own prints ('127.0.0.1', 40000) there.
    serving.check_screen(&RULE, "CONNECTION: N. From the IP: 127.0.0.1", |screen| {
        behind(screen, "From the IP:").iter().any(|address| address.contains("127.0.0.1"))
            && screen.lines().any(|line| line.contains("CONNECTION:") && line.contains("From the IP:"))
    });
}

/// "in order, counted from 1"
#[test]
fn it_counts_the_connections_from_1() {
    const RULE: Rule = Rule {
        says: "connections are counted from 1: CONNECTION: 1., CONNECTION: 2. and so on",
        hint: "begin with 0 before the loop, and add 1 after each accept; print the number",
    };
    let mut serving = serving();
    let _ = serving.ask(&RULE, b"HELLO", true);
    let _ = serving.ask_if_it_listens(b"HELLO", true);
    let all = |screen: &str| numbers(screen).starts_with(&[1, 2]);
    if serving.program.wait_for_stdout_until("1 and 2", all).is_err() {
        // How the line is worded is another test's affair, and so is a server that serves only one.
        let numbers = numbers(&serving.program.stdout());
        let is_right = numbers.is_empty() || numbers == [1];
        serving.check(is_right, &RULE, "the connections 1 and 2", &format!("{numbers:?}"));
    }
}

/// "prints `Waiting for connections at IP, PORT`"
#[test]
fn it_says_where_it_waits() {
    const RULE: Rule = Rule {
        says: "it prints Waiting for connections at IP, PORT",
        hint: "print it before accept, with the IP and the PORT that the server was given",
    };
    let serving = serving();
    let expected = format!("Waiting for connections at 127.0.0.1, {}", serving.port);
    serving.check_screen(&RULE, &expected, |screen| screen.contains(&expected));
}

/// "prints the waiting line again": once for each connection, and once more.
#[test]
fn it_says_again_that_it_waits() {
    const RULE: Rule = Rule {
        says: "after each connection it prints the waiting line again",
        hint: "the waiting line stands inside the loop, before accept",
    };
    let mut serving = serving();
    let _ = serving.ask(&RULE, b"HELLO", true);
    serving.check_screen(&RULE, "the waiting line twice: before and after the client", |screen| {
        screen.to_lowercase().matches("waiting").count() >= 2
    });
}

/// "Ctrl-C: `Server stopped by the user`, exit 0." With which code other programs exit does not matter.
#[test]
#[cfg(unix)]
fn ctrl_c_stops_it() {
    const RULE: Rule = Rule {
        says: "Ctrl-C stops it: Server stopped by the user",
        hint: "in Python except KeyboardInterrupt: around the loop, with a print in it",
    };
    let mut serving = serving();
    let _ = serving.ask(&RULE, b"HELLO", true);
    // One that ends after a client by itself has not been stopped: Ctrl-C must not meet it on its way to that.
    let answered = Instant::now();
    let _ = common::testing::poll("the next turn", || {
        let waits = serving.program.stdout().to_lowercase().matches("waiting").count() >= 2;
        (waits || serving.program.has_ended() || answered.elapsed().as_secs() >= 2).then_some(())
    });
    let ended = serving.program.interrupt_until_it_ends();
    serving.check(ended.is_ok(), &RULE, "a server that ends", "it goes on");
    serving.check_screen(&RULE, "Server stopped by the user", |screen| screen.contains("Server stopped by the user"));
}

/// "A port that can't be had: `Problems using port PORT. Do you have permission?`"
#[test]
fn a_port_in_use_is_told() {
    const RULE: Rule = Rule {
        says: "a port that can't be had: Problems using port PORT. Do you have permission?",
        hint: "in Python except socket.error: (or OSError) around bind, with a print in it",
    };
    let mut first = serving();
    let _ = first.ask(&RULE, b"HELLO", true);
    let mut second = first.start_another(&Subject::new(cargo_bin!("server")));
    let begin = Instant::now();
    let _ = second.wait_for_end();
    let told = second.stdout() + &second.stderr();
    let expected = format!("Problems using port {}. Do you have permission?", first.port);
    let arrived = format!("a second one at that port said, after {:.0?}: {}", begin.elapsed(), shown(told.as_bytes()));
    first.check(told.contains(&expected), &RULE, &expected, &arrived);
    let is_false_alarm = first.program.stdout().contains("Problems using port");
    first.check(!is_false_alarm, &RULE, "no such line where the port can be had", "see its screen below");
}
