//! `cargo lab release DIR --git`: what a teacher pushes is what was released, whatever the teacher's own git is set up to do.

use super::release;
use crate::support::workspace::files;
use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;
use std::fs;
use std::path::Path;

/// A teacher's git: a name and an address, and one more setting for all repositories.
const TEACHER: &str = "[user]\nname = A Teacher\nemail = teacher@example.org\n";

/// A program that runs git, and finds no other configuration than this.
fn with_config(mut command: Command, home: &Path, config: &str) -> Command {
    let file = home.join("gitconfig");
    fs::write(&file, config).unwrap();
    for name in ["GIT_DIR", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"]
    {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", file).env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", home);
    command
}

#[track_caller]
fn git(home: &Path, arguments: &[&str]) -> String {
    let output = with_config(Command::new("git"), home, TEACHER).args(arguments).assert().code(0);
    String::from_utf8_lossy(&output.get_output().stdout).into_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_clone_of_what_is_pushed_has_every_file() {
    let home = tempfile::tempdir().unwrap();
    let [there, remote, clone, ignored] = ["there", "remote", "clone", "ignored"].map(|name| home.path().join(name));
    fs::write(&ignored, "*.txt\nCargo.lock\nsrc\n").unwrap();
    // A teacher whose git ignores some of it everywhere, and who starts it from a hook of another repository.
    let config = format!("{TEACHER}[core]\nexcludesFile = {}\n", ignored.display());
    let mut lab = with_config(cargo_bin_cmd!("lab"), home.path(), &config);
    lab.env("GIT_DIR", home.path().join("other")).args(["release", "--git"]).arg(&there);
    lab.assert().code(0).stdout(contains("git push --set-upstream origin HEAD"));
    assert!(!home.path().join("other").exists());

    git(home.path(), &["init", "-q", "--bare", text(&remote)]);
    git(home.path(), &["-C", text(&there), "remote", "add", "origin", text(&remote)]);
    git(home.path(), &["-C", text(&there), "push", "-q", "--set-upstream", "origin", "HEAD"]);
    // A clone begins with the branch that the remote's HEAD names: it is empty where that is not the one that was pushed.
    git(home.path(), &["clone", "-q", text(&remote), text(&clone)]);
    fs::remove_dir_all(clone.join(".git")).unwrap();
    let released = tempfile::tempdir().unwrap();
    release(released.path());
    assert_eq!(files(&clone), files(released.path()));
}

/// An autograder is a folder to upload, and no repository.
#[test]
fn an_autograder_is_not_committed() {
    let home = tempfile::tempdir().unwrap();
    for service in ["--gradescope", "--classroom50"] {
        let mut lab = cargo_bin_cmd!("lab");
        lab.args(["release", service, "--git"]).arg(home.path().join("there"));
        lab.assert().code(2).stderr(contains("--git").and(contains("cannot be used with")));
    }
    assert!(!home.path().join("there").exists());
}

#[test]
fn a_second_release_commits_what_has_changed_and_nothing_of_the_teachers() {
    let home = tempfile::tempdir().unwrap();
    let there = home.path().join("there");
    let again = |options: &[&str]| {
        let mut lab = with_config(cargo_bin_cmd!("lab"), home.path(), TEACHER);
        lab.args(["release", "--git"]).arg(&there).args(options).assert().code(0);
        git(home.path(), &["-C", text(&there), "rev-list", "--count", "HEAD"]).trim().to_string()
    };
    assert_eq!(again(&[]), "1");
    assert_eq!(again(&[]), "1", "nothing has changed");
    fs::write(there.join("notes.txt"), "grades").unwrap();
    fs::write(there.join("README.md"), "another one").unwrap();
    git(home.path(), &["-C", text(&there), "commit", "-q", "-m", "my own", "README.md"]);
    assert_eq!(again(&["--force"]), "3");
    assert_eq!(git(home.path(), &["-C", text(&there), "status", "--short"]), "?? notes.txt\n");
}

#[test]
fn a_git_that_does_not_know_the_teacher_says_what_to_type() {
    let home = tempfile::tempdir().unwrap();
    let there = home.path().join("there");
    let mut lab = with_config(cargo_bin_cmd!("lab"), home.path(), "[user]\nuseConfigOnly = true\n");
    let output = lab.args(["release", "--git"]).arg(&there).assert().code(1);
    output.stderr(contains("has no commit of").and(contains("git config --global user.name")));
    assert!(there.join("README.md").is_file());
}
