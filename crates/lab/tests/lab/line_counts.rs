//! The solution is the lesson: how many lines of code the steps have, and which calls stand in them. As rustfmt leaves them, which
//! `.ci/run fmt` holds.

use crate::support::workspace::{code, read};

/// A function of the file, from its first line to its last.
fn function<'a>(text: &'a str, heading: &str) -> &'a str {
    let from = text.find(heading).unwrap_or_else(|| panic!("no {heading} in\n{text}"));
    let end = text[from..].find("\n}\n").unwrap();
    &text[from..from + end + 2]
}

#[track_caller]
fn check(steps: &str, at_most: usize, calls: &[&str]) {
    let lines: Vec<&str> = code(steps).collect();
    assert!(lines.len() <= at_most, "{} lines of code, and at most {at_most} are a lesson:\n{steps}", lines.len());
    let mut rest = lines.iter();
    for call in calls {
        assert!(rest.any(|line| line.contains(call)), "no {call}, or not in this order:\n{steps}");
    }
}

/// "The five steps of `client` are at most 25 lines of code"
#[test]
fn the_client_is_the_lesson() {
    let main = read("crates/client/src/main.rs");
    let run = function(&main, "\nfn run(");
    let steps = &run[run.find("// 1. Create").unwrap()..];
    check(steps, 25, &["Socket::new(", ".connect", ".write_all(", ".read(", "close_gracefully(socket)"]);
}

/// "those of the chat's `send` at most 15"
#[test]
fn the_chat_is_the_lesson() {
    let main = read("crates/ex3-chat/src/main.rs");
    check(function(&main, "\nfn send("), 15, &["Socket::new(", ".connect", ".write_all(", "close_gracefully(socket)"]);
}

/// "all of `server`'s main.rs at most 70"
#[test]
fn the_server_is_the_lesson() {
    let calls =
        ["Socket::new(", ".bind(", ".listen(", ".accept()", ".read(", ".write_all(", "close_gracefully(socket)"];
    check(&read("crates/server/src/main.rs"), 70, &calls);
}
