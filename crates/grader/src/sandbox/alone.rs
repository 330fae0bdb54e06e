//! The inner wall, seen from the tests: the process that they take for the program.

use super::failure::{Failure, Trying as _};
use super::stages::{Call, code};
use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sched::{CloneFlags, unshare};
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, dup2_stderr, dup2_stdin, dup2_stdout, pipe};
use signal_hook::consts::{SIGINT, SIGQUIT, SIGTERM};
use std::fs::File;
use std::io::Read as _;
use std::os::fd::{AsFd as _, AsRawFd as _};
use std::os::unix::net::UnixStream;
use std::sync::Arc;

/// Starts the keeper of the inner wall, and ends with the program's own exit code as soon as the program has ended. What it has left
/// behind goes on for as long as it may, as it would anywhere else.
pub fn alone(call: &Call) -> Result<i32, Failure> {
    outlive_ctrl_c();
    let (mut ends, end) = UnixStream::pair().trying("making a pipe for signals")?;
    signal_hook::low_level::pipe::register(SIGTERM, end).trying("listening for signals")?;
    // The keeper has the same descriptor for its end, the program has none of them.
    let (read, write) = pipe().trying("making a pipe")?;
    fcntl(&read, FcntlArg::F_SETFD(FdFlag::FD_CLOEXEC)).trying("keeping a pipe to oneself")?;

    // From here on no thread can be started: its process number would be of another namespace than its process's.
    unshare(CloneFlags::CLONE_NEWPID | CloneFlags::CLONE_NEWNS | CloneFlags::CLONE_NEWIPC)
        .trying("making namespaces for the program")?;
    let mut keeper = call.next("keeper", &write.as_raw_fd().to_string()).spawn().trying("starting the keeper")?;
    drop(write);
    let_go_of_streams();

    // The tests ask this process to end where the program is to end. It is the keeper that ends it, and looks once more before that.
    let keeper_id = Pid::from_raw(i32::try_from(keeper.id()).unwrap_or(i32::MAX));
    loop {
        let on = |fd| PollFd::new(fd, PollFlags::POLLIN);
        let mut both = [on(read.as_fd()), on(ends.as_fd())];
        let _ = poll(&mut both, PollTimeout::NONE);
        let [has_ended, is_asked] = both.map(|one| one.any().unwrap_or(true));
        if has_ended {
            break;
        }
        if is_asked {
            let _ = ends.read(&mut [0]);
            let _ = kill(keeper_id, Signal::SIGHUP);
        }
    }
    let mut said = String::new();
    let _ = File::from(read).read_to_string(&mut said);
    match said.trim().parse() {
        Ok(code) => Ok(code),
        Err(_) => keeper.wait().map(code).trying("waiting for the keeper"),
    }
}

/// Ctrl-C goes to the whole process group, and is the program's affair alone. With a handler the program starts as if there were none:
/// execve(2) resets it.
pub fn outlive_ctrl_c() {
    for signal in [SIGINT, SIGQUIT] {
        let _ = signal_hook::flag::register(signal, Arc::default());
    }
}

/// The program's streams are the program's alone: while others hold them, nobody sees that it has closed them.
pub fn let_go_of_streams() {
    let Ok(nothing) = File::options().read(true).write(true).open("/dev/null") else { return };
    let _ = (dup2_stdin(&nothing), dup2_stdout(&nothing), dup2_stderr(&nothing));
}
