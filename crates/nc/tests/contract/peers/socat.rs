//! socat at the other end.

use super::*;

const CLIENT: &str = "socat - TCP:127.0.0.1:PORT";
const SERVER: &str = "socat - TCP-LISTEN:PORT,bind=127.0.0.1";

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn persons_talk_with_it_as_a_client() {
    check_persons(CLIENT);
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_pipe_is_answered_by_a_person_at_it_as_a_client() {
    check_pipe_and_person(CLIENT);
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn pipes_pass_through_it_as_a_client() {
    check_pipes("socat -t 9 - TCP:127.0.0.1:PORT", &["-N"]);
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn persons_talk_with_it_as_a_server() {
    check_persons(SERVER);
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn a_pipe_is_answered_by_a_person_at_it_as_a_server() {
    check_pipe_and_person(SERVER);
}

#[test]
#[ignore = "needs socat; run by .ci/run"]
fn pipes_pass_through_it_as_a_server() {
    check_pipes("socat -t 9 - TCP-LISTEN:PORT,bind=127.0.0.1", &["-N"]);
}
