//! What goes wrong, told in three lines.

use crate::support::client::{client, client_at};
use common::testing::{Recorder, Reply, free_port};
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::{contains, starts_with};
use std::net::ToSocketAddrs as _;

#[test]
fn nobody_listening_is_told_with_the_ip_and_the_port() {
    let port = free_port();
    client_at("127.0.0.1", port).assert().code(1).stdout("").stderr(
        starts_with(format!("error: nobody is listening at 127.0.0.1, port {port}\ncause: "))
            .and(contains("\nnext:  start the server there, or check the IP and the port\n")),
    );
}

/// Of `localhost` 127.0.0.1 is taken; most systems also call `::1` so.
#[test]
#[allow(clippy::disallowed_methods, reason = "no name server is asked, and what it says in an error is no matter")]
fn the_other_addresses_of_a_name_that_refuses_are_named() {
    let run = client_at("localhost", free_port()).assert().code(1);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(stderr.starts_with("error: nobody is listening at 127.0.0.1, port "), "{stderr}");
    let several = ("localhost", 1).to_socket_addrs().unwrap().any(|address| address.is_ipv6());
    assert_eq!(stderr.contains("; or try another address of localhost: ::1\n"), several, "{stderr}");
}

#[test]
fn a_server_that_stays_silent_is_told_when_the_time_is_up() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    client(&peer)
        .args(["--timeout", "0.2"])
        .assert()
        .code(1)
        .stdout("")
        .stderr(starts_with("error: 127.0.0.1, port ").and(contains(" did not finish its answer in time\ncause: ")));
}

#[test]
fn an_answer_that_stops_in_the_middle_is_shown_as_far_as_it_came() {
    let peer = Recorder::start(Reply::AndStay(b"half a li".to_vec())).unwrap();
    client(&peer)
        .args(["--timeout", "0.2"])
        .assert()
        .code(1)
        .stdout("MESSAGE FROM THE SERVER:\n\nhalf a li\n")
        .stderr(contains(" did not finish its answer in time\n"));
}

// Windows takes any amount of bytes that are sent in one go.
#[test]
#[cfg(unix)]
fn a_server_that_does_not_take_the_message_is_told_when_the_time_is_up() {
    let peer = Recorder::start(Reply::Unread).unwrap();
    client(&peer)
        .args(["-", "--timeout", "0.2"])
        .write_stdin(vec![b'm'; 32 * 1024 * 1024])
        .assert()
        .code(1)
        .stderr(contains(" is not reading the message\n"));
}

#[test]
fn a_reset_without_an_answer_is_told() {
    let peer = Recorder::start(Reply::ThenReset(Vec::new())).unwrap();
    client(&peer).assert().code(1).stdout("").stderr(contains(" was lost before the answer was whole\ncause: "));
}

#[test]
fn a_reset_is_told_though_nobody_waits_for_an_answer() {
    let peer = Recorder::start(Reply::ThenReset(Vec::new())).unwrap();
    let told = contains(" was lost after the message was sent\ncause: ").and(contains("\nnext:  it may have arrived"));
    client(&peer).arg("--send-only").assert().code(1).stdout("").stderr(told);
}

#[test]
fn a_message_that_is_too_long_is_told_before_anybody_is_asked() {
    let peer = Recorder::start(Reply::Nothing).unwrap();
    client(&peer)
        .arg("-")
        .write_stdin(vec![b'm'; 64 * 1024 * 1024 + 1])
        .assert()
        .code(1)
        .stderr(contains("error: the message is too long\ncause: standard input has more than 67108864 bytes\n"));
    assert!(peer.connections().is_empty(), "{}", peer.story());
}

/// Each in a network of its own, which has no way out: nothing is ever sent to these addresses.
#[cfg(target_os = "linux")]
mod without_a_network {
    use assert_cmd::cargo::cargo_bin;
    use common::testing::Program;
    use std::path::Path;
    use std::process::Command;

    /// Runs the client after `prepare`, a shell command. All that it starts ends with the client: it is process 1 of a PID
    /// namespace of its own.
    fn fails(prepare: &str, ip: &str, error: &str, next: &str) {
        let script = format!("ip link set lo up && {prepare} && exec \"$0\" \"$@\"");
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--net", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", &script]);
        command.arg(cargo_bin!("client")).args([ip, "80", "--timeout", "2"]);
        let mut client = Program::start(command).unwrap();
        let status = client.wait_for_end().unwrap();
        let stderr = client.stderr();
        assert!(stderr.starts_with(&format!("error: {error}\ncause: ")), "{stderr}");
        assert!(stderr.contains(&format!("\nnext:  {next}")), "{stderr}");
        assert_eq!(status.code(), Some(1));
    }

    #[test]
    #[ignore = "needs a network namespace and the command ip; run by .ci/run"]
    fn no_route_is_told() {
        fails("true", "192.0.2.1", "there is no route to 192.0.2.1, port 80", "check that this computer is connected");
    }

    #[test]
    #[ignore = "needs a network namespace and the command ip; run by .ci/run"]
    fn an_address_that_does_not_answer_is_told() {
        // A cable with nobody at its other end: whatever is sent to the neighbour is lost.
        let prepare = "ip link add v0 type veth peer name v1 && ip addr add 192.0.2.2/24 dev v0 \
                       && ip link set v0 up && ip link set v1 up \
                       && ip neigh add 192.0.2.1 lladdr 02:00:00:00:00:01 dev v0";
        fails(prepare, "192.0.2.1", "192.0.2.1, port 80 did not answer in time", "check the IP; if it is right");
    }

    #[test]
    #[ignore = "needs a network namespace and the command ip; run by .ci/run"]
    fn an_ip_that_no_computer_of_the_network_has_is_told() {
        // The other end of the cable is there, but does not have the address: nobody answers the question who has it.
        let prepare = "ip link add v0 type veth peer name v1 && ip addr add 192.0.2.2/24 dev v0 \
                       && ip link set v0 up && ip link set v1 up \
                       && echo 100 >/proc/sys/net/ipv4/neigh/v0/retrans_time_ms";
        fails(prepare, "192.0.2.1", "192.0.2.1, port 80 cannot be reached", "check the IP: no computer here has it");
    }

    /// A rule of this computer's own: the server may well be right.
    #[test]
    #[ignore = "needs a network namespace and the command ip; run by .ci/run"]
    fn what_a_rule_of_this_computer_forbids_is_told() {
        let error = "this computer does not allow a connection to 192.0.2.1, port 80";
        let next = "check the IP; if it is right, a rule on this computer forbids it";
        fails("ip route add prohibit 192.0.2.0/24", "192.0.2.1", error, next);
        let error = "this computer sends nothing to 192.0.2.1, port 80";
        fails("ip route add blackhole 192.0.2.0/24", "192.0.2.1", error, "check the IP; if it is right, ask who looks");
    }

    #[test]
    #[ignore = "needs a network namespace and the command ip; run by .ci/run"]
    fn ipv6_that_is_not_there_is_told() {
        let next = "use the server's IPv4 address";
        fails("true", "2001:db8::1", "there is no route to 2001:db8::1, port 80", next);
        let error = "this computer has no address from which it could reach ::1, port 80";
        fails("echo 1 >/proc/sys/net/ipv6/conf/lo/disable_ipv6", "::1", error, "use an IPv4 address");
    }

    /// What is shown can be typed again: with its zone, by name or by the number of the interface.
    #[test]
    #[ignore = "needs a network namespace and the command ip; run by .ci/run"]
    fn a_zone_is_shown() {
        let cable = |name: &str| {
            format!(
                "ip link add '{name}' type veth peer name v1 && ip link set '{name}' up && ip link set v1 up \
                            && ip addr add fe80::7/64 dev '{name}' nodad"
            )
        };
        let error = "nobody is listening at fe80::7%v0, port 80";
        fails(&cable("v0"), "fe80::7%v0", error, "start the server there");
        fails(&cable("v0"), "fe80::7%3", error, "start the server there");
        // A name that a shell reads otherwise.
        fails(&cable("a;b"), "fe80::7%a;b", "nobody is listening at fe80::7%3, port 80", "start the server there");
        let next = "behind the % stands the name of the interface";
        fails(&cable("v0"), "fe80::7%v2", "this computer has no interface v2", next);
    }

    #[test]
    #[ignore = "needs a network namespace and the command ip; run by .ci/run"]
    fn name_servers_that_do_not_answer_are_told() {
        let error = "the name servers do not answer, so the IP of www.urjc.es is not known";
        fails(&name_server_is_here(), "www.urjc.es", error, "check that this computer is connected");
    }

    #[test]
    #[ignore = "needs a network namespace, the command ip and dnsmasq; run by .ci/run"]
    fn a_name_that_nobody_knows_is_told() {
        let prepare = name_server("--local=/es/");
        fails(&prepare, "www.urjc.es", "no computer is known by the name www.urjc.es", "check how the name is written");
    }

    /// "A name in any language (`münchen.test`) is resolved as Python does."
    #[test]
    #[ignore = "needs a network namespace, the command ip and dnsmasq; run by .ci/run"]
    fn a_name_with_other_letters_is_found() {
        let prepare = name_server("--address=/xn--mnchen-3ya.test/127.0.0.7 --local=/test/");
        fails(&prepare, "münchen.test", "nobody is listening at 127.0.0.7, port 80", "start the server there");
        fails(&prepare, "nürnberg.test", "no computer is known by the name nürnberg.test", "check how the name");
    }

    /// A name server that knows what the options say, and nothing else. `:0035 ` is port 53 in use: then it is ready.
    fn name_server(options: &str) -> String {
        format!(
            "{} && {{ dnsmasq --no-daemon --conf-file=/dev/null --no-resolv --no-hosts {options} >/dev/null 2>&1 & }} \
             && until grep -q ':0035 ' /proc/net/udp; do :; done",
            name_server_is_here()
        )
    }

    /// Makes 127.0.0.1 the only name server.
    fn name_server_is_here() -> String {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("resolv.conf");
        std::fs::write(&file, "nameserver 127.0.0.1\n").unwrap();
        format!("mount --bind '{}' /etc/resolv.conf", file.display())
    }
}
