//! Computers with other networks, each in a namespace of its own, which has no way out.

mod saves;

use crate::required::course::{Course, SHIPPED};
use assert_cmd::cargo::cargo_bin;
use common::testing::{COULD_NOT_GRADE, Program, poll};
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::Command;

/// The output of `script`, run by a shell in a new namespace after `prepare`; `$0` is ips.
fn in_a_namespace(prepare: &str, script: &str, course: &Course) -> (Option<i32>, String, String) {
    let script = format!("mount -t sysfs sysfs /sys && {{ {prepare}; }} >&2 && {script}");
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--net", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", &script]);
    command.arg(cargo_bin!("ips")).current_dir(course.folder());
    let mut program = Program::start(command).unwrap();
    program.close_stdin();
    let status = program.wait_for_end().unwrap();
    (status.code(), program.stdout(), program.stderr())
}

/// What `ips --json` and `ip -j addr` say, in the same words.
fn in_ips_words(ip: &Value) -> Value {
    let interfaces = ip.as_array().unwrap().iter().map(|interface| {
        let addresses = interface["addr_info"].as_array().unwrap().iter().map(|address| {
            let mut words = json!({
                "address": address["local"], "prefix_length": address["prefixlen"],
                "family": address["family"], "scope": address["scope"],
            });
            if let Some(word) = ["dadfailed", "tentative", "deprecated"].into_iter().find(|word| address[word] == true)
            {
                words["restriction"] = word.into();
            }
            words
        });
        let flags = interface["flags"].as_array().unwrap();
        // A tunnel's is an IP.
        let mac = interface["address"].as_str().filter(|address| address.len() == "3c:58:c2:9f:11:7e".len());
        json!({
            "name": interface["ifname"], "up": flags.contains(&"UP".into()), "mac": mac,
            "addresses": addresses.collect::<Vec<_>>(),
        })
    });
    Value::Array(interfaces.collect())
}

/// Compares the two, and gives what ips says.
#[track_caller]
fn agrees(prepare: &str) -> Vec<Value> {
    let course = Course::with(SHIPPED);
    // An interface that has just come up gets its IPv6 address a moment later: only what was the same before and after counts.
    let ips = poll("a list that stays the same", || {
        let (code, stdout, stderr) = in_a_namespace(prepare, "ip -j addr && \"$0\" --json && ip -j addr", &course);
        assert_eq!(code, Some(0), "{stderr}");
        let mut lists = serde_json::Deserializer::from_str(&stdout).into_iter::<Value>().map(Result::unwrap);
        let [before, ips, after] = std::array::from_fn(|_| lists.next().unwrap());
        (before == after).then_some((ips, in_ips_words(&after)))
    });
    let (ips, expected) = ips.unwrap();
    let interfaces = ips.as_array().unwrap();
    assert_eq!(interfaces.len(), expected.as_array().unwrap().len(), "{ips}\n{expected}");
    for (interface, expected) in interfaces.iter().zip(expected.as_array().unwrap()) {
        for (key, value) in expected.as_object().unwrap() {
            assert_eq!(&interface[key], value, "{key} of {interface}");
        }
    }
    interfaces.clone()
}

fn named<'a>(interfaces: &'a [Value], name: &str) -> &'a Value {
    interfaces.iter().find(|interface| interface["name"] == name).unwrap_or_else(|| panic!("{interfaces:?}"))
}

/// Two ends of a cable, both up: v0 is the one to look at.
const CABLE: &str = "ip link add v0 type veth peer name v1 && ip link set v0 up && ip link set v1 up";

/// Devices that a kernel may have been built without, and how one is made: the tests of no others may be left out.
const OPTIONAL: [(&str, &str); 2] =
    [("vlan", "ip link add link v0 name v0.5 type vlan id 5"), ("dummy", "ip link add d0 type dummy")];

/// Whether this kernel can make such a device. Where not, says so as loud as a test can that must not fail: libtest decides
/// before the run which tests are ignored.
///
/// Only `ip` itself saying that there is no such type counts; all else that goes wrong is a failure.
#[track_caller]
fn can_be_graded(device: &str) -> bool {
    let make = OPTIONAL.iter().find(|(name, _)| *name == device).unwrap().1;
    let script = format!("LC_ALL=C {make} 2>&1; echo $?");
    let (code, stdout, stderr) = in_a_namespace(CABLE, &script, &Course::with(SHIPPED));
    assert_eq!(code, Some(0), "{stderr}");
    if stdout == "0\n" {
        return true;
    }
    let reasons = ["Error: Unknown device type.\n2\n", "RTNETLINK answers: Operation not supported\n2\n"];
    assert!(reasons.contains(&stdout.as_str()), "{make}: {stdout}");
    // Straight to standard error: libtest keeps to itself what a test that passes prints.
    let _ =
        writeln!(std::io::stderr(), "{COULD_NOT_GRADE} {device}: this kernel has no such device. Nothing was tested");
    false
}

#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn nothing_but_lo() {
    let interfaces = agrees("true");
    assert_eq!((&interfaces[0]["up"], &interfaces[0]["kind"]), (&false.into(), &"Loopback".into()));
    agrees("ip link set lo up");
}

#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn an_alias_is_folded_into_its_interface() {
    // The system finds the interface of a label before a colon; v01x begins with the names of two.
    let interfaces = agrees(&format!(
        "{CABLE} && ip link add v01 type veth peer name w01 && ip addr add 10.0.0.1/24 dev v0 \
         && ip addr add 10.0.1.1/16 dev v0 label v0:1 && ip addr add 10.0.2.1/32 dev v0 label v0x \
         && ip addr add 10.0.3.1/24 dev v01 && ip addr add 10.0.4.1/24 dev v01 label v01x"
    ));
    let v0 = named(&interfaces, "v0");
    assert!(v0["addresses"].as_array().unwrap().len() >= 3, "{v0}");
    assert_eq!(named(&interfaces, "v01")["addresses"].as_array().unwrap().len(), 2);
    assert_eq!(v0["kind"], "Virtual");
}

#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn a_vlan() {
    if !can_be_graded("vlan") {
        return;
    }
    let interfaces = agrees(&format!(
        "{CABLE} && ip link add link v0 name v0.5 type vlan id 5 && ip link set v0.5 up && ip addr add 10.0.5.1/24 dev v0.5"
    ));
    assert_eq!(named(&interfaces, "v0.5")["kind"], "Virtual");
}

#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn a_bridge_and_an_interface_without_a_link() {
    let interfaces = agrees(&format!(
        "{CABLE} && ip link add br0 type bridge && ip link set v0 master br0 && ip link set br0 up && ip addr add 10.0.0.1/8 dev br0 \
         && ip link add v2 type veth peer name v3 && ip link set v2 up"
    ));
    assert_eq!(named(&interfaces, "br0")["kind"], "Virtual");
    assert_eq!((&named(&interfaces, "v2")["up"], &named(&interfaces, "v2")["running"]), (&true.into(), &false.into()));
    assert_eq!(named(&interfaces, "v3")["up"], false);
}

#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn a_dummy() {
    if !can_be_graded("dummy") {
        return;
    }
    agrees("ip link add d0 type dummy && ip link set d0 up && ip addr add 10.0.0.1/24 dev d0");
}

#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn a_tunnel_has_no_mac() {
    let interfaces =
        agrees("ip tuntap add t0 mode tun && ip addr add 10.9.0.1 peer 10.9.0.2 dev t0 && ip link set t0 up");
    assert_eq!(named(&interfaces, "t0")["mac"], Value::Null);
}

/// A device whose hardware address has four bytes, as a tunnel's of IPv6 in IPv4 (sit): tun.c of Linux gives it the length that belongs to
/// the type of its link. The test of `required` demands none either.
#[test]
#[ignore = "needs ip, python3 and namespaces; run by .ci/run"]
fn four_bytes_are_no_mac() {
    let prepare = "python3 -c \"
import fcntl, os, struct
TUNSETIFF, TUNSETPERSIST, TUNSETLINK, TAP, SIT = 0x400454ca, 0x400454cb, 0x400454cd, 2, 776
tun = os.open('/dev/net/tun', os.O_RDWR)
fcntl.ioctl(tun, TUNSETIFF, struct.pack('16sH22x', b't0', TAP))
fcntl.ioctl(tun, TUNSETLINK, SIT)
fcntl.ioctl(tun, TUNSETPERSIST, 1)\"";
    let interfaces = agrees(prepare);
    assert_eq!(named(&interfaces, "t0")["mac"], Value::Null);

    let tests = std::env::current_exe().unwrap();
    let script = format!("exec '{}' --exact required::it_lists_every_mac", tests.display());
    let (code, stdout, stderr) = in_a_namespace(prepare, &script, &Course::with(SHIPPED));
    assert!(code == Some(0) && stdout.contains(" 1 passed"), "{stdout}{stderr}");
}

/// The same address at both ends of a cable; one whose time is over; and one that nobody has asked for yet.
const RESTRICTED: &str = "ip link add v0 type veth peer name v1 && ip link set v0 addrgenmode none && ip link set v1 addrgenmode none \
                          && ip link set v0 up && ip link set v1 up && ip addr add fd00:7::1/64 dev v1 nodad \
                          && ip addr add fd00:8::1/64 dev v0 nodad preferred_lft 0 && ip addr add fd00:7::1/64 dev v0 \
                          && until ip addr show v0 | grep -q dadfailed; do sleep .05; done && ip addr add fd00:9::1/64 dev v0";

#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn an_address_that_is_not_to_be_used_is_marked() {
    let (_, stdout, _) = in_a_namespace(RESTRICTED, "\"$0\"", &Course::with(SHIPPED));
    for line in ["fd00:7::1/64 dadfailed  ", "fd00:8::1/64 deprecated ", "fd00:9::1/64 tentative  "] {
        assert_eq!(stdout.matches(line).count(), 1, "{stdout}");
    }
    assert!(stdout.contains(" fd00:7::1/64             "), "that of the other end is not marked: {stdout}");
    let (_, stdout, _) = in_a_namespace(RESTRICTED, "\"$0\" --json", &Course::with(SHIPPED));
    let interfaces: Vec<Value> = serde_json::from_str(&stdout).unwrap();
    let mut restrictions: Vec<_> = named(&interfaces, "v0")["addresses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|address| (address["address"].as_str().unwrap(), address["restriction"].as_str().unwrap()))
        .collect();
    restrictions.sort_unstable();
    assert_eq!(restrictions, [("fd00:7::1", "dadfailed"), ("fd00:8::1", "deprecated"), ("fd00:9::1", "tentative")]);
    assert_eq!(named(&interfaces, "v1")["addresses"][0].get("restriction"), None);
}

/// Linux takes any bytes but `/`, `:` and spaces. The third name ends within a character, the fourth clears a screen.
#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn names_that_are_no_utf8_are_told_apart_and_shown_safely() {
    let prepare = r#"for n in 1:\\377 2:\\376 3:\\360\\237 4:\\033[2J; do
        name=$(printf "v${n#*:}")
        ip link add name "$name" type veth peer name "w${n%:*}" && ip addr add "10.0.${n%:*}.1/24" dev "$name"
    done"#;
    let course = Course::with(SHIPPED);
    let (code, stdout, stderr) = in_a_namespace(prepare, "\"$0\" --json", &course);
    assert_eq!(code, Some(0), "{stderr}");
    let interfaces: Vec<Value> = serde_json::from_str(&stdout).unwrap();
    let mut found: Vec<_> = interfaces
        .iter()
        .filter(|interface| interface["name"] == "v\u{fffd}")
        .map(|interface| (&interface["kind"], &interface["addresses"][0]["address"]))
        .collect();
    found.sort_by_key(|(_, address)| address.as_str());
    let expected = ["10.0.1.1", "10.0.2.1", "10.0.3.1"].map(|address| (Value::from("Virtual"), Value::from(address)));
    assert_eq!(found, expected.iter().map(|(kind, address)| (kind, address)).collect::<Vec<_>>(), "{stdout}");
    let (code, stdout, _) = in_a_namespace(prepare, "\"$0\"", &course);
    assert_eq!((code, stdout.matches("\nv\u{fffd} ").count()), (Some(0), 3), "{stdout}");
    assert_eq!(stdout.matches("\nv\\x1b[2J ").count(), 1, "{stdout}");
}

#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn ipv6_only() {
    let interfaces = agrees(&format!("{CABLE} && ip addr add 2001:db8::5/64 dev v0 nodad"));
    let addresses = named(&interfaces, "v0")["addresses"].as_array().unwrap().clone();
    assert!(addresses.iter().all(|address| address["family"] == "inet6"), "{addresses:?}");
    assert!(addresses.iter().any(|address| address["scope"] == "link"), "{addresses:?}");
}

#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn two_hundred_addresses() {
    let interfaces =
        agrees(&format!("{CABLE} && for n in $(seq 200); do echo addr add 10.0.$n.7/24 dev v0; done | ip -batch -"));
    assert!(named(&interfaces, "v0")["addresses"].as_array().unwrap().len() >= 200);
}

/// The list for people fits into 80 columns, and shows a link-local address with its interface.
#[test]
#[ignore = "needs ip and namespaces; run by .ci/run"]
fn the_list_fits_into_eighty_columns() {
    let prepare = format!(
        "{CABLE} && ip addr add 2001:db8:1111:2222:3333:4444:5555:6666/64 dev v0 nodad && ip addr add fe80::1/64 dev v0 nodad"
    );
    let (_, stdout, _) = in_a_namespace(&prepare, "\"$0\"", &Course::with(SHIPPED));
    assert!(stdout.lines().all(|line| line.chars().count() <= 80), "{stdout}");
    assert!(stdout.contains(" fe80::1%v0/64 "), "{stdout}");
    assert!(stdout.starts_with("INTERFACE  KIND      STATE  MAC\nlo         Loopback  down   -\n"), "{stdout}");
}
