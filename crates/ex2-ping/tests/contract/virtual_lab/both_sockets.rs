//! The same question, the same answer, through a datagram socket and through a raw one.

use super::{Said, ours, run};
use crate::support::network::{Network, assert_in_the_lab};
use crate::support::running::without_numbers;
use crate::support::scripted_host::{Action, Request, ScriptedHost, error, sealed};
use std::fs;

/// Who may have a datagram socket: everybody, or nobody. Root then has a raw one.
const GROUPS: [&str; 2] = ["0 0", "1 0"];

/// What ours says through each kind of socket.
fn through_both(network: &Network, arguments: &[&str]) -> [Said; 2] {
    GROUPS.map(|groups| {
        network.sysctl("ipv4/ping_group_range", groups);
        ours(arguments)
    })
}

/// A loopback in which the kernel answers no pings, with two addresses of IPv6 more.
fn silent_loopback() -> Network {
    let network = Network::with_loopback();
    network.silence_kernel();
    for address in ["2001:db8::8/128", "2001:db8::9/128"] {
        network.ip(&["address", "add", address, "dev", "lo", "nodad"]);
    }
    network
}

fn once_more(request: &Request) -> Vec<Action> {
    // The second answer to the second request is a duplicate.
    vec![Action::reply(); if request.number % 3 == 1 { 2 } else { 1 }]
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_reply_of_another_address_counts_and_is_marked() {
    let network = silent_loopback();
    for (pinged, sender) in [("127.0.0.1", "127.0.0.9"), ("2001:db8::8", "2001:db8::9")] {
        let host = ScriptedHost::start_as(pinged, sender, once_more);
        let arguments = ["-n", "-c", "3", "-i", "0.05", pinged];
        let all = through_both(&network, &arguments);
        for said in &all {
            let lines: Vec<&str> = said.stdout.lines().collect();
            let begin = format!("64 bytes from {sender}: icmp_seq=1 ttl=64 time=");
            let is_marked = lines[1].starts_with(&begin) && lines[1].ends_with(" ms (DIFFERENT ADDRESS!)");
            assert!(is_marked, "{}", said.stdout);
            assert!(lines[3].ends_with(" ms (DUP!) (DIFFERENT ADDRESS!)"), "{}", said.stdout);
            assert!(said.stdout.contains("3 packets transmitted, 3 received, +1 duplicates, 0% packet loss"));
            assert_eq!(said.code, Some(0));
        }
        for groups in GROUPS {
            network.sysctl("ipv4/ping_group_range", groups);
            let theirs = run("ping", &arguments);
            let lines = |said: &Said| said.stdout.lines().skip(1).take(4).map(without_numbers).collect::<Vec<_>>();
            assert_eq!(lines(&theirs), lines(&all[0]), "{}", theirs.stdout);
        }
        drop(host);
    }
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn in_json_a_reply_says_whether_another_address_sent_it() {
    let network = silent_loopback();
    let _host = ScriptedHost::start_as("127.0.0.1", "127.0.0.9", |_| vec![Action::reply()]);
    for said in through_both(&network, &["--json", "-c", "1", "127.0.0.1"]) {
        let reply: serde_json::Value = serde_json::from_str(said.stdout.lines().nth(1).unwrap()).unwrap();
        assert_eq!((&reply["from"], &reply["different_address"]), (&"127.0.0.9".into(), &true.into()), "{reply}");
    }
}

/// The address of all routers of a network (RFC 4291, section 2.6.1): any of them answers, from its own.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_router_answers_for_the_address_of_all_routers() {
    assert_in_the_lab();
    // Without a group in the range root has a raw socket. The setting is put back: other tests run beside this one.
    let script = "read -r before <$0; echo '1 0' >$0; \"$@\"; echo \"$before\" >$0";
    let program = assert_cmd::cargo::cargo_bin!("ex2-ping").to_str().unwrap();
    let arguments = ["-n", "-c", "2", "-i", "0.05", "fd00:124::"];
    let raw = [&["-c", script, "/proc/sys/net/ipv4/ping_group_range", program], &arguments[..]].concat();
    for said in [ours(&arguments), run("sh", &raw)] {
        assert!(said.stdout.contains("64 bytes from fd00:124::1: icmp_seq=2 "), "{}", said.stdout);
        assert!(!said.stdout.contains("DIFFERENT"), "as ping: {}", said.stdout);
    }
}

/// "In `--table` a stranger's time is nobody's time: say who answered."
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn in_a_table_the_time_of_another_address_is_nobodys() {
    let network = silent_loopback();
    let _host = ScriptedHost::start_as("127.0.0.1", "127.0.0.9", |_| vec![Action::reply()]);
    let _own = ScriptedHost::start("127.0.0.2", |_| vec![Action::reply()]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Ex2.txt");
    for groups in GROUPS {
        network.sysctl("ipv4/ping_group_range", groups);
        fs::write(&file, "| Destination IP | Name | Time |\n| 127.0.0.1 | Self | |\n| 127.0.0.2 | me | |\n").unwrap();
        let said = ours(&["--table", file.to_str().unwrap(), "-n", "-c", "2", "-i", "0.05", "-W", "1"]);
        let rows = super::lesson::rows(&file);
        assert_eq!(rows[0][2], "answered by another: 127.0.0.9", "{}", said.stdout);
        assert_eq!(without_numbers(&rows[1][2]), "# ms, # ms", "{}", said.stdout);
    }
}

/// An own reply that comes after a stranger's is no duplicate of it.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn in_a_table_an_own_reply_counts_though_a_stranger_was_first() {
    let network = silent_loopback();
    let _stranger = ScriptedHost::start_as("127.0.0.1", "127.0.0.9", |request| match request.number % 2 {
        0 => vec![Action::reply()],
        _ => vec![],
    });
    let _own =
        ScriptedHost::start("127.0.0.1", |_| vec![Action::Reply { after: std::time::Duration::from_millis(30) }]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Ex2.txt");
    for groups in GROUPS {
        network.sysctl("ipv4/ping_group_range", groups);
        fs::write(&file, "| Destination IP | Name | Time |\n| 127.0.0.1 | Self | |\n").unwrap();
        let said = ours(&["--table", file.to_str().unwrap(), "-n", "-c", "2", "-i", "0.2", "-W", "3"]);
        let rows = super::lesson::rows(&file);
        assert_eq!(without_numbers(&rows[0][2]), "# ms, # ms", "{}", said.stdout);
    }
}

/// "Redirects told by both kinds of socket"; a reply whose request was redirected counts.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_redirect_and_a_source_quench_are_told_and_refuse_nothing() {
    let network = silent_loopback();
    let _host = ScriptedHost::start("127.0.0.2", |request| {
        let errors = [(5, 0), (5, 1), (5, 2), (5, 3), (4, 0)];
        let (kind, code) = errors[usize::try_from(request.number).unwrap() % errors.len()];
        let mut damaged = error(kind, code, 0x0a00_0009, &request.packet[..28]);
        damaged[3] ^= 1;
        let other = sealed([&request.packet[..16], &[127, 0, 0, 3], &request.packet[20..28]].concat());
        vec![
            Action::now(error(kind, code, 0x0a00_0009, &request.packet[..28])),
            // Neither of these is about a request: damaged, or one to another address.
            Action::now(damaged),
            Action::now(error(kind, code, 0x0a00_0009, &other)),
            Action::Reply { after: std::time::Duration::from_millis(5) },
        ]
    });
    // The last reply is waited for as long as an interval: on a busy computer the host is slow.
    let all = through_both(&network, &["-n", "-c", "5", "-i", "0.5", "127.0.0.2"]);
    for said in &all {
        for expected in [
            "From 127.0.0.2 icmp_seq=1 Redirect Network(New nexthop: 10.0.0.9)\n",
            "From 127.0.0.2 icmp_seq=2 Redirect Host(New nexthop: 10.0.0.9)\n",
            "From 127.0.0.2 icmp_seq=5 Source Quench\n",
            "5 packets transmitted, 5 received, +5 errors, 0% packet loss",
        ] {
            assert!(said.stdout.contains(expected), "{expected}{}", said.stdout);
        }
    }
}

/// The lab's list of hosts knows 127.0.0.1 and 127.0.1.1 by their names.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn the_router_that_a_redirect_names_is_shown_with_its_name() {
    let network = silent_loopback();
    let _host = ScriptedHost::start("127.0.0.1", |request| {
        vec![
            Action::now(error(5, 1, 0x7f00_0101, &request.packet[..28])),
            Action::Reply { after: std::time::Duration::from_millis(5) },
        ]
    });
    let arguments = ["-4", "-c", "1", "localhost"];
    let all = through_both(&network, &arguments);
    network.sysctl("ipv4/ping_group_range", GROUPS[0]);
    let theirs = run("ping", &arguments);
    let redirect = |said: &Said| said.stdout.lines().nth(1).unwrap_or_default().to_string();
    assert!(redirect(&theirs).ends_with(" (127.0.1.1))"), "{}", theirs.stdout);
    for said in &all {
        assert_eq!(redirect(said), redirect(&theirs), "{}", said.stdout);
    }
}

/// A router may be far from the destination: nothing that it says comes from the address that is pinged.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn errors_come_from_any_address() {
    let network = silent_loopback();
    for (pinged, sender, kind, code, words) in [
        ("127.0.0.2", "127.0.0.9", 3, 1, "Destination Host Unreachable"),
        ("127.0.0.2", "127.0.0.9", 5, 1, "Redirect Host(New nexthop: 0.0.0.0)"),
        ("2001:db8::8", "2001:db8::9", 1, 0, "Destination unreachable: No route"),
    ] {
        let host = ScriptedHost::start_as(pinged, sender, move |_| {
            vec![Action::Error { after: std::time::Duration::ZERO, kind, code }]
        });
        for said in through_both(&network, &["-n", "-c", "1", "-W", "0.3", pinged]) {
            assert!(said.stdout.contains(&format!("From {sender} icmp_seq=1 {words}\n")), "{}", said.stdout);
        }
        drop(host);
    }
}

/// A student's header or payload that is wrong: replies come, and none belongs to a request. Nobody waits ten seconds for another.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn replies_that_belong_to_no_request_are_told_once_and_counted() {
    type Change = fn(&mut Vec<u8>);
    let network = silent_loopback();
    let cases: [(&str, Change); 4] = [
        ("its payload is not that of a request", |reply| reply.truncate(8)),
        ("its payload is not that of a request", |reply| reply[8..].fill(0)),
        ("its sequence number is not that of the request", |reply| reply[7] ^= 1),
        ("its identifier is not that of", |reply| reply[5] ^= 1),
    ];
    for pinged in ["127.0.0.2", "2001:db8::8"] {
        for (why, change) in cases {
            let host = ScriptedHost::start(pinged, move |request| vec![Action::now(request.reply_with(change)); 2]);
            for said in through_both(&network, &["-n", "-c", "2", "-i", "0.05", "-W", "1", pinged]) {
                let told = format!("note: a reply came that belongs to no request: {why}");
                assert_eq!(said.stderr.matches(&told).count(), 1, "{pinged}, {why}: {}", said.stderr);
                assert!(said.stderr.contains('4') && said.stderr.lines().count() <= 2, "{}", said.stderr);
                assert!(said.stdout.contains("2 packets transmitted, 0 received, 100% packet loss"), "{}", said.stdout);
                assert_eq!(said.code, Some(1));
            }
            drop(host);
        }
    }
}

/// Two pings of one computer may have the same identifier: then a reply to the other one has a payload that is not known here.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_reply_of_another_address_with_another_payload_is_for_another_ping() {
    let network = silent_loopback();
    let _host = ScriptedHost::start_as("127.0.0.1", "127.0.0.9", |request| {
        vec![Action::now(request.reply_with(|reply| reply[8..].fill(0)))]
    });
    for said in through_both(&network, &["-n", "-c", "1", "-W", "0.3", "127.0.0.1"]) {
        assert!(said.stderr.ends_with(", unless it was for another ping here (1 came)\n"), "{}", said.stderr);
        assert_eq!(said.stderr.lines().count(), 1, "{}", said.stderr);
    }
}

/// As long as without a reply it would be ten seconds.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_wrong_reply_is_not_followed_by_a_wait_of_ten_seconds() {
    let network = silent_loopback();
    let _host =
        ScriptedHost::start("127.0.0.2", |request| vec![Action::now(request.reply_with(|reply| reply.truncate(8)))]);
    for groups in GROUPS {
        network.sysctl("ipv4/ping_group_range", groups);
        // It is killed after TIME_LIMIT, which is less.
        assert_eq!(ours(&["-n", "-c", "1", "127.0.0.2"]).code, Some(1));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("Ex2.txt");
        fs::write(&file, "| Destination IP | Name | Time |\n| 127.0.0.2 | me | |\n").unwrap();
        ours(&["--table", file.to_str().unwrap(), "-n", "-c", "1", "-W", "1"]);
        assert_eq!(super::lesson::rows(&file)[0][2], "a reply came that belongs to no request");
    }
}
