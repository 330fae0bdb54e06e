//! The virtual lab itself, from inside one: a lab in a lab, and the places where none may be.

use assert_cmd::Command;
use common::testing::TIME_LIMIT;
use predicates::str::{contains, starts_with};
use std::path::{Path, PathBuf};

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/virtual-lab")
}

/// The script with the arguments.
fn lab(arguments: &[&str]) -> Command {
    let mut command = Command::new(script());
    command.args(arguments).timeout(4 * TIME_LIMIT);
    command
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_command_gets_and_gives_what_it_would_without_the_lab() {
    let script = "cat; pwd; echo $GREETING >&2; exit 7";
    lab(&["sh", "-c", script])
        .env("GREETING", "hello")
        .current_dir("/usr")
        .write_stdin("typed\n")
        .assert()
        .code(7)
        .stdout("typed\n/usr\n")
        .stderr("hello\n");
    lab(&["sh", "-c", "kill -KILL $$"]).assert().code(137).stderr("");
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn the_eight_destinations_show_all_that_can_happen() {
    let all = r#"for address; do echo "== $address"; ping -c 1 -W 1 "$address" 2>&1; getent hosts "$address"; done"#;
    let addresses = "192.168.124.179 212.128.255.129 8.8.8.8 10.1.128.39 www.urjc.es github.com newdomain.com.au";
    let output = lab(&["sh", "-c", all, "sh"]).args(addresses.split(' ')).env("LC_ALL", "C").output().unwrap();
    let output = String::from_utf8(output.stdout).unwrap();
    for (address, expected) in [
        ("192.168.124.179", vec!["icmp_seq=1 ttl=64", "teacher"]),
        ("212.128.255.129", vec!["icmp_seq=1 Destination Host Unreachable"]),
        ("8.8.8.8", vec!["icmp_seq=1 ttl=62", "dns.google"]),
        ("10.1.128.39", vec!["1 packets transmitted, 0 received, 100% packet loss"]),
        ("www.urjc.es", vec!["64 bytes from www.urjc.es (212.128.240.50): icmp_seq=1 ttl=253 time="]),
        ("github.com", vec!["(140.82.121.4): icmp_seq=1 ttl=62"]),
        ("newdomain.com.au", vec!["Name or service not known"]),
    ] {
        let part = output.split("== ").find(|part| part.starts_with(address)).unwrap_or_default();
        for expected in expected {
            assert!(part.contains(expected), "{address}: no {expected} in\n{part}");
        }
    }
    // Its name server is asked twice, for five seconds each.
    lab(&["timeout", "2", "getent", "hosts", "wikipedia.org"]).assert().code(124);
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn it_does_not_start_where_it_could_reach_an_interface() {
    let refused = |arguments: &[&str], cause: &str| {
        let (program, arguments) = arguments.split_first().unwrap();
        let mut command = Command::new(program);
        command.args(arguments).arg(script()).args(["--inside", "net:[1]", "mnt:[1]", "echo", "started"]);
        command.timeout(TIME_LIMIT).assert().code(1).stdout("").stderr(contains(cause));
    };
    refused(&["bash"], "cause: it is not in a PID namespace of its own");
    refused(&["unshare", "--pid", "--fork", "bash"], "cause: it could reach real interfaces: eth0 lo");
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn nothing_of_it_outlives_its_command() {
    // The second process would keep the lab's pipes open, and this test waiting.
    lab(&["sh", "-c", "sleep 3600 & echo done"]).assert().code(0).stdout("done\n");
    // In a process namespace of this test's own no other test's name server is seen.
    let killed = r#"
        name_server() { grep -qx dnsmasq /proc/[0-9]*/comm 2>/dev/null; }
        "$0" sleep 3600 &
        until name_server; do sleep 0.05; done
        kill -KILL $!
        while name_server; do sleep 0.05; done
        echo gone
    "#;
    let mut command = Command::new("unshare");
    command.args(["--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", killed]).arg(script());
    command.timeout(4 * TIME_LIMIT).assert().code(0).stdout("gone\n");
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn wrong_usage_is_told() {
    lab(&["--tests"]).assert().code(2).stderr(starts_with("error: unknown option --tests\n"));
    lab(&["--help"]).assert().code(0).stdout(contains("Usage: scripts/virtual-lab [COMMAND"));
}
