//! The traditional nc at the other end. It leaves as soon as it is told that no more will come, as busybox does.

use super::*;

const CLIENT: &str = "nc.traditional 127.0.0.1 PORT";
const SERVER: &str = "nc.traditional -l -s 127.0.0.1 -p PORT";

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn persons_talk_with_it_as_a_client() {
    check_persons(CLIENT);
}

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn a_pipe_is_answered_by_a_person_at_it_as_a_client() {
    check_pipe_and_person(CLIENT);
}

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn pipes_pass_through_it_as_a_client() {
    check_pipes("nc.traditional -q 9 127.0.0.1 PORT", &[]);
}

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn persons_talk_with_it_as_a_server() {
    check_persons(SERVER);
}

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn a_pipe_is_answered_by_a_person_at_it_as_a_server() {
    check_pipe_and_person(SERVER);
}

#[test]
#[ignore = "needs nc.traditional; run by .ci/run"]
fn pipes_pass_through_it_as_a_server() {
    check_pipes("nc.traditional -q 9 -l -s 127.0.0.1 -p PORT", &[]);
}
