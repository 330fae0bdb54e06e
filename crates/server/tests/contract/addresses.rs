//! Addresses that only some computers have, each test in a network of its own, which has no way out.

use assert_cmd::cargo::cargo_bin;
use common::testing::Program;
use std::process::Command;

/// Runs a shell's `script` there to its end; `$0` is the server.
fn in_a_network(script: &str) -> (Option<i32>, String, String) {
    let script = format!("mount -t proc proc /proc && ip link set lo up && {script}");
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--net", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", &script]);
    command.arg(cargo_bin!());
    let mut program = Program::start(command).unwrap();
    let status = program.wait_for_end().unwrap();
    (status.code(), program.stdout(), program.stderr())
}

/// What is shown can be typed again, as by the client here: the zone belongs to the address (RFC 4007).
#[test]
#[ignore = "needs a network namespace, python3 and the command ip; run by .ci/run"]
fn a_link_local_address_is_shown_with_its_zone() {
    let client = "import socket; s = socket.create_connection(('fe80::7%v0', 8080)); s.sendall(b'HELLO'); s.recv(1)";
    let (code, screen, stderr) = in_a_network(&format!(
        "ip link add v0 type veth peer name v1 && ip link set v0 up && ip link set v1 up \
         && ip addr add fe80::7/64 dev v0 nodad && {{ \"$0\" fe80::7%v0 8080 & }} \
         && until python3 -c \"{client}\" 2>&-; do :; done && kill -INT $! && wait $!"
    ));
    assert_eq!(code, Some(0), "{stderr}");
    let expected = "Waiting for connections at fe80::7%v0, 8080\nCONNECTION: 1. From the IP: fe80::7%v0\n";
    assert!(screen.starts_with(expected), "{screen}");
}

/// The computer at the other end of the cable has the same address, and another one's time is over: neither is one to listen at.
#[test]
#[ignore = "needs network namespaces and the command ip; run by .ci/run"]
fn an_own_address_that_is_not_to_be_used_is_told_and_not_proposed() {
    let (code, _, stderr) = in_a_network(
        "{ unshare --net sleep 60 & } && other=$! \
         && until [ $(readlink /proc/$other/ns/net) != $(readlink /proc/$$/ns/net) ]; do :; done \
         && ip link add v0 type veth peer name v1 netns $other \
         && nsenter -t $other -n sh -c 'ip link set v1 up && ip addr add fd00:7::1/64 dev v1 nodad' \
         && ip link set v0 up && ip addr add fd00:6::1/64 dev v0 nodad && ip addr add fd00:7::1/64 dev v0 \
         && ip addr add fd00:8::1/64 dev v0 nodad preferred_lft 0 \
         && until ip addr show v0 | grep -q dadfailed; do sleep .05; done; exec \"$0\" fd00:7::1 0",
    );
    assert_eq!(code, Some(1), "{stderr}");
    let next = "\nnext:  fd00:7::1 is not to be used, since another computer of the network has the same address: \
                use one of its own: fd00:6::1, 127.0.0.1, ::1, or 0.0.0.0 for all of them\n";
    assert!(stderr.ends_with(next), "{stderr}");
}
