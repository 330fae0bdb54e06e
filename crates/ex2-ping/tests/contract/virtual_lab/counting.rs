//! Nothing is lost but what the network loses: the program's counts and the host's are the same.

use super::{host_on_loopback, run_for, start};
use crate::support::scripted_host::{Action, Conditions, Counts};
use common::testing::TIME_LIMIT;
use std::time::Duration;

/// 10,000 probes, of which 5 % are lost, 2 % answered twice, and some overtaken by others.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn ten_thousand_probes_are_counted_exactly() {
    const PROBES: u64 = 10_000;
    let conditions = Conditions { loss: 0.05, duplicates: 0.02, reorder: 0.05, seed: 3, ..Conditions::default() };
    let (_network, host) = host_on_loopback(move |request| match request.number + 1 {
        // It ends with the answer to its last probe, and would not see a second one; so the last answers are late.
        PROBES => vec![Action::Reply { after: Duration::from_millis(30) }],
        number => conditions.actions(number),
    });
    let arguments = ["-q", "-n", "--json", "-c", "10000", "-i", "0.001", "-W", "3", "127.0.0.2"];
    // Ten seconds of pings at least.
    let said = run_for(6 * TIME_LIMIT, assert_cmd::cargo::cargo_bin!("ex2-ping").to_str().unwrap(), &arguments);
    let counts = host.stop();
    let Counts { requests, lost, answered, duplicates, .. } = counts;
    let statistics: serde_json::Value = serde_json::from_str(said.stdout.lines().last().unwrap()).unwrap();
    let ours =
        ["transmitted", "received", "duplicates", "errors", "corrupted"].map(|key| statistics[key].as_u64().unwrap());
    assert_eq!(ours, [requests, answered, duplicates, 0, 0], "{counts:?}\n{}", said.stdout);
    assert_eq!((requests, answered + lost), (PROBES, PROBES));
    assert!((400..600).contains(&lost) && (120..280).contains(&duplicates), "{counts:?}");
}

/// Errors in between, and through a raw socket, which sees everybody's packets.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn errors_replies_and_losses_are_counted_exactly_through_a_raw_socket() {
    const PROBES: u64 = 1_000;
    let (network, host) = host_on_loopback(|request| match request.number + 1 {
        PROBES => vec![Action::Reply { after: Duration::from_millis(30) }],
        number if number % 7 == 0 => vec![Action::Error { after: Duration::ZERO, kind: 3, code: 1 }],
        number if number % 11 == 0 => vec![Action::reply(), Action::reply()],
        number if number % 13 == 0 => vec![],
        _ => vec![Action::reply()],
    });
    network.sysctl("ipv4/ping_group_range", "1 0");
    let said = super::ours(&["-q", "-n", "--json", "-c", "1000", "-i", "0.002", "127.0.0.2"]);
    let counts = host.stop();
    let statistics: serde_json::Value = serde_json::from_str(said.stdout.lines().last().unwrap()).unwrap();
    let ours =
        ["transmitted", "received", "duplicates", "errors", "corrupted"].map(|key| statistics[key].as_u64().unwrap());
    assert_eq!(ours, [PROBES, counts.answered, counts.duplicates, counts.errors, 0], "{counts:?}\n{}", said.stdout);
    assert!(counts.errors > 100 && counts.duplicates > 50, "{counts:?}");
}

/// "A probe still in flight at Ctrl-C is not counted as lost."
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_probe_in_flight_at_ctrl_c_is_not_lost() {
    let (_network, host) = host_on_loopback(|request| match request.number {
        0 | 1 => vec![Action::reply()],
        _ => vec![Action::Reply { after: Duration::from_secs(60) }],
    });
    let mut ping = start(&["-n", "-i", "2", "127.0.0.2"]);
    common::testing::poll("the third request", || (host.counts().requests == 3).then_some(())).unwrap();
    ping.interrupt().unwrap();
    assert_eq!(ping.wait_for_end().unwrap().code(), Some(0));
    let (stdout, stderr) = (ping.stdout(), ping.stderr());
    assert!(stdout.contains("\n2 packets transmitted, 2 received, 0% packet loss, time "), "{stdout}");
    assert_eq!(stderr, "note: 1 probe was still on the way, and was not counted\n");
}

/// The only probe on its way: none is counted, and the line is whole.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn ctrl_c_with_the_only_probe_on_its_way_prints_the_whole_line() {
    let (_network, host) = host_on_loopback(|_| vec![]);
    let mut ping = start(&["-n", "-i", "60", "127.0.0.2"]);
    common::testing::poll("the request", || (host.counts().requests == 1).then_some(())).unwrap();
    ping.interrupt().unwrap();
    assert_eq!(ping.wait_for_end().unwrap().code(), Some(1));
    let expected =
        "\n\n--- 127.0.0.2 ping statistics ---\n0 packets transmitted, 0 received, 0% packet loss, time 0ms\n\n";
    assert!(ping.stdout().ends_with(expected), "{}", ping.stdout());
}

/// One that waits longer than replies ever took is lost.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_probe_that_waits_too_long_is_lost_at_ctrl_c() {
    let (_network, host) = host_on_loopback(|request| match request.number {
        0 => vec![Action::reply()],
        _ => vec![],
    });
    let mut ping = start(&["-n", "-i", "0.05", "127.0.0.2"]);
    let first = ping.wait_for_stdout_until("the first reply", |all| all.contains(" ms\n")).unwrap();
    let time = first.split("time=").nth(1).and_then(|rest| rest.split(['.', ' ']).next()?.parse::<u64>().ok()).unwrap();
    // So many that the first of them have waited three times as long as the only reply took, or as an interval.
    let enough = 10 + 3 * time / 50;
    common::testing::poll("many requests", || (host.counts().requests >= enough).then_some(())).unwrap();
    ping.interrupt().unwrap();
    assert_eq!(ping.wait_for_end().unwrap().code(), Some(0));
    assert!(!ping.stdout().contains(" 0% packet loss"), "{}", ping.stdout());
}

/// The kernel stamps what arrives: however late the program looks, the time is the network's.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_program_that_was_stopped_shows_when_the_reply_came() {
    use nix::sys::signal::{Signal, kill};
    let (_network, host) = host_on_loopback(|_| vec![Action::Reply { after: Duration::from_millis(300) }]);
    let mut ping = start(&["-n", "-c", "1", "127.0.0.2"]);
    let id = nix::unistd::Pid::from_raw(ping.id().try_into().unwrap());
    common::testing::poll("the request", || (host.counts().requests == 1).then_some(())).unwrap();
    kill(id, Signal::SIGSTOP).unwrap();
    common::testing::poll("the reply", || (host.counts().answered == 1).then_some(())).unwrap();
    let answered = std::time::Instant::now();
    // A stop of two seconds: were the program's own clock taken, the round trip would be as long.
    common::testing::poll("two seconds", || (answered.elapsed() > Duration::from_secs(2)).then_some(())).unwrap();
    kill(id, Signal::SIGCONT).unwrap();
    assert_eq!(ping.wait_for_end().unwrap().code(), Some(0));
    let stdout = ping.stdout();
    let time: f64 = stdout.split("time=").nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok()).unwrap();
    assert!((300.0..2_000.0).contains(&time), "{stdout}");
}

/// The kernel reports an error about an earlier request at the next call, which then sends nothing: that is no reason to lose a
/// request. The program is stopped while the error comes, so that its next call sends.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_request_is_sent_though_an_error_has_come_just_before() {
    use nix::sys::signal::{Signal, kill};
    let (network, host) = host_on_loopback(|request| match request.number {
        0 => vec![Action::Error { after: Duration::from_millis(300), kind: 3, code: 1 }],
        _ => vec![Action::reply()],
    });
    // Through a datagram socket: a raw one only finds the error in its queue.
    network.sysctl("ipv4/ping_group_range", "0 2147483647");
    let mut ping = start(&["-n", "-c", "2", "-i", "1", "127.0.0.2"]);
    let id = nix::unistd::Pid::from_raw(ping.id().try_into().unwrap());
    common::testing::poll("the request", || (host.counts().requests == 1).then_some(())).unwrap();
    kill(id, Signal::SIGSTOP).unwrap();
    let stopped = std::time::Instant::now();
    common::testing::poll("the error", || (host.counts().errors == 1).then_some(())).unwrap();
    common::testing::poll("the next probe", || (stopped.elapsed() > Duration::from_millis(1_200)).then_some(()))
        .unwrap();
    kill(id, Signal::SIGCONT).unwrap();
    assert_eq!(ping.wait_for_end().unwrap().code(), Some(0), "{}", ping.stderr());
    let stdout = ping.stdout();
    assert!(stdout.contains("From 127.0.0.2 icmp_seq=1 Destination Host Unreachable\n"), "{stdout}");
    assert!(stdout.contains("64 bytes from 127.0.0.2: icmp_seq=2 "), "{stdout}{}", ping.stderr());
    assert_eq!(ping.stderr(), "");
}
