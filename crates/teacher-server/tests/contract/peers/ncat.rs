//! ncat as a client of the server.

use super::*;

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_pipe_is_answered() {
    check("ncat HOST PORT", Stdin::Pipe);
}

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_pipe_without_half_close_is_answered() {
    check("ncat --no-shutdown HOST PORT", Stdin::Pipe);
}

/// It never reads the answer, and ends at the end of its input.
#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_pipe_that_only_sends_delivers_its_message() {
    check_hasty("ncat --send-only HOST PORT");
}

/// Not even the next line tells it that the server has gone: only the end of its input ends it.
#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_person_is_answered_and_leaves_with_ctrl_d() {
    check("ncat HOST PORT", Stdin::PersonWithCtrlD);
}

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_person_without_half_close_is_answered_and_leaves_with_ctrl_d() {
    check("ncat --no-shutdown HOST PORT", Stdin::PersonWithCtrlD);
}

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn an_empty_pipe_is_an_empty_message() {
    check_empty("ncat HOST PORT");
}

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_silent_one_is_closed() {
    check_silent("ncat --recv-only HOST PORT");
}

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_long_pipe_is_answered() {
    check_long("ncat HOST PORT");
}

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_long_pipe_without_half_close_is_answered() {
    check_long("ncat --no-shutdown HOST PORT");
}
