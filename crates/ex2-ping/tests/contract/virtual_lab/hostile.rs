//! Packets that are not what they should be: told where they are this program's, and never a panic.

use super::{Said, host_on_loopback, ours, run};
use crate::support::running::without_numbers;
use crate::support::scripted_host::{Action, Counts, Request, error, sealed};

/// The bytes that the host sends for its n-th request; the last request is answered as it should be.
fn rubbish(request: &Request, number: u64) -> Option<Vec<u8>> {
    let reply = request.reply();
    let bytes = match number {
        0 => reply[..4].to_vec(),
        1 => request.reply_with(|reply| reply[5] ^= 1),
        2 => [&[reply[0], 0, reply[2], reply[3] ^ 1], &reply[4..]].concat(),
        3 => error(3, 1, 0, b"garbage"),
        4 => error(3, 1, 0, &[0x45; 27]),
        5 => request.reply_with(|reply| *reply.last_mut().unwrap() ^= 1),
        6 => sealed([reply, vec![0; 60_000]].concat()),
        7 => request.reply_with(|reply| reply[8..24].fill(0)),
        8 => request.reply_with(|reply| reply.truncate(8)),
        9 => request.reply_with(|reply| reply[7] ^= 1),
        10 => reply[..2].to_vec(),
        _ => return None,
    };
    Some(bytes)
}

fn pinged(groups: &str) -> (Said, Counts) {
    let (network, host) = host_on_loopback(|request| match rubbish(request, request.number) {
        Some(bytes) => vec![Action::now(bytes)],
        None => vec![Action::reply()],
    });
    network.sysctl("ipv4/ping_group_range", groups);
    let said = ours(&["-n", "-c", "12", "-i", "0.02", "-W", "0.3", "127.0.0.2"]);
    (said, host.stop())
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn through_a_datagram_socket_only_right_replies_count() {
    let (said, counts) = pinged("0 0");
    assert_eq!((counts.requests, counts.answered), (12, 1));
    let lines: Vec<&str> = said.stdout.lines().filter(|line| line.contains("icmp_seq=")).collect();
    assert_eq!(lines.len(), 3, "{}", said.stdout);
    assert!(lines[0].starts_with("64 bytes from 127.0.0.2: icmp_seq=6 ttl=64 time="), "{}", said.stdout);
    assert!(
        said.stdout.contains(" ms\nwrong data byte #55 should be 0x37 but was 0x36\n#16\t10 11 12 "),
        "{}",
        said.stdout
    );
    assert!(said.stdout.contains(" 2e 2f \n#48\t30 31 32 33 34 35 36 36 \n"), "{}", said.stdout);
    // Of so long a packet the beginning is looked at.
    assert!(lines[1].starts_with("60064 bytes from 127.0.0.2: icmp_seq=7 ttl=64 time="), "{}", said.stdout);
    assert!(lines[2].starts_with("64 bytes from 127.0.0.2: icmp_seq=12 ttl=64 time="), "{}", said.stdout);
    assert!(said.stdout.contains("12 packets transmitted, 3 received, 75% packet loss"), "{}", said.stdout);
    let notes: Vec<&str> = said.stderr.lines().collect();
    assert_eq!(notes.len(), 2, "{}", said.stderr);
    assert!(notes[0].ends_with("its payload is not that of a request (from 127.0.0.2)"), "{}", said.stderr);
    assert_eq!(notes[1], "note: 3 replies came that belong to no request");
    assert_eq!(said.code, Some(0));
}

/// A raw socket gets more: the kernel has not looked at the checksum.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn through_a_raw_socket_a_wrong_checksum_is_told() {
    let (said, _) = pinged("1 0");
    let shape = without_numbers(&said.stdout);
    assert!(shape.contains("# bytes from #: icmp_seq=# ttl=# time=# ms (BAD CHECKSUM!)\n"), "{}", said.stdout);
    assert!(said.stdout.contains("64 bytes from 127.0.0.2: icmp_seq=3 ttl=64 time="), "{}", said.stdout);
    assert!(
        said.stdout.contains("12 packets transmitted, 3 received, +1 corrupted, 75% packet loss"),
        "{}",
        said.stdout
    );
    assert!(said.stderr.ends_with("note: 4 replies came that belong to no request\n"), "{}", said.stderr);
    assert_eq!(said.code, Some(0));
}

/// Someone who answers each probe a thousand times holds up neither the next probe nor the end.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_thousand_answers_to_each_probe_hold_up_nothing() {
    let (_network, host) = host_on_loopback(|_| vec![Action::reply(); 1_000]);
    let said = ours(&["-n", "-q", "-c", "20", "-i", "0.02", "127.0.0.2"]);
    assert!(said.stdout.contains("20 packets transmitted, 20 received, +"), "{}", said.stdout);
    assert_eq!(said.code, Some(0));
    drop(host);
}

/// A raw socket gets everybody's packets. However many those are, probes leave in time and Ctrl-C ends it.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_flood_of_other_peoples_packets_holds_up_nothing() {
    let (network, host) = host_on_loopback(|request| {
        let foreign = Action::now(request.reply_with(|reply| reply[5] ^= 1));
        [vec![Action::reply()], vec![foreign; 2_000]].concat()
    });
    network.sysctl("ipv4/ping_group_range", "1 0");
    let mut ping = super::start(&["-n", "-q", "-i", "0.02", "127.0.0.2"]);
    common::testing::poll("many requests", || (host.counts().requests > 20).then_some(())).unwrap();
    ping.interrupt().unwrap();
    assert_eq!(ping.wait_for_end().unwrap().code(), Some(0));
    assert!(ping.stdout().contains(" packets transmitted, "), "{}", ping.stdout());
}

/// Line by line as ping, what is wrong with a payload. (Ping before version 20240905 takes any checksum for right.)
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn damaged_replies_are_shown_as_ping_shows_them() {
    let (network, host) = host_on_loopback(|request| {
        let message = match request.number % 3 {
            0 => request.reply_with(|reply| reply[40] ^= 1),
            1 => request.reply_with(|reply| reply.truncate(40)),
            _ => request.reply(),
        };
        vec![Action::now(message)]
    });
    for groups in ["1 0", "0 0"] {
        network.sysctl("ipv4/ping_group_range", groups);
        let arguments = ["-n", "-c", "3", "-i", "0.05", "127.0.0.2"];
        let [mut theirs, mut ours] = [run("ping", &arguments), ours(&arguments)];
        // The times differ, and nothing else: how many were sent, for one, is the same.
        for said in [&mut theirs, &mut ours] {
            let lines = said.stdout.lines().map(|line| match line.split_once("time") {
                Some((before, time)) => format!("{before}time{}", without_numbers(time)),
                None if line.starts_with("rtt") => without_numbers(line),
                None => line.to_string(),
            });
            said.stdout = lines.collect::<Vec<_>>().join("\n");
        }
        assert_eq!(ours.stdout, theirs.stdout);
    }
    drop(host);
}
