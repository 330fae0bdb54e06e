//! ncat as a server of the client.

use super::*;

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_pipe_is_shown() {
    check("ncat -l 127.0.0.1 PORT", Answer::Pipe);
}

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_pipe_without_half_close_is_shown_and_never_ends() {
    check("ncat --no-shutdown -l 127.0.0.1 PORT", Answer::EndlessPipe);
}

/// It never reads, so its end is a reset for the client. The answer has arrived before.
#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_pipe_that_only_sends_is_shown() {
    check_hasty("ncat --send-only -l 127.0.0.1 PORT");
}

/// It reads its input, throws it away, and half-closes at its end.
#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_pipe_that_only_receives_is_an_empty_answer() {
    let mut peer = Peer::start("ncat --recv-only -l 127.0.0.1 PORT");
    peer.pipe_in(ANSWER);
    let mut client = peer.client(&[MESSAGE]);
    ends(&mut client, 0, "", &peer.program);
    assert_eq!(client.stderr(), "note: the server closed the connection without an answer\n");
    ends(&mut peer.program, 0, MESSAGE, &client);
}

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_person_is_shown_and_leaves_with_ctrl_d() {
    check("ncat -l 127.0.0.1 PORT", Answer::PersonWithCtrlD);
}

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_person_without_half_close_is_shown_and_leaves_with_ctrl_c() {
    check("ncat --no-shutdown -l 127.0.0.1 PORT", Answer::PersonWithCtrlC);
}

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn the_first_client_only_sends() {
    check_send_only("ncat -l 127.0.0.1 PORT");
}
