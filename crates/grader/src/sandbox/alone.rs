//! The inner wall, seen from the tests: the process that they take for the program.

use super::failure::{Failure, Trying as _};
use super::stages::{Call, code};
use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use nix::sched::{CloneFlags, unshare};
use nix::unistd::{dup2_stderr, dup2_stdin, dup2_stdout, pipe};
use signal_hook::consts::{SIGINT, SIGQUIT};
use std::fs::File;
use std::io::Read as _;
use std::os::fd::AsRawFd as _;
use std::sync::Arc;

/// Starts the keeper of the inner wall, and ends with the program's own exit code as soon as the program has ended. What it has left
/// behind goes on for as long as it may, as it would anywhere else.
pub fn alone(call: &Call) -> Result<i32, Failure> {
    outlive_ctrl_c();
    // The keeper has the same descriptor for its end, the program has none of them.
    let (read, write) = pipe().trying("making a pipe")?;
    fcntl(&read, FcntlArg::F_SETFD(FdFlag::FD_CLOEXEC)).trying("keeping a pipe to oneself")?;

    unshare(CloneFlags::CLONE_NEWPID | CloneFlags::CLONE_NEWNS | CloneFlags::CLONE_NEWIPC)
        .trying("making namespaces for the program")?;
    let keeper = call.next("keeper", &write.as_raw_fd().to_string()).spawn();
    let mut keeper = keeper.trying("starting the keeper")?;
    drop(write);
    let_go_of_streams();

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
