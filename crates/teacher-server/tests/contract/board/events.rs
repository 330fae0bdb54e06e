//! What a page is told.

use super::{Board, Page, rows};
use crate::running_server::GREETING;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

#[test]
fn a_page_hears_first_who_types_what_and_that_nobody_came() {
    let board = Board::start(&[]);
    let state = board.open().state();
    assert_eq!(state["who"], "On this computer type");
    assert_eq!(state["command"], format!("nc 127.0.0.1 {}", board.server.port));
    assert_eq!([&state["students"], &state["connections"], &state["rejected"]], [0, 0, 0]);
    assert_eq!((&state["is_whole"], rows(&state).len()), (&json!(true), 0));
}

#[test]
fn a_message_is_there_with_its_student_count_and_time() {
    let board = Board::start(&[]);
    let mut page = board.open();
    page.state();
    board.say_from(7, "first");
    let before = page.wait_for_message("first")["rows"][0].clone();
    board.say_from(7, "¡hola! 你好");
    let state = page.wait_for_message("¡hola! 你好");
    let [row] = rows(&state) else { panic!("{state:#}") };
    assert_eq!((&row["address"], &row["name"], &row["count"]), (&json!("127.1.0.8"), &json!("localhost"), &json!(2)));
    assert_eq!(row["first"], before["first"]);
    assert!(row["time"].as_i64() >= before["time"].as_i64() && row["time"].as_i64() > Some(1_700_000_000_000));
    assert_eq!((&state["students"], &state["connections"]), (&json!(1), &json!(2)));
    assert_eq!(sum_of_minutes(&state), 2);
}

fn sum_of_minutes(state: &Value) -> u64 {
    let minutes = state["minutes"].as_array().unwrap();
    assert_eq!(minutes.len(), 60);
    minutes.iter().map(|count| count.as_u64().unwrap()).sum()
}

/// Sooner than what the board does each second: the first message may come just before that, the others come right after it. A busy
/// machine may add to it now and then, but not so much each time.
#[test]
fn it_is_live() {
    let board = Board::start(&[]);
    let mut page = board.open();
    page.state();
    let times = (0..5).map(|number| {
        let begin = Instant::now();
        board.say_from(1, &number.to_string());
        page.wait_for_message(&number.to_string());
        begin.elapsed()
    });
    let fastest = times.skip(1).min().unwrap();
    assert!(fastest < Duration::from_millis(700), "{fastest:?}");
}

#[test]
fn a_page_is_told_what_has_changed_and_a_new_one_all() {
    let board = Board::start(&[]);
    let mut page = board.open();
    for student in 0..3 {
        board.say_from(student, "HELLO");
    }
    page.wait_for("three students", |state| state["students"] == 3);
    board.say_from(1, "again");
    let state = page.wait_for_message("again");
    assert_eq!((&state["is_whole"], rows(&state).len()), (&json!(false), 1), "{state:#}");
    let state = board.open().state();
    assert_eq!((&state["is_whole"], rows(&state).len()), (&json!(true), 3), "{state:#}");
}

/// However fast they come: as a screen of ten pictures a second.
#[test]
fn many_messages_are_few_events() {
    let board = Board::start(&[]);
    let mut page = board.open();
    page.state();
    let begin = Instant::now();
    let all = 300;
    for number in 1..=all {
        assert_eq!(board.server.ask(format!("message {number}").as_bytes()), GREETING);
    }
    let mut events = 0;
    loop {
        events += 1;
        let state = page.state();
        if rows(&state).iter().any(|row| row["count"] == all) {
            break;
        }
    }
    let most = begin.elapsed().as_millis() / 100 + 2;
    assert!(events <= most, "{events} events, at most {most}");
}

#[test]
fn a_connection_without_a_byte_is_counted_and_is_no_student() {
    let board = Board::start(&[]);
    let mut page = board.open();
    let _silent = board.server.connect();
    board.server.connect().finish().answer();
    let state = page.wait_for("two connections", |state| state["connections"] == 2);
    assert_eq!((&state["students"], rows(&state).len()), (&json!(0), 0));
    board.server.ask(b"HELLO");
    page.wait_for_message("HELLO");
}

#[test]
fn who_is_rejected_is_counted() {
    let board = Board::start(&["--max-clients", "1", "--max-per-address", "1"]);
    let mut page = board.open();
    let _first = board.server.connect();
    page.wait_for("the first", |state| state["connections"] == 1);
    assert!(board.server.ask(b"me too").starts_with("The server is full"));
    page.wait_for("a rejection", |state| state["rejected"] == 1 && state["students"] == 0);
}

/// As the screen shows them: nothing that cannot be seen, one line, and not too long.
#[test]
fn messages_are_safe_and_bounded() {
    let board = Board::start(&[]);
    for (student, (message, shown)) in [
        ("\x1b[2J\x07\u{202e}\u{200b}evil", r"\x1b[2J\x07\u{202e}\u{200b}evil"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("one\ntwo", "one..."),
        ("x\r\n\r\ndata: {\"who\":\"me\"}\r\n\r\n", r"x\r..."),
        ("\r\rdata: x", r"\r\rdata: x"),
        (&"a".repeat(10_000), &format!("{}...", "a".repeat(40))),
        (&"\u{301}".repeat(100), &format!("{}{}...", "\u{301}".repeat(4), r"\u{301}".repeat(6).get(..36).unwrap())),
    ]
    .into_iter()
    .enumerate()
    {
        let mut page = board.open();
        page.state();
        board.say_from(student, message);
        page.wait_for_message(shown);
        page.wait_for_nothing_forged();
    }
}

impl Page {
    /// Each event so far was one line of JSON of the server's own.
    fn wait_for_nothing_forged(&mut self) {
        let event = self.event().unwrap();
        let lines: Vec<&str> = event.lines().collect();
        assert!(
            lines.len() == 2 && lines[0] == "retry: 1000" && lines[1].starts_with("data: {\"who\":\"On this"),
            "{event}"
        );
        assert!(event.chars().all(|character| character == '\n' || common::text::is_safe(character)), "{event:?}");
    }
}

#[test]
fn a_quiet_class_is_no_silence() {
    let board = Board::start(&[]);
    let mut page = board.open();
    assert_eq!(page.state()["is_whole"], true);
    let state = page.state();
    assert_eq!((&state["is_whole"], rows(&state).len()), (&json!(false), 0), "{state:#}");
}
