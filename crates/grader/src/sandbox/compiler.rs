//! The wall around the compiler. It runs no code of a submission's; but `include_str!` and `env!` are the submission's, and would hand over
//! whatever the grader can read.

use super::failure::{Failure, Trying as _};
use super::root;
use super::stages::Call;
use super::visible::Visible;
use nix::sys::prctl::{set_no_new_privs, set_pdeathsig};
use nix::sys::signal::Signal;
use std::env;
use std::ffi::OsStr;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

/// What cargo and the compiler find in their environment, if it is there.
const VARIABLES: [&str; 11] = [
    "CARGO_HOME",
    "CARGO_INCREMENTAL",
    "CARGO_NET_OFFLINE",
    "CARGO_PROFILE_DEV_DEBUG",
    "CARGO_TARGET_DIR",
    "CARGO_TERM_COLOR",
    "HOME",
    "LANG",
    "PATH",
    "RUSTUP_HOME",
    "RUSTUP_TOOLCHAIN",
];

/// Becomes cargo, and comes back only if that fails. It can write into the scratch folder alone, where all is built.
pub fn compiler(call: &Call) -> Failure {
    if let Err(failure) = build_wall(call) {
        return failure;
    }
    let mut cargo = Command::new(&call.words[0]);
    let is_allowed = |name: &OsStr| VARIABLES.iter().any(|allowed| name == *allowed);
    cargo.args(&call.words[1..]).env_clear().envs(env::vars_os().filter(|(name, _)| is_allowed(name)));
    Failure { what: "running cargo".to_string(), cause: cargo.exec() }
}

fn build_wall(call: &Call) -> Result<(), Failure> {
    set_pdeathsig(Signal::SIGKILL).trying("asking to end with the first stage")?;
    let folder = env::current_dir().trying("finding the current folder")?;
    root::build(&call.plan, &Visible::to_compiler(&call.plan, &call.words[0], Path::new(&call.extra)))?;
    env::set_current_dir(folder).trying("going back to the sources")?;
    set_no_new_privs().trying("giving up privileges for good")
}
