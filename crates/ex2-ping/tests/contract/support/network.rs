//! A network of a test's own, for tests in modules named `virtual_lab`: `scripts/virtual-lab --test` runs them, as root of
//! the lab, and each then leaves the lab's network for a new and empty one.
//!
//! A network namespace belongs to a thread: unshare(2) moves the calling thread alone, and what that starts from then on,
//! threads and programs, follows it. libtest runs each test in a thread of its own, so that tests side by side, or one after
//! the other with `--test-threads=1`, know nothing of each other. Two things still look at the whole process: `/proc/net`
//! (read `/proc/thread-self/net` instead) and `/sys/class/net`. `/proc/sys/net` is that of the thread which opens it.
//!
//! A namespace goes, with its interfaces, when the last thread and program in it ends.

use nix::sched::{CloneFlags, unshare};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc;
use std::thread;

/// This end of [`Network::with_cable`]. All of these addresses are for documentation (RFC 5737, RFC 3849).
pub const NEAR: &str = "192.0.2.1";
/// This end in IPv6.
pub const NEAR_6: &str = "2001:db8::1";
/// The other end, where [`Network::with_computer`] has one.
pub const FAR: &str = "192.0.2.2";
/// The other end in IPv6.
pub const FAR_6: &str = "2001:db8::2";
/// On the cable, its hardware address known, and nobody there: what is sent to it vanishes.
pub const SILENT: &str = "192.0.2.66";
/// On the cable, and nobody knows its hardware address: "host unreachable", about 3 s later (ARP asks three times).
pub const NOBODY: &str = "192.0.2.77";

/// Panics unless this thread is on the student's computer of `scripts/virtual-lab`. Each test that sends to an address of the
/// lab (www.urjc.es, 8.8.8.8 …) says this first: elsewhere that would be the real one.
pub fn assert_in_the_lab() {
    let lab = std::env::var_os("VIRTUAL_LAB").unwrap_or_default();
    assert!(
        namespace_of_this_thread().as_os_str() == lab,
        "this test sends to addresses of the virtual lab: run scripts/virtual-lab --test"
    );
}

/// As "net:[…]", which no two networks of one time share: namespaces(7).
fn namespace_of_this_thread() -> PathBuf {
    fs::read_link("/proc/thread-self/ns/net").expect("Linux with /proc")
}

/// The network of one thread.
pub struct Network {
    namespace: PathBuf,
}

impl Network {
    /// Leaves the thread's network for a new one, which has lo (127.0.0.0/8 and `::1`) and nothing else.
    pub fn with_loopback() -> Self {
        unshare(CloneFlags::CLONE_NEWNET).expect("root in a namespace: run scripts/virtual-lab --test");
        let network = Self { namespace: namespace_of_this_thread() };
        network.enable_ipv6();
        network.ip(&["link", "set", "lo", "up"]);
        network
    }

    /// A new network with lo, and a cable `near` with [`NEAR`] and [`NEAR_6`], at whose other end nobody has an address:
    /// [`SILENT`] and [`NOBODY`] are there to be pinged.
    pub fn with_cable() -> Self {
        let network = Self::with_loopback();
        network.ip(&["link", "add", "near", "type", "veth", "peer", "name", "far"]);
        network.ip(&["link", "set", "far", "up"]);
        network.plug_in("near", NEAR, NEAR_6);
        network.ip(&["neighbour", "add", SILENT, "lladdr", "02:00:00:00:00:66", "dev", "near", "nud", "permanent"]);
        network
    }

    /// A new network with lo, and a cable to another computer with a network of its own: [`FAR`] and [`FAR_6`].
    pub fn with_computer() -> (Self, Computer) {
        let network = Self::with_loopback();
        let computer = Computer::start();
        let namespace = computer.thread.to_string();
        network.ip(&["link", "add", "near", "type", "veth", "peer", "name", "near", "netns", &namespace]);
        network.plug_in("near", NEAR, NEAR_6);
        computer.run(|network| network.plug_in("near", FAR, FAR_6));
        // Packets that are sent before both ends have noticed each other are lost.
        common::testing::poll("the cable", || {
            network.ip(&["-oneline", "link", "show", "near"]).contains("state UP").then_some(())
        })
        .unwrap();
        (network, computer)
    }

    /// Runs `ip` in this network, and gives its standard output. Panics where it fails.
    pub fn ip(&self, arguments: &[&str]) -> String {
        self.assert_here();
        let output = Command::new("ip").args(arguments).output().expect("the program ip");
        assert!(output.status.success(), "ip {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Changes a setting of this network, named as below `/proc/sys/net`: `sysctl("ipv4/ping_group_range", "1 0")`.
    pub fn sysctl(&self, name: &str, value: &str) {
        self.assert_here();
        fs::write(format!("/proc/sys/net/{name}"), value).unwrap_or_else(|error| panic!("{name} = {value}: {error}"));
    }

    /// From now on the kernel answers no pings here: a scripted host does.
    pub fn silence_kernel(&self) {
        self.sysctl("ipv4/icmp_echo_ignore_all", "1");
        self.sysctl("ipv6/icmp/echo_ignore_all", "1");
    }

    /// What changes this network must not change another, the machine's least of all.
    fn assert_here(&self) {
        assert_eq!(self.namespace, namespace_of_this_thread(), "a network is that of the thread which made it");
    }

    fn plug_in(&self, interface: &str, ipv4: &str, ipv6: &str) {
        self.ip(&["address", "add", &format!("{ipv4}/24"), "dev", interface]);
        self.ip(&["address", "add", &format!("{ipv6}/64"), "dev", interface, "nodad"]);
        self.ip(&["link", "set", interface, "up"]);
    }

    /// Whatever the machine has; and addresses are used at once, without asking whether somebody else has them.
    fn enable_ipv6(&self) {
        for which in ["all", "default"] {
            self.sysctl(&format!("ipv6/conf/{which}/disable_ipv6"), "0");
            self.sysctl(&format!("ipv6/conf/{which}/accept_dad"), "0");
        }
    }
}

type Job = Box<dyn FnOnce(&Network) + Send>;

/// Another computer: a thread in a network of its own. It is gone when this is dropped.
pub struct Computer {
    /// By its number other namespaces find its network.
    thread: nix::unistd::Pid,
    jobs: mpsc::Sender<Job>,
}

impl Computer {
    /// Starts one with lo and nothing else.
    fn start() -> Self {
        let (jobs, todo) = mpsc::channel::<Job>();
        let (number, thread) = mpsc::channel();
        let work = move || {
            let network = Network::with_loopback();
            number.send(nix::unistd::gettid()).expect("the test waits for it");
            for job in todo {
                job(&network);
            }
        };
        thread::Builder::new().name("computer".to_string()).spawn(work).expect("a thread");
        Self { thread: thread.recv().expect("the computer starts"), jobs }
    }

    /// Does something there, and gives what came of it. What is started there stays there:
    /// `computer.run(|_| ScriptedHost::start(FAR, |_| vec![]))`.
    pub fn run<T: Send + 'static>(&self, job: impl FnOnce(&Network) -> T + Send + 'static) -> T {
        let (done, result) = mpsc::channel();
        let job = move |network: &Network| drop(done.send(job(network)));
        self.jobs.send(Box::new(job)).expect("the computer runs");
        result.recv().expect("the job did not panic")
    }
}
