//! The lesson itself, on the student's computer of the lab.

use super::{Said, ours, run, start};
use crate::support::network::{FAR, NEAR, NOBODY, Network, SILENT, assert_in_the_lab};
use crate::support::running::without_numbers;
use crate::support::scripted_host::{Action, ScriptedHost};
use common::testing::Program;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The table as the lesson gives it, to be filled in. A test of `lab` compares it with the file of the course, which a copied
/// exercise has not beside it.
const SHIPPED: &str = "\
| Destination IP  | Name (if known)  | Time |
|-----------------|------------------|------|
| 192.168.124.179 | Self             |      |
| 212.128.255.129 | f-l3208-pc01     |      |
| 8.8.8.8         | Google           |      |
| 10.1.128.39     | Mobile           |      |
|                 | www.urjc.es      |      |
|                 | github.com       |      |
|                 | wikipedia.org    |      |
|                 | newdomain.com.au |      |
";

/// Runs ours on this computer, but with a name server at which nobody listens.
fn with_a_dead_name_server(arguments: &str) -> Program {
    let script = format!(
        "echo nameserver 198.51.100.53 >/run/resolv.dead && mount --bind /run/resolv.dead /etc/resolv.conf && exec \"$0\" {arguments}"
    );
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-c", &script]).arg(assert_cmd::cargo::cargo_bin!("ex2-ping"));
    Program::start(command).unwrap()
}

pub fn rows(file: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(file).unwrap();
    let rows = text.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_string()).collect()).collect()
}

/// How long it took from the first probe to the last, in milliseconds, by its own statistics.
fn time_of(stdout: &str) -> u64 {
    stdout.split(" time ").nth(1).unwrap().split("ms").next().unwrap().parse().unwrap()
}

/// The lesson's transcript, and beside it what the real ping says: only the times differ.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn the_lessons_transcript_is_shown() {
    assert_in_the_lab();
    let said = ours(&["-c", "3", "-i", "0.2", "www.urjc.es"]);
    let lines: Vec<&str> = said.stdout.lines().collect();
    assert_eq!(lines[0], "PING www.urjc.es (212.128.240.50) 56(84) bytes of data.");
    for (number, line) in (1..=3).zip(&lines[1..]) {
        let expected = format!("64 bytes from www.urjc.es (212.128.240.50): icmp_seq={number} ttl=253 time=");
        assert!(line.starts_with(&expected) && line.ends_with(" ms"), "{}", said.stdout);
    }
    assert_eq!(lines[5], "--- www.urjc.es ping statistics ---");
    assert!(lines[6].starts_with("3 packets transmitted, 3 received, 0% packet loss, time "), "{}", said.stdout);
    assert!(time_of(&said.stdout) >= 400, "-i 0.2: {}", said.stdout);

    let field_by_field = |said: &Said| said.stdout.split_whitespace().map(without_numbers).collect::<Vec<_>>();
    let theirs = run("ping", &["-c", "3", "-i", "0.2", "www.urjc.es"]);
    assert_eq!(field_by_field(&said), field_by_field(&theirs));
    assert_eq!(said.code, theirs.code);
}

/// Names and addresses in every form that the lab knows, beside the real ping.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn names_are_shown_as_ping_shows_them() {
    assert_in_the_lab();
    for destination in ["212.128.240.50", "dns.google", "github.com"] {
        let (ours, theirs) = (ours(&["-4", "-c", "1", destination]), run("ping", &["-4", "-c", "1", destination]));
        // An address without a name stands there once. Before iputils 20240117 it was there twice.
        let line = |line: &str| without_numbers(line).replace("from # (#):", "from #:");
        let firsts = [&ours, &theirs].map(|said| said.stdout.lines().take(2).map(line).collect::<Vec<_>>());
        assert_eq!(firsts[0], firsts[1], "{}\n{}", ours.stdout, theirs.stdout);
    }
    let said = ours(&["-c", "1", "github.com"]);
    assert!(said.stdout.contains("\n64 bytes from 140.82.121.4: icmp_seq=1 ttl="), "{}", said.stdout);
    // Who answers is a router, whose name has to be looked up too.
    let said = ours(&["-c", "1", "nowhere.example"]);
    let expected = "From router2 (192.0.2.2) icmp_seq=1 Destination Net Unreachable\n";
    assert!(said.stdout.contains(expected), "{}", said.stdout);
    assert!(run("ping", &["-c", "1", "nowhere.example"]).stdout.contains(expected));
    let said = ours(&["-c", "1", "www6.urjc.es"]);
    let expected =
        "PING www6.urjc.es (fd00:240::50) 56 data bytes\n64 bytes from www6.urjc.es (fd00:240::50): icmp_seq=1 ttl=";
    assert!(said.stdout.starts_with(expected), "{}", said.stdout);
}

/// Of IPv4 ping shows the computer's own name, of IPv6 the one that was typed.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn another_name_of_a_computer_is_shown_as_ping_shows_it() {
    assert_in_the_lab();
    for (typed, shown, first) in [
        ("web.urjc.es", "www.urjc.es", "PING www.urjc.es (212.128.240.50) 56(84) bytes of data.\n"),
        ("web6.urjc.es", "web6.urjc.es", "PING web6.urjc.es (fd00:240::50) 56 data bytes\n"),
    ] {
        let (ours, theirs) = (ours(&["-c", "1", typed]), run("ping", &["-c", "1", typed]));
        assert!(ours.stdout.starts_with(first), "{}", ours.stdout);
        let heading = format!("--- {shown} ping statistics ---\n");
        assert!(ours.stdout.contains(&heading) && theirs.stdout.contains(&heading), "{}", ours.stdout);
    }
}

/// "A name in any language (`münchen.test`) is resolved as Python does."
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_name_with_other_letters_is_found() {
    let said = ours(&["-n", "-c", "1", "münchen.test"]);
    assert!(
        said.stdout
            .starts_with("PING münchen.test (8.8.4.4) 56(84) bytes of data.\n64 bytes from 8.8.4.4: icmp_seq=1 "),
        "{}",
        said.stdout
    );
}

/// "2 for a name that isn't known"
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_name_that_nobody_knows_is_told() {
    assert_in_the_lab();
    let said = ours(&["-c", "1", "newdomain.com.au"]);
    assert_eq!((said.stdout.as_str(), said.code), ("", Some(2)));
    assert!(said.stderr.starts_with("error: no computer is known by the name newdomain.com.au\n"), "{}", said.stderr);
}

/// "dead name servers … never hold up … Ctrl-C"
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn ctrl_c_ends_a_lookup_at_a_dead_name_server() {
    assert_in_the_lab();
    let mut ping = with_a_dead_name_server("www.urjc.es");
    // Its lookup has begun when it has a socket to the name server.
    let id = ping.id().to_string();
    common::testing::poll("the lookup", || {
        let sockets = run("ss", &["--udp", "--no-header", "--processes", "dst", "198.51.100.53"]).stdout;
        sockets.contains(&format!("pid={id},")).then_some(())
    })
    .unwrap();
    let pressed = Instant::now();
    ping.interrupt().unwrap();
    assert_eq!(ping.wait_for_end().unwrap().code(), Some(1), "{}", ping.stderr());
    // The system's resolver would go on for 10 s.
    assert!(pressed.elapsed() < Duration::from_secs(4));
}

/// "a slow reverse lookup never hold[s] up a probe": the name of 8.8.4.4 never comes, the replies do. The real ping waits
/// 10 s for the name of each reply, and sends nothing in that time.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_reverse_lookup_without_an_answer_holds_up_nothing() {
    assert_in_the_lab();
    let said = ours(&["-c", "8", "-i", "0.1", "slow.example"]);
    let expected = "64 bytes from 8.8.4.4: icmp_seq=8 ttl=";
    assert!(said.stdout.contains(expected), "{}", said.stdout);
    assert!(time_of(&said.stdout) < 4_000, "{}", said.stdout);
}

/// All of Ex2.txt: one unknown name, one address that never answers, one that is unreachable, one dead name server.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn the_lessons_table_is_filled_in_whatever_its_destinations_do() {
    assert_in_the_lab();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Ex2.txt");
    fs::write(&file, SHIPPED).unwrap();
    let said = ours(&["--table", file.to_str().unwrap()]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let rows = rows(&file);
    let shapes: Vec<Vec<String>> =
        rows.iter().map(|row| vec![row[0].clone(), row[1].clone(), without_numbers(&row[2])]).collect();
    let times = "# ms, # ms, # ms, # ms";
    let expected = [
        ["192.168.124.179", "Self", times],
        ["212.128.255.129", "f-l3208-pc01", "Destination Host Unreachable"],
        ["8.8.8.8", "Google", times],
        ["10.1.128.39", "Mobile", "no answer"],
        ["212.128.240.50", "www.urjc.es", times],
        ["140.82.121.4", "github.com", times],
        ["", "wikipedia.org", "the name servers did not answer in time"],
        ["", "newdomain.com.au", "no computer is known by this name"],
    ];
    let table = fs::read_to_string(&file).unwrap();
    assert_eq!(shapes, expected, "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    // What a cell has no room for.
    let expected = "note: 212.128.255.129: Destination Host Unreachable (says 192.0.2.2)\n";
    assert!(said.stderr.contains(expected), "{}", said.stderr);
}

/// "fills in names": of an address without one, where a name server knows it.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_name_that_is_missing_is_filled_in_and_one_that_never_comes_holds_up_nothing() {
    assert_in_the_lab();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Ex2.txt");
    fs::write(&file, "| Destination IP | Name | Time |\n| 8.8.8.8 | | |\n| 8.8.4.4 | | |\n").unwrap();
    let said = ours(&["--table", file.to_str().unwrap(), "-c", "1", "-W", "1"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let rows = rows(&file);
    assert_eq!((rows[0][1].as_str(), without_numbers(&rows[0][2]).as_str()), ("dns.google", "# ms"));
    assert_eq!((rows[1][1].as_str(), without_numbers(&rows[1][2]).as_str()), ("", "# ms"));
}

/// With no name server at all the addresses are pinged, and the names have their reason.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_table_without_any_name_server_has_the_times_of_its_addresses() {
    assert_in_the_lab();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Ex2.txt");
    fs::write(&file, SHIPPED).unwrap();
    let mut ping = with_a_dead_name_server(&format!("--table {}", file.display()));
    assert_eq!(ping.wait_for_end().unwrap().code(), Some(0), "{}", ping.stderr());
    let rows = rows(&file);
    assert_eq!(without_numbers(&rows[2][2]), "# ms, # ms, # ms, # ms");
    assert_eq!(rows[4], ["", "www.urjc.es", "the name servers did not answer in time"]);
}

/// "Ctrl-C in the middle saves what is known and leaves a whole file."
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn ctrl_c_in_the_middle_of_a_table_saves_what_is_known() {
    let (network, computer) = Network::with_computer();
    computer.run(Network::silence_kernel);
    let host = computer.run(|_| ScriptedHost::start(FAR, |_| vec![Action::reply()]));
    network.ip(&["neighbour", "add", SILENT, "lladdr", "02:00:00:00:00:66", "dev", "near", "nud", "permanent"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Ex2.txt");
    let text = format!(
        "| Destination IP | Name | Time |\n| {FAR} | far | |\n| {SILENT} | silent | 7 ms |\n| | {SILENT} | |\nmy note"
    );
    fs::write(&file, text).unwrap();
    // So long that nothing ends by itself.
    let mut ping = start(&["--table", file.to_str().unwrap(), "-n", "-c", "100", "-i", "0.1", "-W", "60"]);
    common::testing::poll("some replies", || (host.counts().answered > 3).then_some(())).unwrap();
    ping.interrupt().unwrap();
    assert_eq!(ping.wait_for_end().unwrap().code(), Some(0), "{}", ping.stderr());
    let after = fs::read_to_string(&file).unwrap();
    assert!(after.ends_with("my note"), "{after}");
    let rows = rows(&file);
    assert!(rows[0][2].ends_with(" ms"), "{after}");
    // Nobody can say yet that there is no answer: the older time stays.
    assert_eq!((rows[1][2].as_str(), rows[2][0].as_str()), ("7 ms", SILENT), "{after}");
    assert!(ping.stderr().contains("note: it was stopped early"), "{}", ping.stderr());
}

/// Nobody on this network has the address: Linux asks for it for three seconds, and the table waits for the answer.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_row_whose_address_nobody_has_is_unreachable_by_this_computers_own_word() {
    let _network = Network::with_cable();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Ex2.txt");
    fs::write(&file, format!("| Destination IP | Name | Time |\n| {NOBODY} | nobody | |\n")).unwrap();
    let said = ours(&["--table", file.to_str().unwrap(), "-n"]);
    assert_eq!(said.code, Some(1), "{}", said.stderr);
    assert_eq!(rows(&file)[0][2], "Destination Host Unreachable");
    assert!(
        said.stderr.contains(&format!("{NOBODY}: Destination Host Unreachable (says {NEAR})\n")),
        "{}",
        said.stderr
    );
}

/// "Progress on a terminal", and none elsewhere.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_terminal_shows_how_far_it_is() {
    let _network = Network::with_loopback();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Ex2.txt");
    fs::write(&file, "| Destination IP | Name | Time |\n| 127.0.0.1 | Self | |\n| 127.0.0.2 | Self | |\n").unwrap();
    let program = assert_cmd::cargo::cargo_bin!("ex2-ping");
    let typed = format!("{} --table {}", program.display(), file.display());
    let said = run("script", &["--quiet", "--return", "--command", &typed, "/dev/null"]);
    assert!(said.stdout.contains("of 2 destinations done"), "{}", said.stdout);
    assert_eq!(said.code, Some(0), "{}", said.stdout);
    let piped = ours(&["--table", file.to_str().unwrap()]);
    assert!(!(piped.stdout + &piped.stderr).contains("destinations done"));
}

/// The addresses of a name that are not asked for are not looked up either.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_name_without_an_address_of_the_version_that_is_wanted_is_told() {
    assert_in_the_lab();
    let said = ours(&["-4", "-c", "1", "www6.urjc.es"]);
    assert_eq!(said.code, Some(2));
    assert!(said.stderr.starts_with("error: www6.urjc.es has no IPv4 address\ncause: "), "{}", said.stderr);
}

/// "Every error is sent" in the lab: whose route says unreachable, and whose address there is no route to.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn each_of_twenty_probes_is_told_that_it_cannot_arrive() {
    assert_in_the_lab();
    let program = assert_cmd::cargo::cargo_bin!("ex2-ping").to_str().unwrap();
    for address in ["212.128.255.129", "203.0.113.9", "fd00:77::1"] {
        for ping in ["ping", program] {
            let said = run(ping, &["-n", "-c", "20", "-i", "0.05", "-W", "1", address]);
            let expected = "20 packets transmitted, 0 received, +20 errors, 100% packet loss";
            assert!(said.stdout.contains(expected), "{ping} {address}: {}", said.stdout);
        }
    }
}
