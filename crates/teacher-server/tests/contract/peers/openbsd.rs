//! openbsd as a client of the server.

use super::*;

#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn a_pipe_is_answered_though_its_end_is_not_passed_on() {
    check("nc.openbsd HOST PORT", Stdin::Pipe);
}

#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn a_pipe_with_half_close_is_answered() {
    check("nc.openbsd -N HOST PORT", Stdin::Pipe);
}

/// It half-closes too, and stays one second longer than the server.
#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn a_pipe_with_a_delay_after_it_is_answered() {
    check("nc.openbsd -q 1 HOST PORT", Stdin::Pipe);
}

/// It does not look at the connection alone: it ends when both sides have.
#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn a_person_is_answered_and_leaves_with_ctrl_d() {
    check("nc.openbsd HOST PORT", Stdin::PersonWithCtrlD);
}

#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn a_person_with_half_close_is_answered_and_leaves_with_ctrl_d() {
    check("nc.openbsd -N HOST PORT", Stdin::PersonWithCtrlD);
}

/// It leaves after three seconds in which nothing comes or is typed.
#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn a_person_with_a_time_out_is_answered() {
    check("nc.openbsd -w 3 HOST PORT", Stdin::Person);
}

/// The server has closed, so the next line is answered with a reset.
#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn a_person_who_types_on_is_told_that_the_server_has_gone() {
    let server = RunningServer::start(&[]);
    let mut client = start("nc.openbsd HOST PORT", &server);
    client.type_in(b"one line\n").unwrap();
    client.wait_for_stdout(GREETING).unwrap();
    has_served(&server, 1);
    client.type_in(b"another line\n").unwrap();
    ends(&mut client, GREETING, &server);
    shows(&server, "one line");
}

/// `-C` ends lines with CR LF, as other protocols do. Here the CR belongs to the message, and is shown.
#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn the_carriage_return_of_crlf_is_shown_as_an_escape() {
    let server = RunningServer::start(&[]);
    let mut client = start("nc.openbsd -C HOST PORT", &server);
    client.type_in(b"HELLO\n").unwrap();
    client.close_stdin();
    ends(&mut client, GREETING, &server);
    shows(&server, r"HELLO\r");
}

#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn an_empty_pipe_with_half_close_is_an_empty_message() {
    check_empty("nc.openbsd -N HOST PORT");
}

/// `-d` does not read standard input.
#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn a_silent_one_is_closed() {
    check_silent("nc.openbsd -d HOST PORT");
}

#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn a_long_pipe_is_answered() {
    check_long("nc.openbsd HOST PORT");
}

#[test]
#[ignore = "needs nc.openbsd; run by .ci/run"]
fn a_long_pipe_with_half_close_is_answered() {
    check_long("nc.openbsd -N HOST PORT");
}
