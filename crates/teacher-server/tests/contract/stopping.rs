//! Stopping, starting again, and not starting at all.

use assert_cmd::cargo::cargo_bin_cmd;
use common::testing::TIME_LIMIT;
use predicates::str::{contains, starts_with};

#[test]
fn an_address_of_another_computer_is_told_with_the_list_of_the_own_ones() {
    // 198.51.100.0/24 is for documentation (RFC 5737): nobody's own. Nothing is sent there.
    cargo_bin_cmd!()
        .args(["198.51.100.1", "8080"])
        .timeout(TIME_LIMIT)
        .assert()
        .code(1)
        .stdout("")
        .stderr(starts_with("error: Problems using port 8080. Do you have permission?\ncause: "))
        .stderr(contains("next:  198.51.100.1 is not an address of this computer: use one of its own: "))
        .stderr(contains("127.0.0.1"));
}

#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs a user and network namespace, where port 80 needs permission; run by .ci/run"]
fn port_80_without_permission_is_told_with_a_way_out() {
    let server = assert_cmd::cargo::cargo_bin!();
    assert_cmd::Command::new("unshare")
        .args(["--map-root-user", "--net", "setpriv", "--bounding-set", "-net_bind_service"])
        .arg(server)
        .args(["0.0.0.0", "80"])
        .timeout(TIME_LIMIT)
        .assert()
        .code(1)
        .stdout("")
        .stderr(starts_with("error: Problems using port 80. Do you have permission?\ncause: Permission denied"))
        .stderr(contains("next:  ports below 1024 are for the system: take one from 1024 to 65535"));
}

#[cfg(unix)]
mod ctrl_c {
    use crate::running_server::{GREETING, RunningServer};
    use common::testing::TIME_LIMIT;
    #[cfg(target_os = "linux")]
    use common::testing::{Program, poll};
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;
    use std::time::{Duration, Instant};

    /// Sooner than it gives up on a client that is served, or on a screen: half a second. A stop takes a few milliseconds; a busy
    /// machine may add to it now and then, but not so much each of five times.
    const SOON: Duration = Duration::from_millis(400);

    #[test]
    fn it_stops_at_once_while_idle() {
        assert!(fastest_stop(|_| ()) < SOON);
    }

    #[test]
    fn it_stops_at_once_while_it_holds_clients() {
        let fastest = fastest_stop(|server| {
            let silent: Vec<_> = (0..50).map(|_| server.connect()).collect();
            server.program.wait_for_stdout("CONNECTION: 50.").unwrap();
            let unfinished = server.connect().say(b"and I stay");
            server.program.wait_for_stdout("Message from client: and I stay\n").unwrap();
            (silent, unfinished)
        });
        assert!(fastest < SOON);
    }

    /// The fastest of five stops, each after `prepare`, whose result lives until the server has ended.
    fn fastest_stop<T>(prepare: impl Fn(&RunningServer) -> T) -> Duration {
        let stops = (0..5).map(|_| {
            let mut server = RunningServer::start(&[]);
            let _kept = prepare(&server);
            let start = Instant::now();
            server.program.interrupt().unwrap();
            assert_eq!(server.program.wait_for_end().unwrap().code(), Some(0));
            let time = start.elapsed();
            assert!(server.program.stdout().contains("\nServer stopped by the user\n"));
            time
        });
        stops.min().unwrap()
    }

    #[test]
    fn the_last_words_are_the_last_and_each_client_is_logged_once_however_busy_the_server_is() {
        let log = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("busy-{}", std::process::id()));
        for _ in 0..5 {
            let _ = std::fs::remove_file(&log);
            let mut server = RunningServer::start(&["--log", log.to_str().unwrap()]);
            let port = server.port;
            std::thread::scope(|scope| {
                for _ in 0..4 {
                    // Talks until the server is gone, though not for ever.
                    scope.spawn(|| {
                        let start = Instant::now();
                        while start.elapsed() < TIME_LIMIT {
                            let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return };
                            let _ = stream.write_all(b"busy").and_then(|()| stream.read_to_end(&mut Vec::new()));
                        }
                    });
                }
                server.program.wait_for_stdout("CONNECTION: 50.").unwrap();
                server.program.interrupt().unwrap();
                server.program.wait_for_end().unwrap();
            });
            let stdout = server.program.stdout();
            let after = stdout.split("Server stopped by the user\n").nth(1).unwrap();
            assert_eq!(
                after.lines().count(),
                5,
                "the totals, the table's head and one row, with empty lines:\n{after}"
            );

            let lines = std::fs::read_to_string(&log).unwrap();
            let mut numbers: Vec<&str> = lines.lines().map(|line| line.split(',').nth(1).unwrap()).collect();
            let all = numbers.len();
            numbers.sort_unstable();
            numbers.dedup();
            assert_eq!(numbers.len(), all, "no number stands in the log twice");
        }
    }

    #[test]
    fn a_message_that_may_go_on_is_shown_and_counted() {
        let mut server = RunningServer::start(&[]);
        let mut client = server.connect().say(b"HELLO");
        // It has been answered, and the server still listens for the rest.
        client.0.read_exact(&mut [0; GREETING.len()]).unwrap();
        server.program.interrupt().unwrap();
        server.program.wait_for_end().unwrap();
        let stdout = server.program.stdout();
        assert!(stdout.contains("Message from client: HELLO\nServer stopped by the user\n"), "{stdout}");
        assert!(stdout.contains("Connections: 1, 0 of them without a message.") && stdout.ends_with("  HELLO\n"));
    }

    #[test]
    fn it_starts_again_at_once_on_the_same_port() {
        let mut server = RunningServer::start(&[]);
        let port = server.port;
        for _ in 0..5 {
            // The server closes first, so that the connection stays in TIME-WAIT on its side; and one is never finished.
            assert_eq!(server.ask(b"HELLO"), GREETING);
            let _held = server.connect();
            server.program.interrupt().unwrap();
            server.program.wait_for_end().unwrap();
            server = RunningServer::start_at(port);
        }
        assert_eq!(server.ask(b"HELLO"), GREETING);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn sigterm_and_sighup_end_it_as_ctrl_c_does() {
        use nix::sys::signal::{Signal, kill};
        for signal in [Signal::SIGTERM, Signal::SIGHUP] {
            // Under nohup these tests would hand on that a hang-up is ignored.
            let mut command = std::process::Command::new("env");
            command.arg("--default-signal=HUP").arg(assert_cmd::cargo::cargo_bin!()).args(["127.0.0.1", "0"]);
            let mut server = RunningServer::start_command(command);
            kill(nix::unistd::Pid::from_raw(server.program.id().try_into().unwrap()), signal).unwrap();
            assert_eq!(server.program.wait_for_end().unwrap().code(), Some(0));
            assert!(server.program.stdout().ends_with("\nServer stopped by the user\n"));
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn ctrl_c_ends_it_while_it_waits_for_the_reader_of_its_log() {
        let log = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("pipe-{}", std::process::id()));
        let _ = std::fs::remove_file(&log);
        assert!(std::process::Command::new("mkfifo").arg(&log).status().unwrap().success());
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!());
        command.args(["127.0.0.1", "0", "--log", log.to_str().unwrap()]);
        let mut program = Program::start(command).unwrap();
        // A pipe is open when both its ends are: fifo(7). The thread before that step is there.
        let threads = format!("/proc/{}/task", program.id());
        let has_printer = || (std::fs::read_dir(&threads).ok()?.count() > 1).then_some(());
        poll("its second thread", has_printer).unwrap();
        program.interrupt().unwrap();
        assert_eq!(program.wait_for_end().unwrap().code(), None, "by the signal");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn one_that_was_started_by_nohup_survives_its_terminal() {
        use nix::sys::signal::{Signal, kill};
        let mut command = std::process::Command::new("sh");
        command.args(["-c", r#"trap "" HUP; exec "$0" 127.0.0.1 0"#]).arg(assert_cmd::cargo::cargo_bin!());
        let mut server = RunningServer::start_command(command);
        let pid = nix::unistd::Pid::from_raw(server.program.id().try_into().unwrap());
        kill(pid, Signal::SIGHUP).unwrap();
        // It may have served the first of them before it hears the signal.
        for _ in 0..20 {
            assert_eq!(server.ask(b"HELLO"), GREETING);
        }
        kill(pid, Signal::SIGTERM).unwrap();
        assert_eq!(server.program.wait_for_end().unwrap().code(), Some(0));
    }
}
