//! What this machine offers, found out by trying it, and why it offers nothing.

use super::{Sandbox, Walls};
use common::Problem;
use nix::unistd::geteuid;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The walls that can be built here: as root may, or else as everyone.
pub fn offer() -> Result<Walls, Problem> {
    let program = env::current_exe().map_or_else(|_| PathBuf::from("/proc/self/exe"), in_its_place);
    let mut said = String::new();
    for has_users in [true, false] {
        let walls = Walls { program: program.clone(), has_users, has_networks: has_nft() };
        if has_users && !(geteuid().is_root() && is_mapped()) {
            continue;
        }
        match try_out(&walls) {
            Ok(()) => return Ok(walls),
            Err(error) => said = error,
        }
    }
    Err(problem(&said))
}

/// The file that stands where that of a running program stood: cargo may have built it anew meanwhile, and the system names the old
/// one then with a word behind its path, proc(5), `exe`.
fn in_its_place(program: PathBuf) -> PathBuf {
    let place = program.to_str().and_then(|path| path.strip_suffix(" (deleted)")).map(PathBuf::from);
    place.filter(|_| !program.exists()).unwrap_or(program)
}

/// Whether the numbers of users that are given to programs exist here: in a container without them root may not choose.
fn is_mapped() -> bool {
    let map = fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    map.lines().any(|line| {
        let fields: Vec<u64> = line.split_whitespace().filter_map(|field| field.parse().ok()).collect();
        let last = u64::from(super::FIRST_UID + super::UID_COUNT);
        matches!(fields[..], [first, _, count] if first < last && first + count >= last)
    })
}

fn has_nft() -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    let places = env::split_paths(&path).chain(["/usr/sbin", "/sbin"].map(PathBuf::from));
    places.map(|folder| folder.join("nft")).any(|file| file.is_file())
}

/// Builds both walls once, around a program that does nothing.
fn try_out(walls: &Walls) -> Result<(), String> {
    // What is noted stands beside the scratch folder, and goes with it.
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let scratch = folder.path().join("home");
    std::fs::create_dir(&scratch).map_err(|e| e.to_string())?;
    let sandbox = Sandbox { walls: Some(walls.clone()), ..Sandbox::none() };
    let mut command = sandbox.test_binary(Path::new("sh"), &scratch);
    let inner = super::stages::words(&walls.program.to_string_lossy(), "alone", &sandbox.plan(walls, &scratch), "");
    command.args(["-c", "exec \"$@\"", "sh"]).args(inner).arg("true");
    let done = command.stdin(Stdio::null()).output();
    let _ = sandbox.incidents(&scratch);
    match done {
        Ok(done) if done.status.success() => Ok(()),
        Ok(done) => Err(String::from_utf8_lossy(&done.stderr).into_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Why there is no sandbox, and how to get one.
fn problem(said: &str) -> Problem {
    let next = if reads("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1") {
        "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0   (Ubuntu forbids it to ordinary users until the next start)"
    } else if reads("/proc/sys/kernel/unprivileged_userns_clone", "0") {
        "sudo sysctl kernel.unprivileged_userns_clone=1   (this system forbids it to ordinary users)"
    } else if reads("/proc/sys/user/max_user_namespaces", "0") {
        "sudo sysctl user.max_user_namespaces=10000   (this system allows none)"
    } else if is_missing("ip") {
        "sudo apt install iproute2"
    } else if Path::new("/.dockerenv").exists() || Path::new("/run/.containerenv").exists() {
        "start this container with --privileged; or let it be the sandbox: throw it away afterwards, and say --no-sandbox"
    } else {
        "grade as root, or trust the programs and say --no-sandbox"
    };
    let cause = said.lines().map(|line| line.trim_start_matches("error: ").trim_start_matches("cause: "));
    let cause: Vec<&str> = cause.filter(|line| !line.starts_with("next:")).take(2).collect();
    Problem::new("programs cannot be kept in on this computer", cause.join(": "), next)
}

fn reads(file: &str, value: &str) -> bool {
    fs::read_to_string(file).is_ok_and(|text| text.trim() == value)
}

fn is_missing(program: &str) -> bool {
    Command::new(program).arg("-V").env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").output().is_err()
}

#[cfg(test)]
mod tests {
    use super::in_its_place;
    use std::fs;
    use std::path::Path;

    #[test]
    fn a_program_that_was_built_anew_is_found_in_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let [odd, place] = ["grader (deleted)", "grader"].map(|name| folder.path().join(name));
        assert_eq!(in_its_place(odd.clone()), place);
        fs::write(&odd, "").unwrap();
        assert_eq!(in_its_place(odd.clone()), odd);
        assert_eq!(in_its_place("/proc/self/exe".into()), Path::new("/proc/self/exe"));
    }
}
