//! What is bounded: places, descriptors, patience.

use crate::running_server::{GREETING, RunningServer};
use common::testing::TIME_LIMIT;
use std::io::Read as _;
use std::time::Duration;

#[test]
fn a_client_over_the_limit_is_told_in_one_line_and_the_next_is_served_when_one_leaves() {
    let server = RunningServer::start(&["--max-clients", "1", "--max-per-address", "1"]);
    let first = server.connect();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    assert_eq!(server.ask(b"me too"), "The server is full (1 of 1 places taken). Try again in a moment.\n");
    server.program.wait_for_stderr("note: 1 rejected so far, the last one from 127.0.0.1: The server is full").unwrap();

    assert_eq!(first.say(b"done").finish().answer(), GREETING);
    server.program.wait_for_stdout("Message from client: done\nWaiting").unwrap();
    assert_eq!(server.ask(b"and now?"), GREETING);
}

#[test]
fn one_address_cannot_take_all_places() {
    let server = RunningServer::start(&["--max-clients", "4"]);
    let _two = [server.connect(), server.connect()];
    server.program.wait_for_stdout("CONNECTION: 2.").unwrap();
    let refused = server.ask(b"one more");
    assert_eq!(refused, "Your address has 2 of 2 connections already. Close some and try again.\n");
}

#[test]
fn a_refused_client_that_sends_much_is_told_all_the_same() {
    let server = RunningServer::start(&["--max-clients", "1", "--max-per-address", "1"]);
    let _first = server.connect();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    for _ in 0..5 {
        assert!(server.ask(&vec![b'm'; 100_000]).starts_with("The server is full"));
    }
}

#[test]
fn patience_is_shorter_when_the_server_is_nearly_full() {
    // With the last place taken the two seconds of a full server count, not the default two minutes.
    let server = RunningServer::start(&["--max-clients", "4", "--max-per-address", "4"]);
    let silent = [(); 4].map(|()| server.connect());
    // The first that has to go makes room for the others: which one it is, its end says.
    let (gone, goes) = std::sync::mpsc::channel();
    for client in silent {
        let gone = gone.clone();
        std::thread::Builder::new().spawn(move || gone.send(client.answer())).unwrap();
    }
    assert_eq!(goes.recv_timeout(TIME_LIMIT).unwrap(), "");
}

#[test]
fn the_only_place_is_soon_free_where_somebody_else_wants_it() {
    let server = RunningServer::start(&["--max-clients", "1"]);
    let silent = server.connect();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    assert!(server.ask(b"me too").starts_with("The server is full"));
    assert_eq!(silent.answer(), "");
}

#[test]
fn max_per_address_is_heeded() {
    let server = RunningServer::start(&["--max-clients", "5", "--max-per-address", "4"]);
    let _four = [(); 4].map(|()| server.connect());
    server.program.wait_for_stdout("CONNECTION: 4.").unwrap();
    assert!(server.ask(b"one more").starts_with("Your address has 4 of 4 "));
}

#[test]
#[cfg(unix)]
fn a_rejected_client_is_neither_counted_nor_shown_but_stands_in_the_table() {
    let mut server = RunningServer::start(&["--max-clients", "1", "--max-per-address", "1"]);
    let first = server.connect();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    for _ in 0..2 {
        assert!(server.ask(b"me too").starts_with("The server is full"));
    }
    first.say(b"done").finish().answer();
    server.program.wait_for_stdout("Message from client: done\nWaiting").unwrap();
    assert_eq!(server.connect().say("ñ".repeat(50).as_bytes()).finish().answer(), GREETING);
    server.program.wait_for_stdout_until("the end of both", |all| all.matches("Waiting").count() == 3).unwrap();
    assert!(server.program.stdout().contains("CONNECTION: 2."));
    let stderr = server.program.wait_for_stderr("rejected so far").unwrap();
    assert_eq!(stderr.matches("rejected so far").count(), 1, "said now and then only: {stderr}");
    server.program.interrupt().unwrap();
    server.program.wait_for_end().unwrap();
    let stdout = server.program.stdout();
    let cells: Vec<_> = stdout.lines().last().unwrap().split_whitespace().collect();
    assert_eq!([cells[2], cells[3], cells[6]], ["2", "2", &format!("{}...", "ñ".repeat(40))], "{stdout}");
}

#[test]
fn rejected_clients_that_stay_keep_nobody_from_being_told() {
    let server = RunningServer::start(&["--max-clients", "1", "--max-per-address", "1"]);
    let _first = server.connect();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    // Many more than there are threads to tell them, and none of them closes.
    let mut staying: Vec<_> = (0..100).map(|_| server.connect()).collect();
    for client in &mut staying {
        let mut answer = String::new();
        client.0.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("The server is full"), "{answer}");
    }
}

#[test]
fn patience_becomes_shorter_for_a_silent_client_that_came_before_the_server_was_full() {
    let server = RunningServer::start(&["--max-clients", "4", "--max-per-address", "4"]);
    let silent = server.connect();
    server.program.wait_for_stdout("CONNECTION: 1.").unwrap();
    // The other places are taken again and again, so that the server is full as long as it takes.
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| silent.answer());
        while !waiting.is_finished() {
            let taking = [(); 3].map(|()| server.connect());
            let _ = taking[0].0.set_read_timeout(Some(Duration::from_millis(500)));
            let _ = (&taking[0].0).read(&mut [0; 64]);
        }
        assert_eq!(waiting.join().unwrap(), "");
    });
}

/// Only the system can say how long the backlog is: `ss` shows it as Send-Q of a socket that listens.
#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs ss; run by .ci/run"]
fn the_backlog_is_as_long_as_it_is_asked_to_be() {
    for (arguments, expected) in [(&[][..], "1024"), (&["--backlog", "7"], "7")] {
        let server = RunningServer::start(arguments);
        let filter = format!("sport = :{}", server.port);
        let shown = std::process::Command::new("ss").args(["-H", "-l", "-t", "-n", &filter]).output().unwrap();
        let line = String::from_utf8(shown.stdout).unwrap();
        assert_eq!(line.split_whitespace().nth(2), Some(expected), "{line}");
    }
}

#[cfg(target_os = "linux")]
mod descriptors {
    use super::{GREETING, RunningServer};
    use assert_cmd::cargo::cargo_bin;
    use common::testing::Program;
    use std::process::Command;
    use std::sync::mpsc;
    use std::time::{Duration, Instant};

    #[test]
    fn out_of_descriptors_it_waits_without_spinning_and_recovers() {
        let mut command = Command::new("sh");
        command.args(["-c", r#"ulimit -n 32; exec "$0" "$@""#]).arg(cargo_bin!()).args(["127.0.0.1", "0"]);
        let server = RunningServer::start_command(command);
        let mut clients: Vec<_> = (0..40).map(|_| server.connect()).collect();
        server.program.wait_for_stderr("error: the server cannot accept more clients right now\ncause: ").unwrap();

        let share = share_of_the_processor(&server.program, Duration::from_secs(1));
        assert!(share <= 0.01, "it used {:.1} % of a processor", share * 100.0);
        let told = server.program.stderr().matches("error: the server cannot").count();
        assert_eq!(told, 1, "it says so once");

        // The default patience is two minutes; with others waiting, a silent client has to go sooner.
        assert_eq!(clients.swap_remove(0).answer(), "");

        drop(clients);
        server.program.wait_for_stderr("note: clients are accepted again").unwrap();
        assert_eq!(server.ask(b"HELLO"), GREETING);
    }

    /// The rules of a time zone are in a file.
    #[test]
    fn out_of_descriptors_it_knows_what_time_it_is() {
        let mut command = Command::new("sh");
        command.args(["-c", r#"ulimit -n 32; exec "$0" "$@""#]).arg(cargo_bin!()).args(["127.0.0.1", "0"]);
        command.env("TZ", "Asia/Tokyo");
        let server = RunningServer::start_command(command);
        let hour = || jiff::Timestamp::now().in_tz("Asia/Tokyo").unwrap().strftime("  %H:").to_string();
        let before = hour();
        server.ask(b"HELLO");
        let _clients: Vec<_> = (0..40).map(|_| server.connect()).collect();
        server.program.wait_for_stderr("error: the server cannot accept more clients right now\ncause: ").unwrap();
        let pid = nix::unistd::Pid::from_raw(server.program.id().try_into().unwrap());
        nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGUSR1).unwrap();
        let stdout = server.program.wait_for_stdout("  HELLO\n").unwrap();
        let row = stdout.lines().find(|line| line.ends_with("  HELLO")).unwrap();
        assert!(row.contains(&before) || row.contains(&hour()), "{row}");
    }

    #[test]
    fn it_raises_the_limit_of_open_files_as_far_as_it_may() {
        let mut command = Command::new("sh");
        command.args(["-c", r#"ulimit -Sn 32; exec "$0" "$@""#]).arg(cargo_bin!()).args(["127.0.0.1", "0"]);
        let server = RunningServer::start_command(command);
        let _clients: Vec<_> = (0..40).map(|_| server.connect()).collect();
        server.program.wait_for_stdout("CONNECTION: 40.").unwrap();
        assert_eq!(server.program.stderr(), "", "none of them had to wait for another one to leave");
    }

    #[test]
    fn it_says_for_how_many_clients_there_is_room_where_they_are_fewer() {
        let mut command = Command::new("sh");
        command.args(["-c", r#"ulimit -n 128; exec "$0" "$@""#]).arg(cargo_bin!()).args(["127.0.0.1", "0"]);
        let server = RunningServer::start_command(command);
        let told = "note: there is room for 108 clients at once, not for 1000: the system allows no more open files";
        server.program.wait_for_stderr(told).unwrap();
    }

    /// How much of one processor the program uses while `window` passes, 1.0 being all of it.
    fn share_of_the_processor(program: &Program, window: Duration) -> f64 {
        let (_never, passes) = mpsc::channel::<()>();
        let (start, before) = (Instant::now(), processor_time(program));
        let _ = passes.recv_timeout(window);
        processor_time(program).saturating_sub(before).as_secs_f64() / start.elapsed().as_secs_f64()
    }

    /// The processor time of all threads: proc(5), the first number of /proc/PID/task/TID/schedstat, in nanoseconds.
    fn processor_time(program: &Program) -> Duration {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", program.id())).unwrap();
        let nanoseconds = tasks.map(|task| {
            // A thread may end while we look.
            let numbers = std::fs::read_to_string(task.unwrap().path().join("schedstat")).unwrap_or_default();
            numbers.split(' ').next().and_then(|first| first.parse::<u64>().ok()).unwrap_or(0)
        });
        Duration::from_nanos(nanoseconds.sum())
    }
}
