//! openbsd as a server of the client.

use super::*;

/// It waits for the client's end, and the client for its: `client IP PORT --timeout 2` is the way out.
#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn a_pipe_without_half_close_is_shown_and_never_ends() {
    check("nc.openbsd -l 127.0.0.1 PORT", Answer::EndlessPipe);
}

#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn a_pipe_with_half_close_is_shown() {
    check("nc.openbsd -l -N 127.0.0.1 PORT", Answer::Pipe);
}

/// Listening, it does not wait after the end of its input, whatever `-q` says: it closes the connection at once, a message
/// that is still under way is lost, and only the program stays for one second. As a client it does wait.
#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn a_pipe_with_a_delay_after_it_is_shown() {
    check_hasty("nc.openbsd -l -q 1 127.0.0.1 PORT");
}

#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn a_person_is_shown_and_leaves_with_ctrl_c() {
    check("nc.openbsd -l 127.0.0.1 PORT", Answer::PersonWithCtrlC);
}

#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn a_person_with_half_close_is_shown_and_leaves_with_ctrl_d() {
    check("nc.openbsd -l -N 127.0.0.1 PORT", Answer::PersonWithCtrlD);
}

/// Listening, it ends when the client has, though its input is still open. As a client it stays.
#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn the_first_client_only_sends() {
    check_send_only("nc.openbsd -l 127.0.0.1 PORT");
}
