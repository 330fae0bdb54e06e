//! What a program uses, seen from the first process of its namespace: proc(5). Without privileges there is nobody else to ask: control
//! groups need root or somebody who has delegated them.

use super::failure::{Failure, Trying as _};
use super::network::is_full;
use super::plan::{Plan, mebibytes};
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, SysconfVar, sysconf};
use signal_hook::consts::{SIGHUP, SIGTERM, SIGUSR1, SIGUSR2};
use signal_hook::iterator::Signals;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How often it is looked at: a program takes at most so much longer what it must not have.
const INTERVAL: Duration = Duration::from_millis(25);

/// How many files that a program should not have written are named.
const MAX_NAMED: usize = 3;

/// Looks again and again at all processes of this namespace.
pub struct Watch {
    plan: Plan,
    /// Opened while it could be seen: not by the program, which sees no file of its name.
    notes: File,
    said: BTreeSet<String>,
    /// Where something was from the beginning.
    files: BTreeSet<PathBuf>,
    page: u64,
}

/// One that runs.
pub struct Watching(Arc<Mutex<Watch>>);

/// What all processes use.
#[derive(Default)]
struct Use {
    tasks: u64,
    memory: u64,
    has_left_its_session: bool,
}

impl Watch {
    pub fn new(plan: &Plan) -> Result<Self, Failure> {
        let notes = File::options().append(true).create(true).open(&plan.notes).trying("opening the file for notes")?;
        let page = sysconf(SysconfVar::PAGE_SIZE).ok().flatten().and_then(|page| u64::try_from(page).ok());
        let (said, files) = (BTreeSet::new(), BTreeSet::new());
        Ok(Self { plan: plan.clone(), notes, said, files, page: page.unwrap_or(4096) })
    }

    /// What is in the guarded folders before the program starts.
    pub fn remember_files(&mut self) {
        self.files = self.guarded_files().collect();
    }

    /// Looks every few milliseconds, on a thread of its own.
    pub fn start(self) -> Result<Watching, Failure> {
        let watch = Arc::new(Mutex::new(self));
        let watching = Arc::clone(&watch);
        let look = move || loop {
            lock(&watching).look();
            #[allow(clippy::disallowed_methods, reason = "there is no event to wait for")]
            thread::sleep(INTERVAL);
        };
        thread::Builder::new().name("watch".to_string()).spawn(look).trying("watching the program")?;
        let watching = Watching(watch);
        watching.listen()?;
        Ok(watching)
    }

    fn look(&mut self) {
        let limits = self.plan.limits;
        let used = self.used();
        if used.tasks >= limits.processes {
            self.note(&format!("it wanted more than {} processes", limits.processes));
        }
        if used.memory > limits.memory && memory_it_shares_with_nobody() > limits.memory {
            self.note(&format!("it wanted more than {} of memory, and was ended", mebibytes(limits.memory)));
            end_all();
        }
        if used.has_left_its_session {
            self.note("it started a process that was to go on after its end (setsid)");
        }
        if is_full(Path::new("/tmp")) || is_full(&self.plan.scratch.clone()) {
            self.note(&format!("it wanted to write more than {}", mebibytes(limits.disk)));
        }
        let new: Vec<PathBuf> = self.guarded_files().filter(|file| !self.files.contains(file)).collect();
        for file in new.into_iter().take(MAX_NAMED) {
            let name = common::text::escape_line(file.as_os_str().as_encoded_bytes());
            self.note(&format!("it wanted to write {name}, which is not in its folder"));
            self.files.insert(file);
        }
    }

    fn note(&mut self, what: &str) {
        if self.said.insert(what.to_string()) {
            let _ = self.notes.write_all(format!("{what}\n").as_bytes());
        }
    }

    fn guarded_files(&self) -> impl Iterator<Item = PathBuf> {
        let folders = self.plan.guarded.clone();
        folders.into_iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten().map(|entry| entry.path())
    }

    fn used(&self) -> Use {
        let mut used = Use::default();
        for process in processes() {
            let (Ok(stat), Ok(memory)) = (read(&process, "stat"), read(&process, "statm")) else { continue };
            // The name of the program stands in brackets, and may have brackets itself. Behind it is the third field.
            let fields: Vec<&str> = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().collect();
            let field = |number: usize| fields.get(number - 3).and_then(|field| field.parse::<i64>().ok());
            used.tasks += field(20).and_then(|threads| u64::try_from(threads).ok()).unwrap_or(1);
            // The session of the tests is not one of this namespace, and has the number 0 here.
            used.has_left_its_session |= field(6).is_some_and(|session| session > 1);
            let pages: Vec<u64> = memory.split_whitespace().filter_map(|field| field.parse().ok()).collect();
            if let [_, resident, of_files, ..] = *pages {
                used.memory += resident.saturating_sub(of_files) * self.page;
            }
        }
        used
    }
}

/// The same more exactly, which takes longer: memory after fork(2) is counted once, and not for each process.
fn memory_it_shares_with_nobody() -> u64 {
    let of = |process: PathBuf| {
        let rollup = read(&process, "smaps_rollup").ok()?;
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss_Anon:"))?;
        line.trim().trim_end_matches(" kB").parse::<u64>().ok()
    };
    processes().filter_map(of).sum::<u64>() * 1024
}

/// Ends every process of this namespace but this one.
fn end_all() {
    let _ = kill(Pid::from_raw(-1), Signal::SIGKILL);
}

impl Watching {
    /// Takes the signals that come to this process. SIGHUP says that the program is to end; none of the others is from the tests.
    fn listen(&self) -> Result<(), Failure> {
        let mut signals = Signals::new([SIGHUP, SIGTERM, SIGUSR1, SIGUSR2]).trying("listening for signals")?;
        let watch = Arc::clone(&self.0);
        let listen = move || loop {
            let (ends, others): (Vec<_>, Vec<_>) = signals.wait().partition(|&signal| signal == SIGHUP);
            let mut watch = lock(&watch);
            if !others.is_empty() {
                watch.note("it sent a signal to the process that had started it");
            }
            if !ends.is_empty() {
                watch.look();
                end_all();
            }
        };
        thread::Builder::new().name("signals".to_string()).spawn(listen).map(drop).trying("listening for signals")
    }

    /// What can still be seen when the program has just ended.
    pub fn look_once_more(&self) {
        lock(&self.0).look();
    }
}

fn lock(watch: &Mutex<Watch>) -> MutexGuard<'_, Watch> {
    watch.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The processes of this namespace but the first.
fn processes() -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let is_process = |name: &str| name != "1" && name.bytes().all(|byte| byte.is_ascii_digit());
    entries.filter(move |entry| entry.file_name().to_str().is_some_and(is_process)).map(|entry| entry.path())
}

fn read(process: &Path, file: &str) -> io::Result<String> {
    fs::read_to_string(process.join(file))
}
