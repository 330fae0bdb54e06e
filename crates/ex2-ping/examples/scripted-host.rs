//! A host that answers pings late, never, twice or out of order, and counts what it did: for `scripts/bench`, and to play with.
//!
//! It needs root in a network namespace whose kernel answers no pings itself:
//!
//! ```console
//! $ scripts/virtual-lab sh -c '
//!     echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all
//!     target/debug/examples/scripted-host --delay 10ms --loss 0.05 127.0.0.2 <&0 &
//!     ping -c 5 127.0.0.2; kill $!; wait'
//! ```
//!
//! It says `answering` with its address on standard error when it does, and ends when its standard input is closed, or by
//! SIGTERM or Ctrl-C: then its counts are one line of JSON on standard output.

#[cfg(target_os = "linux")]
#[path = "../tests/contract/support/scripted_host.rs"]
mod scripted_host;

#[cfg(not(target_os = "linux"))]
fn main() -> std::process::ExitCode {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "error: this needs Linux: network namespaces and raw sockets");
    std::process::ExitCode::FAILURE
}

#[cfg(target_os = "linux")]
fn main() -> std::io::Result<()> {
    linux::main()
}

#[cfg(target_os = "linux")]
mod linux {
    use super::scripted_host::{Conditions, Counts, ScriptedHost};
    use clap::Parser;
    use nix::errno::Errno;
    use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
    use nix::sys::signal::{SigSet, Signal};
    use nix::sys::signalfd::{SfdFlags, SignalFd};
    use std::io::{self, Read as _, Write as _};
    use std::net::IpAddr;
    use std::os::fd::AsFd as _;
    use std::time::Duration;

    /// Answers pings as a bad network would
    #[derive(Parser)]
    struct Options {
        /// The address to answer for: one of this computer's
        address: IpAddr,
        /// How late each answer is: 10ms, 0.5s
        #[arg(long, default_value = "0ms", value_parser = duration)]
        delay: Duration,
        /// The chance that there is no answer, from 0 to 1
        #[arg(long, default_value = "0", value_parser = chance)]
        loss: f64,
        /// The chance that there are two
        #[arg(long, default_value = "0", value_parser = chance)]
        duplicates: f64,
        /// The chance that an answer is held back
        #[arg(long, default_value = "0", value_parser = chance)]
        reorder: f64,
        /// For how long it is held back
        #[arg(long, default_value = "20ms", value_parser = duration)]
        hold: Duration,
        /// The same seed, the same run
        #[arg(long, default_value = "0")]
        seed: u64,
    }

    pub fn main() -> io::Result<()> {
        let Options { address, delay, loss, duplicates, reorder, hold, seed } = Options::parse();
        let conditions = Conditions { delay, loss, duplicates, reorder, hold, seed };

        // Blocked before the host's thread starts, which inherits that: they come through a descriptor alone.
        let mut ending = SigSet::empty();
        ending.add(Signal::SIGINT);
        ending.add(Signal::SIGTERM);
        ending.thread_block()?;
        let signals = SignalFd::with_flags(&ending, SfdFlags::SFD_CLOEXEC)?;

        let host = ScriptedHost::start(&address.to_string(), move |request| conditions.actions(request.number));
        writeln!(io::stderr(), "answering {address}")?;
        wait_for_the_end(&signals)?;
        writeln!(io::stdout(), "{}", json(host.stop()))
    }

    /// Until standard input is closed or a signal comes.
    fn wait_for_the_end(signals: &SignalFd) -> io::Result<()> {
        let mut stdin = io::stdin();
        loop {
            let mut events = [stdin.as_fd(), signals.as_fd()].map(|fd| PollFd::new(fd, PollFlags::POLLIN));
            match poll(&mut events, PollTimeout::NONE) {
                Err(Errno::EINTR) => continue,
                result => result?,
            };
            let [input, signal] = events.map(|event| event.any() == Some(true));
            if signal || (input && stdin.read(&mut [0; 1024])? == 0) {
                return Ok(());
            }
        }
    }

    fn json(counts: Counts) -> String {
        let Counts { requests, lost, answered, duplicates, errors, raw, pending, failed, missed } = counts;
        format!(
            r#"{{"requests":{requests},"lost":{lost},"answered":{answered},"duplicates":{duplicates},"errors":{errors},"raw":{raw},"pending":{pending},"failed":{failed},"missed":{missed}}}"#
        )
    }

    fn duration(text: &str) -> Result<Duration, String> {
        let (number, unit) = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
            (Some(number), _) => (number, 0.001),
            (None, Some(number)) => (number, 1.0),
            (None, None) => return Err("a time is a number with its unit: 10ms, 0.5s".to_string()),
        };
        let number: f64 = number.parse().map_err(|_| "a time is a number with its unit: 10ms, 0.5s".to_string())?;
        Duration::try_from_secs_f64(number * unit).map_err(|error| error.to_string())
    }

    fn chance(text: &str) -> Result<f64, String> {
        let chance = text.parse().ok().filter(|chance| (0.0..=1.0).contains(chance));
        chance.ok_or_else(|| "a chance is a number from 0 to 1".to_string())
    }
}
