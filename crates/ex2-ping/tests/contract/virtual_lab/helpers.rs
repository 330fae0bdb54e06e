//! The helpers themselves, with the system's own ping as the client.

use crate::support::network::{FAR, FAR_6, NEAR, NOBODY, Network, SILENT, assert_in_the_lab};
use crate::support::scripted_host::{Action, Conditions, Counts, ScriptedHost, error, sealed};
use common::testing::{Program, TIME_LIMIT};
use std::process::Command;
use std::time::{Duration, Instant};

/// What ping prints, and its exit code.
fn ping(arguments: &[&str]) -> (String, Option<i32>) {
    let mut command = Command::new("ping");
    command.args(arguments).env("LC_ALL", "C");
    let mut program = Program::start(command).unwrap();
    let status = program.wait_for_end().unwrap();
    (program.stdout(), status.code())
}

/// A host on this computer's own loopback.
fn host_on_loopback(
    script: impl FnMut(&crate::support::scripted_host::Request) -> Vec<Action> + Send + 'static,
) -> ScriptedHost {
    Network::with_loopback().silence_kernel();
    ScriptedHost::start("127.0.0.2", script)
}

mod networks {
    use super::*;

    #[test]
    #[ignore = "needs scripts/virtual-lab"]
    fn a_new_network_has_nothing_of_the_one_before() {
        let network = Network::with_loopback();
        assert_eq!(network.ip(&["-oneline", "link"]).lines().count(), 1, "lo alone");
        assert_eq!(network.ip(&["route", "show", "default"]), "");
        let (stdout, _) = ping(&["-c", "1", "-n", "127.0.0.1"]);
        assert!(stdout.contains(" 0% packet loss"), "{stdout}");
    }

    #[test]
    #[ignore = "needs scripts/virtual-lab"]
    fn an_address_whose_neighbour_is_known_and_gone_is_silent() {
        let _network = Network::with_cable();
        let (stdout, code) = ping(&["-c", "1", "-W", "0.3", "-n", SILENT]);
        assert!(stdout.contains("1 packets transmitted, 0 received, 100% packet loss"), "{stdout}");
        assert_eq!(code, Some(1));
    }

    #[test]
    #[ignore = "needs scripts/virtual-lab"]
    fn an_address_that_nobody_has_is_unreachable_in_the_end() {
        let network = Network::with_cable();
        // Three questions of 100 ms instead of a second each.
        network.sysctl("ipv4/neigh/near/retrans_time_ms", "100");
        let (stdout, code) = ping(&["-c", "1", "-W", "5", "-n", NOBODY]);
        assert!(stdout.contains(&format!("From {NEAR} icmp_seq=1 Destination Host Unreachable")), "{stdout}");
        assert_eq!(code, Some(1));
    }

    #[test]
    #[ignore = "needs scripts/virtual-lab"]
    fn another_computer_answers_over_the_cable_in_both_protocols() {
        let (_network, computer) = Network::with_computer();
        for address in [FAR, FAR_6] {
            let (stdout, _) = ping(&["-c", "1", "-n", address]);
            assert!(stdout.contains("1 received"), "{stdout}");
        }
        computer.run(Network::silence_kernel);
        let host = computer.run(|_| ScriptedHost::start(FAR, |_| vec![Action::reply()]));
        let host_6 = computer.run(|_| ScriptedHost::start(FAR_6, |_| vec![Action::reply(), Action::reply()]));
        assert!(ping(&["-c", "3", "-i", "0.01", "-n", FAR]).0.contains("3 received, 0% packet loss"));
        assert!(ping(&["-c", "3", "-i", "0.01", "-n", FAR_6]).0.contains("3 received, +2 duplicates, 0% packet loss"));
        assert_eq!(host.stop(), Counts { requests: 3, answered: 3, ..Counts::default() });
        assert_eq!(host_6.stop(), Counts { requests: 3, answered: 3, duplicates: 3, ..Counts::default() });
    }

    #[test]
    #[ignore = "needs scripts/virtual-lab"]
    fn the_lab_is_told_from_any_other_network() {
        assert_in_the_lab();
        let (stdout, code) = ping(&["-c", "1", "www.urjc.es"]);
        assert!(stdout.contains("PING www.urjc.es (212.128.240.50) 56(84) bytes of data.\n"), "{stdout}");
        assert!(stdout.contains("64 bytes from www.urjc.es (212.128.240.50): icmp_seq=1 ttl=253 time="), "{stdout}");
        assert_eq!(code, Some(0));
        let _network = Network::with_loopback();
        assert!(std::panic::catch_unwind(assert_in_the_lab).is_err());
    }
}

mod hosts {
    use super::*;

    #[test]
    #[ignore = "needs scripts/virtual-lab"]
    fn a_host_does_not_start_where_the_kernel_answers() {
        let _network = Network::with_loopback();
        let start = || ScriptedHost::start("127.0.0.2", |_| vec![]);
        assert!(std::panic::catch_unwind(start).is_err());
    }

    #[test]
    #[ignore = "needs scripts/virtual-lab"]
    fn what_is_lost_and_doubled_is_counted_as_ping_counts_it() {
        let conditions = Conditions { loss: 0.2, duplicates: 0.1, reorder: 0.1, seed: 7, ..Conditions::default() };
        let host = host_on_loopback(move |request| match request.number {
            // Ping leaves with the answer to its last request, and would not see a second one.
            499 => vec![Action::reply()],
            number => conditions.actions(number),
        });
        let (stdout, _) = ping(&["-c", "500", "-i", "0.002", "-W", "1", "-q", "-n", "127.0.0.2"]);
        let counts = host.stop();
        let Counts { requests, lost, answered, duplicates, .. } = counts;
        assert_eq!((requests, lost + answered, counts.pending), (500, 500, 0), "{stdout}");
        assert!((60..140).contains(&lost) && (20..60).contains(&duplicates), "about 20 % and 8 %: {counts:?}");
        let expected = format!("500 packets transmitted, {answered} received, +{duplicates} duplicates, ");
        assert!(stdout.contains(&expected), "{counts:?}\n{stdout}");
    }

    #[test]
    #[ignore = "needs scripts/virtual-lab"]
    fn a_delay_is_kept() {
        let host = host_on_loopback(|_| vec![Action::Reply { after: Duration::from_millis(30) }]);
        let (stdout, _) = ping(&["-c", "3", "-i", "0.01", "-n", "127.0.0.2"]);
        assert_eq!(host.stop(), Counts { requests: 3, answered: 3, ..Counts::default() });
        let times: Vec<f64> = stdout.lines().filter_map(|line| word_after(line, "time=")?.parse().ok()).collect();
        assert!(times.len() == 3 && times.iter().all(|&time| time >= 30.0), "never too early\n{stdout}");
    }

    #[test]
    #[ignore = "needs scripts/virtual-lab"]
    fn an_answer_is_overtaken() {
        let mut first = Vec::new();
        let host = host_on_loopback(move |request| match request.number {
            0 => {
                first = request.reply();
                vec![]
            }
            1 => vec![Action::reply(), Action::now(first.clone())],
            _ => vec![Action::reply()],
        });
        let (stdout, _) = ping(&["-c", "3", "-i", "0.01", "-n", "127.0.0.2"]);
        assert_eq!(host.stop(), Counts { requests: 3, lost: 1, answered: 2, raw: 1, ..Counts::default() });
        let numbers: Vec<&str> = stdout.lines().filter_map(|line| word_after(line, "icmp_seq=")).collect();
        assert_eq!(numbers, ["2", "1", "3"], "{stdout}");
    }

    #[test]
    #[ignore = "needs scripts/virtual-lab"]
    fn errors_quote_the_request_in_both_protocols() {
        let network = Network::with_loopback();
        network.silence_kernel();
        let at_once = |kind, code| vec![Action::Error { after: Duration::ZERO, kind, code }];
        let host = ScriptedHost::start("127.0.0.2", move |request| match request.number {
            0 => at_once(3, 1),
            1 => at_once(11, 0),
            2 => vec![Action::now(error(3, 4, 1400, &request.packet[..28]))],
            _ => vec![Action::reply()],
        });
        let host_6 = ScriptedHost::start("::1", move |_| at_once(1, 4));
        let (stdout, _) = ping(&["-c", "4", "-i", "0.01", "-n", "127.0.0.2"]);
        let expected = [
            "From 127.0.0.2 icmp_seq=1 Destination Host Unreachable",
            "From 127.0.0.2 icmp_seq=2 Time to live exceeded",
            "From 127.0.0.2 icmp_seq=3 Frag needed and DF set (mtu = 1400)",
            "64 bytes from 127.0.0.2: icmp_seq=4 ttl=64",
        ];
        for expected in expected {
            assert!(stdout.contains(expected), "{expected}\n{stdout}");
        }
        let (stdout, _) = ping(&["-c", "1", "-W", "1", "-n", "::1"]);
        assert!(stdout.contains("From ::1 icmp_seq=1 Destination unreachable: Port unreachable"), "{stdout}");
        assert_eq!(host.stop(), Counts { requests: 4, lost: 3, answered: 1, errors: 2, raw: 1, ..Counts::default() });
        assert_eq!(host_6.stop(), Counts { requests: 1, lost: 1, errors: 1, ..Counts::default() });
    }

    #[test]
    #[ignore = "needs scripts/virtual-lab"]
    fn what_is_wrong_is_wrong_for_the_kernel_as_well() {
        let network = Network::with_loopback();
        network.silence_kernel();
        // Ping takes a datagram socket then, and the kernel drops what is not a right answer to it: checksum, identifier.
        network.sysctl("ipv4/ping_group_range", "0 0");
        let host = ScriptedHost::start("127.0.0.2", |request| {
            let message = match request.number {
                0 => request.reply()[..4].to_vec(),
                1 => request.reply_with(|reply| reply[5] ^= 1),
                2 => {
                    let mut reply = request.reply();
                    reply[3] ^= 1;
                    reply
                }
                3 => error(3, 1, 0, b"garbage"),
                4 => request.reply_with(|reply| *reply.last_mut().unwrap() ^= 1),
                5 => sealed([request.reply(), vec![0; 60_000]].concat()),
                _ => return vec![Action::reply()],
            };
            vec![Action::now(message)]
        });
        let (stdout, _) = ping(&["-c", "7", "-i", "0.01", "-W", "0.3", "-n", "127.0.0.2"]);
        assert_eq!(host.stop(), Counts { requests: 7, lost: 6, answered: 1, raw: 6, ..Counts::default() }, "{stdout}");
        let numbers: Vec<&str> = stdout.lines().filter_map(|line| word_after(line, "icmp_seq=")).collect();
        assert_eq!(numbers, ["5", "6", "7"], "{stdout}");
        assert!(stdout.contains("wrong data byte #55"), "{stdout}");
    }

    #[test]
    #[ignore = "needs scripts/virtual-lab"]
    fn a_host_ends_at_once_whatever_is_pending() {
        let host = host_on_loopback(|_| vec![Action::Reply { after: Duration::from_secs(3600) }]);
        ping(&["-c", "1", "-W", "0.1", "-n", "127.0.0.2"]);
        let start = Instant::now();
        assert_eq!(host.stop(), Counts { requests: 1, pending: 1, ..Counts::default() });
        assert!(start.elapsed() < TIME_LIMIT);
    }

    /// The word after `mark` in `line`.
    fn word_after<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
        line.split_once(mark)?.1.split_whitespace().next()
    }
}
