//! socat as a server of the client.

use super::*;

/// It half-closes, and leaves half a second later, whatever the client does.
#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_pipe_is_shown() {
    check("socat - TCP-LISTEN:PORT,bind=127.0.0.1", Answer::Pipe);
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_pipe_with_time_for_the_message_is_shown() {
    check("socat -t 8 - TCP-LISTEN:PORT,bind=127.0.0.1", Answer::Pipe);
}

/// Half a second later it closes, which ends the answer.
#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_pipe_without_half_close_is_shown() {
    check("socat - TCP-LISTEN:PORT,bind=127.0.0.1,shut-none", Answer::Pipe);
}

/// It never ends as far as a client with a patience of two seconds can tell: socat would close after eight.
#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_pipe_without_half_close_and_with_time_is_shown_and_never_ends() {
    check("socat -t 8 - TCP-LISTEN:PORT,bind=127.0.0.1,shut-none", Answer::EndlessPipe);
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_pipe_without_time_for_the_message_is_shown() {
    check_hasty("socat -t 0 - TCP-LISTEN:PORT,bind=127.0.0.1");
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_person_is_shown_and_leaves_with_ctrl_d() {
    check("socat - TCP-LISTEN:PORT,bind=127.0.0.1", Answer::PersonWithCtrlD);
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_person_without_half_close_is_shown_and_leaves_with_ctrl_d() {
    check("socat - TCP-LISTEN:PORT,bind=127.0.0.1,shut-none", Answer::PersonWithCtrlD);
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn the_first_client_only_sends() {
    check_send_only("socat - TCP-LISTEN:PORT,bind=127.0.0.1");
}
