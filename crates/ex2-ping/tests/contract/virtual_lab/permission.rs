//! Who may ping: everybody through a datagram socket, or root through a raw one, or nobody.

use super::{ours, run};
use crate::support::network::Network;
use assert_cmd::cargo::cargo_bin;

/// In the lab of an ordinary user there is only one user, its root; then root without its privileges stands for the others.
fn ordinary_user(arguments: &[&str]) -> super::Said {
    let program = cargo_bin!("ex2-ping").to_str().unwrap();
    let user = if run("setpriv", &["--reuid", "65534", "true"]).code == Some(0) { "65534" } else { "0" };
    let mut all =
        vec!["--reuid", user, "--regid", user, "--clear-groups", "--bounding-set", "-all", "--inh-caps", "-all"];
    if user == "0" {
        all = vec!["--bounding-set", "-all", "--inh-caps", "-all"];
    }
    all.push(program);
    all.extend(arguments);
    run("setpriv", &all)
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn an_ordinary_user_pings_through_a_datagram_socket() {
    let network = Network::with_loopback();
    network.sysctl("ipv4/ping_group_range", "0 2147483647");
    for address in ["127.0.0.1", "::1"] {
        let said = ordinary_user(&["-c", "2", "-i", "0.05", address]);
        assert!(said.stdout.contains(" icmp_seq=2 ttl=64 time="), "{}{}", said.stdout, said.stderr);
        assert_eq!(said.code, Some(0));
    }
}

#[test]
#[ignore = "needs scripts/virtual-lab"]
fn root_pings_through_a_raw_socket_where_no_others_are_allowed() {
    let network = Network::with_loopback();
    network.sysctl("ipv4/ping_group_range", "1 0");
    for address in ["127.0.0.1", "::1"] {
        let said = ours(&["-c", "2", "-i", "0.05", address]);
        assert!(said.stdout.contains(" icmp_seq=2 ttl=64 time="), "{}{}", said.stdout, said.stderr);
        assert_eq!(said.code, Some(0));
    }
}

/// "else it says both ways out"
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn who_may_do_neither_is_told_both_ways_out() {
    let network = Network::with_loopback();
    network.sysctl("ipv4/ping_group_range", "1 0");
    let said = ordinary_user(&["-c", "1", "127.0.0.1"]);
    assert_eq!((said.stdout.as_str(), said.code), ("", Some(2)), "{}", said.stderr);
    assert!(said.stderr.starts_with("error: this computer does not allow you to ping\ncause: "), "{}", said.stderr);
    assert!(said.stderr.contains("sysctl net.ipv4.ping_group_range='0 2147483647'"), "{}", said.stderr);
    assert!(said.stderr.contains("setcap cap_net_raw+ep"), "{}", said.stderr);
}

/// The same for a table, once, and nothing is written.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_table_of_one_who_may_not_ping_stays_as_it_is() {
    let network = Network::with_loopback();
    network.sysctl("ipv4/ping_group_range", "1 0");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Ex2.txt");
    let text = "| Destination IP | Name | Time |\n| 127.0.0.1 | Self | 1 ms |\n";
    std::fs::write(&file, text).unwrap();
    for path in [folder.path(), &file] {
        std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o777)).unwrap();
    }
    let said = ordinary_user(&["--table", file.to_str().unwrap()]);
    assert!(said.stderr.starts_with("error: this computer does not allow you to ping\n"), "{}", said.stderr);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

/// Who may not write the file is told so before anything is pinged.
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn a_table_that_this_user_may_not_write_is_told_at_once() {
    let network = Network::with_loopback();
    network.sysctl("ipv4/ping_group_range", "0 2147483647");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Ex2.txt");
    std::fs::write(&file, "| Destination IP | Name | Time |\n| 127.0.0.1 | Self | |\n").unwrap();
    for (path, mode) in [(folder.path(), 0o755), (&file, 0o444)] {
        std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
    }
    let said = ordinary_user(&["--table", file.to_str().unwrap()]);
    assert_eq!((said.stdout.as_str(), said.code), ("", Some(1)), "{}", said.stderr);
    assert!(said.stderr.contains(" could not be written\ncause: Permission denied"), "{}", said.stderr);
}

/// "`-i` below 0.002 s is refused for non-root, as ping does"
#[test]
#[ignore = "needs scripts/virtual-lab"]
fn an_interval_below_two_milliseconds_is_for_root_only() {
    let _network = Network::with_loopback();
    assert_eq!(ours(&["-c", "2", "-i", "0.001", "127.0.0.1"]).code, Some(0));
    if run("setpriv", &["--reuid", "65534", "true"]).code == Some(0) {
        let said = ordinary_user(&["-c", "2", "-i", "0.001", "127.0.0.1"]);
        assert_eq!(said.code, Some(2));
        assert!(said.stderr.contains("an interval below 0.002 seconds is only for root"), "{}", said.stderr);
    }
}
