//! A mark in the environment of a program under test, which it hands on to all that it starts.

use super::poll_at_most;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::fs::{self, File};
use std::io::Read as _;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// How long marked processes are looked for: one may start another while they are looked for.
const SEARCH_TIMEOUT: Duration = Duration::from_millis(250);

/// How much of an environment is looked at: Linux allows more only where the stack may be larger than usual, execve(2).
const MAX_ENVIRONMENT_LEN: usize = 2 * 1024 * 1024;

/// The mark of one program: no other one that runs has the same.
pub struct EnvMarker(String);

impl EnvMarker {
    /// A new one.
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        Self(format!("{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed)))
    }

    /// The environment variable: its name, and its value.
    pub fn variable(&self) -> (&'static str, &str) {
        ("SESSION08_TEST", &self.0)
    }

    /// Ends all processes that have the mark: proc(5), environ. Systems without such files have none to show, and a process
    /// that clears its environment is not found.
    pub fn end_all(&self) {
        let _ = poll_at_most(SEARCH_TIMEOUT, "the end of all that is marked", || self.end_those_found().then_some(()));
    }

    /// Whether there was nothing to end, as far as one can see.
    fn end_those_found(&self) -> bool {
        let (name, value) = self.variable();
        let variable = format!("{name}={value}");
        let mut nothing_found = true;
        let mut buffer = vec![0; MAX_ENVIRONMENT_LEN];
        for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let Some(number) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
            let process = Pid::from_raw(number);
            // All of it in one call: for the next one the process may have another program, and the old one's environment is gone.
            let environ = File::open(entry.path().join("environ"));
            let length = environ.and_then(|mut environ| environ.read(&mut buffer)).unwrap_or_default();
            let environment = &buffer[..length];
            if environment.split(|&byte| byte == 0).any(|one| one == variable.as_bytes()) {
                let _ = kill(process, Signal::SIGKILL);
                nothing_found = false;
            }
            // In the middle of execve(2) a process has a program and no environment yet. Kernel threads and zombies have neither. One
            // that was there before this one, as its number says, is nobody's here.
            if process > Pid::this() && environment.is_empty() && entry.path().join("exe").read_link().is_ok() {
                nothing_found = false;
            }
        }
        nothing_found
    }
}
