//! What the teacher asks for with a signal: to stop (Ctrl-C), who came (SIGUSR1), and the screen again.

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(windows, expect(dead_code, reason = "Windows has no signals for the last two"))]
pub enum Request {
    Stop,
    WhoCame,
    Redraw,
}

pub use system::Signals;

#[cfg(unix)]
mod system {
    use super::Request::{self, Redraw, Stop, WhoCame};
    use nix::sys::signal::Signal::{SIGCONT, SIGXFSZ};
    use std::future::poll_fn;
    use std::io;
    use std::task::Poll;
    use tokio::signal::unix::{Signal, SignalKind, signal};

    /// The signals of Unix, and what each asks for.
    pub struct Signals(Vec<(Signal, Request)>);

    impl Signals {
        /// Listens from now on.
        pub fn listen() -> io::Result<Self> {
            // Where a file may not grow any more (ulimit -f), who listens gets an error, and who does not is ended: setrlimit(2).
            let _ = signal(SignalKind::from_raw(SIGXFSZ as i32))?;
            let mut wanted = vec![
                (SignalKind::interrupt(), Stop),
                (SignalKind::terminate(), Stop),
                (SignalKind::user_defined1(), WhoCame),
                (SignalKind::window_change(), Redraw),
                (SignalKind::from_raw(SIGCONT as i32), Redraw),
            ];
            if !is_hangup_ignored() {
                wanted.push((SignalKind::hangup(), Stop));
            }
            wanted.into_iter().map(|(kind, request)| Ok((signal(kind)?, request))).collect::<io::Result<_>>().map(Self)
        }

        /// Waits for the next request.
        pub async fn next(&mut self) -> Request {
            poll_fn(|context| {
                let arrived = self
                    .0
                    .iter_mut()
                    .find_map(|(signal, request)| signal.poll_recv(context).is_ready().then_some(*request));
                arrived.map_or(Poll::Pending, Poll::Ready)
            })
            .await
        }
    }

    /// Whether it was started to survive its terminal, as nohup(1) does: proc(5), a bit for each signal, the first one lowest. On
    /// other systems than Linux nobody tells.
    fn is_hangup_ignored() -> bool {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let bits = ignored.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).unwrap_or_default();
        bits & 1 == 1
    }
}

#[cfg(windows)]
mod system {
    use super::Request;
    use std::future::poll_fn;
    use std::io;
    use std::task::Poll;
    use tokio::signal::windows::{self, CtrlBreak, CtrlC, CtrlClose, CtrlShutdown};

    /// What Windows has instead: Ctrl-C, Ctrl-Break, a console that is closed, the computer's end.
    pub struct Signals(CtrlC, CtrlBreak, CtrlClose, CtrlShutdown);

    impl Signals {
        /// Listens from now on.
        pub fn listen() -> io::Result<Self> {
            Ok(Self(windows::ctrl_c()?, windows::ctrl_break()?, windows::ctrl_close()?, windows::ctrl_shutdown()?))
        }

        /// Waits for the next request, which is to stop.
        pub async fn next(&mut self) -> Request {
            let Self(interrupt, terminate, close, shut_down) = self;
            poll_fn(|context| {
                let stop = interrupt.poll_recv(context).is_ready()
                    || terminate.poll_recv(context).is_ready()
                    || close.poll_recv(context).is_ready()
                    || shut_down.poll_recv(context).is_ready();
                if stop { Poll::Ready(Request::Stop) } else { Poll::Pending }
            })
            .await
        }
    }
}
