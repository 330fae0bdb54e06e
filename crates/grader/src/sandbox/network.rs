//! The outer wall: the tests and the program under test have a network of their own, which leads nowhere.

use super::failure::{Failure, Trying as _};
use super::namespaces::enter_as;
use super::plan::{Plan, mebibytes};
use super::stages::{Call, code};
use super::{owner, root};
use nix::errno::Errno;
use nix::mount::{MsFlags, mount};
use nix::sched::{CloneFlags, unshare};
use nix::sys::prctl::set_pdeathsig;
use nix::sys::signal::Signal;
use nix::sys::statvfs::statvfs;
use nix::sys::wait::{WaitStatus, waitpid};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::fd::AsRawFd as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Makes the namespaces, and waits for the process that is the first one in them: it goes on with this stage.
pub fn network(call: &Call, next: &str) -> Result<i32, Failure> {
    // If the engine is gone, so is all of this.
    set_pdeathsig(Signal::SIGKILL).trying("asking to end with the engine")?;
    let namespaces =
        CloneFlags::CLONE_NEWNET | CloneFlags::CLONE_NEWPID | CloneFlags::CLONE_NEWNS | CloneFlags::CLONE_NEWIPC;
    match call.plan.uid {
        Some(_) => unshare(namespaces).trying("making namespaces")?,
        None => enter_as(0, namespaces)?,
    }
    let mut first = call.next(next, &call.extra).spawn().trying("starting the first process")?;
    first.wait().map(code).trying("waiting for the first process")
}

/// The first process: when it ends, the system ends all others, `pid_namespaces`(7).
pub fn first(call: &Call) -> Result<i32, Failure> {
    set_pdeathsig(Signal::SIGKILL).trying("asking to end with the first stage")?;
    root::make_private()?;
    root::mount_proc("/proc")?;
    // Else it shows the network interfaces of this computer. Where it cannot be had, there is nothing that it may show.
    let _ = mount(Some("sysfs"), "/sys", Some("sysfs"), MsFlags::MS_RDONLY | MsFlags::MS_NOSUID, None::<&str>);
    begin_network()?;
    if let Some(uid) = call.plan.uid {
        owner::hand_over(&call.plan.scratch, uid);
    }
    bound_disk(&call.plan)?;

    let tests = Command::new(&call.words[0]).args(&call.words[1..]).spawn().trying("starting the tests")?;
    let code = wait_for(tests.id());
    note_what_was_used(&call.plan);
    Ok(code)
}

/// The loopback.
const LOOPBACK: &str = "link set lo up\n";
/// And an interface with an address, since exercise 1 lists them, and saves an address of this computer: a cable (veth(4)) from this
/// network into itself. The address is nobody's: RFC 5737. No other one comes to it later, while a test compares two lists.
const CABLE: &str = "link add eth0 type veth peer name eth1
link set eth0 addrgenmode none
link set eth1 addrgenmode none
addr add 192.0.2.1/24 dev eth0
link set eth1 up
link set eth0 up
";

/// Sets the interfaces up, and lets everyone ping: icmp(7), `ping_group_range`.
fn begin_network() -> Result<(), Failure> {
    let both = format!("{LOOPBACK}{CABLE}");
    // Where the system has no veth, what needs an address cannot be graded, and all else can.
    ip(&both).or_else(|_| ip(LOOPBACK)).trying("setting the loopback up with ip (Debian package iproute2)")?;
    // In a user namespace there is one group only.
    let everyone = ["0 2147483647", "0 0"];
    let _ = everyone.iter().any(|range| fs::write("/proc/sys/net/ipv4/ping_group_range", range).is_ok());
    Ok(())
}

/// Runs ip(8) with these lines: one process for all of them.
fn ip(lines: &str) -> io::Result<()> {
    let mut ip = Command::new("ip");
    ip.args(["-batch", "-"]).env("PATH", SYSTEM_PATH).stdin(Stdio::piped()).stderr(Stdio::null());
    let mut child = ip.spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(lines.as_bytes())?;
    }
    if child.wait()?.success() { Ok(()) } else { Err(io::Error::other("ip failed")) }
}

/// Where the system's own programs are: an ordinary user's PATH has no `sbin`.
const SYSTEM_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// What is written into the scratch folder from now on is kept in memory, up to the limit, and is gone afterwards.
fn bound_disk(plan: &Plan) -> Result<(), Failure> {
    let scratch = &plan.scratch;
    // By its number the folder can still be named when something is mounted over it.
    let below = File::open(scratch).trying(format_args!("opening {}", scratch.display()))?;
    root::mount_tmpfs(scratch, plan.limits.disk)?;
    let (upper, work) = (scratch.join("upper"), scratch.join("work"));
    for folder in [&upper, &work] {
        fs::create_dir(folder).trying("making a folder in memory")?;
    }
    owner::copy(&below, &upper);
    let layers =
        format!("lowerdir=/proc/self/fd/{},upperdir={},workdir={}", below.as_raw_fd(), escape(&upper), escape(&work));
    mount(Some("overlay"), scratch, Some("overlay"), MsFlags::MS_NOSUID | MsFlags::MS_NODEV, Some(&*layers))
        .trying("mounting an overlay on the scratch folder")
}

/// A path among the options of an overlay, where commas and colons divide.
fn escape(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "\\\\").replace(',', "\\,").replace(':', "\\:")
}

/// Waits for this process, and for all that have lost theirs meanwhile.
fn wait_for(process: u32) -> i32 {
    let is_meant = |pid: nix::unistd::Pid| pid.as_raw().unsigned_abs() == process;
    loop {
        match waitpid(None, None) {
            Ok(WaitStatus::Exited(pid, code)) if is_meant(pid) => return code,
            Ok(WaitStatus::Signaled(pid, signal, _)) if is_meant(pid) => return 128 + signal as i32,
            Ok(_) | Err(Errno::EINTR) => {}
            Err(_) => return super::stages::FAILED,
        }
    }
}

/// What can be seen afterwards.
fn note_what_was_used(plan: &Plan) {
    if is_full(&plan.scratch) {
        plan.note(&format!("it wanted to write more than {}", mebibytes(plan.limits.disk)));
    }
    if no_routes() > 0 {
        plan.note("it wanted to reach another computer, or a name server");
    }
}

/// Whether nothing more can be written there.
pub fn is_full(folder: &Path) -> bool {
    statvfs(folder).is_ok_and(|room| room.blocks_available() == 0 || room.files_available() == 0)
}

/// How often somebody wanted to reach an address to which there is no way: RFC 4293, `ipSystemStatsOutNoRoutes`.
fn no_routes() -> u64 {
    let table = fs::read_to_string("/proc/net/snmp").unwrap_or_default();
    let mut rows = table.lines().filter_map(|line| line.strip_prefix("Ip:")).map(str::split_whitespace);
    let (Some(mut names), Some(mut values)) = (rows.next(), rows.next()) else { return 0 };
    let place = names.position(|name| name == "OutNoRoutes");
    place.and_then(|place| values.nth(place)?.parse().ok()).unwrap_or(0)
}
