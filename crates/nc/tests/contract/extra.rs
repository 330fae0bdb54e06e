//! Extra features.

use assert_cmd::cargo::cargo_bin_cmd;
use common::testing::TIME_LIMIT;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::{contains, starts_with};

#[test]
fn help_and_version_have_the_usual_form() {
    let nc = || {
        let mut command = cargo_bin_cmd!("nc");
        command.timeout(TIME_LIMIT);
        command
    };
    let usage = contains("Usage: nc [-Nnv] [IP] [PORT]").and(contains("nc -l [-Nnv] [-p] [PORT]"));
    nc().arg("--help").assert().code(0).stdout(usage.and(starts_with("Example: nc ")));
    nc().arg("--version").assert().code(0).stdout(starts_with("nc "));
}

#[test]
fn wrong_usage_names_the_value_and_what_is_allowed_and_exits_with_2() {
    for (arguments, value, allowed) in [
        (&["127.0.0.1", "0"][..], "'0'", "from 1 to 65535"),
        (&["-l", "-p", "80800"], "'80800'", "from 1 to 65535"),
        (&["127.0.0.1:8080"], "'127.0.0.1:8080'", "a word of its own"),
        (&["-l", "p", "8000"], "'p'", "nc -l -p 8000"),
        (&["-p", "8000", "127.0.0.1", "80"], "-p 8000", "nc -l -p 8000, or nc IP 8000"),
        (&["127.0.0.1", "-1"], "'-1'", "from 1 to 65535"),
        (&["-l", "-1"], "'-1'", "from 1 to 65535"),
        (&["-l", "-p", "-1"], "'-1'", "from 1 to 65535"),
        (&["-k"], "'-k'", "Usage: nc"),
        (&["-zv", "127.0.0.1", "80"], "'-z'", "nc -v IP PORT tells whether somebody listens"),
        (&["-lvp", "4444", "-e", "/bin/sh"], "'-e'", "starts no program for the other side"),
        (&["-u", "127.0.0.1", "80"], "'-u'", "TCP only"),
        (&["-lk", "80"], "'-k'", "cargo run -q -p server"),
        (&["-w", "5", "127.0.0.1", "80"], "'-w'", "no time limit of yours"),
        (&["-q0", "127.0.0.1", "80"], "'-q'", "no time limit of yours"),
        (&["-6", "localhost", "80"], "'-6'", "write the IP itself"),
        (&["-l4", "80"], "'-4'", "write the IP itself"),
        (&["-4", "localhost"], "'-4'", "write the IP itself"),
        (&["-lr", "80"], "'-r'", "the options are -l, -p, -N, -n and -v"),
        (&["--ssl", "127.0.0.1", "80"], "'--ssl'", "no Unix sockets, proxies or encryption"),
        (&["a", "1", "b"], "'b'", "Usage: nc"),
    ] {
        let mut command = cargo_bin_cmd!("nc");
        command.timeout(TIME_LIMIT).args(arguments);
        let no_tip = contains("tip:").not();
        command.assert().code(2).stdout("").stderr(contains(value).and(contains(allowed)).and(no_tip));
    }
}

#[cfg(unix)]
mod on_unix {
    #[cfg(target_os = "linux")]
    use crate::support::netcat::{client, port_told};
    use crate::support::netcat::{command, listening};
    use assert_cmd::cargo::cargo_bin;
    use common::testing::{Program, Recorder, Reply};
    #[cfg(target_os = "linux")]
    use std::io::Write as _;
    use std::process::Command;

    #[test]
    fn a_reader_that_goes_away_ends_it_quietly() {
        let peer = Recorder::start(Reply::AtOnce("many lines\n".repeat(100_000).into_bytes())).unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", r#""$0" "$@" | head -1"#]).arg(cargo_bin!("nc"));
        command.args(["127.0.0.1", &peer.port().to_string()]);
        let mut pipe = Program::start(command).unwrap();
        pipe.type_in(b"question\n").unwrap();
        assert!(pipe.wait_for_end().unwrap().success());
        assert_eq!((pipe.stdout().as_str(), pipe.stderr().as_str()), ("many lines\n", ""));
    }

    #[test]
    fn with_v_it_tells_who_is_at_the_other_end() {
        let (server, port) = listening(&["-v"]);
        let mut client = command(&["-v"]);
        client.args(["127.0.0.1", &port.to_string()]);
        let client = Program::start(client).unwrap();
        client.wait_for_stderr(&format!("connected to 127.0.0.1:{port}\n")).unwrap();
        server.wait_for_stderr("connection from 127.0.0.1:").unwrap();
    }

    /// `script` runs a command on a terminal of its own, and passes on what that shows.
    #[test]
    #[cfg(target_os = "linux")]
    #[ignore = "needs script; run by .ci/run"]
    fn on_a_terminal_what_arrives_is_made_safe_and_keeps_its_lines() {
        let nc = cargo_bin!("nc");
        let mut command = Command::new("script");
        let shell = format!("stty cols 20 rows 24; exec '{}' -l 127.0.0.1 0", nc.display());
        command.args(["-q", "-c", &shell, "/dev/null"]).env("SHELL", "/bin/sh");
        let mut terminal = Program::start(command).unwrap();
        let mut client = client(port_told(&terminal.wait_for_stdout("\n").unwrap()));
        client.write_all("one\x1b[2J\ntwo\r\nñ\u{202e}\n1234567890123456789012345\n".as_bytes()).unwrap();
        client.write_all(b"half a letter: \xc3").unwrap();
        drop(client);
        terminal.wait_for_end().unwrap();
        let screen = terminal.stdout();
        let shown =
            "\none\\x1b[2J\r\ntwo\\r\r\nñ\\u{202e}\r\n1234567890123456789\r\n  | 012345\r\nhalf a letter: \u{FFFD}";
        assert!(screen.ends_with(shown), "{screen}");
    }
}
