//! How the server ends, and where it cannot begin.

use super::{FIRST, FirstClient, NOBODY, QUIET_TIME, under_test};
use common::testing::{COULD_NOT_GRADE, Hint, Judged, Recorder, Reply, Requirement, ServerRun, poll};

const LAST_WORDS: &str = "Server stopped by the user";

/// "Ctrl-C: `Server stopped by the user`, exit 0." With which code other programs exit does not matter.
#[test]
#[cfg(unix)]
fn ctrl_c_stops_it() {
    const REQUIREMENT: Requirement = Requirement {
        says: "Ctrl-C stops it: Server stopped by the user",
        hint: Hint::new("catch Ctrl-C around the loop, and print it there")
            .in_python("except KeyboardInterrupt:")
            .in_rust("interrupt::stop_on_ctrl_c(\"Server stopped by the user\")"),
    };
    let mut run = super::run_server(&REQUIREMENT);
    let answer = run.ask(&REQUIREMENT, b"HELLO");
    if !answer.bytes.is_empty() || answer.end != common::testing::End::Open {
        // Ctrl-C must not meet it on its way to the next client, or to its end.
        run.program.wait_for_standstill(QUIET_TIME, |screen| screen.to_lowercase().matches("waiting").count() >= 2);
    }
    let before = run.program.screen();
    if run.program.has_ended() {
        run.not_judged(&REQUIREMENT, "it has ended before that", "the_answer::it_serves_one_client_after_another");
    }
    let ended = run.program.interrupt_until_it_ends();
    run.check(ended.is_ok(), &REQUIREMENT, "a server that ends", "your program is still running");
    run.check_line(&REQUIREMENT, LAST_WORDS, |screen| screen.contains(LAST_WORDS));
    let cries_early = before.contains(LAST_WORDS);
    run.check(!cries_early, &REQUIREMENT, "these words at Ctrl-C", "they stood there before");
}

/// "A port that can't be had: `Problems using port PORT. Do you have permission?`"
#[test]
fn a_port_in_use_is_told() {
    const REQUIREMENT: Requirement = Requirement {
        says: "a port that can't be had: Problems using port PORT. Do you have permission?",
        hint: Hint::new("catch the error of bind, and print it there").in_python("except socket.error: (or OSError)"),
    };
    let address = ServerRun::next_address(&under_test());
    let port = address.port();
    // Another test that tried the port just now may still hold it for a moment.
    let peer = poll("the port", || Recorder::start_at(address.into(), Reply::Nothing).ok());
    let _peer = peer.unwrap_or_else(|e| panic!("{COULD_NOT_GRADE}: port {port} was free, and cannot be had: {e}"));
    let first_client = FirstClient::get();
    // Both at once: the time of a test is for all of its waits.
    let mut without_port = ServerRun::start_at_port_in_use(port, &under_test());
    let mut with_port = ServerRun::start(&under_test());

    let expected = format!("Problems using port {port}. Do you have permission?");
    let is_told = without_port.program.wait_for_screen(&expected, |screen| screen.contains(&expected)).is_ok();
    if !is_told && first_client == FirstClient::Nobody {
        without_port.not_judged(&REQUIREMENT, NOBODY, FIRST);
    }
    without_port.check_shown(is_told, &REQUIREMENT, &expected, &without_port.program.screen());
    without_port.program.wait_for_rest();

    let _ = with_port.ask_if_it_listens(b"HELLO");
    with_port.program.wait_for_standstill(QUIET_TIME, |_| true);
    let is_false_alarm = with_port.program.screen().contains("Problems using port");
    let arrived = "they stand there all the same";
    with_port.check(!is_false_alarm, &REQUIREMENT, "no such words where the port can be had", arrived);
    // That they stand there from the start is another test's affair.
    let [blames_the_user, does_always] =
        [&without_port, &with_port].map(|run| run.program.screen().contains(LAST_WORDS));
    let is_right = !blames_the_user || does_always;
    without_port.check(is_right, &REQUIREMENT, "these words alone", "the words for Ctrl-C as well");
}
