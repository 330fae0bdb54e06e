//! A program and all that it starts, as one process group: setpgid(2), killpg(3). Where there are none, as on Windows, only the
//! program itself is ended.
//!
//! A child may leave the group, and not only out of malice: timeout(1) does, and a shell with job control. On Linux those are found
//! by a mark in their environment, which a process hands on to its children.

#[cfg(unix)]
pub use unix::{between_starts, end, forget, interrupt, spawn};
#[cfg(not(unix))]
pub use without::{between_starts, end, forget, spawn};

#[cfg(unix)]
mod unix {
    use super::super::command_under_test::is_wrapped;
    use super::super::env_marker::EnvMarker;
    use nix::sys::signal::{Signal, kill, killpg};
    use nix::unistd::Pid;
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use std::collections::BTreeMap;
    use std::fs;
    use std::io;
    use std::os::unix::process::CommandExt as _;
    use std::process::{Child, Command};
    use std::sync::{Mutex, MutexGuard, Once, PoisonError};
    use std::thread;
    use std::time::Duration;
    use wait_timeout::ChildExt as _;

    /// How long a sandbox may take to end its program.
    const SANDBOX_TIMEOUT: Duration = Duration::from_secs(1);

    /// The groups that run now, and their marks. They are ended if this process is: a terminal's Ctrl-C does not reach them.
    static RUNNING: Mutex<BTreeMap<u32, EnvMarker>> = Mutex::new(BTreeMap::new());

    fn running() -> MutexGuard<'static, BTreeMap<u32, EnvMarker>> {
        RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts the command in a group of its own.
    pub fn spawn(command: &mut Command) -> io::Result<Child> {
        static ONCE: Once = Once::new();
        ONCE.call_once(end_with_this_process);
        // Held until the group is noted: who ends this process in between would leave it running.
        let mut running = running();
        let mark = EnvMarker::new();
        let (name, value) = mark.variable();
        let child = command.process_group(0).env(name, value).spawn()?;
        running.insert(child.id(), mark);
        Ok(child)
    }

    /// Does this while no program is being started: between fork(2) and execve(2) a child holds all sockets of this process, and a
    /// port that was given back here is in use there for a moment more.
    pub fn between_starts<T>(work: impl FnOnce() -> T) -> T {
        let _running = running();
        work()
    }

    /// Also makes sure that a program started from now on can be interrupted: execve(2) resets a signal that has a handler,
    /// but keeps one that is ignored.
    fn end_with_this_process() {
        let mut numbers = vec![SIGINT, SIGTERM];
        if !ignores(SIGHUP) {
            numbers.push(SIGHUP);
        }
        let Ok(mut signals) = Signals::new(numbers) else { return };
        let _ = thread::Builder::new().name("signals".to_string()).spawn(move || {
            let Some(number) = signals.forever().next() else { return };
            // Held to the end, so that no group is started any more.
            let running = running();
            for (&group, mark) in running.iter() {
                let _ = signal(group, Signal::SIGKILL);
                mark.end_all();
            }
            std::process::exit(128 + number);
        });
    }

    /// Whether this process was started to ignore the signal, as nohup(1) does with SIGHUP: proc(5), status. Systems without
    /// such a file do not say.
    fn ignores(signal: i32) -> bool {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|digits| u64::from_str_radix(digits.trim(), 16).ok());
        mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
    }

    pub fn forget(child: &Child) {
        running().remove(&child.id());
    }

    pub fn interrupt(child: &Child) -> io::Result<()> {
        signal(child.id(), Signal::SIGINT)
    }

    /// Ends the group, or at least the program where the group cannot be ended; and what has left the group, as far as it can be
    /// found. One that nobody may end goes on.
    pub fn end(child: &mut Child) {
        // What starts programs in a sandbox ends them as well, and has something to note first.
        if is_wrapped() && matches!(child.try_wait(), Ok(None)) {
            let _ = i32::try_from(child.id()).map(|id| kill(Pid::from_raw(id), Signal::SIGTERM));
            if let Ok(Some(_)) = child.wait_timeout(SANDBOX_TIMEOUT) {
                return;
            }
        }
        if signal(child.id(), Signal::SIGKILL).is_err() {
            let _ = child.kill();
        }
        if let Some(mark) = running().get(&child.id()) {
            mark.end_all();
        }
    }

    fn signal(group: u32, signal: Signal) -> io::Result<()> {
        let group = Pid::from_raw(i32::try_from(group).map_err(io::Error::other)?);
        killpg(group, signal).map_err(io::Error::from)
    }
}

#[cfg(not(unix))]
mod without {
    use std::io;
    use std::process::{Child, Command};

    pub fn spawn(command: &mut Command) -> io::Result<Child> {
        command.spawn()
    }

    pub fn between_starts<T>(work: impl FnOnce() -> T) -> T {
        work()
    }

    pub fn forget(_: &Child) {}

    pub fn end(child: &mut Child) {
        let _ = child.kill();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::process::Command;
    use std::time::Duration;
    use wait_timeout::ChildExt as _;

    /// A program may leave its group (setpgid(2)); this one never had one.
    #[test]
    fn a_program_outside_its_group_is_ended_too() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        super::end(&mut child);
        let ended = child.wait_timeout(Duration::from_secs(8)).unwrap();
        let _ = child.kill();
        assert!(ended.is_some());
    }
}
