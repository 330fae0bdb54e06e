//! A mark in the environment of a program under test, which it hands on to all that it starts.

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::fs;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

/// How often marked processes are looked for: one may start another while they are looked for.
const MAX_SEARCHES: usize = 5;

/// The mark of one program: no other one that runs has the same.
pub struct Mark(String);

impl Mark {
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
        for _ in 0..MAX_SEARCHES {
            let marked = self.processes();
            for process in &marked {
                let _ = kill(*process, Signal::SIGKILL);
            }
            if marked.is_empty() {
                return;
            }
        }
    }

    fn processes(&self) -> Vec<Pid> {
        let (name, value) = self.variable();
        let variable = format!("{name}={value}");
        let mut found = Vec::new();
        for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let Some(number) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
            let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
            if environment.split(|&byte| byte == 0).any(|one| one == variable.as_bytes()) {
                found.push(Pid::from_raw(number));
            }
        }
        found
    }
}
