//! `cargo lab demo` passes with the exercises of this workspace, and fails with programs that do something else.

use crate::support::workspace::{Exercise, read};
use assert_cmd::cargo::cargo_bin_cmd;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;
use std::time::Duration;

/// Longer than a test may take as a rule: the first time the demo builds the exercises.
const TIME_TO_BUILD: Duration = Duration::from_secs(120);

#[test]
fn the_demo_shows_every_step_and_succeeds() {
    let mut demo = cargo_bin_cmd!("lab");
    let mut shown = demo.arg("demo").timeout(TIME_TO_BUILD).assert().code(0).stdout(
        contains("$ cargo run -q -p client -- 127.0.0.1 ")
            .and(contains("MESSAGE FROM THE SERVER:\n\nHello from the teacher's server\n"))
            .and(contains("    CONNECTION: 1. From the IP: 127.0.0.1\n"))
            .and(contains("steps did what the lesson says.\n"))
            .and(contains("missing: ").not())
            .and(contains("\u{1b}").not()),
    );
    for exercise in Exercise::all() {
        let name = exercise.name();
        shown = shown.stdout(contains(format!("cargo run -q -p {name}")));
    }
}

/// What the demo says itself. A command is one line, however long it is.
#[test]
fn its_words_fit_into_a_terminal_of_80_columns() {
    let steps: toml::Table = read("crates/lab/demo.toml").parse().unwrap();
    for step in steps["step"].as_array().unwrap() {
        for key in ["heading", "about"] {
            let words = step[key].as_str().unwrap();
            assert!(words.is_ascii() && words.len() <= 76, "{words}");
        }
    }
}

#[cfg(unix)]
mod with_other_programs {
    use super::{TIME_TO_BUILD, cargo_bin_cmd, contains};
    use assert_cmd::assert::Assert;
    use common::testing::TIME_LIMIT;
    use predicates::prelude::PredicateBooleanExt as _;
    use std::fmt::Write as _;
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;

    fn script(path: &Path, script: &str) {
        fs::write(path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// The demo with shell scripts instead of all programs: cargo says that it has built these.
    fn demo_with(server: &str, client: &str) -> Assert {
        let folder = tempfile::tempdir().unwrap();
        let others = ["server", "nc", "ex3-chat", "ips", "ex2-ping"].map(|name| (name, "exit 1"));
        let mut cargo = String::new();
        for (name, text) in [("teacher-server", server), ("client", client)].into_iter().chain(others) {
            let path = folder.path().join(name);
            script(&path, text);
            let path = path.display();
            writeln!(cargo, r#"echo '{{"target":{{"name":"{name}"}},"executable":"{path}"}}'"#).unwrap();
        }
        let path = folder.path().join("cargo");
        script(&path, &cargo);
        cargo_bin_cmd!("lab").arg("demo").env("CARGO", path).timeout(2 * TIME_LIMIT).assert()
    }

    /// The demo with the exercises of this workspace, but for the ping, which is this script.
    fn demo_with_ping(ping: &str) -> Assert {
        let folder = tempfile::tempdir().unwrap();
        script(&folder.path().join("ex2-ping"), ping);
        let cargo = folder.path().join("cargo");
        let executable = |path: &str| format!("\"executable\":\"{path}/ex2-ping\"");
        let (built, instead) = (executable("[^\"]*"), executable(folder.path().to_str().unwrap()));
        script(&cargo, &format!("'{}' \"$@\" | sed 's#{built}#{instead}#'", env!("CARGO")));
        cargo_bin_cmd!("lab").arg("demo").env("CARGO", cargo).timeout(TIME_TO_BUILD).assert()
    }

    /// An ordinary user may not ping where `net.ipv4.ping_group_range` is "1 0".
    #[test]
    fn steps_that_the_computer_does_not_allow_are_skipped_and_the_demo_succeeds() {
        let refusal = "error: this computer does not allow you to ping\ncause: Permission denied\nnext:  ask for it";
        demo_with_ping(&format!("echo '{refusal}' >&2; exit 2")).code(0).stdout(
            contains("skipped: this computer does not allow you to ping\n")
                .count(2)
                .and(contains(
                    "\n14 of 16 steps did what the lesson says.\n2 were skipped: this computer does not allow",
                ))
                .and(contains("missing: ").not()),
        );
    }

    #[test]
    fn the_computer_may_be_busy() {
        let ping = "PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.\n\
                    64 bytes from 127.0.0.1: icmp_seq=3 ttl=64 time=12.3 ms\n\
                    3 packets transmitted, 3 received, 0% packet loss, time 2000ms";
        let table = "| 127.0.0.1      | Self            | 12.3 ms, 1.2 ms        |\n\
                     | 224.0.0.1      | all             | it is not one computer |\n\
                     saved in Ex2.txt";
        demo_with_ping(&format!("case $1 in -c) echo '{ping}';; *) echo '{table}';; esac"))
            .code(0)
            .stdout(contains("16 of 16 steps did what the lesson says.\n").and(contains("missing: ").not()));
    }

    #[test]
    fn a_server_that_does_not_start_is_told() {
        demo_with("echo oops >&2; exit 1", "exit 0")
            .code(1)
            .stderr(contains("error: the server does not start\ncause: ").and(contains("oops")));
    }

    #[test]
    fn a_program_that_cargo_does_not_build_is_told() {
        let build = cargo_bin_cmd!("lab").arg("demo").env("CARGO", "true").timeout(TIME_LIMIT).assert();
        build.code(1).stderr(contains("error: there is no program client\ncause: cargo has built none of this name\n"));
    }

    #[test]
    fn steps_that_do_something_else_are_named_and_the_exit_code_is_1() {
        // It says the right words at once and never again: each step's are missing on its screen.
        let server = "trap 'echo Server stopped by the user; exit 0' INT
                      echo 'Waiting for connections at 127.0.0.1, 4'; exec 1>&-; while read line; do :; done";
        demo_with(server, "echo HELLO; exit 7")
            .code(1)
            .stdout(contains("missing: exit code 0\n").and(contains("missing: \"MESSAGE FROM THE SERVER:")))
            .stdout(contains("on the server's screen\n").and(contains("steps did what the lesson says.\n")))
            .stderr(contains("steps did not do what the lesson says\n"));
    }
}
