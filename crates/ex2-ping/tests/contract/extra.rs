//! Extra features, which are not graded.

use crate::support::running::{ping, stdout_of, without_numbers};
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::{contains, starts_with};
use regex::Regex;

/// "same lines as iputils' ping": what reads those reads these. The pattern is the one that gping, a program that draws
/// ping's times, has for Linux.
#[test]
fn programs_that_read_pings_lines_find_the_times() {
    let stdout = stdout_of(&["-c", "2", "-i", "0.01", "127.0.0.1"], 0);
    let pattern = Regex::new(r"(?i-u)time=(?P<ms>\d+)(?:\.(?P<ns>\d+))? *ms").unwrap();
    assert_eq!(pattern.find_iter(&stdout).count(), 2, "{stdout}");
    let statistics = r"(\d+) packets transmitted, (\d+) received, ([\d.]+)% packet loss, time (\d+)ms
rtt min/avg/max/mdev = ([\d.]+)/([\d.]+)/([\d.]+)/([\d.]+) ms\n$";
    assert!(Regex::new(statistics).unwrap().is_match(&stdout), "{stdout}");
}

#[test]
fn the_round_trips_of_the_statistics_are_those_of_the_lines() {
    let stdout = stdout_of(&["-c", "3", "-i", "0.01", "127.0.0.1"], 0);
    let times = Regex::new(r"time=([\d.]+) ms").unwrap();
    let mut times: Vec<f64> = times.captures_iter(&stdout).map(|found| found[1].parse().unwrap()).collect();
    times.sort_by(f64::total_cmp);
    let summary = Regex::new(r"= ([\d.]+)/[\d.]+/([\d.]+)/").unwrap().captures(&stdout).unwrap();
    let ends: Vec<f64> = [&summary[1], &summary[2]].map(|time| time.parse().unwrap()).to_vec();
    assert!((ends[0] - times[0]).abs() < 0.01 && (ends[1] - times[2]).abs() < 0.01, "{stdout}");
}

#[test]
fn ipv6_is_pinged_as_well_where_this_computer_has_it() {
    if std::net::UdpSocket::bind("[::1]:0").is_err() {
        return;
    }
    let stdout = stdout_of(&["-c", "1", "::1"], 0);
    assert!(stdout.starts_with("PING ::1 (::1) 56 data bytes\n64 bytes from ::1: icmp_seq=1 "), "{stdout}");
}

/// "`-q`"
#[test]
fn quiet_shows_only_the_first_line_and_the_statistics() {
    let stdout = stdout_of(&["-q", "-c", "2", "-i", "0.01", "127.0.0.1"], 0);
    let shape = without_numbers(&stdout);
    assert!(shape.starts_with("PING # (#) #(#) bytes of data.\n\n--- # ping statistics ---\n# packets"), "{stdout}");
}

/// "`-n`": addresses only.
#[test]
fn numeric_shows_no_names() {
    let stdout = stdout_of(&["-4", "-n", "-c", "1", "localhost"], 0);
    assert!(stdout.contains("\n64 bytes from 127.0.0.1: icmp_seq=1 "), "{stdout}");
}

/// "`--json`, where a program has data, prints JSON and only JSON on stdout."
#[test]
fn json_is_an_object_a_line() {
    let stdout = stdout_of(&["--json", "-c", "2", "-i", "0.01", "127.0.0.1"], 0);
    let lines: Vec<serde_json::Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let events: Vec<&str> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["begin", "reply", "reply", "statistics"]);
    assert_eq!(lines[0]["address"], "127.0.0.1");
    assert_eq!((&lines[2]["icmp_seq"], &lines[2]["bytes"]), (&2.into(), &64.into()));
    assert!(lines[2]["time_ms"].as_f64().unwrap() >= 0.0);
    assert_eq!((&lines[3]["transmitted"], &lines[3]["received"]), (&2.into(), &2.into()));
    assert!(lines[3]["rtt_ms"]["min"].as_f64() <= lines[3]["rtt_ms"]["max"].as_f64(), "{stdout}");
}

#[test]
fn quiet_json_is_the_first_object_and_the_statistics() {
    let stdout = stdout_of(&["--json", "-q", "-c", "2", "-i", "0.01", "127.0.0.1"], 0);
    assert_eq!(stdout.lines().count(), 2, "{stdout}");
}

/// 0.0.0.0 means this computer.
#[test]
#[cfg(target_os = "linux")]
fn the_address_of_nobody_is_this_computer() {
    let stdout = stdout_of(&["-c", "1", "0.0.0.0"], 0);
    assert!(
        stdout.starts_with("PING 0.0.0.0 (127.0.0.1) 56(84) bytes of data.\n64 bytes from 127.0.0.1: "),
        "{stdout}"
    );
}

/// "`--help` and `--version` in clap's usual form, with an example line."
#[test]
fn help_has_an_example() {
    let help = starts_with("Example: ex2-ping -c 3 www.urjc.es\n").and(contains("ping from iputils 20250605"));
    ping().arg("--help").assert().success().stdout(help);
    ping().arg("--version").assert().success().stdout(starts_with("ex2-ping ").and(contains(".")));
}

/// "A reader that goes away (`| head -1`) ends the program quietly."
#[test]
#[cfg(unix)]
fn a_reader_that_goes_away_ends_it_quietly() {
    let program = assert_cmd::cargo::cargo_bin!("ex2-ping");
    let script = "\"$0\" -i 0.01 127.0.0.1 | head -1";
    let mut shell = assert_cmd::Command::new("sh");
    shell.args(["-c", script]).arg(program).timeout(common::testing::TIME_LIMIT);
    shell.assert().success().stdout(starts_with("PING 127.0.0.1 ")).stderr("");
}
