//! What git is asked: each state of a repository, with the command to type.

use super::{Folder, PROGRAM, assert_found, lab};
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;
use serde_json::Value;
use std::fs;
use std::time::SystemTime;

/// What is open about git, from a student's own folder, and what to type next.
#[track_caller]
pub fn open_in(folder: &Folder, what: &str, next: &str) {
    let output = lab().args(["check", "--json"]).current_dir(folder.path()).output().unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let git = &json["deliverables"][5];
    assert_found(git, "open", 0, &format!("{what}: {next}"));
    assert_eq!(git["next"], next, "{git:#}");
}

const COMMIT: &str = "git add session-08 && git commit -m \"Session 08\"";

#[test]
fn a_folder_without_a_repository_is_told() {
    let folder = Folder::complete();
    open_in(&folder, "this folder is not in a git repository", &format!("git init -b main && {COMMIT}"));
}

#[test]
fn a_computer_without_git_is_told() {
    let folder = Folder::complete();
    folder.check().env("PATH", folder.path()).assert().code(1).stdout(contains("git is not installed"));
}

#[test]
fn a_repository_without_a_commit_is_told() {
    let folder = Folder::complete();
    folder.git(&["init", "-q", "-b", "main"]);
    open_in(&folder, "nothing is committed yet", COMMIT);
}

#[test]
fn what_is_not_committed_is_named() {
    let folder = Folder::complete();
    folder.remove("session-08/client.py");
    folder.commit();
    folder.push();
    folder.write("session-08/client.py", PROGRAM);
    open_in(&folder, "not committed: session-08/client.py", COMMIT);
    folder.git(&["add", "--all"]);
    open_in(&folder, "not committed: session-08/client.py", COMMIT);
    folder.git(&["commit", "-q", "-m", "more"]);
    folder.write("session-08/IPs.txt", format!("{}\nby Ana\n", super::IPS));
    folder.write("session-08/Ex3.py", "import os\n");
    open_in(&folder, "not committed: session-08/IPs.txt, session-08/Ex3.py", COMMIT);
}

#[test]
fn a_new_folder_of_the_session_is_told_by_its_files() {
    let folder = Folder::new(&[("README.md", "PNE")]);
    folder.commit();
    folder.push();
    folder.write("my session 08/IPs.txt", super::IPS);
    folder.write("S08/Ex3/main.py", PROGRAM);
    open_in(&folder, "not committed: S08/Ex3/main.py", "git add S08 && git commit -m \"Session 08\"");
}

#[test]
fn every_file_of_a_program_belongs_to_it() {
    let folder = Folder::complete();
    folder.write("crates/server/src/main.rs", "mod answer;\n");
    folder.remove("session-08/server.py");
    folder.commit();
    folder.push();
    folder.write("crates/server/src/answer.rs", "");
    let next = "git add session-08 crates/server && git commit -m \"Session 08\"";
    open_in(&folder, "not committed: crates/server/src/answer.rs", next);
    // Not the file that was judged, which is committed as it is.
    folder.git(&["add", "--all"]);
    folder.git(&["commit", "-q", "-m", "more"]);
    folder.write("crates/server/README.md", "by Ana");
    open_in(&folder, "not committed: crates/server/README.md", next);
    for number in 1..=6 {
        folder.write(&format!("crates/server/src/part{number}.rs"), "");
    }
    let six =
        "src/part1.rs, crates/server/src/part2.rs, crates/server/src/part3.rs, crates/server/src/part4.rs and 2 more";
    open_in(&folder, &format!("not committed: crates/server/README.md, crates/server/{six}"), next);
}

/// The one does not hide the other.
#[test]
fn a_file_that_is_ignored_is_told_beside_one_that_is_changed() {
    let folder = Folder::complete();
    folder.write("crates/server/src/main.rs", "mod answer;\n");
    folder.remove("session-08/server.py");
    folder.write("crates/server/README.md", "");
    folder.write(".gitignore", "main.rs\n");
    folder.commit();
    folder.push();
    folder.write("crates/server/README.md", "by Ana");
    let git = folder.deliverable("git");
    assert_found(&git, "open", 0, "not committed: crates/server/README.md: ");
    assert_found(&git, "open", 0, ".gitignore keeps out: crates/server/src/main.rs: ");
}

#[test]
fn a_file_that_is_ignored_is_told() {
    let folder = Folder::complete();
    folder.write(".gitignore", "*.txt\n");
    folder.commit();
    folder.push();
    let next = "git add -f session-08/IPs.txt session-08/Ex2.txt && git commit -m \"Session 08\"";
    open_in(&folder, ".gitignore keeps out: session-08/IPs.txt, session-08/Ex2.txt", next);
}

/// Where a program should be, and is not: `git ls-files` names what is in it, never the folder.
#[test]
fn a_folder_is_in_the_repository_with_its_files() {
    let folder = Folder::complete();
    folder.remove("session-08/Ex3.py");
    folder.write("session-08/Ex3/notes.txt", "sleep");
    folder.commit();
    folder.push();
    let ignored = |folder: &Folder| folder.deliverable("git").to_string().contains(".gitignore");
    assert!(!ignored(&folder), "{:#}", folder.deliverable("git"));
    folder.write("session-08/Ex3/notes.txt", "work");
    open_in(&folder, "not committed: session-08/Ex3/notes.txt", COMMIT);
    assert!(!ignored(&folder), "{:#}", folder.deliverable("git"));
    // Git has no empty folders.
    folder.git(&["rm", "-q", "-f", "session-08/Ex3/notes.txt"]);
    folder.git(&["commit", "-q", "-m", "less"]);
    fs::create_dir_all(folder.path().join("session-08/Ex3")).unwrap();
    assert!(!ignored(&folder), "{:#}", folder.deliverable("git"));
    folder.write("session-08/Ex3/notes.txt", "work");
    folder.write(".gitignore", "notes.txt");
    assert!(ignored(&folder), "{:#}", folder.deliverable("git"));
    // Beside one that is committed, what is ignored does not matter.
    folder.write("session-08/Ex3/todo.txt", "work");
    folder.commit();
    assert!(!ignored(&folder), "{:#}", folder.deliverable("git"));
}

/// Nor has it pipes.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_kept_out_by_anybody() {
    let folder = Folder::complete();
    folder.remove("session-08/Ex3.py");
    folder.commit();
    folder.push();
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("session-08/Ex3.py")).status();
    assert!(made.unwrap().success());
    assert_eq!(folder.deliverable("git")["state"], "done", "{:#}", folder.deliverable("git"));
}

/// It sees the link alone, and what is behind it in its own place.
#[cfg(unix)]
#[test]
fn a_file_behind_a_link_is_where_it_really_is() {
    let folder = Folder::complete();
    fs::rename(folder.path().join("session-08"), folder.path().join("work")).unwrap();
    std::os::unix::fs::symlink("work", folder.path().join("session-08")).unwrap();
    folder.commit();
    folder.push();
    assert_eq!(folder.deliverable("git")["state"], "done", "{:#}", folder.deliverable("git"));
    folder.write("work/Ex3.py", "import os\n");
    open_in(&folder, "not committed: work/Ex3.py", "git add work && git commit -m \"Session 08\"");
}

#[test]
fn other_files_are_only_noted_and_those_of_others_not_at_all() {
    let folder = Folder::complete();
    folder.write("session-07/Ex1.py", PROGRAM);
    folder.commit();
    folder.push();
    folder.write("session-07/Ex1.py", "import os\n");
    folder.write("todo.md", "sleep");
    let found = folder.deliverable("git");
    assert_found(&found, "note", 0, "other files are not committed, if they matter: session-07/Ex1.py, todo.md");
    assert_eq!(found["state"], "done", "{found:#}");
    let output = lab().args(["check", "--json"]).arg(folder.path().join("session-08")).output().unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["deliverables"][5]["findings"].as_array().unwrap().len(), 1, "{json:#}");
    assert_eq!((&json["done"], &json["deliverables"][0]["file"]), (&Value::from(6), &Value::from("IPs.txt")));
}

#[test]
fn the_repository_may_begin_above_the_folder() {
    let folder = Folder::new(&[("2024/pne/session-08/IPs.txt", super::IPS)]);
    folder.commit();
    folder.push();
    folder.write("2024/pne/session-08/Ex2.txt", super::PINGS);
    let here = folder.path().join("2024/pne");
    let output = lab().args(["check", "--json"]).current_dir(&here).output().unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_found(&json["deliverables"][5], "open", 0, &format!("not committed: session-08/Ex2.txt: {COMMIT}"));
    let command = format!("git -C {} add session-08 && ", here.display());
    lab().arg("check").arg(&here).assert().code(1).stdout(contains(command));
}

#[test]
fn a_folder_of_another_user_is_told_with_gits_own_cure() {
    let folder = Folder::complete();
    folder.commit();
    folder.check().env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1").assert().code(1).stdout(
        contains("the folder belongs to another user").and(contains("git config --global --add safe.directory /")),
    );
}

/// Else one of another user's would be trusted wherever it is.
#[cfg(unix)]
#[test]
fn only_this_folder_is_ever_trusted() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::complete();
    folder.write("../bin/git", "#!/bin/sh\necho 'fatal: detected dubious ownership in repository' >&2\nexit 128\n");
    let git = folder.path().join("../bin/git");
    fs::set_permissions(&git, fs::Permissions::from_mode(0o755)).unwrap();
    let own = folder.path().canonicalize().unwrap().display().to_string();
    let check = folder.check().env("PATH", git.parent().unwrap()).assert().code(1);
    check.stdout(
        contains(format!("git config --global --add safe.directory {own}\n")).and(contains("directory '*'").not()),
    );
}

#[test]
fn a_repository_that_is_the_sessions_alone_is_looked_at_there() {
    let folder = Folder::complete();
    folder.git(&["init", "-q", "session-08"]);
    open_in(&folder, "the git repository is in session-08, not in this folder", "cargo lab check session-08");
}

#[test]
fn a_repository_that_is_broken_is_told_in_gits_words() {
    let folder = Folder::complete();
    folder.commit();
    fs::write(folder.path().join(".git/config"), "[core\n").unwrap();
    open_in(&folder, "git failed: «bad config line 1 in file .git/config»; see what it says", "git status");
}

/// The index is the student's: `git status` would refresh it.
#[test]
fn nothing_is_written() {
    let folder = Folder::complete();
    folder.commit();
    let index = folder.path().join(".git/index");
    let before = fs::read(&index).unwrap();
    // The same content at another time is what makes git look at the file, and note that it did.
    let file = fs::File::options().write(true).open(folder.path().join("session-08/IPs.txt")).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    let _ = folder.deliverable("git");
    assert_eq!(fs::read(&index).unwrap(), before);
}
