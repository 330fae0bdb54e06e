//! What grades elsewhere: the workflow for GitHub, the autograders for Gradescope and Classroom 50, the README's five commands. Each
//! command of theirs is run here, on three submissions, in folders as they are there.
//!
//! What would change this computer or ask another one is a stand-in that only says that it was called.

mod autograders;
mod class;
mod five_commands;
mod workflow;

use crate::support::workspace::root;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

/// A shell for a command of somebody's, as GitHub starts it. Its `sudo`, `apt-get`, `curl` and `xdg-open` write their words into the
/// file `called` of the folder and do nothing else.
fn shell(folder: &Path, command: &str) -> Command {
    let stand_ins = folder.join("stand-ins");
    for name in ["sudo", "apt-get", "curl", "xdg-open"] {
        stand_in(&stand_ins.join(name), &format!("echo {name} \"$@\" >>'{}'", folder.join("called").display()));
    }
    let path = std::env::var("PATH").unwrap();
    let mut shell = Command::new("bash");
    shell.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", command]).current_dir(folder);
    shell.env("PATH", format!("{}:{path}", stand_ins.display())).env("TMPDIR", folder);
    // One build for all of them, and none of the settings that cargo has given to this test.
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
    shell.env("CARGO_TARGET_DIR", target).env_remove("CARGO_MANIFEST_DIR");
    shell
}

/// In a folder that stands for this workspace: its `cargo` works with the workspace itself, and leaves nothing else there.
fn shell_in_the_kit(folder: &Path, command: &str) -> Command {
    let kit = folder.join("kit");
    fs::create_dir_all(&kit).unwrap();
    let manifest = root().canonicalize().unwrap().join("Cargo.toml");
    let (cargo, manifest) = (env!("CARGO"), manifest.display());
    let mut shell = shell(folder, command);
    let alias = "grade) set -- run --quiet --package grader -- \"$@\" ;;";
    let script = format!(
        "word=$1\nshift\ncase $word in {alias} *) set -- \"$word\" \"$@\" ;; esac\n\
         word=$1\nshift\nexec '{cargo}' \"$word\" --manifest-path '{manifest}' \"$@\""
    );
    stand_in(&folder.join("stand-ins/cargo"), &script);
    shell.current_dir(kit);
    shell
}

fn stand_in(program: &Path, script: &str) {
    fs::create_dir_all(program.parent().unwrap()).unwrap();
    fs::write(program, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(program, PermissionsExt::from_mode(0o755)).unwrap();
}

/// Its output, if it ends with one of these.
#[track_caller]
fn run(command: &mut Command, good: &[i32]) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (stdout, stderr) = (String::from_utf8_lossy(&stdout).into_owned(), String::from_utf8_lossy(&stderr));
    assert!(status.code().is_some_and(|code| good.contains(&code)), "{command:?}: {status}\n{stdout}\n{stderr}");
    stdout + &stderr
}
