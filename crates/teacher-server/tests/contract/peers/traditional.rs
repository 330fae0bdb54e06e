//! traditional as a client of the server.

use super::*;

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn a_pipe_is_answered_though_its_end_is_not_passed_on() {
    check("nc.traditional HOST PORT", Stdin::Pipe);
}

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn a_pipe_with_half_close_is_answered() {
    check("nc.traditional -q 5 HOST PORT", Stdin::Pipe);
}

/// It ends at once at the end of its input: an answer that it has read already is thrown away.
#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn a_pipe_without_delay_delivers_its_message() {
    check_hasty("nc.traditional -q 0 HOST PORT");
}

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn a_person_is_answered() {
    check("nc.traditional HOST PORT", Stdin::Person);
}

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn a_person_with_half_close_is_answered() {
    check("nc.traditional -q 5 HOST PORT", Stdin::Person);
}

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn an_empty_pipe_with_half_close_is_an_empty_message() {
    check_empty("nc.traditional -q 5 HOST PORT");
}

/// Without half-close nobody can know that the pipe has ended.
#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn a_silent_one_is_closed() {
    check_silent("nc.traditional HOST PORT");
}

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn a_long_pipe_is_answered() {
    check_long("nc.traditional HOST PORT");
}
