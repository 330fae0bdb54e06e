//! busybox as a server of the client.

use super::*;

/// It half-closes, and has no switch for it; nor has it one for the IP, so for a moment it listens at all of them.
#[test]
#[ignore = "needs busybox; run by .ci/run"]
fn a_pipe_is_shown() {
    check("busybox nc -l -p PORT", Answer::Pipe);
}

#[test]
#[ignore = "needs busybox; run by .ci/run"]
fn a_person_is_shown_and_leaves_with_ctrl_d() {
    check("busybox nc -l -p PORT", Answer::PersonWithCtrlD);
}

#[test]
#[ignore = "needs busybox; run by .ci/run"]
fn the_first_client_only_sends() {
    check_send_only("busybox nc -l -p PORT");
}
