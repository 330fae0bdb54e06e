//! The first process behind the inner wall: it builds the root, starts the program, and sees what it uses.

use super::alone::{let_go_of_streams, outlive_ctrl_c};
use super::failure::{Failure, Trying as _};
use super::stages::Call;
use super::visible::Visible;
use super::watch::Watch;
use super::{owner, root};
use nix::errno::Errno;
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::close;
use std::env;
use std::fs::File;
use std::io::Write as _;

/// Starts the program, says how it ended, and stays as long as it has left anything behind.
pub fn keeper(call: &Call) -> Result<i32, Failure> {
    outlive_ctrl_c();
    let mut says_the_code = open_inherited(&call.extra)?;
    let folder = env::current_dir().trying("finding the current folder")?;
    let plan = &call.plan;
    if let Some(uid) = plan.uid.filter(|_| folder.starts_with(&plan.scratch)) {
        // The tests are root, and have made it a moment ago.
        owner::hand_over(&folder, uid);
    }
    let mut watch = Watch::new(plan)?;
    root::build(plan, &Visible::to(plan, &folder, &call.words))?;
    watch.remember_files();
    // Where it may not be, it is at least somewhere.
    let _ = env::set_current_dir(&folder).or_else(|_| env::set_current_dir("/tmp"));

    let program = call.next("enter", "").spawn().trying("starting the program")?;
    let_go_of_streams();
    let watching = watch.start()?;
    loop {
        let (pid, code) = match waitpid(None, None) {
            Ok(WaitStatus::Exited(pid, code)) => (pid, code),
            Ok(WaitStatus::Signaled(pid, signal, _)) => (pid, 128 + signal as i32),
            Ok(_) | Err(Errno::EINTR) => continue,
            Err(_) => return Ok(0),
        };
        if pid.as_raw().unsigned_abs() == program.id() {
            watching.look_once_more();
            let _ = write!(says_the_code, "{code}");
            says_the_code = File::open("/dev/null").trying("closing the pipe")?;
        }
    }
}

/// The descriptor with this number, which the process before this one has left open.
fn open_inherited(number: &str) -> Result<File, Failure> {
    let opened = File::options().write(true).open(format!("/proc/self/fd/{number}")).trying("opening the pipe")?;
    let _ = number.parse::<i32>().map(close);
    Ok(opened)
}
