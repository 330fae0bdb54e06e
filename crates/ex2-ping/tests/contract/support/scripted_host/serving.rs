//! The thread of a scripted host: it receives, asks the script, and sends when the time has come.

use super::{Action, Counts, Request, lock};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, ppoll};
use socket2::{Domain, Protocol, Socket, Type};
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::os::fd::{AsFd as _, AsRawFd as _};
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex};
use std::time::Instant;
use std::{fs, io};

/// What a full window of pings may pile up while the thread waits for its turn on a busy machine. The system may give less:
/// [`Counts::missed`] tells whether it was enough.
const RECEIVE_BUFFER: usize = 8 << 20;

/// The largest IP packet.
const LARGEST: usize = 65_535;

pub(super) type Script = Box<dyn FnMut(&Request) -> Vec<Action> + Send>;

/// A message to be sent.
struct Answer {
    to: SocketAddr,
    message: Vec<u8>,
    count: fn(&mut Counts) -> &mut u64,
}

/// What the thread of a host has.
pub(super) struct ServerRun {
    address: IpAddr,
    /// A raw socket in truth: std's type lends its safe `recv_from`, which socket2 has with uninitialized buffers only.
    socket: UdpSocket,
    /// The same, or one with another address.
    sender: UdpSocket,
    script: Script,
    counts: Arc<Mutex<Counts>>,
    /// By due time, and those of the same time in their order.
    pending: BTreeMap<(Instant, u64), Answer>,
    ordinal: u64,
}

impl ServerRun {
    /// With a raw socket of its own.
    pub fn new(address: IpAddr, sender: IpAddr, script: Script, counts: Arc<Mutex<Counts>>) -> io::Result<Self> {
        let socket = raw_socket(address)?;
        let sender = if sender == address { socket.try_clone()? } else { raw_socket(sender)? };
        Ok(Self { address, socket, sender, script, counts, pending: BTreeMap::new(), ordinal: 0 })
    }

    /// Until the other end of `stop` is closed.
    pub fn run(mut self, stop: &UnixStream) {
        let mut buffer = vec![0; LARGEST];
        loop {
            // ppoll, as poll counts whole milliseconds, and a read time-out the kernel's ticks of up to ten.
            let until_due = self
                .pending
                .first_key_value()
                .map(|(&(due, _), _)| due.saturating_duration_since(Instant::now()).into());
            let mut events = [self.socket.as_fd(), stop.as_fd()].map(|fd| PollFd::new(fd, PollFlags::POLLIN));
            match ppoll(&mut events, until_due, None) {
                Ok(_) | Err(Errno::EINTR) => (),
                Err(error) => panic!("ppoll: {error}"),
            }
            let stopped = events[1].any() == Some(true);
            // First all that is here, so that the kernel's buffer never fills while there is much to send.
            while let Ok((length, from)) = self.socket.recv_from(&mut buffer) {
                self.receive(&buffer[..length], from);
            }
            self.send_what_is_due();
            if stopped {
                lock(&self.counts).missed = missed(&self.socket);
                return;
            }
        }
    }

    fn receive(&mut self, packet: &[u8], from: SocketAddr) {
        let now = Instant::now();
        let number = lock(&self.counts).requests;
        let Some(request) = Request::parse(number, packet, from.ip(), self.address) else { return };
        let actions = (self.script)(&request);
        let mut replies = 0;
        let scheduled = actions.len();
        for action in actions {
            let (after, message, count): (_, _, fn(&mut Counts) -> &mut u64) = match action {
                Action::Reply { after } => {
                    replies += 1;
                    (after, request.reply(), if replies == 1 { |c| &mut c.answered } else { |c| &mut c.duplicates })
                }
                Action::Error { after, kind, code } => (after, request.error(kind, code), |c| &mut c.errors),
                Action::Raw { after, message } => (after, message, |c| &mut c.raw),
            };
            self.pending.insert((now + after, self.ordinal), Answer { to: from, message, count });
            self.ordinal += 1;
        }
        let mut counts = lock(&self.counts);
        counts.requests += 1;
        counts.lost += u64::from(replies == 0);
        counts.pending += scheduled as u64;
    }

    fn send_what_is_due(&mut self) {
        while let Some(first) = self.pending.first_entry() {
            if first.key().0 > Instant::now() {
                return;
            }
            let Answer { to, message, count } = first.remove();
            // Counted before it is sent: when it is received, it is counted.
            {
                let mut counts = lock(&self.counts);
                counts.pending -= 1;
                *count(&mut counts) += 1;
            }
            if self.sender.send_to(&message, to).is_err() {
                let mut counts = lock(&self.counts);
                *count(&mut counts) -= 1;
                counts.failed += 1;
            }
        }
    }
}

fn raw_socket(address: IpAddr) -> io::Result<UdpSocket> {
    let (domain, protocol) = match address {
        IpAddr::V4(_) => (Domain::IPV4, Protocol::ICMPV4),
        IpAddr::V6(_) => (Domain::IPV6, Protocol::ICMPV6),
    };
    let socket = Socket::new(domain, Type::RAW, Some(protocol))?;
    socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
    socket.set_nonblocking(true)?;
    // The kernel hands over what was sent to this address only, and sends from it.
    socket.bind(&SocketAddr::new(address, 0).into())?;
    Ok(socket.into())
}

/// How many packets the kernel dropped because the socket's buffer was full: the last column of `/proc/net/raw`, proc(5).
fn missed(socket: &UdpSocket) -> u64 {
    let link = fs::read_link(format!("/proc/thread-self/fd/{}", socket.as_raw_fd())).expect("the socket's inode");
    let inode = link.to_string_lossy().trim_matches(|c: char| !c.is_ascii_digit()).to_string();
    let tables = ["raw", "raw6"].map(|name| fs::read_to_string(format!("/proc/thread-self/net/{name}")));
    let table: String = tables.into_iter().flatten().collect();
    let row = table.lines().find(|line| line.split_whitespace().any(|word| word == inode)).expect("the socket's row");
    row.split_whitespace().last().and_then(|word| word.parse().ok()).expect("the number of drops")
}
