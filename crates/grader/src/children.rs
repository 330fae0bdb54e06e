//! The processes that are running for us: each in a group of its own, with a time limit, and ended with us.

use common::Problem;
use common::interrupt;
use std::io;
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;
use wait_timeout::ChildExt as _;

/// How long the tests may take to end the program that they have started.
const GRACE: Duration = Duration::from_secs(2);

/// Whether Ctrl-C was pressed.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Shared by all that run beside others, and held by one that runs alone.
static MACHINE: RwLock<()> = RwLock::new(());

/// The groups that run now.
static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());

fn running() -> MutexGuard<'static, Vec<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on Ctrl-C ends what runs, and nothing more is started.
pub fn end_on_ctrl_c() -> Result<(), Problem> {
    interrupt::on_ctrl_c(|| {
        let running = running();
        INTERRUPTED.store(true, Ordering::SeqCst);
        running.iter().for_each(|&group| signal(group, false));
    })
}

/// Whether Ctrl-C was pressed.
pub fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// Runs the command to its end. None if it had to be ended since the time was up; an error of the kind `Interrupted` after Ctrl-C.
pub fn run(command: &mut Command, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let _shared = MACHINE.read().unwrap_or_else(PoisonError::into_inner);
    run_to_the_end(command, limit)
}

/// The same while nothing else runs: it waits for all others to end, and no other one begins meanwhile.
pub fn run_alone(command: &mut Command, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let _alone = MACHINE.write().unwrap_or_else(PoisonError::into_inner);
    run_to_the_end(command, limit)
}

fn run_to_the_end(command: &mut Command, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let mut child = spawn(command)?;
    let ended = child.wait_timeout(limit);
    if !matches!(ended, Ok(Some(_))) {
        signal(child.id(), false);
        let _ = child.wait_timeout(GRACE);
    }
    // Whatever the tests have left running in their group.
    signal(child.id(), true);
    let _ = child.kill();
    let _ = child.wait();
    running().retain(|&group| group != child.id());
    if is_interrupted() { Err(io::ErrorKind::Interrupted.into()) } else { ended }
}

fn spawn(command: &mut Command) -> io::Result<Child> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    // Held until the group is noted, so that Ctrl-C leaves none behind.
    let mut running = running();
    if is_interrupted() {
        return Err(io::ErrorKind::Interrupted.into());
    }
    let child = command.spawn()?;
    running.push(child.id());
    Ok(child)
}

/// Asks the group to end, or ends it.
#[cfg(unix)]
fn signal(group: u32, at_once: bool) {
    use nix::sys::signal::{Signal, killpg};
    use nix::unistd::Pid;
    if let Ok(group) = i32::try_from(group) {
        let _ = killpg(Pid::from_raw(group), if at_once { Signal::SIGKILL } else { Signal::SIGTERM });
    }
}

#[cfg(not(unix))]
fn signal(_: u32, _: bool) {}

#[cfg(all(test, unix))]
mod tests {
    use super::{run, run_alone};
    use std::fs;
    use std::path::Path;
    use std::process::Command;
    use std::thread;
    use std::time::Duration;

    /// A process that notes its beginning and its end.
    fn noting(log: &Path) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", "echo begin >>\"$0\"; sleep 0.1; echo end >>\"$0\""]).arg(log);
        command
    }

    #[test]
    fn what_runs_alone_has_nothing_beside_it() {
        const LIMIT: Duration = Duration::from_secs(60);
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| run_alone(&mut noting(&log), LIMIT).unwrap());
            }
        });
        let alone = fs::read_to_string(&log).unwrap();
        assert_eq!(alone, "begin\nend\n".repeat(4));

        // Beside others it ends only after they have begun.
        let others = folder.path().join("others");
        let waits = "echo >>\"$0\"; until [ \"$(wc -l <\"$0\")\" -ge 2 ]; do sleep 0.01; done";
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let ended = run(Command::new("sh").args(["-c", waits]).arg(&others), LIMIT).unwrap();
                    assert!(ended.is_some_and(|status| status.success()));
                });
            }
        });
    }
}
