//! The last step before the program: it gives up every privilege, and sets the limits.

use super::failure::{Failure, Trying as _};
use super::namespaces::enter_as;
use super::plan::Plan;
use super::stages::Call;
use nix::sched::CloneFlags;
use nix::sys::prctl::{set_dumpable, set_no_new_privs};
use nix::sys::resource::{Resource, setrlimit};
use nix::unistd::{Gid, Uid, setgroups, setresgid, setresuid};
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// What a program finds in its environment, if it is there: nobody keeps secrets in these. `LC_…` belongs to them.
const VARIABLES: [&str; 18] = [
    "COLUMNS",
    "FORCE_COLOR",
    "JAVA_HOME",
    "LANG",
    "LANGUAGE",
    "LINES",
    "NO_COLOR",
    "PATH",
    "PWD",
    "PYENV_ROOT",
    "PYENV_VERSION",
    "PYTHONUNBUFFERED",
    "RUST_BACKTRACE",
    "SESSION08_TEST",
    "SHELL",
    "TERM",
    "TZ",
    "VIRTUAL_ENV",
];

/// The number that the user has in the program's eyes.
const ORDINARY_USER: u32 = 1000;

/// A limit for each process that holds also where the keeper comes late. Not of all its addresses: Java reserves far more of those than
/// it ever uses, and so do others.
const MAX_DATA: u64 = 2 << 30;

/// Becomes the program, and comes back only if that fails.
pub fn enter(call: &Call) -> Failure {
    if let Err(failure) = give_up_privileges(&call.plan) {
        return failure;
    }
    let mut program = Command::new(&call.words[0]);
    program.args(&call.words[1..]).env_clear();
    let is_allowed =
        |name: &OsStr| name.to_str().is_some_and(|name| VARIABLES.contains(&name) || name.starts_with("LC_"));
    program.envs(env::vars_os().filter(|(name, _)| is_allowed(name)));
    program.env("HOME", "/tmp").env("TMPDIR", "/tmp").env("USER", "student").env("LOGNAME", "student");
    let name = call.words[0].to_string_lossy();
    Failure { what: format!("running {name}"), cause: program.exec() }
}

fn give_up_privileges(plan: &Plan) -> Result<(), Failure> {
    if let Some(uid) = plan.uid {
        setgroups(&[]).trying("leaving all groups")?;
        let gid = Gid::from_raw(uid);
        setresgid(gid, gid, gid).trying("changing the group")?;
        let uid = Uid::from_raw(uid);
        setresuid(uid, uid, uid).trying("changing the user")?;
        // Else /proc/self would be root's, who has just left.
        set_dumpable(true).trying("opening /proc/self again")?;
    }
    // The limit of processes counts those of one user namespace: each program has its own.
    enter_as(ORDINARY_USER, CloneFlags::empty())?;
    // It needs no further ones, and the kernel's code for them has had more holes than most.
    let _ = fs::write("/proc/sys/user/max_user_namespaces", "0");
    set_no_new_privs().trying("giving up privileges for good")?;
    for (resource, limit) in
        [(Resource::RLIMIT_NPROC, plan.limits.processes), (Resource::RLIMIT_DATA, MAX_DATA), (Resource::RLIMIT_CORE, 0)]
    {
        setrlimit(resource, limit, limit).trying("setting a limit")?;
    }
    Ok(())
}
