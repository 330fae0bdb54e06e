//! A git that says too much, or takes too long: a stranger can make it do both.

use super::{Folder, TIME, assert_found};
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

const TOO_MUCH: &str = "git failed: it says too much, more than 4 MiB";

/// A git that is this script.
fn other_git(folder: &Folder, script: &str) -> PathBuf {
    folder.write("../bin/git", format!("#!/bin/sh\n{script}\n"));
    let git = folder.path().join("../bin/git");
    fs::set_permissions(&git, fs::Permissions::from_mode(0o755)).unwrap();
    git.parent().unwrap().to_path_buf()
}

/// What stands behind the junk may be a filter: it is not started.
#[test]
fn a_configuration_that_is_too_long_is_not_cut() {
    let folder = Folder::complete();
    folder.write(".gitattributes", "* filter=evil\n");
    folder.commit();
    folder.push();
    folder.write("session-08/IPs.txt", super::IPS.replace("192.168.1.36", "192.168.1.37"));
    let mark = folder.path().join("../clean");
    let junk = format!("\t{} = 1\n", "a".repeat(60)).repeat(70_000);
    let config = format!("[junk]\n{junk}[filter \"evil\"]\n\tclean = \"touch {}; cat\"\n", mark.display());
    let path = folder.path().join(".git/config");
    fs::File::options().append(true).open(path).unwrap().write_all(config.as_bytes()).unwrap();
    let found = folder.deliverable("git");
    assert!(!mark.exists(), "the filter was started");
    assert_found(
        &found,
        "open",
        0,
        "git is not run any further here: its configuration is not known: it says too much, more than 4 MiB",
    );
}

/// What is not committed may stand behind the cut.
#[test]
fn a_status_that_is_too_long_is_not_cut() {
    let folder = Folder::complete();
    folder.commit();
    folder.push();
    let mut index = Command::new("git");
    index.args(["update-index", "--index-info"]).current_dir(folder.path()).stdin(Stdio::piped());
    let mut index = index.spawn().unwrap();
    let entry = |number| format!("100644 {} 0\ta/{}{number}\n", "1".repeat(40), "x".repeat(150)).into_bytes();
    index.stdin.take().unwrap().write_all(&(0..20_000).flat_map(entry).collect::<Vec<u8>>()).unwrap();
    assert!(index.wait().unwrap().success());
    folder.write("session-08/IPs.txt", super::IPS.replace("192.168.1.36", "192.168.1.37"));
    folder.check().assert().code(1).stdout(contains(TOO_MUCH).and(contains("all is committed").not()));
}

/// It would fill the disk in the time that it may take.
#[test]
fn a_git_that_says_ever_more_is_ended() {
    let folder = Folder::complete();
    let start = Instant::now();
    let git = other_git(&folder, "exec /usr/bin/yes");
    folder.check().env("PATH", git).assert().code(1).stdout(contains(TOO_MUCH));
    assert!(start.elapsed() < TIME / 5, "{:?}", start.elapsed());
}

/// What it warns of comes first, and says nothing of the repository.
#[test]
fn what_git_warns_of_is_not_the_reason() {
    let folder = Folder::complete();
    let git =
        other_git(&folder, "echo 'warning: unable to access x' >&2; echo 'fatal: not a git repository' >&2; exit 128");
    folder.check().env("PATH", git).assert().code(1).stdout(contains("this folder is not in a git repository"));
}

#[test]
#[ignore = "needs ten seconds; run by .ci/run"]
fn a_git_that_does_not_answer_is_not_waited_for_for_ever() {
    let folder = Folder::complete();
    let git = other_git(&folder, "exec /bin/sleep 100");
    let check = folder.check().env("PATH", git).assert().code(1);
    check.stdout(contains("open  git failed: it did not end in 10 seconds; see what it says: git -C "));
}
