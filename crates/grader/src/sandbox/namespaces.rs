//! Users of a namespace: `user_namespaces`(7).

use super::failure::{Failure, Trying as _};
use nix::sched::{CloneFlags, unshare};
use nix::unistd::{getegid, geteuid};
use std::fs;

/// Moves this process into new namespaces, in which its user is the one with this number. With a user namespace among them no privilege
/// is needed; in it the process has every one until its next execve(2), and after that only if the number is 0.
pub fn enter_as(user: u32, more: CloneFlags) -> Result<(), Failure> {
    let (uid, gid) = (geteuid(), getegid());
    unshare(CloneFlags::CLONE_NEWUSER | more).trying("making a user namespace")?;
    // Without this no ordinary user may map a group.
    fs::write("/proc/self/setgroups", "deny").trying("giving up groups")?;
    fs::write("/proc/self/uid_map", format!("{user} {uid} 1")).trying("mapping the user")?;
    fs::write("/proc/self/gid_map", format!("{user} {gid} 1")).trying("mapping the group")
}
