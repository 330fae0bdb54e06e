//! Which address is saved, and what is told where there is none, or no room for it.

use super::{CABLE, RESTRICTED, in_a_namespace};
use crate::required::course::{Course, SHIPPED};
use common::testing::STOPPED_TERMINAL;

/// What `ips --save` does there: its exit code, the last row of the table, and standard error.
fn saves(prepare: &str, more: &str) -> (Option<i32>, String, String) {
    let course = Course::with(SHIPPED);
    let script = format!("\"$0\" --save --machine Laptop --place Lab {more}");
    let (code, _, stderr) = in_a_namespace(prepare, &script, &course);
    let table = course.table();
    let row = table.lines().last().unwrap().split('|').map(str::trim).collect::<Vec<_>>();
    (code, format!("{} {}", row[2], row[5]), stderr)
}

const NOTHING_SAVED: &str = "Wire ";

#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn the_interface_of_the_default_route_is_saved() {
    // The route prefers another address than the first one, and v0 is not the interface that the system lists first.
    let two = "ip link add v0 type veth peer name v1 && ip link set v0 up && ip link set v1 up && ip link set lo up \
               && ip addr add 10.0.0.1/24 dev v1 && ip addr add 10.0.1.1/24 dev v0 && ip addr add 10.0.2.1/24 dev v0";
    let saved = "saved in session-08/IPs.txt, row 4: it is new\n";
    let route = format!("{two} && ip route add default via 10.0.1.254 dev v0 src 10.0.2.1");
    assert_eq!(saves(&route, ""), (Some(0), "Virtual 10.0.2.1".to_string(), saved.to_string()));
    assert_eq!(saves(&route, "--interface v1 --kind wifi").1, "Wifi 10.0.0.1");

    // On a terminal a person is asked until the answer is a number of the list; `script` is one.
    let course = Course::with(SHIPPED);
    let typed = "printf '0\\nv0\\n3\\n 2 \\n' | script -qec \"$0 --save --machine Laptop --place Lab\" /dev/null";
    let (_, screen, _) = in_a_namespace(two, typed, &course);
    assert!(screen.contains("  1  v1 (Virtual)  10.0.0.1/24"), "{screen}");
    assert_eq!(screen.matches("Which one is it? Its number: ").count(), 4, "{screen}");
    assert!(course.table().contains(" 10.0.1.1 "), "{screen}");

    let several = saves(two, "");
    assert_eq!((several.0, several.1.as_str()), (Some(1), NOTHING_SAVED), "{}", several.2);
    assert!(several.2.starts_with("error: this computer is connected in several ways\n"), "{}", several.2);
    assert!(several.2.ends_with("\nnext:  choose one with --interface NAME: v1, v0\n"), "{}", several.2);
}

#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn without_a_default_route_the_only_interface_with_an_address_is_saved() {
    // The other end of the cable has an IPv6 address for the own cable.
    assert_eq!(
        saves(&format!("{CABLE} && ip addr add fe80::7/64 dev v1 nodad && ip addr add 10.0.0.1/24 dev v0"), "").1,
        "Virtual 10.0.0.1"
    );
    let ipv6 = "ip link add v0 type veth peer name v1 && echo 1 >/proc/sys/net/ipv6/conf/v1/disable_ipv6 \
                && ip link set v0 up && ip link set v1 up && ip addr add 2001:db8::5/64 dev v0 nodad";
    assert_eq!(saves(ipv6, "").1, "Virtual 2001:db8::5");
    assert_eq!(saves(&format!("{ipv6} && ip -6 route add default via fe80::9 dev v0"), "").1, "Virtual 2001:db8::5");
}

#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn ipv4_is_saved_before_ipv6_and_an_address_of_the_cable_last() {
    for (ips, expected) in [
        (&["2001:db8::5/64", "169.254.3.3/16", "10.0.0.5/24"][..], "10.0.0.5"),
        (&["169.254.3.3/16", "2001:db8::5/64"], "2001:db8::5"),
        (&["169.254.3.3/16"], "169.254.3.3"),
        (&["fe80::7/64"], "fe80::7"),
    ] {
        // Without the address of the cable that it would make for itself.
        let cable = "ip link add v0 type veth peer name v1 && ip link set v0 addrgenmode none";
        let added = ips.iter().map(|ip| {
            let nodad = if ip.contains(':') { " nodad" } else { "" };
            format!(" && ip addr add {ip} dev v0{nodad}")
        });
        let prepare = format!("{cable} && ip link set v0 up && ip link set v1 up{}", added.collect::<String>());
        assert_eq!(saves(&prepare, "--interface v0").1, format!("Virtual {expected}"), "{ips:?}");
    }
}

/// Another computer has it, or its time is over.
#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn an_address_that_is_not_to_be_used_is_not_saved() {
    let (code, row, stderr) = saves(RESTRICTED, "--interface v0");
    assert_eq!((code, row.as_str()), (Some(1), NOTHING_SAVED), "{stderr}");
    assert!(stderr.starts_with("error: the interface v0 has no address\ncause: fd00:"), "{stderr}");
    assert!(stderr.contains(" is not to be used: "), "{stderr}");
    assert_eq!(
        saves(&format!("{RESTRICTED} && ip addr add fd00:a::1/64 dev v0 nodad"), "--interface v0").1,
        "Virtual fd00:a::1"
    );
}

#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn no_network_at_all_is_told() {
    for prepare in
        ["true", "ip link set lo up", "ip link add v0 type veth peer name v1 && ip addr add 10.0.0.1/24 dev v0"]
    {
        let (code, row, stderr) = saves(prepare, "");
        assert_eq!((code, row.as_str()), (Some(1), NOTHING_SAVED));
        assert!(stderr.starts_with("error: this computer is connected to no network\ncause: "), "{stderr}");
    }
}

/// A last number of 255 is right where an own interface is in the same network, and says so.
#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn a_typed_ip_is_checked_against_the_own_networks() {
    let course = Course::with(SHIPPED);
    let prepare = format!("{CABLE} && ip addr add 10.1.0.1/16 dev v0");
    let add = "\"$0\" add --machine mobile --interface Wifi --place home --ip";
    let (code, _, stderr) = in_a_namespace(&prepare, &format!("{add} 10.1.3.255 && {add} 10.1.255.255"), &course);
    assert_eq!(code, Some(1), "{stderr}");
    assert!(
        stderr.contains(
            "error: 10.1.255.255 cannot be the IP of a machine\ncause: where the length of the prefix is 16,"
        ),
        "{stderr}"
    );
    assert!(course.table().contains("| 10.1.3.255 |"), "{}", course.table());
}

/// A disk without room: the old table stays as it is, and nothing else is left.
#[test]
#[ignore = "needs namespaces; run by .ci/run"]
fn a_full_disk_leaves_the_old_file() {
    let course = Course::with(SHIPPED);
    let prepare =
        "mount -t tmpfs -o size=8k tmpfs /mnt && cp session-08/IPs.txt /mnt && { cat /dev/zero >/mnt/full || true; }";
    let script = "\"$0\" add --machine mobile --interface Wifi --place home --ip 10.1.128.39 --file /mnt/IPs.txt; echo $?; cat /mnt/IPs.txt; ls -A /mnt";
    let (_, stdout, stderr) = in_a_namespace(prepare, script, &course);
    assert_eq!(stdout, format!("1\n{SHIPPED}IPs.txt\nfull\n"), "{stderr}");
    assert!(
        stderr.contains("error: /mnt/IPs.txt could not be written\ncause: ") && stderr.contains("free some room"),
        "{stderr}"
    );
}

/// It asks which interface is meant, and stands still with its terminal.
#[test]
#[ignore = "needs ip, python3 and namespaces; run by .ci/run"]
fn ctrl_c_ends_it_beside_a_terminal_that_stands_still() {
    let two = "ip link add v0 type veth peer name v1 && ip link set v0 up && ip link set v1 up \
               && ip addr add 10.0.0.1/24 dev v1 && ip addr add 10.0.1.1/24 dev v0";
    let script = format!("exec python3 -c '{STOPPED_TERMINAL}' \"$0\" --save --machine Laptop --place Lab");
    let (code, stdout, stderr) =
        in_a_namespace(&format!("mount -t proc proc /proc && {two}"), &script, &Course::with(SHIPPED));
    assert_eq!((code, stdout.as_str()), (Some(0), "130\n"), "{stderr}");
}
