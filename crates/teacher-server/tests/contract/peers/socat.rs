//! socat as a client of the server.

use super::*;

/// It half-closes, and leaves half a second later, whatever the server does.
#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_pipe_is_answered() {
    check("socat - TCP:HOST:PORT", Stdin::Pipe);
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_pipe_with_time_for_the_answer_is_answered() {
    check("socat -t 8 - TCP:HOST:PORT", Stdin::Pipe);
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_pipe_without_half_close_is_answered() {
    check("socat -t 8 - TCP:HOST:PORT,shut-none", Stdin::Pipe);
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_pipe_without_time_for_the_answer_delivers_its_message() {
    check_hasty("socat -t 0 - TCP:HOST:PORT");
}

/// It leaves half a second after the server has said that it sends nothing more.
#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_person_is_answered() {
    check("socat - TCP:HOST:PORT", Stdin::Person);
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_person_without_half_close_is_answered() {
    check("socat - TCP:HOST:PORT,shut-none", Stdin::Person);
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn an_empty_pipe_is_an_empty_message() {
    check_empty("socat -t 8 - TCP:HOST:PORT");
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_long_pipe_is_answered() {
    check_long("socat - TCP:HOST:PORT");
}
