//! What is to be handed in, out of `exercises.toml`. Nothing else in `check` names an exercise, a file or a column.

use std::sync::LazyLock;
use toml::{Table, Value};

static LIST: LazyLock<Table> =
    LazyLock::new(|| include_str!("../../../exercises.toml").parse().expect("a test reads it"));

/// A table or a program that the lesson asks for.
pub struct Deliverable {
    /// Its name in the JSON, which never changes.
    pub name: &'static str,
    /// What the checklist calls it.
    pub title: &'static str,
    /// Its folder in `crates`.
    pub exercise: &'static str,
    /// What the lesson calls its file.
    pub file: &'static str,
    /// As in `Ex3`, `exercise 03`, `ejercicio-3`.
    pub number: Option<u8>,
    /// What else students call it, in small letters and digits.
    pub known_as: Vec<&'static str>,
    /// The columns of its table, of which the last one has to be filled in; a program has none.
    pub columns: Vec<&'static str>,
    /// Whether it has to be handed in: the client is only a step on the way to the chat.
    pub is_required: bool,
}

/// The table of IPs.
pub static IPS: LazyLock<Deliverable> = LazyLock::new(|| Deliverable::of_exercise("ips"));
/// The table of ping times.
pub static PINGS: LazyLock<Deliverable> = LazyLock::new(|| Deliverable::of_exercise("ex2-ping"));
/// The chat.
pub static CHAT: LazyLock<Deliverable> = LazyLock::new(|| Deliverable::of_exercise("ex3-chat"));
/// The student's own server.
pub static SERVER: LazyLock<Deliverable> = LazyLock::new(|| Deliverable::of_exercise("server"));
/// The first client.
pub static CLIENT: LazyLock<Deliverable> = LazyLock::new(|| Deliverable::of_exercise("client"));

/// The programs that fill in a table: only where the students write them too, in folders of `crates`, have they a line.
pub static IPS_PROGRAM: LazyLock<Deliverable> = LazyLock::new(|| Deliverable::that_fills_in(&IPS, "your program ips"));
/// The program that fills in the other table.
pub static PING_PROGRAM: LazyLock<Deliverable> =
    LazyLock::new(|| Deliverable::that_fills_in(&PINGS, "your program ex2-ping"));

impl Deliverable {
    /// All of them, in the order of the lesson.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        [&IPS_PROGRAM, &IPS, &PING_PROGRAM, &PINGS, &CLIENT, &CHAT, &SERVER].into_iter().map(|one| &**one)
    }

    fn of_exercise(name: &'static str) -> Self {
        let entry = exercises().find(|entry| text(entry, "name") == name).expect("a test reads the list");
        let check = entry["check"].as_table().expect("a test reads the list");
        Self {
            name: text(check, "name"),
            title: text(check, "title"),
            exercise: name,
            file: text(entry, "file"),
            number: entry.get("number").and_then(Value::as_integer).and_then(|number| u8::try_from(number).ok()),
            known_as: list(entry, "known_as"),
            columns: list(entry, "columns"),
            is_required: !check.contains_key("optional"),
        }
    }

    fn that_fills_in(table: &Self, title: &'static str) -> Self {
        let name = table.exercise;
        Self {
            name,
            title,
            exercise: name,
            file: "src/main.rs",
            number: None,
            known_as: Vec::new(),
            columns: Vec::new(),
            is_required: true,
        }
    }
}

/// The entries of the list, in the order of the lesson.
pub fn exercises() -> impl Iterator<Item = &'static Table> {
    LIST["exercise"].as_array().into_iter().flatten().filter_map(Value::as_table)
}

/// A text of an entry; empty if it has none of this name.
pub fn text(entry: &'static Table, key: &str) -> &'static str {
    entry.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list(entry: &'static Table, key: &str) -> Vec<&'static str> {
    entry.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The names of all exercises, in the order of the lesson.
pub fn names() -> impl Iterator<Item = &'static str> {
    exercises().map(|entry| text(entry, "name"))
}
