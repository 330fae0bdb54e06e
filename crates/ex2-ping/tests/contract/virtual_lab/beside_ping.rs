//! Line by line beside the real ping of iputils, against the same host in the same network.

use super::{Said, host_on_loopback, ours, run};
use crate::support::network::{FAR, NEAR, NOBODY, Network, SILENT};
use crate::support::running::without_numbers;
use crate::support::scripted_host::{Action, ScriptedHost, error};
use std::time::Duration;

/// Only the times may differ, and the space that ping before version 20240117 leaves out in the first line with IPv6.
fn shape(said: &Said) -> String {
    let lines = said.stdout.lines().map(|line| {
        let line =
            if line.starts_with("PING ") { line.replacen('(', " (", 1).replace("  ", " ") } else { line.to_string() };
        match line.split_once("time") {
            Some((before, time)) => format!("{before}time{}", without_numbers(time)),
            // How many were on their way at once depends on how busy this computer is.
            None if line.starts_with("rtt") => without_numbers(line.split(", pipe").next().unwrap_or_default()),
            None if line.starts_with("pipe ") => String::new(),
            None => line,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Both say the same, and end with the same code.
fn assert_same(arguments: &[&str]) -> String {
    let (theirs, ours) = (run("ping", arguments), ours(arguments));
    assert_eq!(shape(&ours), shape(&theirs), "{arguments:?}\nours:\n{}\npings:\n{}", ours.stdout, theirs.stdout);
    assert_eq!(ours.code, theirs.code, "{arguments:?}");
    ours.stdout
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn replies_and_statistics_are_the_same() {
    let (_network, computer) = Network::with_computer();
    for address in ["127.0.0.1", "::1", FAR, crate::support::network::FAR_6, NEAR] {
        // The first one also looks for the other's hardware address, which takes longer than the pings.
        run("ping", &["-c", "1", address]);
        assert_same(&["-c", "3", "-i", "0.05", address]);
        assert_same(&["-c", "2", "-i", "0.05", "-q", address]);
    }
    assert_same(&["-n", "-c", "1", "0.0.0.0"]);
    drop(computer);
}

/// A link-local address is one with its interface (RFC 4007).
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_link_local_address_is_shown_with_its_interface() {
    let (network, computer) = Network::with_computer();
    let addresses = computer.run(|network| network.ip(&["-brief", "-6", "address", "show", "near"]));
    let link_local = addresses.split_whitespace().find(|word| word.starts_with("fe80::")).unwrap();
    let target = format!("{}%near", link_local.split('/').next().unwrap());
    let stdout = assert_same(&["-c", "1", &target]);
    assert!(stdout.contains(&format!("64 bytes from {target}: icmp_seq=1 ")), "{stdout}");
    drop(network);
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn nobody_there_is_the_same() {
    let network = Network::with_cable();
    assert_same(&["-c", "2", "-i", "0.05", "-W", "0.3", SILENT]);
    network.sysctl("ipv4/neigh/near/retrans_time_ms", "50");
    network.sysctl("ipv6/neigh/near/retrans_time_ms", "50");
    let stdout = assert_same(&["-c", "1", "-W", "3", NOBODY]);
    assert!(stdout.contains(&format!("From {NEAR} icmp_seq=1 Destination Host Unreachable\n")), "{stdout}");
    let stdout = assert_same(&["-c", "1", "-W", "3", "2001:db8::77"]);
    assert!(stdout.contains("icmp_seq=1 Destination unreachable: Address unreachable\n"), "{stdout}");
}

/// Every type and code that ping has words for, and some that it has none for.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn each_network_error_has_pings_own_words() {
    let codes: Vec<(u8, u8)> =
        (0..=16).map(|code| (3, code)).chain([(11, 0), (11, 1), (11, 2), (12, 0), (12, 1)]).collect();
    let all = codes.clone();
    let mut count = 0_usize;
    let (network, host) = host_on_loopback(move |request| {
        let (kind, code) = all[count % all.len()];
        count += 1;
        vec![Action::now(error(kind, code, 0x0500_0578, &request.packet[..28]))]
    });
    // Kernels tell datagram and raw sockets of different errors: both are tried.
    for groups in ["1 0", "0 0"] {
        network.sysctl("ipv4/ping_group_range", groups);
        let count = codes.len().to_string();
        let arguments = ["-n", "-c", &count, "-i", "0.05", "-W", "0.5", "127.0.0.2"];
        let stdout = assert_same(&arguments);
        for words in ["Destination Host Unreachable", "Time to live exceeded", "Packet filtered", "Parameter problem"] {
            assert!(stdout.contains(words), "{words}\n{stdout}");
        }
    }
    drop(host);
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn each_network_error_of_ipv6_has_pings_own_words() {
    let network = Network::with_loopback();
    network.silence_kernel();
    let codes: Vec<(u8, u8)> = (0..=4)
        .chain([7])
        .map(|code| (1, code))
        .chain([(2, 0), (3, 0), (3, 1), (3, 2), (4, 0), (4, 1), (4, 2), (4, 3)])
        .collect();
    let all = codes.clone();
    let mut count = 0_usize;
    let host = ScriptedHost::start("::1", move |request| {
        let (kind, code) = all[count % all.len()];
        count += 1;
        vec![Action::now(error(kind, code, 1400, &request.packet[..48]))]
    });
    for groups in ["1 0", "0 0"] {
        network.sysctl("ipv4/ping_group_range", groups);
        let count = codes.len().to_string();
        let stdout = assert_same(&["-n", "-c", &count, "-i", "0.05", "-W", "0.5", "::1"]);
        assert!(stdout.contains("Time exceeded: Hop limit"), "{stdout}");
    }
    drop(host);
}

/// Ping has words for these since version 20240117, which may not be the one that is here.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn network_errors_that_older_pings_do_not_know_are_told() {
    let network = Network::with_loopback();
    network.silence_kernel();
    let _host = ScriptedHost::start("::1", move |request| {
        let (kind, code) = [(1, 5), (1, 6), (2, 1)][usize::try_from(request.number).unwrap() % 3];
        vec![Action::now(error(kind, code, 1400, &request.packet[..48]))]
    });
    for groups in ["1 0", "0 0"] {
        network.sysctl("ipv4/ping_group_range", groups);
        let said = ours(&["-n", "-c", "3", "-i", "0.05", "-W", "0.5", "::1"]);
        for expected in [
            "icmp_seq=1 Destination unreachable: Source address failed ingress/egress policy\n",
            "icmp_seq=2 Destination unreachable: Reject route to destination\n",
            "icmp_seq=3 Packet too big: mtu=1400, code=1\n",
        ] {
            assert!(said.stdout.contains(expected), "{expected}{}", said.stdout);
        }
        assert!(!said.stdout.contains("pipe"), "as ping: {}", said.stdout);
    }
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn duplicates_late_replies_and_losses_are_the_same() {
    let mut requests = 0;
    let (_network, host) = host_on_loopback(move |_| {
        requests += 1;
        // The same for each run of four: a duplicate, a loss, one that is overtaken, one at once.
        match (requests - 1) % 4 {
            0 => vec![Action::reply(), Action::reply()],
            1 => vec![],
            2 => vec![Action::Reply { after: Duration::from_millis(80) }],
            _ => vec![Action::Reply { after: Duration::from_millis(10) }],
        }
    });
    let stdout = assert_same(&["-n", "-c", "4", "-i", "0.05", "127.0.0.2"]);
    assert!(stdout.contains(" (DUP!)\n") && stdout.contains("3 received, +1 duplicates, 25% packet loss"), "{stdout}");
    drop(host);
}

/// Where there is no way at all, ping ends with 2.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn no_route_is_told_and_ends_with_2() {
    let _network = Network::with_loopback();
    let said = ours(&["-c", "1", "10.9.9.9"]);
    assert_eq!((said.code, run("ping", &["-c", "1", "10.9.9.9"]).code), (Some(2), Some(2)));
    assert!(
        said.stderr.starts_with("error: there is no route to 10.9.9.9\ncause: Network is unreachable"),
        "{}",
        said.stderr
    );
}

/// The broadcast address of a network is known to the kernel alone.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn the_broadcast_address_of_a_network_is_refused() {
    let _network = Network::with_cable();
    let said = ours(&["-c", "1", "192.0.2.255"]);
    assert_eq!((said.stdout.as_str(), said.code), ("", Some(2)));
    assert!(said.stderr.contains("(broadcast)"), "{}", said.stderr);
    assert!(said.stderr.ends_with("next:  use the address of one computer\n"), "{}", said.stderr);
}

/// A rule of this computer itself: the third line is about that rule.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn what_a_rule_of_this_computer_forbids_is_told() {
    let network = Network::with_cable();
    for (kind, address) in [("prohibit", "10.9.9.1"), ("blackhole", "10.9.9.2"), ("prohibit", "2001:db8:9::1")] {
        network.ip(&["route", "add", kind, address]);
        let said = ours(&["-c", "1", address]);
        assert_eq!((said.stdout.as_str(), said.code), ("", Some(2)));
        let error = format!("error: this computer forbids packets to {address}\ncause: ");
        assert!(said.stderr.starts_with(&error), "{}", said.stderr);
        let next =
            format!("next:  look at its own rules: ip route get {address} (prohibit, blackhole), or its firewall\n");
        assert!(said.stderr.ends_with(&next), "{}", said.stderr);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("Ex2.txt");
        std::fs::write(&file, format!("| Destination IP | Name | Time |\n| {address} | it | |\n")).unwrap();
        ours(&["--table", file.to_str().unwrap()]);
        assert_eq!(super::lesson::rows(&file)[0][2], "this computer forbids packets to it");
    }
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn what_a_firewall_of_this_computer_forbids_is_told() {
    let _network = Network::with_cable();
    let rules = "add table inet t; add chain inet t out { type filter hook output priority filter; }; \
                 add rule inet t out ip daddr 192.0.2.66 drop";
    let nft = run("nft", &[rules]);
    assert_eq!(nft.code, Some(0), "{}", nft.stderr);
    let said = ours(&["-n", "-c", "2", "-i", "0.05", "-W", "0.3", SILENT]);
    let told =
        "icmp_seq=1 was not sent: Operation not permitted (os error 1); a firewall of this computer forbids it\n";
    assert!(said.stderr.contains(told), "{}", said.stderr);
}

/// A route that goes away while it pings: each probe says so on standard error, and the statistics count them.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_network_that_goes_away_is_told_and_the_statistics_come_all_the_same() {
    let (network, _computer) = Network::with_computer();
    let mut ping = super::start(&["-n", "-i", "0.05", FAR]);
    ping.wait_for_stdout("icmp_seq=2 ").unwrap();
    network.ip(&["link", "set", "near", "down"]);
    ping.wait_for_stderr(" was not sent: Network is unreachable").unwrap();
    ping.interrupt().unwrap();
    assert_eq!(ping.wait_for_end().unwrap().code(), Some(0));
    assert!(ping.stdout().contains("% packet loss, time "), "{}", ping.stdout());
}

/// Where the queue of the network card is full, ping waits for room, and so do we. Loopback has none: a slow queue makes one.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_full_queue_is_waited_for() {
    let network = Network::with_loopback();
    let slow = ["qdisc", "add", "dev", "lo", "root", "tbf", "rate", "20kbit", "burst", "200", "limit", "200"];
    let tc = assert_cmd::Command::new("tc").args(slow).output().unwrap();
    if !tc.status.success() {
        let why = String::from_utf8_lossy(&tc.stderr).into_owned();
        panic!("COULD NOT GRADE: this kernel has no slow queue (tbf): {why}");
    }
    let said = ours(&["-n", "-c", "8", "-i", "0.005", "-W", "5", "127.0.0.1"]);
    assert!(said.stdout.contains("8 packets transmitted, "), "{}", said.stdout);
    assert!(!said.stderr.contains("was not sent"), "{}", said.stderr);
    drop(network);
}

/// Another wifi, another address: the socket had been connected with the old one.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_new_address_of_this_computer_is_used_from_the_next_probe_on() {
    let (network, computer) = Network::with_computer();
    let mut ping = super::start(&["-n", "-i", "0.05", FAR]);
    ping.wait_for_stdout("icmp_seq=2 ").unwrap();
    network.ip(&["address", "flush", "dev", "near"]);
    ping.wait_for_stderr(" was not sent: ").unwrap();
    network.ip(&["address", "add", "192.0.2.9/24", "dev", "near"]);
    let before = ping.stdout().lines().count();
    ping.wait_for_stdout_until("replies again", |all| all.lines().count() > before + 3).unwrap();
    ping.interrupt().unwrap();
    assert_eq!(ping.wait_for_end().unwrap().code(), Some(0));
    drop(computer);
}
