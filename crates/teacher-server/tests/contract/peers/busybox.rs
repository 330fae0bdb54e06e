//! busybox as a client of the server.

use super::*;

/// It half-closes, and has no switch for it.
#[test]
#[ignore = "needs busybox; run by .ci/run"]
fn a_pipe_is_answered() {
    check("busybox nc HOST PORT", Stdin::Pipe);
}

#[test]
#[ignore = "needs busybox; run by .ci/run"]
fn a_person_is_answered() {
    check("busybox nc HOST PORT", Stdin::Person);
}

#[test]
#[ignore = "needs busybox; run by .ci/run"]
fn an_empty_pipe_is_an_empty_message() {
    check_empty("busybox nc HOST PORT");
}

#[test]
#[ignore = "needs busybox; run by .ci/run"]
fn a_long_pipe_is_answered() {
    check_long("busybox nc HOST PORT");
}
