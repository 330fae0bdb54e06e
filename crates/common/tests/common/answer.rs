//! What stands on the screen when an answer ends in one way or another.

use common::Answer;
use common::problem::Operation;
use std::io::{self, ErrorKind, Write};

#[test]
fn an_answer_that_breaks_off_ends_its_line() {
    let mut screen = Vec::new();
    let mut answer = Answer::new(&mut screen);
    answer.show(b"Hel").unwrap();
    answer.show(b"lo \xc3").unwrap();
    drop(answer);
    assert_eq!(String::from_utf8(screen).unwrap(), "MESSAGE FROM THE SERVER:\n\nHello \u{FFFD}\n");
}

#[test]
fn an_answer_of_no_bytes_shows_nothing_on_standard_output() {
    let mut screen = Vec::new();
    Answer::new(&mut screen).finish().unwrap();
    assert!(screen.is_empty());
}

struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_cannot_be_shown_is_a_problem_of_the_output() {
    let problem = Answer::new(Full).show(b"Hello").unwrap_err();
    assert_eq!(problem.operation(), &Operation::WriteOutput);
}
