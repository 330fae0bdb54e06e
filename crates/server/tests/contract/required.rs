//! What the lesson's own server does: the grade is made of these tests, for programs in any language (`SESSION08_CMD`).
//!
//! Each asks for one thing only, so that a greeting in other words fails one test and not ten. They judge by what arrives at a
//! client and by the lines that the contract fixes; never by exit codes, nor by what else is on the screen.

use assert_cmd::cargo::cargo_bin;
use common::testing::{
    COULD_NOT_GRADE, CommandUnderTest, Judged, Recorder, Reply, Requirement, ServerRun, excerpt, free_port, poll,
    unforeseen,
};
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

const GREETING: &str = "Hello from the teacher's server";

/// Another address of this computer: only Linux has all of 127.0.0.0/8.
const ANOTHER_IP: Ipv4Addr = if cfg!(target_os = "linux") { Ipv4Addr::new(127, 0, 0, 2) } else { Ipv4Addr::LOCALHOST };

/// How many clients come one after another: more than the 5 that the lesson lets wait, which some take for all there may be.
const CLIENT_COUNT: usize = 7;

/// How long a server may take from an answer to the next client, before Ctrl-C is pressed anyway.
#[cfg(unix)]
const NEXT_TURN_TIMEOUT: Duration = Duration::from_secs(2);

/// How long a screen stands still before it is taken for all.
const QUIET_TIME: Duration = Duration::from_millis(200);

fn under_test() -> CommandUnderTest {
    CommandUnderTest::new(cargo_bin!())
}

fn run_server() -> ServerRun {
    ServerRun::start(&under_test())
}

/// The texts behind this beginning, in each line that has it.
fn behind<'a>(screen: &'a str, beginning: &str) -> Vec<&'a str> {
    screen.lines().filter_map(|line| line.split_once(beginning)).map(|(_, rest)| rest.trim()).collect()
}

/// The same, where the text may also begin in the line below.
fn behind_or_below<'a>(screen: &'a str, beginning: &str) -> Vec<&'a str> {
    let rests = screen.split(beginning).skip(1);
    rests.filter_map(|rest| rest.lines().map(str::trim).find(|line| !line.is_empty())).collect()
}

/// A program may send line breaks around the greeting, as the course's own server does.
fn without_line_breaks(answer: &[u8]) -> &[u8] {
    let is_line_break = |byte: &u8| b"\r\n".contains(byte);
    let begin = answer.iter().take_while(|&byte| is_line_break(byte)).count();
    let end = answer.iter().rev().take_while(|&byte| is_line_break(byte)).count();
    answer.get(begin..answer.len() - end).unwrap_or_default()
}

/// The number of each line about a connection: of those in the lesson's words if there are any, else of those that are like them.
fn numbers(screen: &str) -> Vec<u64> {
    let lines: Vec<String> =
        screen.lines().map(str::to_lowercase).filter(|line| line.contains("connection:")).collect();
    let are_the_lessons = lines.iter().any(|line| line.contains("from the ip"));
    let chosen = lines.iter().filter(|line| !are_the_lessons || line.contains("from the ip"));
    let rests = chosen.filter_map(|line| line.split_once("connection:").map(|(_, rest)| rest.trim()));
    rests.filter_map(|rest| rest.split(|next: char| !next.is_ascii_digit()).next()?.parse().ok()).collect()
}

/// Whether this stands there with no digit before or behind it.
fn holds_number(screen: &str, text: &str) -> bool {
    let is_digit = |next: Option<char>| next.is_some_and(|next| next.is_ascii_digit());
    screen.match_indices(text).any(|(place, _)| {
        !is_digit(screen[..place].chars().next_back()) && !is_digit(screen[place + text.len()..].chars().next())
    })
}

/// "answers … closes"
#[test]
fn it_answers() {
    const REQUIREMENT: Requirement = Requirement {
        says: "for each connection it answers",
        hint: "after recv call send, with bytes: in Python clientsocket.send(str.encode(message))",
    };
    let mut run = run_server();
    let answer = run.ask(&REQUIREMENT, b"HELLO");
    run.check(!answer.bytes.is_empty(), &REQUIREMENT, "an answer", &answer.describe());
}

/// "answers exactly `Hello from the teacher's server`"
#[test]
fn the_answer_is_the_greeting() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it answers exactly: Hello from the teacher's server",
        hint: "compare your text letter by letter: no other words, no colours",
    };
    let mut run = run_server();
    let first = run.ask(&REQUIREMENT, b"HELLO");
    let second = run.ask_if_it_listens(b"HELLO");
    if first.bytes.is_empty() {
        run.not_judged(&REQUIREMENT, "it did not answer");
    }
    // That it answers a second client at all is another test's affair.
    for answer in [Some(first), second].into_iter().flatten().filter(|answer| !answer.bytes.is_empty()) {
        let is_right = without_line_breaks(&answer.bytes) == GREETING.as_bytes();
        run.check(is_right, &REQUIREMENT, &format!("\"{GREETING}\""), &answer.describe());
    }
}

/// "closes"
#[test]
fn it_closes_after_the_answer() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it answers and closes",
        hint: "close the client's socket after send: in Python clientsocket.close()",
    };
    let mut run = run_server();
    let answer = run.ask(&REQUIREMENT, b"HELLO");
    run.check(answer.is_closed, &REQUIREMENT, "a connection that is closed after the answer", &answer.describe());
}

/// "It answers as soon as the first bytes are here: netcat clients do not half-close, so it never waits for EOF."
#[test]
fn it_answers_a_client_that_keeps_its_side_open() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it answers as soon as the first bytes are here, and never waits for the end of what the client sends",
        hint: "call recv once for each connection, not until it gives nothing: a person at a netcat does not close",
    };
    let mut run = run_server();
    let answer = run.ask_and_stay(&REQUIREMENT, b"typed in netcat");
    let is_served = !answer.bytes.is_empty() || answer.is_closed;
    run.check(is_served, &REQUIREMENT, "an answer, before the client closes", &answer.describe());
}

/// "For each connection": again and again.
#[test]
fn it_serves_one_client_after_another() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it serves each connection, one after the other, until Ctrl-C",
        hint: "accept, recv, send and close stand in a loop (in Python while True:), and bind and listen before it",
    };
    let mut run = run_server();
    let mut answers = false;
    for number in 1..=CLIENT_COUNT {
        let answer = run.ask(&REQUIREMENT, b"HELLO");
        // One that never answers, but closes, fails another test.
        answers |= !answer.bytes.is_empty();
        let is_served = !answer.bytes.is_empty() || (answer.is_closed && !answers);
        run.check(
            is_served,
            &REQUIREMENT,
            &format!("client {number} of {CLIENT_COUNT} to be served"),
            &answer.describe(),
        );
    }
}

/// "`Message from client: TEXT`"
#[test]
fn it_shows_the_message() {
    const REQUIREMENT: Requirement = Requirement {
        says: "for each connection it prints Message from client: TEXT",
        hint: "decode what recv gave and print it behind Message from client: (in Python msg.decode(\"utf-8\"))",
    };
    let mut run = run_server();
    for number in 1..=2 {
        let message = format!("See you later in room 108, at ten past nine: {}", unforeseen());
        let answer = run.ask_if_it_listens(message.as_bytes());
        // That it serves a second one at all is another test's affair.
        if number == 2 && answer.is_none_or(|answer| answer.bytes.is_empty()) {
            return;
        }
        run.check_screen(&REQUIREMENT, &format!("Message from client: {message}"), |screen| {
            behind_or_below(screen, "Message from client:").iter().any(|text| text.contains(&message))
        });
    }
}

/// `recv` gives a length.
#[test]
fn it_shows_no_more_than_has_come() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it prints the message, and nothing of the buffer behind it",
        hint: "recv says how many bytes have come: print only those (in Rust &buffer[..length])",
    };
    let mut run = run_server();
    let message = format!("good morning {}", unforeseen());
    let _ = run.ask(&REQUIREMENT, message.as_bytes());
    if run.program.wait_for_screen(&message, |screen| screen.contains(&message)).is_err() {
        run.not_judged(&REQUIREMENT, "it did not show the message");
    }
    // As they are, where a screen does not show them, or made visible.
    let output = run.program.stdout() + &run.program.stderr();
    let count = output.matches('\0').count() + output.matches("\\x00").count();
    run.check(count == 0, &REQUIREMENT, "the message alone", &format!("{count} bytes of zero as well"));
}

/// The message is text in UTF-8.
#[test]
fn it_shows_a_message_in_utf_8() {
    const REQUIREMENT: Requirement = Requirement {
        says: "messages are text in UTF-8",
        hint: "decode the bytes as UTF-8: printing them as they are shows b'…' with numbers",
    };
    let shows = |message: &str| {
        let mut run = run_server();
        let _ = run.ask(&REQUIREMENT, message.as_bytes());
        let is_there = run.program.wait_for_screen(message, |screen| screen.contains(message)).is_ok();
        (run, is_there)
    };
    let (run, is_there) = shows(&format!("good bye {}", unforeseen()));
    if !is_there {
        run.not_judged(&REQUIREMENT, "it did not show a message in English letters");
    }
    let message = format!("hasta mañana {}", unforeseen());
    let (run, is_there) = shows(&message);
    run.check(is_there, &REQUIREMENT, &message, "see its screen below");
}

/// "`CONNECTION: N. From the IP: ADDRESS`"
#[test]
fn it_shows_who_has_come() {
    const REQUIREMENT: Requirement = Requirement {
        says: "for each connection it prints CONNECTION: N. From the IP: ADDRESS",
        hint: "accept gives the client's address as well: print it, in the lesson's words",
    };
    let mut run = run_server();
    let _ = run.ask_from(ANOTHER_IP, &REQUIREMENT, b"HELLO");
    let ip = ANOTHER_IP.to_string();
    // The lesson's own prints ('127.0.0.2', 40000) there.
    run.check_screen(&REQUIREMENT, &format!("CONNECTION: N. From the IP: {ip}"), |screen| {
        behind(screen, "From the IP:").iter().any(|address| holds_number(address, &ip))
            && screen.lines().any(|line| line.contains("CONNECTION:") && line.contains("From the IP:"))
    });
}

/// "in order, counted from 1"
#[test]
fn it_counts_the_connections_from_1() {
    const REQUIREMENT: Requirement = Requirement {
        says: "connections are counted from 1: CONNECTION: 1., CONNECTION: 2. and so on",
        hint: "begin with 0 before the loop, and add 1 after each accept; print the number",
    };
    let mut run = run_server();
    let _ = run.ask(&REQUIREMENT, b"HELLO");
    let _ = run.ask_if_it_listens(b"HELLO");
    let all = |screen: &str| numbers(screen).starts_with(&[1, 2]);
    if run.program.wait_for_screen("1 and 2", all).is_err() {
        let numbers = numbers(&run.program.screen());
        if numbers.is_empty() || numbers == [1] {
            run.not_judged(&REQUIREMENT, "it did not show two connections");
        }
        run.check(false, &REQUIREMENT, "the connections 1 and 2", &format!("{numbers:?}"));
    }
}

/// "prints `Waiting for connections at IP, PORT`"
#[test]
fn it_says_where_it_waits() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it prints Waiting for connections at IP, PORT",
        hint: "print it before accept, with the IP and the PORT that the server was given",
    };
    let run = run_server();
    let expected = format!("Waiting for connections at 127.0.0.1, {}", run.port);
    run.check_screen(&REQUIREMENT, &expected, |screen| holds_number(screen, &expected));
}

/// "prints the waiting line again": once for each connection, and once more.
#[test]
fn it_says_again_that_it_waits() {
    const REQUIREMENT: Requirement = Requirement {
        says: "after each connection it prints the waiting line again",
        hint: "the waiting line stands inside the loop, before accept",
    };
    let mut run = run_server();
    let _ = run.ask(&REQUIREMENT, b"HELLO");
    run.check_screen(&REQUIREMENT, "the waiting line twice: before and after the client", |screen| {
        screen.to_lowercase().matches("waiting").count() >= 2
    });
}

/// "Ctrl-C: `Server stopped by the user`, exit 0." With which code other programs exit does not matter.
#[test]
#[cfg(unix)]
fn ctrl_c_stops_it() {
    const REQUIREMENT: Requirement = Requirement {
        says: "Ctrl-C stops it: Server stopped by the user",
        hint: "in Python except KeyboardInterrupt: around the loop, with a print in it",
    };
    const LAST_WORDS: &str = "Server stopped by the user";
    let mut run = run_server();
    let _ = run.ask(&REQUIREMENT, b"HELLO");
    wait_until_it_waits(&mut run);
    let cries_early = run.program.screen().contains(LAST_WORDS);
    let ended = run.program.interrupt_until_it_ends();
    run.check(ended.is_ok(), &REQUIREMENT, "a server that ends", "it goes on");
    run.check_screen(&REQUIREMENT, LAST_WORDS, |screen| screen.contains(LAST_WORDS));
    run.check(!cries_early, &REQUIREMENT, "these words at Ctrl-C", "they stood there before");
}

/// Waits until a server that goes on has nothing more to say: Ctrl-C must not meet it on its way to the next client, or to its end.
#[cfg(unix)]
fn wait_until_it_waits(run: &mut ServerRun) {
    let begin = Instant::now();
    let (mut last, mut since) = (String::new(), begin);
    let _ = poll("the next turn", || {
        let screen = run.program.screen();
        if screen != last {
            (last, since) = (screen, Instant::now());
        }
        let waits = last.to_lowercase().matches("waiting").count() >= 2 && since.elapsed() >= QUIET_TIME;
        (waits || run.program.has_ended() || begin.elapsed() >= NEXT_TURN_TIMEOUT).then_some(())
    });
}

/// "A port that can't be had: `Problems using port PORT. Do you have permission?`"
#[test]
fn a_port_in_use_is_told() {
    const REQUIREMENT: Requirement = Requirement {
        says: "a port that can't be had: Problems using port PORT. Do you have permission?",
        hint: "in Python except socket.error: (or OSError) around bind, with a print in it",
    };
    let told = |run: &ServerRun| run.program.screen();
    let port = free_port();
    // Another test that tried the port just now may still hold it for a moment.
    let peer = poll("the port", || Recorder::start_at((Ipv4Addr::LOCALHOST, port).into(), Reply::Nothing).ok());
    let _peer = peer.unwrap_or_else(|e| panic!("{COULD_NOT_GRADE}: port {port} was free, and cannot be had: {e}"));
    // Both at once: the time of a test is for all of its waits.
    let mut without_port = ServerRun::start_at_port_in_use(port, &under_test());
    let mut with_port = run_server();

    let begin = Instant::now();
    let _ = without_port.program.wait_for_end();
    let expected = format!("Problems using port {port}. Do you have permission?");
    let said = told(&without_port);
    let arrived =
        format!("a server at a port in use said, after {:.0?}: {}", begin.elapsed(), excerpt(said.as_bytes()));
    without_port.check(said.contains(&expected), &REQUIREMENT, &expected, &arrived);

    let _ = with_port.ask_if_it_listens(b"HELLO");
    let is_false_alarm = || told(&with_port).contains("Problems using port");
    let answered = Instant::now();
    let _ = poll("a false alarm", || (is_false_alarm() || answered.elapsed() > QUIET_TIME).then_some(()));
    with_port.check(!is_false_alarm(), &REQUIREMENT, "no such line where the port can be had", "see its screen below");
}

/// "Binds IP:PORT": run as `COMMAND IP PORT`.
#[test]
#[cfg(target_os = "linux")]
fn it_listens_at_the_ip_it_is_given() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it binds the socket to IP and PORT, both from the command line",
        hint: "take the IP from the command line as well (in Python sys.argv[1]): a constant is for when there is none",
    };
    let mut run = ServerRun::start_at(ANOTHER_IP, free_port(), &under_test());
    let _ = run.ask(&REQUIREMENT, b"HELLO");
}
