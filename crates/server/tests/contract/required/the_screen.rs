//! What stands on the server's screen.

use super::lines::{behind, behind_or_below, holds_number, numbers, waiting_lines};
use super::{FirstClient, QUIET_TIME, run_server, under_test};
use common::testing::{End, Hint, Judged, Requirement, Response, ServerRun, counted, free_port, unforeseen};
use std::net::Ipv4Addr;
use std::ops::RangeInclusive;

/// Why nothing can be said of how the message is shown.
const NO_MESSAGE: &str = "it did not show the message";

/// The test that says more about that.
const SHOWS: &str = "the_screen::it_shows_the_message";

/// The numbers of the clients. How many there are must not depend on how fast they are served.
fn clients() -> RangeInclusive<u8> {
    1..=if FirstClient::has_followers() { 3 } else { 1 }
}

/// Another address of this computer, which no program knows beforehand, and not twice the same: only Linux has all of 127.0.0.0/8.
fn another_ip(number: u8) -> Ipv4Addr {
    let last = u8::try_from(unforeseen() % 100).unwrap_or_default();
    if cfg!(target_os = "linux") { Ipv4Addr::new(127, 0, number, 2 + last) } else { Ipv4Addr::LOCALHOST }
}

/// "`Message from client: TEXT`"
#[test]
fn it_shows_the_message() {
    const REQUIREMENT: Requirement = Requirement {
        says: "for each connection it prints Message from client: TEXT",
        hint: Hint::new("decode what has come and print it behind Message from client:")
            .in_python("msg.decode(\"utf-8\")"),
    };
    let mut run = run_server(&REQUIREMENT);
    for number in clients() {
        // Longer than a small buffer. What is printed as a format loses its percent.
        let perhaps = "or perhaps ".repeat(10);
        let message = format!("See you later in room 108, 100 % sure, {perhaps}at ten past nine: {}", unforeseen());
        let answer = run.ask_if_it_listens(message.as_bytes());
        // That it serves more than one at all is another test's affair.
        if number > 1 && answer.is_none_or(|answer| answer.bytes.is_empty()) {
            return;
        }
        run.check_line(&REQUIREMENT, &format!("Message from client: {message}"), |screen| {
            behind_or_below(screen, "Message from client:").iter().any(|text| text.contains(&message))
        });
    }
}

/// `recv` gives a length.
#[test]
fn it_shows_no_more_than_has_come() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it prints the message, and nothing of the buffer behind it",
        hint: Hint::new("receiving gives a length: print only so many bytes of the buffer")
            .in_rust("&buffer[..length]"),
    };
    const LONGER: &str = " and good morning to all who come later";
    let mut run = run_server(&REQUIREMENT);
    let message = format!("good morning {}", unforeseen());
    let _ = run.ask(&REQUIREMENT, (message.clone() + LONGER).as_bytes());
    if run.program.wait_for_screen(&message, |screen| screen.contains(&message)).is_err() {
        run.not_judged(&REQUIREMENT, NO_MESSAGE, SHOWS);
    }
    let count = run.program.zeros_shown();
    run.check(count == 0, &REQUIREMENT, "the message alone", &format!("{} of zero as well", counted(count, "byte")));

    if !FirstClient::has_followers() {
        return;
    }
    // The next one is shorter, and a buffer that is used again holds the end of the one before.
    let message = format!("bye {}", unforeseen());
    let answer = run.ask_if_it_listens(message.as_bytes());
    let is_served = answer.is_some_and(|answer| !answer.bytes.is_empty());
    let is_there = is_served && run.program.wait_for_screen(&message, |screen| screen.contains(&message)).is_ok();
    let screen = run.program.screen();
    let has_remains = |line: &str| line.contains(&message) && line.contains(&LONGER[LONGER.len() - 10..]);
    let is_alone = !is_there || !screen.lines().any(has_remains);
    run.check(is_alone, &REQUIREMENT, "the message alone", "the end of the message before as well");
}

/// The message is text in UTF-8.
#[test]
fn it_shows_a_message_in_utf_8() {
    const REQUIREMENT: Requirement = Requirement {
        says: "messages are text in UTF-8",
        hint: Hint::new("decode the bytes as UTF-8: printing them as they are shows numbers")
            .in_python("msg.decode(\"utf-8\")"),
    };
    let shows = |message: &str| {
        let mut run = run_server(&REQUIREMENT);
        let _ = run.ask(&REQUIREMENT, message.as_bytes());
        let is_there = run.program.wait_for_screen(message, |screen| screen.contains(message)).is_ok();
        (run, is_there)
    };
    let (run, is_there) = shows(&format!("good bye {}", unforeseen()));
    if !is_there {
        run.not_judged(&REQUIREMENT, "it did not show a message in English letters", SHOWS);
    }
    let message = format!("hasta mañana, 5 €, 日本🙂 {}", unforeseen());
    let (run, is_there) = shows(&message);
    run.check_shown(is_there, &REQUIREMENT, &format!("Message from client: {message}"), &run.program.screen());
}

/// "`CONNECTION: N. From the IP: ADDRESS`"
#[test]
fn it_shows_who_has_come() {
    const REQUIREMENT: Requirement = Requirement {
        says: "for each connection it prints CONNECTION: N. From the IP: ADDRESS",
        hint: Hint::new("accept gives the client's address as well: print it, in the lesson's words")
            .in_python("(clientsocket, address) = serversocket.accept()")
            .in_rust("address::format_ip(client), with {} and not {:?}"),
    };
    let mut run = run_server(&REQUIREMENT);
    for number in clients() {
        let client = another_ip(number);
        let is_there = run.ask_from_if_it_listens(client, b"HELLO").is_some();
        // That it serves more than one at all is another test's affair.
        let shows_two = || run.program.wait_for_screen("two numbers", |screen| numbers(screen).len() >= 2).is_ok();
        if number > 1 && !(is_there && shows_two()) {
            return;
        }
        // The lesson's own prints ('127.0.0.2', 40000) there.
        let ip = client.to_string();
        run.check_line(&REQUIREMENT, &format!("CONNECTION: {number}. From the IP: {ip}"), |screen| {
            behind(screen, "From the IP:").iter().any(|address| holds_number(address, &ip))
                && screen.lines().any(|line| line.contains("CONNECTION:") && line.contains("From the IP:"))
        });
    }
}

/// "in order, counted from 1"
#[test]
fn it_counts_the_connections_from_1() {
    const REQUIREMENT: Requirement = Requirement {
        says: "connections are counted from 1: CONNECTION: 1., CONNECTION: 2. and so on",
        hint: Hint::new("begin with 0 before the loop, and add 1 after each accept; print the number"),
    };
    let mut run = run_server(&REQUIREMENT);
    // Connections are counted, and not visitors, nor messages: one comes from elsewhere, and one says nothing.
    let mut came = vec![Some(run.ask(&REQUIREMENT, b"HELLO")), run.ask_from_if_it_listens(another_ip(1), b"HELLO")];
    let mut expected = vec![1, 2];
    if FirstClient::has_followers() {
        came.extend([run.ask_if_it_listens(b""), run.ask_if_it_listens(b"HELLO")]);
        // That it goes on after the silent one is another test's affair. So is a client that was turned away before it was accepted,
        // by a server that listens anew for each.
        let is_turned_away = |client: &&Response| client.bytes.is_empty() && client.end == End::Reset;
        let unseen = came.iter().flatten().filter(is_turned_away).count() as u64;
        if came[3].as_ref().is_some_and(|last| !last.bytes.is_empty()) {
            expected = (1..=4 - unseen).collect();
        }
    }
    if run.program.wait_for_screen("the numbers", |screen| numbers(screen).starts_with(&expected)).is_err() {
        let numbers = numbers(&run.program.screen());
        if numbers.len() < 2 && expected.starts_with(&numbers) {
            run.not_judged(&REQUIREMENT, "it did not show all connections", "the_screen::it_shows_who_has_come");
        }
        let list = |numbers: &[u64]| numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
        let [expected, arrived] = [expected, numbers].map(|numbers| format!("the connections {}", list(&numbers)));
        run.fail(&REQUIREMENT, &expected, &arrived);
    }
}

/// "prints `Waiting for connections at IP, PORT`"
#[test]
fn it_says_where_it_waits() {
    const REQUIREMENT: Requirement = Requirement {
        says: "it prints Waiting for connections at IP, PORT",
        hint: Hint::new("print it before accept, with the IP and the PORT that the server was given"),
    };
    let run = run_server(&REQUIREMENT);
    let expected = format!("Waiting for connections at {}, {}", run.ip, run.port);
    // A server at all addresses may have no IP to print.
    let without_ip = format!("Waiting for connections at , {}", run.port);
    let may_have_none = run.ip.is_unspecified();
    let is_there =
        |screen: &str| holds_number(screen, &expected) || (may_have_none && holds_number(screen, &without_ip));
    run.check_line(&REQUIREMENT, &expected, is_there);
    if cfg!(target_os = "linux") && !run.has_its_own_address() {
        says_where_it_waits_elsewhere(&REQUIREMENT);
    }
}

/// The IP of the line is the one that it was given. That it listens there at all is another test's affair.
fn says_where_it_waits_elsewhere(requirement: &Requirement) {
    let ip = Ipv4Addr::new(127, 0, 0, 2);
    let run = ServerRun::start_at(ip, free_port(), &under_test());
    let expected = format!("Waiting for connections at {ip}, {}", run.port);
    let _ = run.program.wait_for_screen(&expected, |screen| !waiting_lines(screen, "").is_empty());
    if run.listens_at(ip) {
        run.check_line(requirement, &expected, |screen| holds_number(screen, &expected));
    }
}

/// "prints the waiting line again": once for each connection, and once more.
#[test]
fn it_says_again_that_it_waits() {
    const REQUIREMENT: Requirement = Requirement {
        says: "after each connection it prints the waiting line again",
        hint: Hint::new("the waiting line stands inside the loop, before accept, and once only"),
    };
    let mut run = run_server(&REQUIREMENT);
    run.program.wait_for_standstill(QUIET_TIME, |screen| !waiting_lines(screen, "").is_empty());
    let lessons = format!("Waiting for connections at {}, {}", run.ip, run.port);
    let before = run.program.screen();
    // In which words it says so is another test's affair: but it says the same again.
    let words = if holds_number(&before, &lessons) { &*lessons } else { "" };
    let least = waiting_lines(&before, words).len().max(1) + 1;
    let clients = if FirstClient::has_followers() { 2 } else { 1 };
    for more in 0..clients {
        let answer = run.ask_if_it_listens(b"HELLO");
        // That it serves more than one client at all is another test's affair.
        if more > 0 && answer.is_none_or(|answer| answer.bytes.is_empty()) {
            return;
        }
        let says_again = |screen: &str| waiting_lines(screen, words).len() >= least + more;
        let is_there = run.program.wait_for_screen(&lessons, says_again).is_ok();
        let after = run.program.screen();
        run.check_shown(is_there, &REQUIREMENT, &lessons, after.strip_prefix(&before).unwrap_or_default());
    }
}
