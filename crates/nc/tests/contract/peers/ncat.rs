//! ncat at the other end. As a server it leaves as soon as it is told that no more will come, with its own input unsent.

use super::*;

const CLIENT: &str = "ncat 127.0.0.1 PORT";
const SERVER: &str = "ncat -l 127.0.0.1 PORT";

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn persons_talk_with_it_as_a_client() {
    check_persons(CLIENT);
}

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_pipe_is_answered_by_a_person_at_it_as_a_client() {
    check_pipe_and_person(CLIENT);
}

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn pipes_pass_through_it_as_a_client() {
    check_pipes(CLIENT, &["-N"]);
}

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn persons_talk_with_it_as_a_server() {
    check_persons(SERVER);
}

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn a_pipe_is_answered_by_a_person_at_it_as_a_server() {
    check_pipe_and_person(SERVER);
}

#[test]
#[ignore = "needs ncat; run by .ci/run"]
fn pipes_pass_through_it_as_a_server() {
    check_pipes(SERVER, &[]);
}
