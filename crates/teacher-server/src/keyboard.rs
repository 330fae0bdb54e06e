//! Enter: the teacher asks who came so far.

use std::io::{self, IsTerminal as _};
use std::thread;
use std::time::Duration;

/// How long the keyboard rests after each look: a key that is held down must not fill the screen.
const REST: Duration = Duration::from_millis(300);

/// Calls `pressed` after Enter at a terminal, on a thread of its own, until standard input ends. Lines of a pipe or a file are nobody's keys.
pub fn on_enter(pressed: impl Fn() + Send + 'static) {
    if !io::stdin().is_terminal() {
        return;
    }
    // Without this thread, SIGUSR1 still asks.
    let _ = thread::Builder::new().name("keyboard".to_string()).spawn(move || {
        while let Some(has_enter) = read() {
            if has_enter {
                pressed();
            }
            thread::park_timeout(REST);
        }
    });
}

/// Waits for input, and tells whether Enter was pressed. None at its end.
#[cfg(unix)]
fn read() -> Option<bool> {
    use nix::errno::Errno::EINTR;
    use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
    use std::os::fd::AsFd as _;

    let stdin = io::stdin();
    // A signal that finds the event loop busy with another one may come to this thread, and interrupts its wait.
    let mut watched = [PollFd::new(stdin.as_fd(), PollFlags::POLLIN)];
    while let Err(e) = poll(&mut watched, PollTimeout::NONE) {
        if e != EINTR {
            return None;
        }
    }
    // A program in the background (`&`, or Ctrl-Z and `bg`) that reads from its terminal is stopped: what is typed is for another one.
    if nix::unistd::tcgetpgrp(&stdin).is_ok_and(|foreground| foreground != nix::unistd::getpgrp()) {
        return Some(false);
    }
    let mut typed = [0; 1024];
    let length = nix::unistd::read(&stdin, &mut typed).ok()?;
    // Ctrl-D looks like the end, too: a terminal that is gone says so
    let is_gone = length == 0 && watched[0].revents()?.contains(PollFlags::POLLHUP);
    (!is_gone).then(|| typed[..length].contains(&b'\n'))
}

/// Waits for a line. None at the end.
#[cfg(windows)]
fn read() -> Option<bool> {
    let line = io::stdin().lines().next()?;
    line.ok().map(|_| true)
}
