//! Something that happens once, on another thread, and can be waited for together with sockets: Ctrl-C, the end of a lookup.

use common::Problem;
#[cfg(unix)]
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Makes the event happen when it is dropped.
///
/// Its thread may end in any way, and the event happens all the same.
#[derive(Debug)]
pub struct Trigger {
    happened: Arc<AtomicBool>,
    /// Closed after `happened` is set: an end of file at the other end, for everybody who waits there, again and again.
    #[cfg(unix)]
    _writer: std::os::unix::net::UnixStream,
}

impl Drop for Trigger {
    fn drop(&mut self) {
        self.happened.store(true, Ordering::Release);
    }
}

/// What has happened, or will.
#[derive(Debug)]
pub struct Event {
    happened: Arc<AtomicBool>,
    #[cfg(unix)]
    reader: std::os::unix::net::UnixStream,
}

impl Event {
    /// An event that has not happened, and what makes it happen.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if there are too many open files.
    pub fn new() -> Result<(Trigger, Self), Problem> {
        let happened = Arc::new(AtomicBool::new(false));
        #[cfg(unix)]
        let (writer, reader) = std::os::unix::net::UnixStream::pair().map_err(waiting)?;
        Ok((
            Trigger {
                happened: Arc::clone(&happened),
                #[cfg(unix)]
                _writer: writer,
            },
            Self {
                happened,
                #[cfg(unix)]
                reader,
            },
        ))
    }

    /// Whether it has happened.
    pub fn has_happened(&self) -> bool {
        self.happened.load(Ordering::Acquire)
    }
}

/// Waits until one of the `events` happens, or `socket` has something, or the time `until` has come; for ever without one.
///
/// It may return early: the caller looks what there is, and waits again.
///
/// # Errors
///
/// A [`Problem`] if the system cannot wait.
#[cfg(unix)]
pub fn wait(events: &[&Event], socket: Option<&socket2::Socket>, until: Option<Instant>) -> Result<(), Problem> {
    use nix::errno::Errno;
    use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
    use std::os::fd::AsFd as _;

    let readers = events.iter().map(|event| event.reader.as_fd());
    let mut descriptors: Vec<PollFd> =
        readers.chain(socket.map(|socket| socket.as_fd())).map(|fd| PollFd::new(fd, PollFlags::POLLIN)).collect();
    // Rounded up to a millisecond, poll's unit, so that nobody runs in a circle for the last part of one.
    let timeout = until.map_or(PollTimeout::NONE, |until| {
        let left = until.saturating_duration_since(Instant::now()) + Duration::from_nanos(999_999);
        PollTimeout::try_from(left).unwrap_or(PollTimeout::MAX)
    });
    match poll(&mut descriptors, timeout) {
        Ok(_) | Err(Errno::EINTR) => Ok(()),
        Err(e) => Err(waiting(e.into())),
    }
}

/// Waits a moment, at most until the time `until`: this system has nothing that waits for sockets and events together.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
pub fn wait(events: &[&Event], socket: Option<&socket2::Socket>, until: Option<Instant>) -> Result<(), Problem> {
    let _ = (events, socket);
    let moment = Duration::from_millis(5);
    let left = until.map_or(moment, |until| until.saturating_duration_since(Instant::now()));
    std::thread::park_timeout(left.min(moment));
    Ok(())
}

/// On Ctrl-C the event happens; the second Ctrl-C ends the program.
///
/// # Errors
///
/// A [`Problem`] if Ctrl-C cannot be handled.
pub fn ctrl_c() -> Result<Event, Problem> {
    let (trigger, event) = Event::new()?;
    common::interrupt::on_ctrl_c(move || drop(trigger))?;
    Ok(event)
}

#[cfg(unix)]
fn waiting(cause: io::Error) -> Problem {
    Problem::new("this computer has no room to wait for one thing more", cause, "close some programs, and try again")
}
