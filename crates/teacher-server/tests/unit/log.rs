//! Tests of `src/log.rs`, from inside.

use super::{Entry, Log};
use crate::accept::Client;
use crate::console::Console;
use crate::message::Message;
use std::time::Instant;

#[test]
fn a_client_that_speaks_and_leaves_while_the_server_stops_is_noted_once() {
    let path = std::env::temp_dir().join(format!("server-log-{}", std::process::id()));
    let log = Log::open(&path, Console::start().unwrap()).unwrap();
    let client = Client { number: 1, from: ([127, 0, 0, 1], 8080).into(), at: Instant::now() };
    log.came(client);
    log.note_those_here();
    log.said(client, &Message::default());
    log.went(client, &Entry::new(client, &Message::default(), "answered"));
    log.close().unwrap();
    let lines = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(lines.matches('\n').count(), 1, "{lines}");
}
