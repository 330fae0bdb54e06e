//! The transcript, Ctrl-C and the table, to the letter. Of other programs `required` asks for less.

use crate::support::running::{stdout_of, without_numbers};

const REPLY: &str = "# bytes from #: icmp_seq=# ttl=# time=# ms";

/// "`ex2-ping DESTINATION` is ping: same lines as iputils' ping"
#[test]
fn it_shows_a_line_for_each_reply_and_the_statistics() {
    let stdout = stdout_of(&["-c", "3", "-i", "0.01", "127.0.0.1"], 0);
    let shape = without_numbers(&stdout);
    let lines: Vec<&str> = shape.lines().collect();
    let expected = [
        "PING # (#) #(#) bytes of data.",
        REPLY,
        REPLY,
        REPLY,
        "",
        "--- # ping statistics ---",
        "# packets transmitted, # received, #% packet loss, time #ms",
        "rtt min/avg/max/mdev = #/#/#/# ms",
    ];
    assert_eq!(lines, expected, "{stdout}");
    assert!(
        stdout
            .starts_with("PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.\n64 bytes from 127.0.0.1: icmp_seq=1 ttl=")
    );
    assert!(stdout.contains("icmp_seq=3 "), "{stdout}");
    assert!(stdout.contains("\n3 packets transmitted, 3 received, 0% packet loss, time "), "{stdout}");
}

/// "Exit 0 with any reply"; "`-c N`": no more than N.
#[test]
fn it_stops_after_as_many_probes_as_it_was_told() {
    let stdout = stdout_of(&["-c", "1", "127.0.0.1"], 0);
    assert_eq!(stdout.matches("icmp_seq=").count(), 1, "{stdout}");
}

/// "until Ctrl-C, then the same statistics"; `server` and `ex2-ping` end normally on it.
#[test]
#[cfg(unix)]
fn it_goes_on_until_ctrl_c_and_then_shows_the_statistics() {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("ex2-ping"));
    command.args(["-i", "0.01", "127.0.0.1"]);
    let mut ping = common::testing::Program::start(command).unwrap();
    ping.wait_for_stdout("icmp_seq=3 ").unwrap();
    ping.interrupt().unwrap();
    let status = ping.wait_for_end().unwrap();
    let stdout = ping.stdout();
    assert_eq!(status.code(), Some(0), "{stdout}");
    assert!(stdout.contains("\n\n--- 127.0.0.1 ping statistics ---\n"), "{stdout}");
    assert!(stdout.contains(", 0% packet loss, time "), "a probe still in flight is not lost: {stdout}");
    assert!(stdout.ends_with(" ms\n"), "{stdout}");
}

/// A name is looked up, and shown with its address.
#[test]
fn a_name_is_shown_with_its_address() {
    let stdout = stdout_of(&["-4", "-c", "1", "localhost"], 0);
    assert!(stdout.starts_with("PING localhost (127.0.0.1) 56(84) bytes of data.\n"), "{stdout}");
    assert!(stdout.contains(" (127.0.0.1): icmp_seq=1 "), "{stdout}");
    assert!(stdout.contains("--- localhost ping statistics ---"), "{stdout}");
}

/// "fills in names and times (`0.020 ms, 0.017 ms, …`)"
#[test]
fn the_table_gets_its_times() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Ex2.txt");
    std::fs::write(&file, "| Destination IP | Name (if known) | Time |\n|---|---|---|\n| 127.0.0.1 | Self | |\n")
        .unwrap();
    stdout_of(&["--table", file.to_str().unwrap()], 0);
    let table = std::fs::read_to_string(&file).unwrap();
    let row = without_numbers(table.lines().nth(2).unwrap());
    assert_eq!(row, "| #      | Self            | # ms, # ms, # ms, # ms |", "{table}");
}
