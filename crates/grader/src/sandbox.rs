//! Where untrusted code runs. There are two walls: the outer one is around the tests and the program together, which have a network of
//! their own; the inner one is around the program alone, which sees no file but its own and has limits.
//!
//! Both are namespaces(7) of Linux, which this program makes itself, see [`stages`]: it needs no root, and no other program but `ip`.

#[cfg(target_os = "linux")]
mod alone;
#[cfg(target_os = "linux")]
mod compiler;
#[cfg(target_os = "linux")]
mod enter;
#[cfg(target_os = "linux")]
mod failure;
#[cfg(target_os = "linux")]
mod keeper;
#[cfg(target_os = "linux")]
mod namespaces;
#[cfg(target_os = "linux")]
mod network;
#[cfg(target_os = "linux")]
mod offer;
#[cfg(target_os = "linux")]
mod owner;
mod plan;
#[cfg(target_os = "linux")]
mod root;
#[cfg(target_os = "linux")]
pub mod stages;
#[cfg(target_os = "linux")]
mod visible;
#[cfg(target_os = "linux")]
mod watch;

use common::Problem;
use common::testing::{CONTAINED, NETWORKS, REMARK, WRAPPER};
use plan::{Limits, Plan};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

/// Numbers of users that belong to nobody for good: systemd gives them to services while these run.
const FIRST_UID: u32 = 61_184;
const UID_COUNT: u32 = 4_000;

/// How many different lines are read: the program decides how many there are.
const MAX_LINES: usize = 20;

/// What this machine offers, found out once.
#[derive(Debug)]
pub struct Sandbox {
    walls: Option<Walls>,
    limits: Limits,
    /// Folders that no program may change.
    guarded: Vec<PathBuf>,
}

/// How the walls are built.
#[derive(Clone, Debug)]
struct Walls {
    /// This program, which is every stage of the sandbox.
    program: PathBuf,
    /// Whether the program under test can be another user: root may choose.
    has_users: bool,
    /// Whether a program with its address written into it can be graded, in a network where every address is this computer's.
    has_networks: bool,
}

impl Sandbox {
    /// The best that this machine offers, or what is missing and how to get it.
    pub fn new() -> Result<Self, Problem> {
        let walls = offer()?;
        Ok(Self { walls: Some(walls), ..Self::none() })
    }

    /// No sandbox at all, for a grader who has said so: programs run as any other does.
    #[must_use]
    pub fn none() -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let home = env::var_os("HOME").map(PathBuf::from).filter(|home| home.components().count() > 1);
        Self { walls: None, limits: Limits::for_cores(cores), guarded: home.into_iter().collect() }
    }

    /// Guards another folder: the grader's own results, say. What a program writes there is thrown away, and told.
    #[must_use]
    pub fn guarding(mut self, folder: &Path) -> Self {
        self.guarded.extend(std::path::absolute(folder));
        self
    }

    /// What a grader should know of what this machine does not offer, a sentence each. They are shown once for each run.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let warning = match &self.walls {
            None => "programs run without a sandbox: as you, with your files and your network",
            Some(walls) if !walls.has_networks => {
                "programs with their address written into them cannot be graded here: nft is missing (Debian package nftables)"
            }
            Some(_) => return Vec::new(),
        };
        vec![warning.to_string()]
    }

    /// The command that runs the tests, inside the outer wall. The caller adds arguments and variables. `scratch` is the folder in which
    /// the program under test may write: its own files are there already, and so are the tests' temporary ones. What is written there
    /// from then on is gone afterwards. The inner wall's words are in the variable [`common::testing::WRAPPER`].
    #[must_use]
    pub fn test_binary(&self, binary: &Path, scratch: &Path) -> Command {
        let Some(walls) = &self.walls else { return Command::new(binary) };
        let plan = self.plan(walls, scratch);
        walled(walls, &plan, binary)
    }

    fn plan(&self, walls: &Walls, scratch: &Path) -> Plan {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let uid = walls.has_users.then(|| FIRST_UID + NEXT.fetch_add(1, Ordering::Relaxed) % UID_COUNT);
        let (scratch, notes) = (scratch.to_path_buf(), notes(scratch));
        // The tests' own files are beside it.
        let guarded = self.guarded.iter().cloned().chain(scratch.parent().map(Path::to_path_buf)).collect();
        Plan { scratch, guarded, notes, uid, limits: self.limits }
    }

    /// The command that builds a student's code: `cargo`, which can write into the folder `built` alone, and sees the package `common`
    /// besides what it needs itself.
    #[must_use]
    pub fn compiler(&self, cargo: &Path, built: &Path, common: &Path) -> Command {
        match &self.walls {
            Some(walls) => walled_compiler(walls, &self.plan(walls, built), cargo, common),
            None => Command::new(cargo),
        }
    }

    /// What the program did meanwhile that it must not do and that was contained, a sentence each.
    #[must_use]
    pub fn incidents(&self, scratch: &Path) -> Vec<String> {
        let lines = if self.walls.is_some() { lines(scratch) } else { Vec::new() };
        lines.into_iter().filter(|line| !line.starts_with(REMARK)).collect()
    }

    /// What else a grader should know of how it was graded, a sentence each: "its address is written into it …".
    #[must_use]
    pub fn remarks(&self, scratch: &Path) -> Vec<String> {
        let lines = if self.walls.is_some() { lines(scratch) } else { Vec::new() };
        lines.iter().filter_map(|line| line.strip_prefix(REMARK)).map(str::to_string).collect()
    }
}

/// The command behind both walls.
#[cfg(target_os = "linux")]
fn walled(walls: &Walls, plan: &Plan, binary: &Path) -> Command {
    let program = walls.program.to_string_lossy();
    let outer = stages::words(&program, "network", plan, "");
    let inner = stages::words(&program, "alone", plan, "");
    let mut command = Command::new(&outer[0]);
    command.args(&outer[1..]).arg(binary);
    command.env(WRAPPER, serde_json::to_string(&inner).unwrap_or_default());
    if walls.has_networks {
        command.env(NETWORKS, "1");
    }
    command.env(CONTAINED, &plan.notes).env("TMPDIR", &plan.scratch);
    command
}

/// cargo behind a wall.
#[cfg(target_os = "linux")]
fn walled_compiler(walls: &Walls, plan: &Plan, cargo: &Path, common: &Path) -> Command {
    let program = walls.program.to_string_lossy();
    // Nothing to guard: what is built is thrown away, or run behind walls.
    let plan = Plan { guarded: Vec::new(), ..plan.clone() };
    let words = stages::words(&program, "compile", &plan, &common.to_string_lossy());
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).arg(cargo);
    command
}

#[cfg(not(target_os = "linux"))]
fn walled_compiler(_: &Walls, _: &Plan, cargo: &Path, _: &Path) -> Command {
    Command::new(cargo)
}

/// There are none elsewhere.
#[cfg(not(target_os = "linux"))]
fn walled(_: &Walls, _: &Plan, binary: &Path) -> Command {
    Command::new(binary)
}

/// What was noted, each line once.
fn lines(scratch: &Path) -> Vec<String> {
    let text = fs::read_to_string(notes(scratch)).unwrap_or_default();
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        if lines.len() < MAX_LINES && !lines.iter().any(|known| known == line) {
            lines.push(line.to_string());
        }
    }
    lines
}

/// Where it is noted what was contained: beside the scratch folder, where no program under test can write.
fn notes(scratch: &Path) -> PathBuf {
    let name = scratch.file_name().unwrap_or_default().to_string_lossy();
    scratch.with_file_name(format!("{name}.contained"))
}

#[cfg(target_os = "linux")]
use offer::offer;

#[cfg(not(target_os = "linux"))]
fn offer() -> Result<Walls, Problem> {
    Err(Problem::new(
        "programs cannot be kept in on this system",
        "the sandbox is made of namespaces, which Linux alone has",
        "grade on Linux, in a virtual machine say; or trust the programs, and say --no-sandbox",
    ))
}
