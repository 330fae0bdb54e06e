//! The rungs that only a server draws, and what a rung never does.

use common::Ladder;
use std::sync::mpsc;
use std::time::Instant;

/// What a ladder draws, without the times.
fn rungs(climb: impl FnOnce(&mut Ladder)) -> Vec<String> {
    let (draw, drawn) = mpsc::channel();
    let mut ladder = Ladder::for_server(move |rung| draw.send(rung).unwrap());
    climb(&mut ladder);
    drop(ladder);
    drawn
        .iter()
        .map(|rung: String| rung.split_once(" ms ").unwrap_or_else(|| panic!("no time in {rung:?}")).1.to_string())
        .collect()
}

#[test]
fn a_step_has_its_number_when_it_is_taken_for_the_first_time() {
    let drawn = rungs(|ladder| {
        ladder.created("[::1]:80".parse().unwrap());
        ladder.listening(5);
        ladder.received(&Ok(b"x"));
        ladder.drained(1_000_000);
        ladder.received(&Ok(b""));
        ladder.closed();
    });
    let starts = [
        " 1 create   socket(IPv6, TCP)",
        " 3 listen   5 connections",
        " 5 receive",
        "   receive",
        "   receive",
        " 7 close",
    ];
    assert_eq!(drawn.len(), starts.len());
    for (rung, start) in drawn.iter().zip(starts) {
        assert!(rung.starts_with(start), "{rung:?} does not start with {start:?}");
    }
    assert!(drawn[2].contains(" 1 byte "), "{}", drawn[2]);
    assert!(drawn[3].contains(" 1000000 bytes "), "{}", drawn[3]);
}

#[test]
fn a_message_is_shown_safe_and_short() {
    let long = [b"\x1b[2J\n".as_slice(), "ñ".repeat(40).as_bytes()].concat();
    let drawn = rungs(|ladder| ladder.sent(&long));
    // The 40 bytes of the preview end in the middle of an ñ, which is left out.
    assert!(drawn[0].ends_with(&format!("  \\x1b[2J\\n{}...", "ñ".repeat(17))), "{}", drawn[0]);
}

#[test]
fn a_time_is_in_milliseconds_since_the_beginning() {
    let (draw, drawn) = mpsc::channel();
    let begin = Instant::now();
    let mut ladder = Ladder::for_server(move |rung| draw.send(rung).unwrap());
    ladder.closed();
    let most = begin.elapsed().as_secs_f64() * 1000.0 + 0.001;
    let rung: String = drawn.recv().unwrap();
    let time: f64 = rung.split_once(" ms ").unwrap().0.trim().parse().unwrap();
    assert!(time <= most, "{time} of {most}");
}

#[test]
fn a_ladder_that_is_off_draws_nothing() {
    Ladder::off().closed();
}
