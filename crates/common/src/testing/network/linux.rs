//! Network namespaces.

use super::NETWORKS;
use nix::sched::{CloneFlags, setns, unshare};
use std::cell::RefCell;
use std::env;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::net::{Ipv4Addr, SocketAddrV4};
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};

/// The network of this thread, which its own file stands for.
const THIS_THREADS: &str = "/proc/thread-self/ns/net";

/// Where `ip` and `nft` are: an ordinary user's PATH has no `sbin`.
const SYSTEM_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// IPv6 may be switched off: what fails is passed over, and only IPv4 must work.
const EVERY_ADDRESS: &str = "link set lo up\nroute add local 0.0.0.0/0 dev lo\nroute add local ::/0 dev lo\n";

/// How proc(5), net/tcp, writes that a socket listens.
const LISTENS: &str = "0A";

thread_local! {
    static CURRENT: RefCell<Option<Network>> = const { RefCell::new(None) };
}

/// A network. It is gone when nobody is in it and nobody holds it.
#[derive(Clone)]
pub struct Network(Arc<File>);

/// Whether tests may have networks of their own.
pub fn are_allowed() -> bool {
    env::var_os(NETWORKS).is_some()
}

/// Moves this thread into a new network.
pub fn enter_new() -> io::Result<()> {
    first()?;
    // What listens there is looked up again and again, and the system goes through all places of a table for that: of its own table, it
    // has few. Older kernels than Linux 6.1 know one table for all, with hundreds of thousands.
    let _ = fs::write("/proc/sys/net/ipv4/tcp_child_ehash_entries", "64");
    unshare(CloneFlags::CLONE_NEWNET)?;
    let network = Network(Arc::new(File::open(THIS_THREADS)?));
    CURRENT.set(Some(network));
    // A server has the port that it wants, also below 1024: who runs it at home is asked for the right, ip_unprivileged_port_start.
    let _ = fs::write("/proc/sys/net/ipv4/ip_unprivileged_port_start", "0");
    feed(Command::new("ip").args(["-force", "-batch", "-"]), EVERY_ADDRESS)
}

/// Moves this thread back into the network in which all tests begin.
pub fn leave() -> io::Result<()> {
    if CURRENT.take().is_some() {
        setns(first()?, CloneFlags::CLONE_NEWNET)?;
    }
    Ok(())
}

/// The network in which all tests begin.
fn first() -> io::Result<&'static File> {
    static FIRST: OnceLock<File> = OnceLock::new();
    // The first thread that comes here is still in the network of the process.
    if FIRST.get().is_none() {
        let _ = FIRST.set(File::open(THIS_THREADS)?);
    }
    FIRST.get().ok_or_else(|| io::ErrorKind::NotFound.into())
}

impl Network {
    /// That of this thread, if it has left the first one.
    pub fn current() -> Option<Self> {
        CURRENT.with_borrow(Clone::clone)
    }

    /// Moves this thread there. Sockets stay where they are.
    pub fn enter(&self) {
        if setns(&*self.0, CloneFlags::CLONE_NEWNET).is_ok() {
            CURRENT.set(Some(self.clone()));
        }
    }
}

/// Lets all connections that begin in this thread's network, to whatever address and port, arrive at this port of 127.0.0.1.
pub fn redirect_to(port: u16) -> io::Result<()> {
    let rules = format!(
        "table ip recorder {{\n chain output {{\n  type nat hook output priority -100\n  tcp dport != {port} redirect to :{port}\n }}\n}}\n"
    );
    feed(Command::new("nft").args(["-f", "-"]), &rules)
}

/// Where somebody listens in this thread's network: nobody but the program under test is there, and the test itself. An IPv6 socket at
/// all addresses takes IPv4 as well.
pub fn listeners() -> Vec<SocketAddrV4> {
    let tables = ["tcp", "tcp6"].map(|name| fs::read_to_string(format!("/proc/thread-self/net/{name}")));
    let tables = tables.into_iter().flatten().collect::<Vec<_>>();
    tables.iter().flat_map(|table| table.lines().skip(1)).filter_map(listener).collect()
}

/// proc(5): `0: 0100007F:1F90 00000000:0000 0A …`. An address is shown as the number that its bytes are in memory.
fn listener(line: &str) -> Option<SocketAddrV4> {
    let mut fields = line.split_whitespace().skip(1);
    let (local, state) = (fields.next()?, fields.nth(1)?);
    let (address, port) = local.split_once(':').filter(|_| state == LISTENS)?;
    let last = address.get(address.len().checked_sub(8)?..)?;
    let ip = u32::from_str_radix(last, 16).ok()?.to_ne_bytes();
    Some(SocketAddrV4::new(Ipv4Addr::from(ip), u16::from_str_radix(port, 16).ok()?))
}

/// Runs a command that reads what it should do.
fn feed(command: &mut Command, input: &str) -> io::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    command.env("PATH", SYSTEM_PATH).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|e| io::Error::new(e.kind(), format!("{name}: {e}")))?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes())?;
    }
    let done = child.wait_with_output()?;
    let is_fatal = !done.status.success() && name != "ip";
    let said = String::from_utf8_lossy(&done.stderr).trim().to_string();
    if is_fatal { Err(io::Error::other(format!("{name}: {said}"))) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::listener;

    #[test]
    fn who_listens_is_read_from_the_systems_table() {
        let line = "   0: 2401A8C0:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 17 1";
        let connected = line.replace(" 0A ", " 01 ");
        let everywhere =
            "   1: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 1";
        if cfg!(target_endian = "little") {
            assert_eq!(listener(line).unwrap().to_string(), "192.168.1.36:8080");
        }
        assert_eq!(listener(everywhere).unwrap().to_string(), "0.0.0.0:80");
        assert_eq!(listener(&connected), None);
        assert_eq!(listener("no such line"), None);
    }
}
