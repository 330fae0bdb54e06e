//! Programs that read ping's lines read ours: jc 1.26.1 and pingparsing 1.4.2 (Python), ping 0.4.4 (Node.js). `.ci/run peers` has them.

use common::testing::{COULD_NOT_GRADE, Program, TIME_LIMIT, poll};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the three of them have read.
struct Read {
    jc: Value,
    pingparsing: Value,
    npm: Value,
}

fn read(lines: &str) -> Read {
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers");
    let folder = std::env::var_os("PING_READERS").map(PathBuf::from).unwrap_or_default();
    let python = folder.join("bin/python");
    assert!(
        python.exists(),
        "{COULD_NOT_GRADE}: no readers in PING_READERS={}: .ci/run peers has them",
        folder.display()
    );
    let mut both = run(assert_cmd::Command::new(python).arg(peers.join("readers.py")), lines);
    let npm = run(assert_cmd::Command::new("node").arg(peers.join("readers.js")).arg(folder), lines);
    Read { jc: both["jc"].take(), pingparsing: both["pingparsing"].take(), npm }
}

fn run(reader: &mut assert_cmd::Command, lines: &str) -> Value {
    // Those in Python load hundreds of parsers first.
    let output = reader.write_stdin(lines).timeout(4 * TIME_LIMIT).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {stderr}\nof these lines:\n{lines}"))
}

/// A ping in a network of its own, where 127.0.0.1 answers or is silent.
fn start(ignore: &str, arguments: &[&str]) -> Program {
    let script = "ip link set lo up && echo 0 0 >/proc/sys/net/ipv4/ping_group_range && \
                  echo \"$0\" >/proc/sys/net/ipv4/icmp_echo_ignore_all && exec \"$@\"";
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--net", "sh", "-c", script, ignore]);
    command.arg(assert_cmd::cargo::cargo_bin!("ex2-ping")).args(arguments);
    Program::start(command).unwrap()
}

fn lines_of(ignore: &str, arguments: &[&str]) -> String {
    let mut ping = start(ignore, arguments);
    ping.wait_for_end().unwrap();
    assert!(ping.stdout().starts_with("PING "), "{}", ping.stderr());
    ping.stdout()
}

#[test]
#[ignore = "needs jc, pingparsing, npm's ping and user namespaces"]
fn replies_and_statistics_are_read() {
    for arguments in [["-4", "-c", "3", "-i", "0.05", "localhost"], ["-n", "-c", "3", "-i", "0.05", "127.0.0.1"]] {
        let lines = lines_of("0", &arguments);
        let Read { jc, pingparsing, npm } = read(&lines);
        let responses = jc["responses"].as_array().unwrap();
        let is_read = |reply: &Value| {
            reply["type"] == "reply" && reply["response_ip"] == "127.0.0.1" && reply["time_ms"].is_f64()
        };
        assert!(responses.len() == 3 && responses.iter().all(is_read), "{jc}\n{lines}");
        assert_eq!((&jc["packets_transmitted"], &jc["packets_received"]), (&3.into(), &3.into()), "{jc}");
        assert!(jc["round_trip_ms_stddev"].is_f64(), "{jc}");
        assert_eq!((&pingparsing["packet_transmit"], &pingparsing["packet_receive"]), (&3.into(), &3.into()));
        assert!(pingparsing["rtt_mdev"].is_f64(), "{pingparsing}");
        assert_eq!((npm["times"].as_array().unwrap().len(), &npm["packetLoss"]), (3, &"0.000".into()), "{npm}");
        assert_eq!(npm["numeric_host"], "127.0.0.1", "{npm}");
    }
}

#[test]
#[ignore = "needs jc, pingparsing, npm's ping and user namespaces"]
fn silence_is_read() {
    let lines = lines_of("1", &["-n", "-c", "2", "-i", "0.05", "-W", "0.2", "127.0.0.1"]);
    let Read { jc, pingparsing, npm } = read(&lines);
    assert_eq!((&jc["packets_received"], &jc["packet_loss_percent"]), (&0.into(), &100.0.into()), "{jc}");
    assert_eq!(pingparsing["packet_loss_count"], 2, "{pingparsing}");
    assert_eq!((&npm["alive"], &npm["packetLoss"]), (&false.into(), &"100.000".into()), "{npm}");
}

/// Ctrl-C with the only probe on its way: nothing is counted, and the line is whole.
#[test]
#[ignore = "needs jc, pingparsing, npm's ping and user namespaces"]
fn statistics_of_nothing_are_read() {
    let mut ping = start("1", &["-n", "-i", "60", "127.0.0.1"]);
    // From then on it is in its own network, and the count is that network's.
    ping.wait_for_stdout("PING ").unwrap();
    let counts = format!("/proc/{}/net/snmp", ping.id());
    poll("the request", || (count(&fs::read_to_string(&counts).ok()?, "OutEchos")? > 0).then_some(())).unwrap();
    ping.interrupt().unwrap();
    ping.wait_for_end().unwrap();
    let lines = ping.stdout();
    assert!(lines.contains("\n0 packets transmitted, 0 received, 0% packet loss, time "), "{lines}");
    let Read { jc, pingparsing, npm } = read(&lines);
    assert_eq!((&jc["packets_transmitted"], &jc["packet_loss_percent"]), (&0.into(), &0.0.into()), "{jc}");
    assert_eq!((&pingparsing["destination"], &pingparsing["packet_transmit"]), (&"127.0.0.1".into(), &0.into()));
    assert_eq!((&npm["alive"], &npm["packetLoss"]), (&false.into(), &"0.000".into()), "{npm}");
}

/// What the kernel has counted under this name: the names stand in one line, the numbers in the next.
fn count(table: &str, name: &str) -> Option<u64> {
    let mut lines = table.lines().filter(|line| line.starts_with("Icmp:")).map(str::split_whitespace);
    let place = lines.next()?.position(|word| word == name)?;
    lines.next()?.nth(place)?.parse().ok()
}
