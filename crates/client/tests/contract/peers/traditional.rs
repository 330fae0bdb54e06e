//! traditional as a server of the client.

use super::*;

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn a_pipe_without_half_close_is_shown_and_never_ends() {
    check("nc.traditional -l -s 127.0.0.1 -p PORT", Answer::EndlessPipe);
}

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn a_pipe_with_half_close_is_shown() {
    check("nc.traditional -q 5 -l -s 127.0.0.1 -p PORT", Answer::Pipe);
}

/// It ends at once at the end of its input: a message that it has read already is thrown away.
#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn a_pipe_without_delay_is_shown() {
    check_hasty("nc.traditional -q 0 -l -s 127.0.0.1 -p PORT");
}

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn a_person_is_shown_and_leaves_with_ctrl_c() {
    check("nc.traditional -l -s 127.0.0.1 -p PORT", Answer::PersonWithCtrlC);
}

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn a_person_with_half_close_is_shown_and_leaves_with_ctrl_d() {
    check("nc.traditional -q 5 -l -s 127.0.0.1 -p PORT", Answer::PersonWithCtrlD);
}

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn the_first_client_only_sends() {
    check_send_only("nc.traditional -l -s 127.0.0.1 -p PORT");
}
