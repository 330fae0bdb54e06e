//! A real `HAProxy` in front of three servers, as `scripts/balanced` starts them.

use crate::files::scratch;
use crate::running_server::{Client, GREETING};
use assert_cmd::cargo::cargo_bin;
use common::testing::{Program, TIME_LIMIT, poll};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use socket2::{Domain, Socket, Type};
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::Command;

const STUDENTS: u8 = 60;
/// One more, who wants two connections at once.
const OTHER: u8 = 200;
/// Set in a network of the test's own, where each port is free.
const INSIDE: &str = "TEACHER_SERVER_TEST_NETWORK";

#[test]
#[ignore = "needs haproxy and a network namespace; run by .ci/run"]
fn behind_haproxy_with_version_2_each_server_knows_the_students() {
    if is_inside("haproxy::behind_haproxy_with_version_2_each_server_knows_the_students") {
        check_class("send-proxy-v2");
    }
}

#[test]
#[ignore = "needs haproxy and a network namespace; run by .ci/run"]
fn behind_haproxy_with_version_1_each_server_knows_the_students() {
    if is_inside("haproxy::behind_haproxy_with_version_1_each_server_knows_the_students") {
        check_class("send-proxy");
    }
}

/// Runs the test again in a network of its own, whose processes end with it; or says that this is already so.
fn is_inside(test: &str) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]);
    command.args(["sh", "-c", r#"ip link set lo up && "$0" --ignored --nocapture --exact "$1""#]);
    let inside = command.arg(std::env::current_exe().unwrap()).arg(test).env(INSIDE, "1").output().unwrap();
    let output = String::from_utf8_lossy(&inside.stdout).into_owned() + &String::from_utf8_lossy(&inside.stderr);
    assert!(inside.status.success() && output.contains("1 passed"), "{output}");
    false
}

/// A class of students, each with an address of its own; then one of the servers dies.
fn check_class(header: &str) {
    let balanced = Balanced::start(header);
    for number in 1..=STUDENTS {
        assert_eq!(student(number).say(format!("hola {number}").as_bytes()).finish().answer(), GREETING);
    }
    // HAProxy has looked at each server again and again.
    let enough = u32::from(STUDENTS) * 2 + 12;
    poll("the health checks", || (connections_to_this_network() >= enough).then_some(())).unwrap();

    // Each student comes to the same server again, so that its limits hold for the whole class.
    let first = student(OTHER);
    balanced.script.wait_for_stdout(&format!("From the IP: {}\n", address(OTHER))).unwrap();
    assert_eq!(student(OTHER).answer(), "Your address has 1 of 1 connections already. Close some and try again.\n");
    assert_eq!(first.say(b"after").finish().answer(), GREETING);

    let held: Vec<(u8, Client)> = (1..=STUDENTS).map(|number| (number, student(number))).collect();
    let all_there = |all: &str| all.matches("CONNECTION: ").count() == 2 * usize::from(STUDENTS) + 1;
    let screens = balanced.script.wait_for_stdout_until("the second visits", all_there).unwrap();

    // One server is killed: only those who were talking to it notice.
    let of_the_first: BTreeSet<u8> = (1..=STUDENTS).filter(|number| is_of_the_first(&screens, *number)).collect();
    assert!((1..usize::from(STUDENTS)).contains(&of_the_first.len()), "{of_the_first:?}");
    balanced.kill(1);
    for (number, client) in held {
        let expected = if of_the_first.contains(&number) { "" } else { GREETING };
        let answer = if expected.is_empty() { client.answer() } else { client.say(b"still here").finish().answer() };
        assert_eq!(answer, expected, "student {number}");
    }
    for number in 1..=STUDENTS {
        assert_eq!(student(number).say(b"after").finish().answer(), GREETING, "student {number}");
    }

    // The logs of the three are one class. What the killed server was doing is lost with it.
    let report = balanced.stop();
    let connections = 3 * usize::from(STUDENTS) + 1 - of_the_first.len();
    let totals =
        format!("Addresses: {}. Connections: {connections}, 0 of them without a message. Rejected: 1.\n", STUDENTS + 1);
    assert!(report.contains(&totals), "{totals}{report}");
    for number in 1..=STUDENTS {
        let row = report.lines().find(|line| line.starts_with(&format!("{} ", address(number))));
        assert!(row.is_some_and(|row| row.ends_with("  after")), "{report}");
    }
}

/// Whether the first server has had a connection of this student.
fn is_of_the_first(screens: &str, student: u8) -> bool {
    let end = format!(". From the IP: {}", address(student));
    screens.lines().any(|line| line.starts_with("1: CONNECTION: ") && line.ends_with(&end))
}

fn address(student: u8) -> Ipv4Addr {
    Ipv4Addr::new(127, 0, 1, student)
}

/// Connects to the balancer, from an address of the student's own.
fn student(number: u8) -> Client {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.bind(&SocketAddr::from((address(number), 0)).into()).unwrap();
    socket.connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)).into(), TIME_LIMIT).unwrap();
    socket.set_read_timeout(Some(TIME_LIMIT)).unwrap();
    Client(socket.into())
}

/// How many connections were accepted in this network: nstat(8), `TcpPassiveOpens`.
fn connections_to_this_network() -> u32 {
    let table = std::fs::read_to_string("/proc/net/snmp").unwrap();
    let mut lines = table.lines().filter(|line| line.starts_with("Tcp:")).map(str::split_whitespace);
    let (names, mut values) = (lines.next().unwrap(), lines.next().unwrap());
    let place = names.into_iter().position(|name| name == "PassiveOpens").unwrap();
    values.nth(place).unwrap().parse().unwrap()
}

/// The script with all that it starts.
struct Balanced {
    script: Program,
}

impl Balanced {
    fn start(header: &str) -> Self {
        let scripts = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts"));
        let config = std::fs::read_to_string(scripts.join("haproxy.cfg")).unwrap();
        let own_config = scratch(&format!("{header}.cfg"));
        std::fs::write(&own_config, config.replace("server send-proxy-v2", &format!("server {header}"))).unwrap();
        // In its own namespace each test has the same process number.
        let logs = scratch(&format!("{header}-logs"));
        let _ = std::fs::remove_dir_all(&logs);
        std::fs::create_dir(&logs).unwrap();
        let mut command = Command::new(scripts.join("balanced"));
        command.args(["127.0.0.1", "8080", "--max-per-address", "1"]);
        command.env("SERVER", cargo_bin!()).env("CONFIG", own_config).env("LOGS", logs);
        let script = Program::start(command).unwrap();
        let listening = |all: &str| all.matches("Waiting for connections at ").count() == 3;
        script.wait_for_stdout_until("three servers", listening).unwrap();
        // proc(5): the address in hexadecimal, any other end, the state LISTEN.
        let is_there =
            || std::fs::read_to_string("/proc/net/tcp").unwrap().contains(" 0100007F:1F90 00000000:0000 0A ");
        poll("the balancer", || is_there().then_some(())).unwrap();
        Self { script }
    }

    fn kill(&self, server: usize) {
        let stdout = self.script.stdout();
        let start = format!("server {server}: process ");
        let line = stdout.lines().find_map(|line| line.strip_prefix(&start)).unwrap();
        let id = line.split(',').next().unwrap().parse().unwrap();
        kill(Pid::from_raw(id), Signal::SIGKILL).unwrap();
    }

    /// The table of the whole class.
    fn stop(mut self) -> String {
        kill(Pid::from_raw(self.script.id().try_into().unwrap()), Signal::SIGTERM).unwrap();
        self.script.wait_for_end().unwrap();
        let stdout = self.script.stdout();
        stdout.split_once("The whole class, ").unwrap_or_else(|| panic!("{stdout}")).1.to_string()
    }
}
